import Ledger

/// The cases of a ledger, gathered in passes over the log.
///
/// The first pass hears who owes which account, what is known of people, firms and staff, and which
/// entries were taken back. The others set the events of some people aside and hand them out person
/// by person. Only bundles and events of types that the rules need are read.
final class Docket {
  /// Types that rules of a scope need.
  struct Needs {
    var accounts = TypeMask(), collectors = TypeMask(), books = TypeMask(), house = TypeMask()
    /// Types of accounts and people that become acts; the others are only reckoned.
    var acts = TypeMask()
    /// Types whose ids rules compare.
    var named = TypeMask()
    /// Rules of staff and of the house, each with the types it reads.
    var staff: [(types: TypeMask, wants: @Sendable (Act) -> Bool)] = []
    var all: [(types: TypeMask, wants: @Sendable (Act) -> Bool)] = []
  }

  static let linking: [UInt16] = [EventCode.accountOpened, EventCode.partyLinked]
  static let shared: [UInt16] = [
    EventCode.agencyEmpanelled, EventCode.agencySuspended, EventCode.agencyReinstated,
    EventCode.agentCertified,
  ]

  let needs: Needs
  let names: Names
  let last: Position
  /// Whose account it is when the ledger does not say, by number.
  var holders: [UInt32: TextKey] = [:]
  private(set) var debtors: [TextKey]
  private(set) var owners: [AccountTerms]
  private(set) var groupOf: [UInt32] = []
  private(set) var groups: [[UInt32]] = []
  private var persons = Shelf()
  private var personRows: [TextKey: [Int]] = [:]
  private(set) var house = HouseActs()
  private var dead: ContiguousArray<UInt64> = []
  private var reversals: [(seq: Position, target: Position)] = []
  private(set) var people = Shelf()
  private(set) var staff = Shelf()
  private(set) var staffKeys: [TextKey] = []
  private var staffIndex: [TextKey: UInt32] = [:]
  private(set) var books = Shelf()
  private(set) var bookKeys: [TextKey] = []
  private var bookIndex: [TextKey: UInt32] = [:]
  private(set) var all = Shelf()
  let reader: ActReader

  /// Of an account, what scopes of policies and clocks ask for.
  struct AccountTerms {
    var product = "", portfolio = "", zone = ""
  }

  init(needs: Needs, names: Names, last: Position) {
    (self.needs, self.names, self.last) = (needs, names, last)
    debtors = Array(repeating: .none, count: names.accounts.count)
    owners = Array(repeating: AccountTerms(), count: names.accounts.count)
    reader = ActReader(names: names, named: needs.named)
  }

  /// Types that the first pass reads.
  var firstMask: TypeMask {
    var mask = TypeMask(Docket.linking + Docket.shared + [EventCode.eventReversed])
    mask = mask.union(TypeMask(Docket.personal)).union(needs.collectors).union(needs.books)
    return mask.union(needs.house)
  }

  /// Types about a person that any rule may look at.
  static let personal: [UInt16] = [
    EventCode.restrictionPlaced, EventCode.restrictionLifted, EventCode.consentGiven,
    EventCode.consentWithdrawn, EventCode.partyDeathRecorded, EventCode.partyVulnerabilityRecorded,
    EventCode.partyInsolvencyRecorded, EventCode.partyProfiled, EventCode.partyDataErased,
    EventCode.bookingRecorded, EventCode.bookingIntimated, EventCode.bookingAcknowledged,
  ]
  private static let personalMask = TypeMask(personal)
  private static let sharedMask = TypeMask(shared)
  private static let linkingMask = TypeMask(linking)

  /// The first pass.
  func hear(_ bundle: borrowing Bundle) throws(WireError) {
    let mask = firstMask
    for index in 0..<bundle.count {
      let header = bundle.header(index)
      guard header.seq <= last else { return }
      guard mask.contains(header.type) else { continue }
      try hear(bundle.event(index))
    }
  }

  private func hear(_ event: borrowing EventView) throws(WireError) {
    let header = event.header
    if header.type == EventCode.eventReversed {
      if let target = try Envelope(reading: event.envelope).target {
        reversals.append((header.seq, target))
      }
      return
    }
    if Docket.linkingMask.contains(header.type) { try link(event) }
    if Docket.personalMask.contains(header.type), header.account == 0 {
      if case .party(let key) = try Topic.of(event, names) {
        personRows[key, default: []].append(persons.rows.count)
        persons.put(event, group: 0, account: 0)
      }
    }
    if Docket.sharedMask.contains(header.type) {
      switch try Topic.of(event, names) {
      case .party(let key), .agency(let key):
        house.byKey[key, default: []].append(try reader.read(event, 0, nil))
      case .other: break
      }
    }
    if needs.collectors.contains(header.type), try isWanted(event, needs.staff) {
      var key = names.actor(header.actor).id
      if case .party(let party) = try Topic.of(event, names) { key = party }
      staff.put(event, group: Docket.index(key, &staffKeys, &staffIndex), account: header.account)
    }
    if needs.books.contains(header.type) {
      let act = try reader.read(event, 0, nil)
      if let book = act[.book] {
        books.put(event, group: Docket.index(book, &bookKeys, &bookIndex), account: header.account)
      }
    }
    if needs.house.contains(header.type), try isWanted(event, needs.all) {
      all.put(event, group: 0, account: header.account)
    }
  }

