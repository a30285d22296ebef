import Journaling
import Ledger

/// What all cases of a ledger share: who owes which account, what is known of people, firms and
/// staff apart from accounts, and which entries were taken back.
///
/// It is heard first and does not change afterwards, so that several threads may look at it.
final class Docket: @unchecked Sendable {
  /// Types that rules of a scope need.
  struct Needs {
    var collectors = TypeMask(), books = TypeMask(), house = TypeMask()
    /// Rules of staff and of the house, each with the types it reads.
    var staff: [(types: TypeMask, wants: @Sendable (Act) -> Bool)] = []
    var all: [(types: TypeMask, wants: @Sendable (Act) -> Bool)] = []

    /// Types of which staff, books or the house are judged.
    var shelved: TypeMask { collectors.union(books).union(house) }
  }

  /// Of accounts of a kind, what scopes of policies and clocks ask for.
  struct Profile {
    var product = "", portfolio = "", zone = ""
    var key = TextKey("")
  }

  static let linking: [UInt16] = [EventCode.accountOpened, EventCode.partyLinked]
  static let shared: [UInt16] = [
    EventCode.agencyEmpanelled, EventCode.agencySuspended, EventCode.agencyReinstated,
    EventCode.agentCertified,
  ]
  /// Types about a person that any rule may look at.
  static let personal: [UInt16] = [
    EventCode.restrictionPlaced, EventCode.restrictionLifted, EventCode.consentGiven,
    EventCode.consentWithdrawn, EventCode.partyDeathRecorded, EventCode.partyVulnerabilityRecorded,
    EventCode.partyInsolvencyRecorded, EventCode.partyProfiled, EventCode.partyDataErased,
    EventCode.bookingRecorded, EventCode.bookingIntimated, EventCode.bookingAcknowledged,
  ]
  /// Types that begin and end what stands against contacts.
  static let barring: [UInt16] = [
    EventCode.disputeRaised, EventCode.disputeResolved, EventCode.holdPlaced,
    EventCode.holdLifted, EventCode.restrictionPlaced, EventCode.restrictionLifted,
  ]
  private static let personalMask = TypeMask(personal)
  private static let sharedMask = TypeMask(shared)

  let needs: Needs
  let names: Names
  let last: Position
  let reader: ActReader
  /// Whose account it is when the ledger does not say, by number.
  var holders: [UInt32: TextKey] = [:]
  private(set) var debtors: [TextKey]
  private(set) var profiles: [Profile] = [Profile()]
  private var profileOf: [UInt32]
  /// The person behind each account, and how many accounts each has.
  private(set) var groupOf: [UInt32] = [], sizes: [UInt32] = []
  /// People with history of their own who owe no account that is known.
  private(set) var strangers: [TextKey] = []
  private(set) var house = HouseActs()
  /// What stands in the log up to `last` and on no account, as slips; who owes what; what was taken
  /// back. As they are kept.
  private(set) var apart: ContiguousArray<UInt64> = []
  private(set) var links: ContiguousArray<UInt64> = []
  private(set) var reversals: ContiguousArray<UInt64> = []
  private var personRows: [TextKey: [Int]] = [:]
  private var dead: ContiguousArray<UInt64> = []
  // How much of these came from what is kept.
  private var kept = [0, 0, 0]
  // What is heard is read into this, one after another.
  private let hearing = Case()

  init(needs: Needs, names: Names, last: Position) {
    (self.needs, self.names, self.last) = (needs, names, last)
    debtors = Array(repeating: .none, count: names.accounts.count)
    profileOf = Array(repeating: 0, count: names.accounts.count)
    reader = ActReader(names: names)
  }

  // MARK: Hearing

  // They are kept behind the stretches of accounts, as if one account's.
  private static let first: UInt32 = 1 << 24
  private static let linkWords = 6

  /// Takes what is kept.
  func hear(_ acts: KeptStretches) throws(JournalError) {
    links = ContiguousArray(try acts.whole(Docket.first).dropFirst(Stretch.front))
    apart = ContiguousArray(try acts.whole(Docket.first + 1).dropFirst(Stretch.front))
    reversals = ContiguousArray(try acts.whole(Docket.first + 2).dropFirst(Stretch.front))
    kept = [links.count, apart.count, reversals.count]
  }

