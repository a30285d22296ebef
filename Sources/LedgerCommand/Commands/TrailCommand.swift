import ArgumentParser
import Journaling
import Ledger
import Sealing

/// Replays the trail of one account, or lists entries of the whole ledger.
struct TrailCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "trail", abstract: "Replay the trail of one account.",
    discussion: """
      Each entry with when it happened, when the ledger learned it, and what it changed: the figures \
      at the end of the day it was recorded, without and with it. Without an account, the entries of \
      the whole ledger that fit; at least one filter is wanted then.
        arrears trail LN-000042 --known-at 2026-04-05
        arrears trail --actor fo-12 --late 2 --from 2026-03-01 --to 2026-03-31
        arrears trail --actor fo-12 --allocated-to AG-3
      What is about a person is shown as (sealed) unless --open is given, with a role that may read it.
      """)

  @OptionGroup var ledger: LedgerOptions
  @OptionGroup var vantage: VantageOptions
  @OptionGroup var question: QuestionOptions
  @OptionGroup var format: FormatOptions
  @OptionGroup var filter: TrailFilter
  @OptionGroup var access: AccessOptions

  @Argument(help: "The account's id.")
  var account: String?

  func run() throws {
    let journal = try ledger.open()
    try journal.reading { snapshot in
      let resolved = try vantage.resolve(journal, snapshot)
      let question = try question.question(resolved.vantage)
      let fits = try filter.test(resolved, journal, snapshot)
      var sheet: Sheet
      var opening: Opening?
      if let account {
        guard
          var trail = try journal.trail(
            of: account, question, zone: resolved.zone, snapshot, keeps: fits)
        else {
          throw Failure.unheard(account)
        }
        opening = try access.sealer(ledger, verb: "trail", what: "account \(account)")
        try open(&trail, opening, snapshot)
        sheet = trail.sheet()
      } else {
        guard filter.isAny else {
          throw Failure(
            "Name an account, or say with a filter which entries of the ledger you mean.")
        }
        sheet = try listing(resolved, journal, snapshot, fits, &opening)
      }
      sheet.notes += try filter.strangers(resolved, journal, snapshot)
      let policies = try journal.policies(question, snapshot)
      let reply = Reply(
        format: format, resolved: resolved,
        policies: policies.label(on: resolved.vantage.asOf), journal: journal)
      try reply.print(sheet, snapshot)
      try opening?.conclude()
    }
  }

  private func listing(
    _ resolved: VantageOptions.Resolved, _ journal: Journal, _ snapshot: borrowing Snapshot,
    _ fits: (Trail.Entry) -> Bool, _ opening: inout Opening?
  ) throws -> Sheet {
    let wants = try filter.headerTest(resolved.zone, snapshot)
    let found = try journal.entries(
      to: resolved.vantage.knownAt, zone: resolved.zone, snapshot, wants: wants, keeps: fits)
    var trail = Trail(account: "", currency: .none)
    trail.entries = found.map(\.entry)
    opening = try access.sealer(ledger, verb: "trail", what: "ledger")
    try open(&trail, opening, snapshot)
    var sheet = trail.sheet()
    sheet.title = "Entries of the ledger"
    sheet.columns.insert(.init("account"), at: 0)
    for index in sheet.rows.indices { sheet.rows[index].insert(.text(found[index].account), at: 0) }
    if let changed = sheet.columns.firstIndex(where: { $0.name == "changed" }) {
      sheet.columns.remove(at: changed)
      for index in sheet.rows.indices { sheet.rows[index].remove(at: changed) }
    }
    return sheet
  }

  /// Replaces masks by what the role may read.
  private func open(_ trail: inout Trail, _ opening: Opening?, _ snapshot: borrowing Snapshot)
    throws
  {
    guard let opening else { return }
    for index in trail.entries.indices {
      guard Register.event(trail.entries[index].event)?.isPersonal == true else { continue }
      let line = try snapshot.event(at: trail.entries[index].seq) {
        (event) throws(JournalError) -> String? in
        guard let type = Register.event(code: event.header.type, version: event.header.version)
        else { return nil }
        let subject = try snapshot.subject(of: event)
        let body: [UInt8]?
        do throws(SealingError) {
          body = try opening.sealer.open(event.body, of: type, subject: subject) {
            opening.role.mayOpen($0)
          }
        } catch { throw .invalid("\(error)") }
        return body.map { Summary.line($0.span, as: type) }
      }
      if let line = line ?? nil { trail.entries[index].what = line }
    }
  }
}

/// Which entries of a trail are shown.
struct TrailFilter: ParsableArguments {
  @Option(help: "Only events whose name begins so, such as payment or due.raised.")
  var event: String?

