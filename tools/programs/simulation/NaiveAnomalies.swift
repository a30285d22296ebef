import Ledger

/// A second model of what should not have happened to an account: every entry is laid beside the
/// account's file as it was just before, and the first thing that is wrong with it is named as the
/// book of anomalies names it. It shares no rule with the ledger.
package struct NaiveAnomalies: Sendable {
  /// An entry, the day from which it counts, and the day on which the ledger heard of it.
  struct Page: Sendable {
    var told: NaiveDesk.Told, story: NaiveEvent
    var today: Day
    var day: Day { story.day }
  }

  private let desk: NaiveDesk
  private let deals: NaiveArrangements
  private let pages: [Page]
  /// Pages by account; a payment that moved stands in two files.
  private let files: [String: [Page]]

  /// A model of a life, of which the desk was told.
  package init(_ desk: NaiveDesk, _ life: Life) {
    self.desk = desk
    deals = NaiveArrangements(desk)
    var pages: [Page] = []
    for ((told, story), entry) in zip(zip(desk.told, life.told), life.entries) {
      let recorded = Moment(rawValue: entry.recorded * 1_000_000)
      let today = recorded.day(offset: life.zone.offset(at: recorded))
      pages.append(Page(told: told, story: story, today: today))
    }
    self.pages = pages
    var files = Dictionary(grouping: pages) { $0.told.account }
    for page in pages {
      guard case .transferred(_, _, _, let to) = page.story.what, to != page.told.account
      else { continue }
      files[to, default: []].append(page)
    }
    self.files = files.mapValues { $0.sorted { $0.told.seq < $1.told.seq } }
  }

  /// Events that it judges: what happens to an account but for the longer proceedings, in which
  /// promises, settlements, plans, the law and allocations have stages of their own.
  package static let judged: Set<String> = [
    "account.opened", "account.imported", "account.flagged", "account.written_off",
    "account.closed", "account.reopened", "due.raised", "due.cancelled", "charge.levied",
    "charge.waived", "interest.applied", "payment.received", "payment.credited", "payment.posted",
    "payment.reversed", "payment.transferred", "payment.refunded", "hold.placed", "hold.lifted",
    "account.classified", "account.debt_acknowledged", "account.transferred", "contact.attempted",
    "contact.delivery_reported", "contact.conduct_flagged", "contact.meeting_held",
    "dispute.raised", "dispute.resolved", "query.opened", "query.answered",
    "complaint.received", "complaint.resolved", "document.filed", "document.purged",
    "statement.issued", "notice.sent", "cheque.received", "cheque.moved", "cheque.deposited",
    "cheque.cleared", "cheque.bounced", "cheque.part_paid", "cheque.held", "cheque.withdrawn",
    "mandate.registered", "mandate.ended", "mandate.presented", "mandate.bounced",
  ]

  /// `seq,account,event,rule` of everything told by a position.
  package func rows(knownAt: UInt64) -> [String] {
    let policies = desk.model.policies(knownAt)
    var rows: [String] = []
    for page in pages where page.told.seq <= knownAt && page.told.account != Life.name(0) {
      let (account, type) = (page.told.account, page.told.deed.type)
      for _ in 0..<NaiveAnomalies.strangeCodes(page.told.deed) {
        rows.append("\(page.told.seq),\(account),\(type),code.unknown")
      }
      guard NaiveAnomalies.judged.contains(type) else { continue }
      let clerk = clerk(page, policies)
      if let rule = clerk.rule { rows.append("\(page.told.seq),\(account),\(type),\(rule)") }
    }
    // What the bank sent back is still credited when the last entry has been read.
    for (account, file) in files where account != Life.name(0) {
      let standing = file.filter { desk.model.stands($0.told.seq, knownAt) }
      for (seq, _) in NaiveClerk.kept(standing) {
        rows.append("\(seq),\(account),cheque.bounced,cheque.credit-kept")
      }
    }
    return rows.sorted()
  }

  private func clerk(_ page: Page, _ policies: NaivePolicies) -> NaiveClerk {
    func before(_ account: String) -> [Page] {
      let last = page.told.seq - 1
      return (files[account] ?? []).filter { desk.model.stands($0.told.seq, last) }
    }
    var other: [Page] = []
    if case .transferred(_, _, _, let to) = page.story.what { other = before(to) }
    return NaiveClerk(
      page: page, file: before(page.told.account), other: other, policies: policies, desk: desk,
      deals: deals)
  }

  // Words of the house's own that no list has.
  private static func strangeCodes(_ deed: Deed) -> Int {
    switch deed {
    case .desked(.contacted(let touch, _)):
      return [touch.result == "code_of_ours", touch.reason == "reason_of_ours"].count { $0 }
    case .paper(.bounced(_, _, let reason, _, _)): return reason == "moon_phase" ? 1 : 0
    default: return 0
    }
  }
}