  // What staff and the house do is most of a log; only what a rule has use for is kept.
  private func isWanted(
    _ event: borrowing EventView,
    _ rules: [(types: TypeMask, wants: @Sendable (Act) -> Bool)]
  ) throws(WireError) -> Bool {
    let act = try reader.read(event, 0, nil)
    return rules.contains { $0.types.contains(act.type) && $0.wants(act) }
  }

  private static func index(
    _ key: TextKey, _ keys: inout [TextKey], _ index: inout [TextKey: UInt32]
  ) -> UInt32 {
    if let found = index[key] { return found }
    let number = UInt32(keys.count)
    keys.append(key)
    index[key] = number
    return number
  }

  private func link(_ event: borrowing EventView) throws(WireError) {
    let account = Int(event.header.account)
    guard account > 0, account < debtors.count else { return }
    var body = CBORReader(event.body)
    if event.header.type == EventCode.accountOpened {
      let opened = try Account.Opened(reading: &body)
      debtors[account] = TextKey(opened.debtor)
      owners[account] = AccountTerms(
        product: opened.product, portfolio: opened.portfolio ?? "", zone: opened.timeZone)
    } else {
      let linked = try Party.Linked(reading: &body)
      if linked.role == "debtor", debtors[account] == .none {
        debtors[account] = TextKey(linked.party)
      }
    }
  }

  /// Ends the first pass: who owes what together, and what was taken back.
  func close() {
    dead = ContiguousArray(repeating: 0, count: Int(last / 64) + 1)
    for (seq, target) in reversals.reversed() where !isDead(seq) && target <= last {
      dead[Int(target / 64)] |= 1 << (target % 64)
    }
    for key in house.byKey.keys {
      house.byKey[key]?.removeAll { isDead($0.header.seq) }
    }
    for (account, key) in holders where Int(account) < debtors.count {
      if debtors[Int(account)] == .none { debtors[Int(account)] = key }
    }
    groupOf = Array(repeating: 0, count: debtors.count)
    var byPerson: [TextKey: UInt32] = [:]
    for account in 1..<max(1, debtors.count) {
      let key = debtors[account]
      if key != .none, let group = byPerson[key] {
        groupOf[account] = group
        groups[Int(group)].append(UInt32(account))
        continue
      }
      let group = UInt32(groups.count)
      if key != .none { byPerson[key] = group }
      groupOf[account] = group
      groups.append([UInt32(account)])
    }
    // People of whom there is history, but no account yet.
    for key in personRows.keys.sorted(by: { $0.rawValue < $1.rawValue }) where byPerson[key] == nil
    {
      strangers.append(key)
    }
    staff.sort(first: 0, count: staffKeys.count)
    books.sort(first: 0, count: bookKeys.count)
    all.sort(first: 0, count: 1)
  }

  /// Whether an entry was taken back: one bit a position.
  func isDead(_ seq: Position) -> Bool { dead[Int(seq / 64)] & 1 << (seq % 64) != 0 }

  /// People with history of their own who owe no account that is known.
  private(set) var strangers: [TextKey] = []

  /// A later pass: sets aside what concerns the people of some groups.
  func gather(_ bundle: borrowing Bundle, _ range: Range<UInt32>) throws(WireError) {
    for index in 0..<bundle.count {
      let header = bundle.header(index)
      guard header.seq <= last else { return }
      guard needs.accounts.contains(header.type) else { continue }
      var isPut = false
      if header.account != 0, Int(header.account) < groupOf.count {
        let group = groupOf[Int(header.account)]
        if range.contains(group) {
          people.put(bundle.event(index), group: group, account: header.account)
          isPut = true
        }
      }
      // Of what names further accounts only a hold binds them.
      guard header.flags.contains(.concernsOthers), header.account != 0,
        header.type == EventCode.holdPlaced || header.type == EventCode.holdLifted
      else { continue }
      var others: [UInt32] = []
      try Envelope.accounts(of: bundle.event(index).envelope) { others.append($0) }
      for other in others where Int(other) < groupOf.count && other != header.account {
        let group = groupOf[Int(other)]
        guard range.contains(group) else { continue }
        if isPut {
          people.putAgain(group: group, account: other)
        } else {
          people.put(bundle.event(index), group: group, account: other)
          isPut = true
        }
      }
    }
  }

  /// Sets one event of an account's trail aside.
  func gather(_ event: borrowing EventView, _ account: UInt32, _ group: UInt32) {
    guard needs.accounts.contains(event.header.type), event.header.seq <= last else { return }
    people.put(event, group: group, account: account)
  }

  /// Forgets what the pass before set aside; this one is about the groups of a range.
  func startGathering(_ range: Range<UInt32>) { people.start(range.lowerBound) }

  /// Ends a later pass.
  func finishGathering(_ range: Range<UInt32>) {
    people.sort(first: range.lowerBound, count: range.count)
  }

  /// Adds what is known of a person to a case.
  func add(_ person: TextKey, to one: Case) throws(WireError) {
    guard let rows = personRows[person] else { return }
    for row in rows {
      try persons.lend(row) { (event) throws(WireError) in
        guard !isDead(event.header.seq) else { return }
        var act = try reader.read(event, 0, one)
        act.person = person
        one.add(act)
      }
    }
  }

  /// Whether anything is known of people apart from their accounts.
  var knowsPeople: Bool { !personRows.isEmpty }
}

extension Shelf {
  /// Lends one event by its place.
  func lend(_ row: Int, _ body: (borrowing EventView) throws(WireError) -> Void) throws(WireError) {
    try slice(rows[row], body)
  }
}
