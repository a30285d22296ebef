import Ledger

/// Hears case after case: fills it from the docket, and asks every rule of its scope.
final class Bench {
  private let hearing: Hearing
  private let docket: Docket
  private(set) var report: Report
  private let one = Case()
  private var clocks: [String: ZoneClock] = [:]
  private let ledgerClock: ZoneClock
  private let deskClock: ZoneClock
  private var byScope: [Rule.Scope: [(rule: Int, judges: TypeMask)]] = [:]
  private var accountClocks: [UInt32: ZoneClock] = [:]
  private var deriving: Deriving

  private let given: [Act]

  init(_ hearing: Hearing, _ docket: Docket, _ heard: [Bool], given: [Act]) {
    (self.hearing, self.docket, self.given) = (hearing, docket, given)
    report = Report(rules: hearing.rulebook.rules.count, days: hearing.days)
    ledgerClock = ZoneClock(hearing.zone)
    deskClock = hearing.rulebook.zone.flatMap { Zone($0) }.map { ZoneClock($0) } ?? ledgerClock
    for (index, rule) in hearing.rulebook.rules.enumerated() where heard[index] {
      // Its verdicts are a type each, too.
      let judges = TypeMask(rule.judges + rule.derives.map(\.rawValue))
      byScope[rule.scope, default: []].append((index, judges))
    }
    let derives = hearing.rulebook.rules.reduce(into: Set<Derived>()) { $0.formUnion($1.derives) }
    deriving = Deriving(
      given.isEmpty ? derives : [], hearing.policies,
      today: Moment(rawValue: ledgerClock.local(hearing.now.rawValue)).day(offset: 0))
    one.house = docket.house
    one.now = hearing.now
    one.today = Moment(rawValue: ledgerClock.local(hearing.now.rawValue)).day(offset: 0)
    let names = docket.names
    one.accountID = { names.account($0) }
  }

  private func ask(_ scope: Rule.Scope) {
    one.scope = scope
    let present = one.present
    // A rule of whose judged types the case has none has nothing to find in it.
    for (index, judges) in byScope[scope] ?? [] where judges.intersects(present) {
      report.rule = index
      report.examined[index] += one.count(hearing.rulebook.rules[index].judges)
      hearing.rulebook.bound[index].judge(one, &report)
    }
  }

  private func clock(_ name: String) -> ZoneClock {
    if name.isEmpty || name == hearing.zone.name { return ledgerClock }
    if let found = clocks[name] { return found }
    let made = Zone(name).map { ZoneClock($0) } ?? ledgerClock
    clocks[name] = made
    return made
  }

  // MARK: People

  /// Judges the people of a range, whose events were set aside.
  func judge(_ range: Range<UInt32>) throws(WireError) {
    let asksPeople = byScope[.person]?.isEmpty == false
    for slot in 0..<range.count {
      let accounts = docket.groups[Int(range.lowerBound) + slot]
      if docket.people.count(slot) == 0, !docket.knowsPeople, given.isEmpty { continue }
      try fill(slot, accounts, only: nil)
      one.account = accounts.count == 1 ? accounts[0] : 0
      if asksPeople { ask(.person) }
      if accounts.count == 1 {
        ask(.account)
        continue
      }
      for account in accounts {
        try fill(slot, accounts, only: account)
        one.account = account
        ask(.account)
      }
    }
  }

  /// Judges people of whom there is history and no account.
  func judgeStrangers() throws(WireError) {
    guard byScope[.person]?.isEmpty == false else { return }
    for key in docket.strangers {
      one.clear()
      (one.account, one.key) = (0, key)
      one.who = PolicySubject(product: "", account: "")
      try docket.add(key, to: one)
      for act in given where act.person == key { one.add(act) }
      finish(ledgerClock)
      ask(.person)
    }
  }

  private func fill(_ slot: Int, _ accounts: [UInt32], only: UInt32?) throws(WireError) {
    one.clear()
    let first = only ?? accounts[0]
    let owner = docket.owners[Int(first)]
    one.key = docket.debtors[Int(first)]
    one.who = PolicySubject(
      product: owner.product, portfolio: owner.portfolio, account: docket.names.account(first))
    var parties: [TextKey] = one.key == .none ? [] : [one.key]
    let now = hearing.now.rawValue
    try docket.people.forEach(slot) { (event, account) throws(WireError) in
      let header = event.header
      if let only, account != only { return }
      // Of a hold on several accounts of the person one copy is enough.
      if only == nil, account != header.account, accounts.contains(header.account) { return }
      if header.occurred > now || docket.isDead(header.seq) { return }
      try deriving.note(event, account)
      guard docket.needs.acts.contains(header.type) else { return }
      let act = try docket.reader.read(event, account, one)
      if docket.knowsPeople, let party = act[.party], !parties.contains(party) {
        parties.append(party)
      }
      one.add(act)
    }
    for party in parties { try docket.add(party, to: one) }
    for act in given where accounts.contains(act.account) || act.person == one.key {
      if let only, act.account != 0, act.account != only { continue }
      if act.account != 0 || act.person != .none { one.add(act) }
    }
    if deriving.isNeeded {
      try deriving.finish(only.map { [$0] } ?? accounts, docket) { one.add($0) }
    }
    finish(nil)
  }

  // Puts acts on their clocks: that of the person where one is known, else that of the account.
  private func finish(_ only: ZoneClock?) {
    for profile in one[EventCode.partyProfiled] where profile.person == one.key {
      let zones = one.words(profile, .zones).compactMap { Zone($0) == nil ? nil : clock($0) }
      if !zones.isEmpty { one.otherClocks.append((profile.header.occurred, zones)) }
    }
    one.otherClocks.sort { $0.from < $1.from }
    var last: (account: UInt32, clock: ZoneClock)?
    one.settle(
      { account in
        if let only { return only }
        if let last, last.account == account { return last.clock }
        let known = Int(account) < docket.owners.count ? docket.owners[Int(account)].zone : ""
        let found = clock(known)
        last = (account, found)
        return found
      }, in: hearing.days)
  }

  // MARK: Staff, books, the house

  /// Judges members of staff, books of receipts and the house.
  func judgeStaff() throws(WireError) {
    guard hearing.account == nil else { return }
    try judge(.collector, docket.staff, docket.staffKeys)
    try judge(.book, docket.books, docket.bookKeys)
    if byScope[.house] != nil { try judge(.house, docket.all, [.none]) }
  }

  private func judge(_ scope: Rule.Scope, _ shelf: Shelf, _ keys: [TextKey]) throws(WireError) {
    guard byScope[scope]?.isEmpty == false else { return }
    let now = hearing.now.rawValue
    for (slot, key) in keys.enumerated() {
      one.clear()
      (one.account, one.key) = (0, key)
      one.who = PolicySubject(product: "", account: "")
      try shelf.forEach(slot) { (event, account) throws(WireError) in
        let header = event.header
        if header.occurred > now || docket.isDead(header.seq) { return }
        var act = try docket.reader.read(event, account, one)
        if case .party(let person) = try Topic.of(event, docket.names) { act.person = person }
        one.add(act)
      }
      finish(deskClock)
      ask(scope)
    }
  }
}