/// Somebody who has read an account's file up to an entry, and says what is wrong with the entry.
struct NaiveClerk {
  typealias Page = NaiveAnomalies.Page

  let page: Page
  /// What was known of the account, and of the one that a payment moves to.
  let file: [Page], other: [Page]
  let policies: NaivePolicies
  let desk: NaiveDesk
  let deals: NaiveArrangements

  var account: String { page.told.account }
  var day: Day { page.day }
  var on: Day { page.told.on }

  /// The first thing that is wrong.
  var rule: String? {
    switch page.told.deed {
    case .imported: return nil
    case .opened:
      let isThere = file.contains { if case .opened = $0.told.deed { true } else { false } }
      return isThere ? "account.exists" : nil
    case .desked(let deed): return unknown ?? desked(deed)
    case .said(let saying): return unknown ?? said(saying)
    case .paper(let deed): return unknown ?? money ?? paper(deed)
    case .law(let deed): return unknown ?? money ?? NaivePaper.deed(deed).flatMap(paper)
    default: return unknown ?? booked ?? money
    }
  }

  // MARK: - The account

  static func isKnown(_ file: [Page]) -> Bool {
    file.contains { page in
      switch page.told.deed {
      case .opened, .imported: true
      default: false
      }
    }
  }

  // Money that came to an account that nobody opened may leave it.
  private var unknown: String? {
    let leaving = ["payment.reversed", "payment.transferred", "payment.refunded"]
    let came = file.contains { page in
      switch page.story.what {
      case .received, .transferred(_, _, _, account): leaving.contains(self.page.told.deed.type)
      default: false
      }
    }
    return came || NaiveClerk.isKnown(file) ? nil : "account.unknown"
  }

  private var isClosed: Bool {
    var closed = false
    for page in file {
      if case .closed = page.told.deed { closed = true }
      if case .reopened = page.told.deed { closed = false }
    }
    return closed
  }

  // Money comes neither from days to come nor from before the contract.
  private var undue: String? {
    if day > page.today { return "value-date.future" }
    for page in file {
      if case .opened(_, _, let first, _, _) = page.told.deed {
        return day < first ? "value-date.before-opening" : nil
      }
    }
    return nil
  }

  // What is on the account by its own books.
  private var booked: String? {
    switch page.told.deed {
    case .attempted(let channel, let result, _, _):
      // Whoever was reached said why; whoever went there says where.
      if result > 3 { return "contact.reason-missing" }
      return Line.channels[channel] == "visit" ? "contact.visit-where" : nil
    case .due(let due, _, _, _, _, _):
      return isClosed ? "account.closed" : has(due: due) ? "due.exists" : nil
    case .cancelled(let dues, _): return dues.allSatisfy(stands) ? nil : "due.stands"
    case .charged(let charge, _, _, let due):
      if let undue { return undue }
      let isThere = file.contains {
        if case .charged(charge, _, _, _) = $0.told.deed { true } else { false }
      }
      if isThere { return "charge.exists" }
      if due > 0, !has(due: due) { return "charge.due" }
      return isHeld(["loan_moratorium"]) ? "charge.moratorium" : nil
    case .waived(let charge, let penal, let amount, let owed):
      return undue ?? waived(charge, isPenal: penal, amount, owed)
    case .interest:
      if isClosed { return "account.closed" }
      return undue ?? (isHeld(["loan_moratorium"]) ? "interest.moratorium" : nil)
    case .held(let hold, _, let from, let to):
      if let to, to < from { return "hold.ends-after-start" }
      return stage(of: hold).isPlaced ? "hold.exists" : nil
    case .lifted(let hold, _):
      let (isPlaced, isLifted) = stage(of: hold)
      return isPlaced && !isLifted ? nil : "hold.in-force"
    case .writtenOff(let amount): return undue ?? writtenOff(amount)
    case .closed: return isClosed ? "account.closed" : closed
    case .reopened: return isClosed ? nil : "account.not-closed"
    default: return nil
    }
  }

  private func has(due: Int) -> Bool {
    file.contains { if case .due(due, _, _, _, _, _) = $0.told.deed { true } else { false } }
  }

  private func stands(_ due: Int) -> Bool {
    let isCancelled = file.contains { page in
      if case .cancelled(let dues, _) = page.told.deed { return dues.contains(due) }
      return false
    }
    return has(due: due) && !isCancelled
  }