  @Option(help: "Only what this actor did.")
  var actor: String?

  @Option(help: "Only what came from this device.")
  var device: String?

  @Option(
    name: .customLong("import"),
    help: "Only what came by this import: its id, the first 8 digits or more, or its number.")
  var importID: String?

  @Option(help: "Only entries on accounts that this holder had at that moment.")
  var allocatedTo: String?

  @Option(help: "Only what counts from this day on.")
  var from: String?

  @Option(help: "Only what counts up to this day.")
  var to: String?

  @Flag(help: "Only corrections: reversals of entries, and remarks on them.")
  var corrections = false

  @Option(help: "Only what was recorded more than so many days after the day it counts from.")
  var late: Int?

  /// Whether anything is filtered.
  var isAny: Bool {
    corrections || late != nil
      || [event, actor, device, importID, allocatedTo, from, to].contains { $0 != nil }
  }

  /// What an entry must be.
  func test(
    _ resolved: VantageOptions.Resolved, _ journal: Journal, _ snapshot: borrowing Snapshot
  ) throws -> (Trail.Entry) -> Bool {
    let (first, last) = try ends()
    if let late, late < 0 { throw Failure("--late \(late) is below zero.") }
    if let event, !Register.events.contains(where: { $0.name.hasPrefix(event) }) {
      throw Failure("No event's name begins with \(event); `arrears schema` names all of them.")
    }
    let origin = try importID.map { "import \(try TrailFilter.number($0, snapshot))" }
    let held = try allocatedTo.map { holder in
      (TextKey(holder), try journal.allocations(to: holder, resolved.vantage.knownAt, snapshot))
    }
    return { entry in
      if let (holder, rows) = held {
        let had = rows[entry.account].flatMap {
          Allocation.holder($0, before: entry.occurred.moment.rawValue, entry.seq)
        }
        if had?.holder != holder { return false }
      }
      if let event, !entry.event.hasPrefix(event) { return false }
      if let actor, entry.actor != actor { return false }
      if let device, !entry.source.hasSuffix(" " + device) { return false }
      if let origin, entry.source != origin, !entry.source.hasPrefix(origin + " ") { return false }
      if let first, entry.day < first { return false }
      if let last, entry.day > last { return false }
      if corrections, !entry.event.hasPrefix("event.") { return false }
      if let late, entry.recorded.day - entry.day <= late { return false }
      return true
    }
  }

  // The program prints the first 16 digits of an import's id; fewer than 8 are a number.
  private static func number(_ name: String, _ snapshot: borrowing Snapshot) throws -> UInt32 {
    if let number = try snapshot.number(.import, name) { return number }
    var found: [UInt32] = []
    try snapshot.names(.import) { number, id in
      if name.utf8.count >= 8 ? id.hasPrefix(name) : "\(number)" == name { found.append(number) }
    }
    guard let number = found.first else { throw Failure("No import is called \(name).") }
    guard found.count == 1 else {
      throw Failure("\(found.count) imports begin with \(name); give more digits.")
    }
    return number
  }

  /// What a header must be, for entries that need not be read otherwise.
  func headerTest(_ zone: Zone, _ snapshot: borrowing Snapshot) throws -> (Header) -> Bool {
    let (first, last) = try ends()
    let types = event.map { name in
      TypeMask(Register.events.filter { $0.name.hasPrefix(name) }.map(\.code))
    }
    return { header in
      if let first, header.day < first.rawValue { return false }
      if let last, header.day > last.rawValue { return false }
      if let types, !types.contains(header.type) { return false }
      guard let late else { return true }
      return zone.day(of: Moment(rawValue: header.recorded)) - Day(rawValue: header.day) > late
    }
  }

  private func ends() throws -> (first: Day?, last: Day?) {
    let last = try to.map { try Day($0, of: "--to") }
    let first = try from.map { try Day($0, of: "--from") }
    if let first, let last, first > last {
      throw Failure("--from \(first) is after --to \(last).")
    }
    return (first, last)
  }

  /// Says of whom the ledger has never heard, since a slip of the keys reads as if he did nothing.
  func strangers(
    _ resolved: VantageOptions.Resolved, _ journal: Journal, _ snapshot: borrowing Snapshot
  ) throws -> [String] {
    var notes: [String] = []
    if let actor {
      var isKnown = false
      try snapshot.names(.actor) { if Actor(name: $1).id == actor { isKnown = true } }
      if !isKnown { notes.append("No actor \(actor) is in the ledger.") }
    }
    if let allocatedTo,
      try journal.allocations(to: allocatedTo, resolved.vantage.knownAt, snapshot).isEmpty
    {
      notes.append("No account was ever allocated to \(allocatedTo).")
    }
    return notes
  }
}