  /// Hands out what came since, as stretches to be kept; no words where nothing came.
  func forEachStretch(_ body: (UInt32, Span<UInt64>) throws(JournalError) -> Void)
    throws(JournalError)
  {
    for (index, words) in [links, apart, reversals].enumerated() {
      let count = words.count - kept[index]
      var laid: ContiguousArray<UInt64> = []
      if count > 0 {
        laid = ContiguousArray(
          repeating: UInt64(Stretch.front + count), count: Stretch.front)
        laid[0] = UInt64(Stretch.front)
        laid.append(contentsOf: words.suffix(count))
      }
      try body(Docket.first + UInt32(index), laid.span)
    }
  }

  /// Takes an event from the log, if it is of use here.
  func hear(_ event: borrowing EventView, _ writer: inout ActWriter) throws(WireError) {
    let header = event.header
    if header.type == EventCode.eventReversed {
      guard let target = try Envelope(reading: event.envelope).target else { return }
      reversals.append(header.seq)
      reversals.append(target)
      return
    }
    if header.account == 0 {
      try writer.write(event, of: 0)
      apart.append(contentsOf: writer.words)
    } else if Docket.linking.contains(header.type) {
      try writer.write(event, of: header.account)
      hearing.clear()
      let words = writer.words
      let act = reader.read(words.span, 0, header.account, hearing)
      let isOpening = header.type == EventCode.accountOpened
      if !isOpening, act[.role] != "debtor" { return }
      links.append(UInt64(header.account) | (isOpening ? 0 : 1 << 32))
      links.append(header.seq)
      links.append((act[isOpening ? .debtor : .party] ?? .none).rawValue)
      links.append((act[.product] ?? .none).rawValue)
      links.append((act[.portfolio] ?? .none).rawValue)
      let zone = hearing.raw
      links.append(act.has(.timeZone) ? TextKey(zone.span).rawValue : 0)
    }
  }

  /// Whether an event of a type and account is of use here.
  static func wants(_ header: Header) -> Bool {
    header.type == EventCode.eventReversed || header.account == 0
      || header.type == EventCode.accountOpened || header.type == EventCode.partyLinked
  }

  // MARK: Closing

  /// Ends the hearing: who owes what together, what was taken back, and whose acts stand apart.
  func close(_ snapshot: borrowing Snapshot) throws(JournalError) {
    findDead()
    try linkAccounts(snapshot)
    for (account, key) in holders where Int(account) < debtors.count {
      if debtors[Int(account)] == .none { debtors[Int(account)] = key }
    }
    groupOf = Array(repeating: 0, count: debtors.count)
    var byPerson: [TextKey: UInt32] = [:]
    byPerson.reserveCapacity(debtors.count)
    for account in 1..<max(1, debtors.count) {
      let key = debtors[account]
      if key != .none, let group = byPerson[key] {
        groupOf[account] = group
        sizes[Int(group)] += 1
        continue
      }
      let group = UInt32(sizes.count)
      if key != .none { byPerson[key] = group }
      groupOf[account] = group
      sizes.append(1)
    }
    sortApart()
    // People of whom there is history, but no account yet.
    for key in personRows.keys.sorted(by: { $0.rawValue < $1.rawValue }) where byPerson[key] == nil
    {
      strangers.append(key)
    }
  }

  private func findDead() {
    dead = ContiguousArray(repeating: 0, count: Int(last / 64) + 1)
    var at = reversals.count - 2
    while at >= 0 {
      let (seq, target) = (reversals[at], reversals[at + 1])
      if seq <= last, target <= last, !isDead(seq) { dead[Int(target / 64)] |= 1 << (target % 64) }
      at -= 2
    }
  }

  /// Whether an entry was taken back: one bit a position.
  @inline(__always) func isDead(_ seq: Position) -> Bool {
    dead[Int(seq / 64)] & 1 << (seq % 64) != 0
  }

  private func linkAccounts(_ snapshot: borrowing Snapshot) throws(JournalError) {
    var known: [InlineKeys: UInt32] = [:]
    for at in stride(from: 0, to: links.count, by: Docket.linkWords)
    where links[at + 1] <= last && !isDead(links[at + 1]) {
      let account = Int(links[at] & 0xFFFF_FFFF)
      guard account > 0, account < debtors.count else { continue }
      let debtor = TextKey(rawValue: links[at + 2])
      guard links[at] >> 32 == 0 else {
        if debtors[account] == .none { debtors[account] = debtor }
        continue
      }
      debtors[account] = debtor
      let keys = InlineKeys(a: links[at + 3], b: links[at + 4], c: links[at + 5])
      if known[keys] == nil {
        known[keys] = UInt32(profiles.count)
        profiles.append(try Docket.profile(links[at + 1], snapshot))
      }
      profileOf[account] = known[keys] ?? 0
    }
  }

