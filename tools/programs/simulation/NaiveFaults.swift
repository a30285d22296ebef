import Ledger

/// What may be wrong with what a desk tells, and with paper.
extension NaiveClerk {
  // MARK: - The desk

  func desked(_ deed: Desking) -> String? {
    switch deed {
    case .disputed(let dispute, _, let old):
      if state(of: dispute).isRaised { return "dispute.exists" }
      guard let old else { return nil }
      let (isRaised, isDecided) = state(of: old)
      return !isRaised ? "dispute.unknown" : isDecided ? nil : "dispute.decided"
    case .decided(let dispute, _, _):
      let (isRaised, isDecided) = state(of: dispute)
      if !isRaised { return "dispute.unknown" }
      return isDecided ? "dispute.open" : isSettled ? "dispute.settled" : nil
    case .promised(let vow, let debtor): return promised(vow, by: debtor)
    case .withdrew(let number, _): return withdrew(number)
    default: return money
    }
  }

  // Raised and decided by the day on which this happens.
  private func state(of dispute: Int) -> (isRaised: Bool, isDecided: Bool) {
    let deeds = file.filter { $0.told.on <= on }.map(\.told.deed)
    return (
      deeds.contains { if case .desked(.disputed(dispute, _, _)) = $0 { true } else { false } },
      deeds.contains { if case .desked(.decided(dispute, _, _)) = $0 { true } else { false } }
    )
  }

  func said(_ saying: Saying) -> String? {
    switch saying.type {
    case "query.opened":
      if opened(saying.text("query")) { return "query.exists" }
      let old = saying.text("reopens")
      if old.isEmpty { return nil }
      if !opened(old) { return "query.unknown" }
      return isAnswered(old) && !words("query.opened").contains { $0.text("reopens") == old }
        ? nil : "query.answered"
    case "query.answered":
      let id = saying.text("query")
      return !opened(id) ? "query.unknown" : isAnswered(id) ? "query.open" : nil
    case "complaint.resolved":
      let id = saying.text("complaint")
      if !words("complaint.received").contains(where: { $0.text("complaint") == id }) {
        return "complaint.unknown"
      }
      let isOver = words("complaint.resolved").contains { $0.text("complaint") == id }
      return isOver ? "complaint.open" : nil
    case "document.filed":
      if filed(saying.text("document")) != nil { return "document.exists" }
      let old = saying.text("supersedes")
      return old.isEmpty || filed(old) != nil ? nil : "document.unknown"
    case "document.purged": return purged(saying.text("document"))
    case "statement.issued": return issued(saying)
    case "party.linked": return linked(saying)
    case "party.unlinked": return unlinked(saying)
    case let type where type.hasPrefix("legal.") || type.hasPrefix("security."): return lawful
    case let type where type.hasPrefix("settlement."): return settlement(saying)
    case let type where type.hasPrefix("plan."): return plan(saying)
    default: return money
    }
  }

  /// What was said before, of what had happened by the day.
  func words(_ type: String) -> [Saying] {
    file.filter { $0.told.on <= on }.compactMap(\.told.said).filter { $0.type == type }
  }

  private func opened(_ query: String) -> Bool {
    words("query.opened").contains { $0.text("query") == query }
  }

  private func isAnswered(_ query: String) -> Bool {
    words("query.answered").contains { $0.text("query") == query }
  }

  // MARK: - Papers

  private func filed(_ document: String) -> Day? {
    file.first {
      $0.told.said?.type == "document.filed" && $0.told.said?.text("document") == document
    }?.told.on
  }

  // A year after it was filed, and not while a court wants it.
  private func purged(_ document: String) -> String? {
    if isHeld(["court_stay"]) { return "document.on-hold" }
    let isGone = file.contains {
      $0.told.said?.type == "document.purged" && $0.told.said?.text("document") == document
    }
    guard let day = filed(document), !isGone else { return "document.unknown" }
    return on > day + 365 ? nil : "document.kept"
  }

  private func issued(_ saying: Saying) -> String? {
    let issued = file.compactMap(\.told.said).filter { $0.type == "statement.issued" }
    let (id, old) = (saying.text("statement"), saying.text("supersedes"))
    if issued.contains(where: { $0.text("statement") == id }) { return "statement.exists" }
    if !old.isEmpty {
      if !issued.contains(where: { $0.text("statement") == old }) { return "statement.unknown" }
      let isReplaced = issued.contains {
        $0.text("supersedes") == old && $0.text("statement") != old
      }
      if isReplaced { return "statement.superseded" }
    }
    return saying.day("as_of") ?? Day.none > page.today ? "statement.future" : nil
  }