  private func stage(of hold: Int) -> (isPlaced: Bool, isLifted: Bool) {
    let deeds = file.map(\.told.deed)
    return (
      deeds.contains { if case .held(hold, _, _, _) = $0 { true } else { false } },
      deeds.contains { if case .lifted(hold, _) = $0 { true } else { false } }
    )
  }

  // From its first day to the day before it ends, as placed or as lifted.
  func isHeld(_ kinds: [String]) -> Bool {
    file.contains { page in
      guard case .held(let hold, let kind, let from, let to) = page.told.deed,
        kinds.contains(kind.rawValue), from <= day
      else { return false }
      let lifted = file.compactMap { other -> Day? in
        if case .lifted(hold, let day) = other.told.deed { return day }
        return nil
      }
      return day < (lifted + [to ?? .undated]).min() ?? .undated
    }
  }

  // MARK: - Money

  // The account lived through to the end of a day, with all that was known.
  func life(_ asOf: Day) -> NaiveAccount {
    let told = file.map(\.story).filter { event in
      switch event.what {
      case .organised, .silent, .mistaken: false
      default: true
      }
    }
    let terms = policies.terms(
      account: account, product: NaivePeriod.product(told), asOf: page.today, drafts: [])
    var life = NaiveAccount(account, told, terms)
    life.live(until: asOf)
    return life
  }

  private func waived(_ charge: Int, isPenal: Bool, _ amount: Int64, _ stated: Int64) -> String? {
    let life = life(min(day, page.today))
    var owed: Int64 = 0
    if charge > 0 {
      for one in life.charges where one.id == "C\(charge)" {
        let left = life.owed.first { $0.order == one.order }?.left(one.kind) ?? 0
        owed += min(one.left, max(0, left))
      }
    } else {
      let kind = NaiveAccount.index(isPenal ? .penal : .charge)
      owed = life.owed.reduce(0) { $0 + max(0, $1.left(kind)) }
    }
    if amount > owed { return "waiver.more-than-owed" }
    return stated == owed ? nil : "waiver.outstanding"
  }

  private func writtenOff(_ amount: Int64) -> String? {
    let asOf = min(day, page.today)
    let owed = life(asOf).report(asOf).outstanding
    if owed <= 0 { return "account.nothing-outstanding" }
    var (before, since): (Int64, Day?) = (0, nil)
    for page in file {
      guard case .writtenOff(let sum) = page.told.deed else { continue }
      (before, since) = (before + sum, min(since ?? page.day, page.day))
    }
    var left = owed
    if let since {
      func received(_ asOf: Day) -> Int64 { life(asOf).money.reduce(0) { $0 + $1.left } }
      left = min(owed, max(0, owed + received(asOf) - received(since) - before))
    }
    return amount > left ? "account.more-than-outstanding" : nil
  }

  private var closed: String? {
    if life(page.today).report(page.today).outstanding != 0 { return "account.balance-remains" }
    let waits = desk.uncleared(file.map(\.told), .undated).reduce(0) {
      $0 + max(0, NaiveClerk.left(of: $1, account, file) ?? 0)
    }
    return waits > 0 ? "account.not-cleared" : nil
  }

  /// What is left of a payment after all that was undone and moved; nil of one that is not there.
  static func left(of id: String, _ account: String, _ file: [Page]) -> Int64? {
    var left: Int64?
    for page in file {
      switch page.story.what {
      case .received(id, let amount, _): left = (left ?? 0) + amount
      case .returned(id, let amount, _): left = (left ?? 0) - amount
      case .transferred(id, let amount, let from, let to) where from != to:
        left = (left ?? 0) + (to == account ? amount : -amount)
      default: break
      }
    }
    return left
  }

  // A payment that came, went back, moved or was paid out.
  var money: String? {
    switch page.story.what {
    case .received(let id, _, _):
      let isThere = file.contains { page in
        switch page.story.what {
        case .received(id, _, _), .transferred(id, _, _, account): true
        default: false
        }
      }
      return undue ?? (isThere ? "payment.exists" : nil)
    case .returned(let id, let amount, _):
      if let undue { return undue }
      guard let left = NaiveClerk.left(of: id, account, file), left > 0 else {
        return "payment.stands"
      }
      return amount > left ? "payment.more-than-left" : nil
    case .transferred(let id, let amount, _, _):
      if let undue { return undue }
      guard let left = NaiveClerk.left(of: id, account, file), left >= amount else {
        return "payment.stands"
      }
      return NaiveClerk.isKnown(other) ? nil : "account.unknown"
    case .refunded(let amount):
      if let undue { return undue }
      return amount > life(page.today).report(page.today).credit ? "refund.more-than-credit" : nil
    default: return nil
    }
  }
}
