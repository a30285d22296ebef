package import Ledger

/// The seeded life of a lending portfolio: what happened, in the order in which the ledger learned
/// it.
///
/// The same arguments give the same bytes everywhere: no clock, no random device, no hash order.
package struct Life: Sendable {
  /// What happened, in order of recording; the event at index n has position n + 1.
  package let entries: [Entry]
  /// First day of the story.
  package let from: Day
  let zone: Zone
  let currency: Currency
  let seed: UInt64
  /// For each event, its number in order of making (ids hang on it), and the other way round.
  let made: [UInt32], position: [UInt32]

  /// Lives through `days` days from `from` with so many accounts, and the chapters asked for
  /// besides.
  package init(
    seed: UInt64, accounts: Int, from: Day, days: Int, zone: Zone, currency: Currency,
    chapters: Chapters = []
  ) {
    var scribe = Scribe(
      first: from, last: from + (max(1, days) - 1), zone: zone, capacity: accounts * 32 + 64)
    Rulebook.live(&scribe)
    for number in 0..<max(0, accounts) {
      var life = Borrowing(UInt32(number + 1), of: UInt32(accounts), seed: seed)
      life.live(&scribe)
    }
    if chapters.contains(.organisation) {
      var house = Organisation(seed: seed)
      house.live(&scribe, accounts: accounts)
    }
    if chapters.contains(.paper) {
      for number in 0..<max(0, accounts) {
        var life = PaperLife(UInt32(number + 1), seed: seed)
        life.live(&scribe)
      }
    }
    for number in 0..<(chapters.contains(.law) ? max(0, accounts) : 0) {
      var law = LawLife(UInt32(number + 1), seed: seed)
      law.live(&scribe)
    }
    for number in 0..<(chapters.contains(.desk) ? max(0, accounts) : 0) {
      var desk = DeskLife(UInt32(number + 1), seed: seed)
      desk.live(&scribe)
    }
    if chapters.contains(.desk) {
      var office = Posting(seed: seed)
      office.live(&scribe)
    }
    Life.tell(chapters, seed, accounts, &scribe)
    let told = scribe.entries
    let order = Life.sorted(told)
    made = order
    var position = [UInt32](repeating: 0, count: told.count)
    for (at, index) in order.enumerated() { position[Int(index)] = UInt32(at) }
    self.position = position
    entries = order.map { told[Int($0)] }
    self.from = from
    self.zone = zone
    self.currency = currency
    self.seed = seed
  }

  // The chapters that are told in words.
  private static func tell(
    _ chapters: Chapters, _ seed: UInt64, _ accounts: Int, _ scribe: inout Scribe
  ) {
    if chapters.contains(.cash) {
      var cash = CashLife(accounts, seed: seed)
      cash.live(&scribe)
    }
    for number in 0..<UInt32(max(0, accounts)) {
      if chapters.contains(.arrangements) {
        var life = ArrangementLife(number + 1, seed: seed)
        life.live(&scribe)
      }
      if chapters.contains(.customers) {
        var life = CustomerLife(number + 1, seed: seed)
        life.live(&scribe)
      }
      if chapters.contains(.persons) {
        var life = PersonLife(number + 1, seed: seed)
        life.live(&scribe)
      }
      if chapters.contains(.collateral) {
        var life = CollateralLife(number + 1, seed: seed)
        life.live(&scribe)
      }
    }
    if chapters.contains(.office) {
      var office = OfficeLife(accounts, seed: seed)
      office.live(&scribe)
      var panel = PanelLife(seed: seed)
      panel.live(&scribe)
    }
  }

  /// Asia/Kolkata and rupees.
  package init(
    seed: UInt64, accounts: Int, from: Day, days: Int, chapters: Chapters = []
  ) {
    guard let zone = Zone("Asia/Kolkata"), let rupee = Currency(code: "INR") else {
      preconditionFailure("the pinned data has no Kolkata")
    }
    self.init(
      seed: seed, accounts: accounts, from: from, days: days, zone: zone, currency: rupee,
      chapters: chapters)
  }

  // By recording, then by making: one word for both.
  private static func sorted(_ entries: [Entry]) -> [UInt32] {
    let first = entries.reduce(Int64.max) { min($0, $1.recorded) }
    var keys = entries.indices.map {
      UInt64(entries[$0].recorded - first) << 32 | UInt64($0)
    }
    keys.sort()
    return keys.map { UInt32(truncatingIfNeeded: $0) }
  }

  /// What a life has besides money and contacts. Each chapter draws its own chance, so that the
  /// money of a seed is the same with it and without it.
  package struct Chapters: OptionSet, Sendable {
    /// One bit a chapter.
    package let rawValue: UInt16
    /// The chapters with these bits.
    package init(rawValue: UInt16) { self.rawValue = rawValue }
    /// Units, staff, firms, and who holds which account.
    package static let organisation = Chapters(rawValue: 1)
    /// Cheques and mandates.
    package static let paper = Chapters(rawValue: 1 << 3)
    /// Promises, disputes, visits, and money that is tagged or not cleared yet.
    package static let desk = Chapters(rawValue: 2)
    /// Returned cheques before the law: demands, complaints, hearings.
    package static let law = Chapters(rawValue: 1 << 4)
    /// Cash, receipt books, deposits.
    package static let cash = Chapters(rawValue: 1 << 2)
    /// Settlements and plans.
    package static let arrangements = Chapters(rawValue: 1 << 5)
    /// Queries, bookings, letters, complaints.
    package static let customers = Chapters(rawValue: 1 << 6)
    /// Parties, consents, restrictions, what becomes of people.
    package static let persons = Chapters(rawValue: 1 << 7)
    /// Possession, sales, suits.
    package static let collateral = Chapters(rawValue: 1 << 8)
    /// Targets, tasks, reports.
    package static let office = Chapters(rawValue: 1 << 9)

    /// All chapters by name.
    package static let named: [(name: String, chapter: Chapters)] = [
      ("organisation", .organisation), ("desk", .desk), ("paper", .paper), ("law", .law),
      ("cash", .cash), ("arrangements", .arrangements), ("customers", .customers),
      ("persons", .persons), ("collateral", .collateral), ("office", .office),
    ]
    /// All of them: a year in which everything of the register happens.
    package static let all = Chapters(named.map(\.chapter))
  }

  /// All lines, and where each of them lies (without its newline).
  package var events: (bytes: [UInt8], lines: [Range<Int>]) {
    var line = Line(self)
    line.out.reserveCapacity(entries.count * 440)
    var lines: [Range<Int>] = []
    lines.reserveCapacity(entries.count)
    for index in entries.indices {
      let start = line.out.count
      line.write(index)
      lines.append(start..<line.out.count - 1)
    }
    return (line.out, lines)
  }

  /// Hands out the lines in chunks of about a megabyte.
  package func write<E: Error>(_ take: ([UInt8]) throws(E) -> Void) throws(E) {
    var line = Line(self)
    line.out.reserveCapacity(1 << 20 | 1 << 12)
    for index in entries.indices {
      line.write(index)
      if line.out.count >= 1 << 20 {
        try take(line.out)
        line.out.removeAll(keepingCapacity: true)
      }
    }
    try take(line.out)
  }

  /// Id of the event at an index: a UUID of version 7 made of its time and its number.
  package func id(_ index: Int) -> (high: UInt64, low: UInt64) {
    let noise = Chance.mix(seed ^ UInt64(made[index]) << 20)
    let milliseconds = UInt64(entries[index].occurred) * 1000 + noise & 1023 % 1000
    return (
      milliseconds << 16 | 0x7000 | noise >> 52,
      0x8000_0000_0000_0000 | Chance.mix(noise ^ 0xA5A5) >> 2
    )
  }
}
