/// One account as a decision may look at it: what the ledger has heard, nothing concluded and kept.
package struct AccountState: Sendable {
  /// The account's id.
  package let id: String
  /// Its facts, in the order in which they were learned.
  package private(set) var facts: Facts
  /// What was heard about it apart from money, entries taken back included.
  private var heard = Desk()
  /// Keys of the causes that carry a charge, by kind of charge.
  package private(set) var causes: Set<String> = []
  private var reckoner = Reckoner()
  // Rows by the id they bear; rows that say what the account is; positions taken back.
  private var byID: [TextKey: [Int]] = [:]
  private var milestones: [Int] = []
  private var dead: Set<Position> = []

  /// An account of which nothing is known.
  package init(id: String) {
    self.id = id
    let key = TextKey(id)
    self.facts = Facts { _ in key }
  }

  /// Learns an event of its trail.
  package mutating func evolve(_ event: borrowing EventView, isSubject: Bool) throws(WireError) {
    let first = facts.rows.count
    try facts.note(event, account: 0, isSubject: isSubject)
    try heard.note(event, account: 0, isSubject: isSubject, .all)
    for row in first..<facts.rows.count {
      let fact = facts.rows[row]
      if fact.kind.isMilestone {
        milestones.append(row)
      } else {
        byID[fact.id, default: []].append(row)
      }
      if fact.kind == .entryReversed { bury() }
    }
    if event.header.type == EventCode.chargeLevied, isSubject {
      var body = CBORReader(event.body)
      let charge = try Charge.Levied(reading: &body)
      if let cause = charge.reasonEvent { causes.insert(charge.kind + " " + cause) }
    }
  }

  /// What was heard about it apart from money, without entries that were taken back.
  package var desk: Desk {
    var desk = heard
    if !dead.isEmpty { desk.bury(takenBack) }
    return desk
  }

  private var takenBack: Dead {
    var dead = Dead()
    dead.find(in: facts.rows.span)
    return dead
  }

  /// Whether anyone said that the account exists.
  package var isKnown: Bool {
    standing.contains { $0.kind == .opened || $0.kind == .opening }
  }

  /// Whether it is closed and not reopened.
  package var isClosed: Bool {
    var closed = false
    for fact in standing {
      if fact.kind == .closed { closed = true }
      if fact.kind == .reopened { closed = false }
    }
    return closed
  }

  /// The account's currency: of its terms, else of the first money seen.
  package var currency: Currency? {
    let first =
      standing.last { $0.kind == .opened }
      ?? facts.rows.first { $0.currency != 0 && !dead.contains($0.seq) }
    return first.map { Currency(rawValue: $0.currency) }
  }

  /// Of whom a policy's scope can ask: product and portfolio of its terms, and its id.
  package var subject: PolicySubject {
    let opened = standing.last { $0.kind == .opened }
    let product = opened.map { facts.texts[UInt32($0.link >> 32)] }
    let portfolio = opened.map { facts.texts[UInt32(truncatingIfNeeded: $0.id.rawValue)] }
    return PolicySubject(product: product ?? "", portfolio: portfolio ?? "", account: id)
  }

  /// The debtor of its terms.
  package var debtor: String? {
    let opened = standing.last { $0.kind == .opened }
    return opened.map { facts.texts[UInt32(truncatingIfNeeded: $0.link)] }
  }

  /// Whether a further sum, with its parts, leaves every figure of the account within 64 bits.
  package func hasRoom(for sum: Int64) -> Bool {
    let limit = UInt64(Int64.max) / 8
    guard sum.magnitude < limit else { return false }
    var total = 2 * sum.magnitude
    func add(_ more: UInt64) -> Bool {
      guard more < limit else { return false }
      total += more
      return total < 2 * limit
    }
    for fact in facts.rows where !add(fact.amount.magnitude) { return false }
    for part in facts.parts where !add(part.amount.magnitude) { return false }
    return total < 2 * limit
  }

  /// First day of the contract, when its terms are on the book.
  package var openedOn: Day? {
    standing.first { $0.kind == .opened }.map { Day(rawValue: $0.day) }
  }

  // From the last to the first, so that a reversal that was itself reversed takes nothing back.
  private mutating func bury(and seq: Position? = nil) {
    dead.removeAll(keepingCapacity: true)
    if let seq { dead.insert(seq) }
    for fact in facts.rows.reversed()
    where fact.kind == .entryReversed && !dead.contains(fact.seq) {
      dead.insert(fact.link)
    }
  }

  /// What the account is: its terms, claims, ends, flags and holds, as far as no reversal took them
  /// back.
  package var standing: [Fact] {
    milestones.map { facts.rows[$0] }.filter { !dead.contains($0.seq) }
  }

  // Facts that bear an id and that no reversal took back.
  private func standing(_ id: TextKey) -> [Fact] {
    (byID[id] ?? []).map { facts.rows[$0] }.filter { !dead.contains($0.seq) }
  }

  /// What is left of a payment after reversals and transfers; nil when it is not on the account.
  package func remaining(ofPayment id: String) -> Int64? { remaining(ofPayment: TextKey(id)) }

  /// Whether money that an entry brought was moved on, undone or paid back since, so that without
  /// the entry less than nothing would be left of a payment, or more was paid back than came in.
  package func overdraws(without seq: Position) -> Bool {
    var other = self
    other.bury(and: seq)
    let isMoved = byID.keys.contains { id in
      guard let left = other.remaining(ofPayment: id), left < 0 else { return false }
      return left < remaining(ofPayment: id) ?? 0
    }
    // What a source claims of an account may be credit that no entry of ours brought.
    if isMoved || standing.contains(where: { $0.kind == .opening }) { return isMoved }
    return Set(facts.rows.map(\.currency)).contains { currency in
      let left = other.kept(currency)
      return left < 0 && left < kept(currency)
    }
  }

  /// Whether a payment stands on the account: received or brought here, whatever is left of it.
  package func holds(payment id: String) -> Bool { arrivals(TextKey(id)) > 0 }

  /// Whether a payment would stand twice without an entry, which took one back that was told anew.
  package func doubles(without seq: Position) -> Bool {
    var other = self
    other.bury(and: seq)
    return byID.keys.contains { other.arrivals($0) > max(1, arrivals($0)) }
  }

  /// Whether any payment stands on the account.
  package var hasPayments: Bool {
    facts.rows.contains { fact in
      (fact.kind == .payment || fact.kind == .transferIn) && !dead.contains(fact.seq)
    }
  }

  private func arrivals(_ payment: TextKey) -> Int {
    standing(payment).count { $0.kind == .payment || $0.kind == .transferIn }
  }

  // What came in, less what was undone, moved away and paid back.
  private func kept(_ currency: UInt16) -> Int64 {
    var left: Int64 = 0
    for fact in facts.rows where fact.currency == currency && !dead.contains(fact.seq) {
      switch fact.kind {
      case .payment, .transferIn: left &+= fact.amount
      case .reversal, .transferOut, .refund: left &-= fact.amount
      default: break
      }
    }
    return left
  }

  /// What came by cheques that have not been paid, and by payments that count only when cleared,
  /// as far as it is credited and nobody said that it has cleared.
  package var uncleared: Int64 {
    let desk = desk
    var lives = Cheque.Lives()
    lives.follow(desk.cheques, until: .undated)
    let tenders = desk.tenders.rows
    var keys: Set<TextKey> = []
    for tender in tenders where tender.kind == .received && tender.provisional {
      if !Promise.hasCleared(tender, by: .max, in: tenders) { keys.insert(tender.id) }
    }
    for row in desk.paper.rows where row.kind == .byCheque {
      guard let life = lives.all.first(where: { $0.cheque == row.paper }), life.mayKeep(row),
        !tenders.contains(where: { $0.kind == .credited && $0.id == row.payment })
      else { continue }
      keys.insert(row.payment)
    }
    return keys.reduce(0) { $0 &+ max(0, remaining(ofPayment: $1) ?? 0) }
  }

  /// What was written off so far, minor units, and the first day of it; nil for nothing.
  package var writtenOff: (sum: Int64, since: Day)? {
    let facts = standing.filter { $0.kind == .writtenOff }
    guard let first = facts.map(\.day).min() else { return nil }
    return (facts.reduce(0) { $0 &+ $1.amount }, Day(rawValue: first))
  }

  private func remaining(ofPayment id: TextKey) -> Int64? {
    var left: Int64?
    for fact in standing(id) {
      switch fact.kind {
      case .payment, .transferIn: left = (left ?? 0) &+ fact.amount
      case .reversal, .transferOut: left = (left ?? 0) &- fact.amount
      default: break
      }
    }
    return left
  }

  /// Whether a due stands: raised, and not cancelled.
  package func stands(due id: String) -> Bool {
    let facts = standing(TextKey(id))
    return facts.contains { $0.kind == .due } && !facts.contains { $0.kind == .dueCancelled }
  }

  /// Whether a due was shown by the end of a day, and is not cancelled.
  func shows(due id: TextKey, by day: Day) -> Bool {
    let facts = standing(id)
    return facts.contains { $0.kind == .due && $0.seen <= day.rawValue }
      && !facts.contains { $0.kind == .dueCancelled }
  }

  /// Whether a fact of this kind and id stands.
  package func has(_ kind: Fact.Kind, _ id: String) -> Bool {
    let facts = kind.isMilestone ? standing.filter { $0.id == TextKey(id) } : standing(TextKey(id))
    return facts.contains { $0.kind == kind }
  }

  /// Ids of the kinds of hold in force on a day.
  package func holds(of kinds: [String], on day: Day) -> Bool {
    let keys = kinds.map { TextKey($0).rawValue }
    let facts = standing
    return facts.contains { hold in
      guard hold.kind == .hold, keys.contains(hold.link), hold.day <= day.rawValue else {
        return false
      }
      let lifted = facts.filter { $0.kind == .holdLifted && $0.id == hold.id }.map(\.day).min()
      let end = min(hold.other == .min ? .max : hold.other, lifted ?? .max)
      return day.rawValue < end
    }
  }

  /// The figures at the end of a day, with everything the state has learned.
  package mutating func figures(asOf: Day, terms: Terms) -> Reckoning {
    let facts = facts
    return reckoner.reckon(
      facts.rows.span, parts: facts.parts.span, currency: (currency ?? .none).rawValue,
      asOf: asOf, terms: terms)
  }

  /// Its promises and the figures they were judged by, at the end of a day.
  package mutating func promises(asOf: Day, terms: Terms) -> (Promise.Judge, Reckoning) {
    let figures = figures(asOf: asOf, terms: terms)
    var judge = Promise.Judge()
    judge.judge(
      desk, reckoner.receipts, currency: (currency ?? .none).rawValue, asOf: asOf,
      provisionalCounts: terms.promises.provisionalCounts)
    return (judge, figures)
  }

  /// Its settlements at the end of a day.
  package mutating func settlements(asOf: Day, terms: Terms) -> [Settlement.Case] {
    _ = figures(asOf: asOf, terms: terms)
    return Settlement.cases(
      desk, reckoner.receipts, currency: (currency ?? .none).rawValue, asOf: asOf,
      limits: terms.settlements)
  }

  /// Its repayment plans at the end of a day.
  package mutating func plans(asOf: Day, terms: Terms) -> [Plan.Case] {
    _ = figures(asOf: asOf, terms: terms)
    return Plan.cases(
      desk, reckoner.receipts, currency: (currency ?? .none).rawValue, asOf: asOf,
      terms: terms.plans)
  }

  /// What is owed of a charge, or of a component when no charge is named, after `figures`.
  package func owed(charge id: String?, component: Component) -> Int64 {
    if let id {
      let key = TextKey(id)
      var left: Int64 = 0
      for charge in reckoner.charges where charge.id == key {
        left += min(charge.left, max(0, reckoner.unpaid(charge.obligation, charge.component)))
      }
      return left
    }
    var left: Int64 = 0
    for index in reckoner.obligations.indices {
      left += max(0, reckoner.unpaid(index, Int(component.rawValue)))
    }
    return left
  }
}

extension Fact.Kind {
  /// Whether it says what the account is, not what money did.
  var isMilestone: Bool {
    switch self {
    case .opened, .opening, .closed, .reopened, .writtenOff, .flagged, .hold, .holdLifted: true
    default: false
    }
  }
}
