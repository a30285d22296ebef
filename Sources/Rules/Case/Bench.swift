import Ledger

/// Hears case after case: fills it with the acts of one person's accounts, and asks every rule that
/// may find something in it.
///
/// Accounts come one after another. A person with one account is judged at once; of one with
/// several, the slips wait until the last of them is there.
final class Bench {
  private let hearing: Hearing
  private let docket: Docket
  var report: Report
  private(set) var shelves: Shelves
  private let one = Case()
  private let given: [Act]
  private let now: Int64
  private var deriving: Deriving
  private var derived: ContiguousArray<Act> = []
  private var waiting: [UInt32: Waiting] = [:]
  // Clocks by the profile of the account, of the ledger and of the house's desks.
  private var clocks: [ZoneClock]
  private var named: [String: ZoneClock] = [:]
  private let ledgerClock: ZoneClock
  private let deskClock: ZoneClock
  private var rules: [Rule.Scope: [Asked]] = [:]
  private let everything: Plan
  private var plans: [TypeMask: Plan] = [:]

  /// A rule that is asked, with the types it judges and all that it looks at.
  struct Asked {
    var rule: Int
    var types: [UInt16]
    var judges: TypeMask, looks: TypeMask
  }

  /// Which rules are asked of a case with acts of some types, and which acts they look at.
  struct Plan {
    var person: [Asked], account: [Asked]
    var wanted: TypeMask
  }

  /// Accounts of a person of whom more will come.
  struct Waiting {
    var words: ContiguousArray<UInt64> = []
    var accounts: [(number: UInt32, range: Range<Int>)] = []
    var derived: ContiguousArray<Act> = []
  }

  init(_ hearing: Hearing, _ docket: Docket, _ heard: [Bool], given: [Act]) {
    (self.hearing, self.docket, self.given) = (hearing, docket, given)
    let ledgerClock = ZoneClock(hearing.zone)
    self.ledgerClock = ledgerClock
    deskClock = hearing.rulebook.zone.flatMap { Zone($0) }.map { ZoneClock($0) } ?? ledgerClock
    clocks = docket.profiles.map { profile in
      profile.zone.isEmpty || profile.zone == hearing.zone.name
        ? ledgerClock : Zone(profile.zone).map { ZoneClock($0) } ?? ledgerClock
    }
    report = Report(rules: hearing.rulebook.rules.count, days: hearing.days)
    shelves = Shelves(docket)
    now = hearing.now.rawValue
    for (index, rule) in hearing.rulebook.rules.enumerated() where heard[index] {
      // Its verdicts are a type each, too.
      let judges = TypeMask(rule.judges + rule.derives.map(\.rawValue))
      rules[rule.scope, default: []].append(
        Asked(
          rule: index, types: rule.judges, judges: judges,
          looks: TypeMask(rule.judges + rule.reads)))
    }
    everything = Plan(
      person: rules[.person] ?? [], account: rules[.account] ?? [], wanted: ActSlip.mask)
    let derives = hearing.rulebook.rules.reduce(into: Set<Derived>()) { $0.formUnion($1.derives) }
    one.house = docket.house
    one.now = hearing.now
    one.today = Moment(rawValue: ledgerClock.local(now)).day(offset: 0)
    deriving = Deriving(given.isEmpty ? derives : [], hearing.policies, today: one.today)
    let names = docket.names
    one.accountID = { names.account($0) }
  }

  /// Whether verdicts of the money fold are needed.
  var needsFacts: Bool { deriving.isNeeded }

  private func ask(_ rules: [Asked], _ scope: Rule.Scope) {
    one.scope = scope
    // A rule of whose judged types the case has none has nothing to find in it.
    for asked in rules where asked.judges.intersects(one.present) {
      report.rule = asked.rule
      report.examined[asked.rule] += one.count(asked.types)
      hearing.rulebook.bound[asked.rule].judge(one, &report)
    }
  }

  private func plan(_ present: TypeMask) -> Plan {
    if let known = plans[present] { return known }
    func asked(_ scope: Rule.Scope) -> [Asked] {
      (rules[scope] ?? []).filter { $0.judges.intersects(present) }
    }
    var plan = Plan(person: asked(.person), account: asked(.account), wanted: Bench.always)
    for asked in plan.person + plan.account { plan.wanted = plan.wanted.union(asked.looks) }
    if docket.knowsPeople { plan.wanted = plan.wanted.union(Bench.partied) }
    // Kinds of accounts are few; should they not be, those that come now stay at hand.
    if plans.count >= 4096 { plans.removeAll(keepingCapacity: true) }
    plans[present] = plan
    return plan
  }