  private struct InlineKeys: Hashable { var a: UInt64, b: UInt64, c: UInt64 }

  private static func profile(_ seq: Position, _ snapshot: borrowing Snapshot)
    throws(JournalError) -> Profile
  {
    let profile = try snapshot.event(at: seq) { (event) throws(JournalError) -> Profile in
      do throws(WireError) {
        var body = CBORReader(event.body)
        let opened = try Account.Opened(reading: &body)
        return Profile(
          product: opened.product, portfolio: opened.portfolio ?? "", zone: opened.timeZone,
          key: TextKey(opened.product))
      } catch { throw .wire(error, at: seq) }
    }
    return profile ?? Profile()
  }

  private func sortApart() {
    var at = 0
    let apart = apart
    while at < apart.count {
      defer { at += ActSlip.length(apart[at]) }
      let type = ActSlip.type(apart[at])
      let marks = apart[at + 6] >> 48
      guard apart[at + 1] <= last, marks & ActSlip.hasPerson != 0 else { continue }
      let place = at + ActSlip.front + (marks & ActSlip.hasID != 0 ? 1 : 0)
      let key = TextKey(rawValue: apart[place])
      if Docket.personalMask.contains(type), marks & ActSlip.isAgency == 0 {
        personRows[key, default: []].append(at)
      }
      if Docket.sharedMask.contains(type), !isDead(apart[at + 1]) {
        house.byKey[key, default: []].append(reader.read(apart.span, at, 0, nil))
      }
    }
  }

  // MARK: Asking

  /// What scopes and clocks ask of an account; number 0 is of one that nobody opened.
  func profile(_ account: UInt32) -> Int {
    Int(account) < profileOf.count ? Int(profileOf[Int(account)]) : 0
  }

  /// Adds what is known of a person to a case; gives whether anything is.
  @discardableResult func add(_ person: TextKey, to one: Case) -> Bool {
    guard let rows = personRows[person] else { return false }
    let apart = apart
    for at in rows where !isDead(apart[at + 1]) {
      var act = reader.read(apart.span, at, 0, one)
      act.person = person
      one.add(act)
    }
    return true
  }

  /// Whether anything is known of people apart from their accounts.
  var knowsPeople: Bool { !personRows.isEmpty }
}

/// What staff, books of receipts and the house did, set aside while accounts are gone through.
struct Shelves {
  var staff = Shelf(), books = Shelf(), all = Shelf()
  private let docket: Docket
  private let mask: TypeMask

  init(_ docket: Docket) {
    self.docket = docket
    mask = docket.needs.shelved
  }

  /// Sets a slip aside where a rule has use for it: what staff and the house do is most of a log.
  @inline(__always) mutating func note(_ words: Span<UInt64>, _ at: Int) {
    if mask.contains(ActSlip.type(words[at])) { sort(words, at) }
  }

  private mutating func sort(_ words: Span<UInt64>, _ at: Int) {
    let needs = docket.needs
    let act = docket.reader.read(words, at, 0, nil)
    guard act.header.seq <= docket.last, !docket.isDead(act.header.seq) else { return }
    if needs.collectors.contains(act.type),
      needs.staff.contains(where: { $0.types.contains(act.type) && $0.wants(act) })
    {
      staff.put(words, at, for: act.person != .none ? act.person : act.actor)
    }
    if needs.books.contains(act.type), let book = act[.book] { books.put(words, at, for: book) }
    if needs.house.contains(act.type),
      needs.all.contains(where: { $0.types.contains(act.type) && $0.wants(act) })
    {
      all.put(words, at, for: .none)
    }
  }

  /// Adds what other shelves have.
  mutating func merge(_ other: Shelves) {
    staff.merge(other.staff)
    books.merge(other.books)
    all.merge(other.all)
  }

  /// Puts everything in order.
  mutating func sort() {
    staff.sort()
    books.sort()
    all.sort()
  }
}
