import Ledger

/// Somebody who has read an account's file up to an entry, and says what is wrong with the entry.
struct NaiveClerk {
  typealias Page = NaiveAnomalies.Page

  let page: Page
  /// What was known of the account, and of any other.
  let file: [Page]
  let before: (String) -> [Page]
  let policies: NaivePolicies
  let desk: NaiveDesk
  let deals: NaiveArrangements

  var account: String { page.told.account }
  var day: Day { page.day }
  var on: Day { page.told.on }
  /// What was known of the house.
  var staff: NaiveStaff { NaiveStaff(before(Life.name(0))) }

  /// The first thing that is wrong.
  var rule: String? {
    switch page.told.deed {
    case .imported: return nil
    case .opened:
      let isThere = file.contains { if case .opened = $0.told.deed { true } else { false } }
      return isThere ? "account.exists" : nil
    case .desked(let deed): return unknown ?? desked(deed)
    case .organised(let deed): return unknown ?? handed(deed)
    case .said(let saying) where saying.type == "approval.granted": return granted(saying)
    case .said(let saying): return unknown ?? said(saying)
    case .paper(let deed): return unknown ?? money ?? paper(deed) ?? lawful
    case .law(let deed):
      return unknown ?? money ?? NaivePaper.deed(deed).flatMap(paper) ?? lawful
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
  var unknown: String? {
    let leaving = ["payment.reversed", "payment.transferred", "payment.refunded"]
    let came = file.contains { page in
      switch page.story.what {
      case .received, .transferred(_, _, _, account): leaving.contains(self.page.told.deed.type)
      default: false
      }
    }
    return came || NaiveClerk.isKnown(file) ? nil : "account.unknown"
  }

  var isClosed: Bool {
    var closed = false
    for page in file {
      if case .closed = page.told.deed { closed = true }
      if case .reopened = page.told.deed { closed = false }
    }
    return closed
  }

  // Money comes neither from days to come nor from before the contract.
  var undue: String? {
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
    case .transferred(let id, let amount, _, let to):
      if let undue { return undue }
      guard let left = NaiveClerk.left(of: id, account, file), left >= amount else {
        return "payment.stands"
      }
      return NaiveClerk.isKnown(before(to)) ? nil : "account.unknown"
    case .refunded(let amount):
      if let undue { return undue }
      return amount > life(page.today).report(page.today).credit ? "refund.more-than-credit" : nil
    default: return nil
    }
  }
}