  // What stands against contacts may be asked by any rule.
  private static let always = TypeMask(Docket.barring)
  // Types that may name a person of whom something is known apart from the account.
  private static let partied = TypeMask(
    Register.events.filter { type in
      ActSlip.mask.contains(type.code)
        && ReadingPlan(type).steps.contains { $0.property == .party && $0.step == .text }
    }.map(\.code))

  // MARK: Accounts

  /// Takes an account: where its slips stand in words, and its facts.
  func take(
    _ account: UInt32, _ words: Span<UInt64>, _ range: Range<Int>, _ facts: Span<Fact>,
    _ parts: Span<Piece>
  ) throws(WireError) {
    derived.removeAll(keepingCapacity: true)
    if facts.count > 0 {
      try deriving.derive(account, facts, parts, docket, before: now) { derived.append($0) }
    }
    let group = docket.groupOf[Int(account)]
    if docket.sizes[Int(group)] == 1 {
      if range.isEmpty, derived.isEmpty, !docket.knowsPeople, given.isEmpty { return }
      var present = scan(words, range, account)
      for act in derived { present.insert(act.type) }
      judge(account, plan(present), words, range)
      return
    }
    _ = scan(words, range, account)
    var wait = Waiting()
    swap(&wait, &waiting[group, default: Waiting()])
    let start = wait.words.count
    for at in range { wait.words.append(words[at]) }
    wait.accounts.append((account, start..<wait.words.count))
    wait.derived.append(contentsOf: derived)
    settle(group, wait)
  }

  // Judges a person of whom everything is there; keeps the others waiting.
  private func settle(_ group: UInt32, _ wait: Waiting) {
    if wait.accounts.count == Int(docket.sizes[Int(group)]) {
      waiting[group] = nil
      judge(wait)
    } else {
      waiting[group] = wait
    }
  }

  // Which types there are; what staff and the house did on the account is set aside.
  private func scan(_ words: Span<UInt64>, _ range: Range<Int>, _ account: UInt32) -> TypeMask {
    var present = TypeMask()
    var at = range.lowerBound
    while at < range.upperBound {
      present.insert(ActSlip.type(words[at]))
      if UInt32(truncatingIfNeeded: words[at + 6]) == account { shelves.note(words, at) }
      at += ActSlip.length(words[at])
    }
    return present
  }

  private func judge(
    _ account: UInt32, _ first: Plan, _ words: Span<UInt64>, _ range: Range<Int>
  ) {
    var plan = first
    if plan.person.isEmpty, plan.account.isEmpty, !docket.knowsPeople, given.isEmpty { return }
    start(account)
    parties = one.key == .none ? [] : [one.key]
    pour(words, range, account, plan.wanted)
    if addPeople() || !given.isEmpty {
      // What is known of people may call for rules that nothing on the account does.
      plan = everything
      start(account)
      pour(words, range, account, plan.wanted)
      _ = addPeople()
    }
    finish([account], derived, only: nil)
    one.account = account
    ask(plan.person, .person)
    ask(plan.account, .account)
  }

  // A person with several accounts: judged once over all, then account by account.
  private func judge(_ wait: Waiting) {
    let sorted = wait.accounts.sorted { $0.number < $1.number }
    let accounts = sorted.map(\.number)
    start(accounts[0])
    parties = one.key == .none ? [] : [one.key]
    let among = Set(accounts)
    for (account, range) in sorted {
      pour(wait.words.span, range, account, ActSlip.mask, among: among)
    }
    _ = addPeople()
    finish(among, wait.derived, only: nil)
    one.account = 0
    ask(everything.person, .person)
    let derived = Dictionary(grouping: wait.derived, by: \.account)
    for (account, range) in sorted {
      start(account)
      parties = one.key == .none ? [] : [one.key]
      pour(wait.words.span, range, account, ActSlip.mask)
      _ = addPeople()
      finish(among, ContiguousArray(derived[account] ?? []), only: account)
      one.account = account
      ask(everything.account, .account)
    }
  }

  private var parties: [TextKey] = []

  private func start(_ account: UInt32) {
    one.clear()
    let profile = docket.profiles[docket.profile(account)]
    one.key = docket.debtors[Int(account)]
    one.who = PolicySubject(
      product: profile.product, portfolio: profile.portfolio,
      account: docket.names.account(account))
    one.product = profile.key
  }