  // MARK: - Cheques

  /// Deeds of paper in the order of the world.
  static func deeds(_ file: [Page]) -> [(page: Page, day: Day, deed: PaperDeed)] {
    file.compactMap { page -> (page: Page, day: Day, deed: PaperDeed)? in
      var deed: PaperDeed?
      if case .paper(let paper) = page.told.deed { deed = paper }
      if case .law(let law) = page.told.deed { deed = NaivePaper.deed(law) }
      let value = page.told.valueDate ?? page.told.on
      return deed.map { (page, NaivePaper.day($0, value, page.told.on), $0) }
    }.sorted {
      ($0.day.rawValue, $0.page.told.occurred, $0.page.told.seq)
        < ($1.day.rawValue, $1.page.told.occurred, $1.page.told.seq)
    }
  }

  private static func cheques(_ file: [Page]) -> [Int: NaivePaper.Cheque] {
    var all: [Int: NaivePaper.Cheque] = [:]
    for (page, day, deed) in deeds(file) {
      guard let number = NaivePaper.number(deed) else { continue }
      if all[number] == nil, case .noticed = deed { continue }
      var cheque =
        all[number] ?? NaivePaper.Cheque(account: page.told.account, number: number)
      NaivePaper.live(&cheque, deed, day)
      all[number] = cheque
    }
    return all
  }

  /// Returns whose money is still credited, with how much: a payment by the cheque, of a day no
  /// later than its return, as far as nobody took it back.
  static func kept(_ file: [Page]) -> [(seq: UInt64, amount: Int64)] {
    let deeds = deeds(file)
    return cheques(file).compactMap { number, cheque -> (seq: UInt64, amount: Int64)? in
      guard cheque.state == "bounced" else { return nil }
      let back = deeds.last { one in
        if case .bounced(number, _, _, _, _) = one.deed { return true }
        return false
      }
      let kept = kept(number, cheque, file)
      return kept > 0 ? (back?.page.told.seq ?? 0, kept) : nil
    }
  }

  private static func kept(_ number: Int, _ cheque: NaivePaper.Cheque, _ file: [Page]) -> Int64 {
    guard cheque.state == "bounced" || cheque.state == "part_paid" else { return 0 }
    let deeds = deeds(file)
    let back = deeds.last { one in
      if case .bounced(number, _, _, _, _) = one.deed { return true }
      return false
    }?.day
    var sum: Int64 = 0
    for (page, day, deed) in deeds {
      guard case .paid(_, _, number, _) = deed, case .received(let id, _, _) = page.story.what,
        cheque.state == "part_paid" || day <= back ?? .undated
      else { continue }
      sum += max(0, left(of: id, page.told.account, file) ?? 0)
    }
    return max(0, sum - cheque.paid)
  }

  func paper(_ deed: PaperDeed) -> String? {
    guard let number = NaivePaper.number(deed) else { return debit(deed) }
    if case .noticed = deed { return nil }
    let all = NaiveClerk.cheques(file)
    let cheque = all[number]
    if case .received(_, let leaf, let bank, _, _, _) = deed {
      if let cheque, cheque.received, !NaivePaper.isOver(cheque.state) || cheque.state == "cleared"
      {
        return "cheque.exists"
      }
      let twin = bank > 0 ? "\(bank)/\(leaf)" : "\(account)/\(number)"
      let isHere = all.values.contains { $0.twin == twin && !NaivePaper.isOver($0.state) }
      return isHere ? "cheque.in-custody" : nil
    }
    guard let cheque, cheque.received else { return "cheque.unknown" }
    switch deed {
    case .cleared, .bounced, .partPaid: return fate(deed, cheque)
    default: return away(cheque) ?? use(deed, cheque)
    }
  }

  private func away(_ cheque: NaivePaper.Cheque) -> String? {
    switch cheque.state {
    case "in_hand", "bounced", "part_paid": nil
    case "deposited": "cheque.with-bank"
    case "cleared": "cheque.cleared"
    default: "cheque.withdrawn"
    }
  }

  // What is done with a cheque that is in the house.
  private func use(_ deed: PaperDeed, _ cheque: NaivePaper.Cheque) -> String? {
    let rest = max(0, cheque.amount - cheque.paid)
    let isKept = NaiveClerk.kept(cheque.number, cheque, file) > 0
    switch deed {
    case .moved(_, let from, _):
      return cheque.holder.isEmpty || cheque.holder == "VAULT-\(from)" ? nil : "cheque.custody"
    case .deposited(_, let attempt, let amount):
      if day < cheque.date { return "cheque.before-date" }
      if day > NaivePaper.plus(cheque.date, months: 3) { return "cheque.stale" }
      if day <= cheque.held { return "cheque.on-hold" }
      if amount != rest { return "cheque.amount" }
      if attempt != cheque.attempts + 1 { return "cheque.attempt" }
      return isKept ? "cheque.credit-kept" : nil
    case .withdrawn(let number, _, let by):
      if by == number { return "cheque.replaces-itself" }
      return isKept ? "cheque.credit-kept" : nil
    default: return nil
    }
  }

  // What the bank says of a cheque.
  private func fate(_ deed: PaperDeed, _ cheque: NaivePaper.Cheque) -> String? {
    let day = NaivePaper.day(deed, page.told.valueDate ?? on, on)
    guard cheque.state == "deposited", cheque.deposited <= day else {
      return "cheque.not-deposited"
    }
    if day > page.today { return "cheque.fate-ahead" }
    let rest = max(0, cheque.amount - cheque.paid)
    switch deed {
    case .cleared(_, let amount): return amount == rest ? nil : "cheque.amount"
    case .bounced(_, let amount, _, let memo, let came):
      if amount != rest, amount != cheque.amount { return "cheque.amount" }
      return came < memo ? "cheque.memo" : nil
    case .partPaid(_, let amount): return amount <= rest ? nil : "cheque.amount"
    default: return nil
    }
  }

  // MARK: - Debits

  private typealias Debit = (id: Int, due: Int, back: Day?, again: Bool, isTold: Bool)

  private func debits(_ deeds: [(page: Page, day: Day, deed: PaperDeed)]) -> [Debit] {
    var debits: [Debit] = []
    for (_, day, deed) in deeds {
      switch deed {
      case .presented(let id, let due, _, _, _):
        if let at = debits.lastIndex(where: { $0.id == id && !$0.isTold }) {
          (debits[at].due, debits[at].isTold) = (due, true)
        } else {
          debits.append((id, due, nil, false, true))
        }
      case .returned(let id, let due, let reason, let technical, _):
        let again = technical || !["payment_stopped", "account_closed"].contains(reason)
        if let at = debits.lastIndex(where: { $0.id == id }) {
          (debits[at].back, debits[at].again) = (day, again)
        } else {
          debits.append((id, due, day, again, false))
        }
      default: break
      }
    }
    return debits
  }

  // Whether money that stands was brought by a debit.
  private func isHonoured(_ id: Int) -> Bool {
    file.contains { page in
      guard case .paper(.paid(_, _, _, id)) = page.told.deed,
        case .received(let payment, _, _) = page.story.what
      else { return false }
      return NaiveClerk.left(of: payment, account, file) ?? 0 > 0
    }
  }

  private func debit(_ deed: PaperDeed) -> String? {
    let deeds = NaiveClerk.deeds(file)
    let debits = debits(deeds)
    switch deed {
    case .registered:
      return deeds.contains { if case .registered = $0.deed { true } else { false } }
        ? "mandate.exists" : nil
    case .ended: return mandate(deeds).map { $0.ended == nil } ?? false ? nil : "mandate.in-force"
    case .presented(let id, let due, let attempt, let amount, _):
      if debits.contains(where: { $0.id == id }) { return "presentation.exists" }
      guard let mandate = mandate(deeds), mandate.from <= day,
        mandate.ended.map({ day < $0 }) ?? true
      else { return "mandate.in-force" }
      if amount > mandate.limit { return "mandate.limit" }
      let before = debits.filter { $0.due == due }
      if attempt != before.count + 1 { return "presentation.attempt" }
      guard let last = before.last else { return nil }
      guard let back = last.back else { return "presentation.open" }
      if !last.again { return "presentation.class" }
      if before.count > 2 { return "presentation.limit" }
      return day < back + 3 ? "presentation.too-soon" : nil
    case .returned(let id, _, _, _, _):
      guard let one = debits.first(where: { $0.id == id }) else { return "presentation.unknown" }
      return one.back != nil || isHonoured(id) ? "presentation.fate" : nil
    default: return nil
    }
  }

  private func mandate(_ deeds: [(page: Page, day: Day, deed: PaperDeed)])
    -> (limit: Int64, from: Day, ended: Day?)?
  {
    var mandate: (limit: Int64, from: Day, ended: Day?)?
    for (_, day, deed) in deeds {
      if case .registered(_, let limit, let from) = deed { mandate = (limit, from, nil) }
      if case .ended = deed { mandate?.ended = day }
    }
    return mandate
  }
}