  // Adds the acts of an account that stand and have happened.
  private func pour(
    _ words: Span<UInt64>, _ range: Range<Int>, _ account: UInt32, _ wanted: TypeMask,
    among accounts: Set<UInt32> = []
  ) {
    var at = range.lowerBound
    while at < range.upperBound {
      let here = at
      at += ActSlip.length(words[here])
      guard wanted.contains(ActSlip.type(words[here])) else { continue }
      let seq = words[here + 1]
      if seq > docket.last || Int64(bitPattern: words[here + 2]) > now || docket.isDead(seq) {
        continue
      }
      // Of a hold on several accounts of the person one copy is enough.
      let subject = UInt32(truncatingIfNeeded: words[here + 6])
      if account != subject, accounts.contains(subject) { continue }
      let act = docket.reader.read(words, here, account, one)
      if docket.knowsPeople, let party = act[.party], !parties.contains(party) {
        parties.append(party)
      }
      one.add(act)
    }
  }

  private func addPeople() -> Bool {
    if !docket.knowsPeople { return false }
    var isKnown = false
    for party in parties where docket.add(party, to: one) { isKnown = true }
    return isKnown
  }

  // Adds verdicts and puts acts on their clocks: that of the person where one is known, else that
  // of the account.
  private func finish(_ accounts: Set<UInt32>, _ derived: ContiguousArray<Act>, only: UInt32?) {
    for act in given where accounts.contains(act.account) || act.person == one.key {
      if let only, act.account != 0, act.account != only { continue }
      if act.account != 0 || act.person != .none { one.add(act) }
    }
    for act in derived where only == nil || act.account == only { one.add(act) }
    settle(nil)
  }

  private func settle(_ only: ZoneClock?) {
    for profile in one[EventCode.partyProfiled] where profile.person == one.key {
      let zones = one.words(profile, .zones).compactMap { clock($0) }
      if !zones.isEmpty { one.otherClocks.append((profile.header.occurred, zones)) }
    }
    one.otherClocks.sort { $0.from < $1.from }
    one.settle({ only ?? clocks[docket.profile($0)] }, in: hearing.days)
  }

  private func clock(_ name: String) -> ZoneClock? {
    if name == hearing.zone.name { return ledgerClock }
    if let found = named[name] { return found }
    let made = Zone(name).map { ZoneClock($0) }
    named[name] = made
    return made
  }

  // MARK: Joining

  /// Takes over what another bench found, and whom it left waiting.
  func join(_ other: Bench) {
    report.merge(other.report)
    shelves.merge(other.shelves)
    for group in other.waiting.keys.sorted() {
      guard let more = other.waiting[group] else { continue }
      var wait = waiting[group] ?? Waiting()
      let shift = wait.words.count
      wait.words.append(contentsOf: more.words)
      wait.accounts += more.accounts.map {
        ($0.number, $0.range.lowerBound + shift..<$0.range.upperBound + shift)
      }
      wait.derived.append(contentsOf: more.derived)
      settle(group, wait)
    }
  }

  // MARK: People without accounts, staff, books, the house

  /// Judges people of whom there is history and no account.
  func judgeStrangers() {
    if everything.person.isEmpty { return }
    for key in docket.strangers {
      startApart(key)
      docket.add(key, to: one)
      for act in given where act.person == key { one.add(act) }
      settle(ledgerClock)
      ask(everything.person, .person)
    }
  }

  /// Judges members of staff, books of receipts and the house.
  func judgeStaff() {
    var at = 0
    let apart = docket.apart
    while at < apart.count {
      shelves.note(apart.span, at)
      at += ActSlip.length(apart[at])
    }
    shelves.sort()
    judge(.collector, shelves.staff)
    judge(.book, shelves.books)
    judge(.house, shelves.all)
  }

  private func judge(_ scope: Rule.Scope, _ shelf: Shelf) {
    guard let asked = rules[scope] else { return }
    for (group, key) in shelf.keys.enumerated() {
      startApart(key)
      for at in shelf.places(group) where Int64(bitPattern: shelf.words[at + 2]) <= now {
        one.add(docket.reader.read(shelf.words.span, at, 0, one))
      }
      settle(deskClock)
      ask(asked, scope)
    }
  }

  private func startApart(_ key: TextKey) {
    one.clear()
    (one.account, one.key, one.product) = (0, key, TextKey(""))
    one.who = PolicySubject(product: "", account: "")
  }
}
