import Ledger

/// What may be wrong with a step of the law or with collateral: all that was told of notices, cases
/// and possession is read again in the order of the world.
extension NaiveClerk {
  // One thing told of the law, be it in numbers or in words.
  private struct Step {
    var told: NaiveDesk.Told, type: String, day: Day
    /// The notice, answer or case; of an order its case.
    var id: String
    /// The cheque of a demand or complaint, or the notice that is answered.
    var of = ""
    /// Kind, outcome or proceeding.
    var kind = ""
    var amount: Int64 = 0
    var next: Day?
    var saying: Saying?
  }

  private static func step(_ told: NaiveDesk.Told) -> Step? {
    switch told.deed {
    case .law(let deed): step(deed, told)
    case .paper(.noticed(let cheque, let amount)):
      Step(
        told: told, type: "legal.notice_sent", day: told.on, id: "NO\(told.occurred / 86_400)",
        of: "\(-cheque)", kind: "s138", amount: amount)
    case .said(let saying): step(saying, told)
    default: nil
    }
  }

  private static func step(_ deed: LawDeed, _ told: NaiveDesk.Told) -> Step? {
    func id(_ kind: String, _ number: Int) -> String { LawDeed.id(kind, told.number, number) }
    func step(_ id: String, on day: Day? = nil, next: Day? = nil) -> Step {
      Step(told: told, type: deed.type, day: day ?? told.on, id: id, next: next)
    }
    switch deed {
    case .demanded(let notice, let cheque, let amount):
      var demand = step(id("LO", notice))
      (demand.of, demand.kind, demand.amount) = ("\(cheque)", "s138", amount)
      return demand
    case .served(let notice, let outcome):
      var service = step(id("LO", notice))
      service.kind = outcome
      return service
    case .filed(let number, let cheque, let first):
      var filed = step(id("LS", number), next: first)
      (filed.of, filed.kind) = ("\(cheque)", cheque > 0 ? "complaint" : "suit")
      return filed
    case .listed(let number, let on): return step(id("LS", number), next: on)
    case .heard(let number, let on, let next): return step(id("LS", number), on: on, next: next)
    case .ended(let number, let on): return step(id("LS", number), on: on)
    default: return nil
    }
  }

  private static func step(_ saying: Saying, _ told: NaiveDesk.Told) -> Step? {
    let type = saying.type
    guard type.hasPrefix("legal.") || type.hasPrefix("security.") else { return nil }
    let names = [
      "legal.notice_sent": ("notice", "", "kind", "auction_on"),
      "legal.notice_served": ("notice", "", "outcome", ""),
      "legal.reply_received": ("reply", "notice", "kind", ""),
      "legal.case_filed": ("case", "", "proceeding", "first_hearing_on"),
      "legal.hearing_held": ("case", "", "outcome", "next_on"),
      "security.auction_held": ("", "", "outcome", ""),
    ]
    let (id, of, kind, next) = names[type] ?? ("case", "", "kind", "")
    let isDated = [
      "legal.hearing_held", "legal.order_passed", "security.valued", "security.auction_held",
    ].contains(type)
    return Step(
      told: told, type: type, day: (isDated ? saying.day("on") : told.valueDate) ?? told.on,
      id: saying.text(id), of: saying.text(of), kind: saying.text(kind), next: saying.day(next),
      saying: saying)
  }

  private var steps: [Step] {
    file.compactMap { NaiveClerk.step($0.told) }.sorted {
      ($0.day.rawValue, $0.told.occurred, $0.told.seq)
        < ($1.day.rawValue, $1.told.occurred, $1.told.seq)
    }
  }

  // MARK: - What there is

  private struct Notice {
    var sent: Step, served: Day? = nil
    /// The day from which waiting times run.
    var start: Day { served ?? sent.day }
  }

  private struct Suit { var filed: Step, ended: Day? = nil, isStayed = false }

  private struct Held {
    var first: Step, taken: Step
    var auctions: [Step] = []
    var isStatutory: Bool { first.saying?.text("under") == "sarfaesi_13_4" }
    var failed: Step? { auctions.last { $0.kind != "sold" } }
  }

  private var notices: [Notice] {
    var notices: [Notice] = []
    for step in steps {
      let at = notices.firstIndex { $0.sent.id == step.id }
      if step.type == "legal.notice_sent", at == nil { notices.append(Notice(sent: step)) }
      guard step.type == "legal.notice_served", step.kind != "left", let at else { continue }
      notices[at].served = notices[at].served ?? step.day
    }
    return notices
  }

  private var suits: [Suit] {
    var suits: [Suit] = []
    for step in steps {
      let at = suits.firstIndex { $0.filed.id == step.id }
      if step.type == "legal.case_filed", at == nil { suits.append(Suit(filed: step)) }
      guard let at else { continue }
      if step.type == "legal.case_ended" { suits[at].ended = suits[at].ended ?? step.day }
      if step.type == "legal.order_passed", step.kind == "stay" { suits[at].isStayed = true }
    }
    return suits
  }

  private var held: Held? {
    var held: Held?
    for step in steps {
      switch step.type {
      case "security.possession_taken":
        if held == nil { held = Held(first: step, taken: step) }
        held?.taken = step
      case "security.auction_held": held?.auctions.append(step)
      case "security.sold", "security.released": held = nil
      default: break
      }
    }
    return held
  }

  // MARK: - The law

  /// The first thing that is wrong with a step of the law or with collateral.
  var lawful: String? {
    guard let step = NaiveClerk.step(page.told) else { return nil }
    switch step.type {
    case "legal.notice_sent": return sent(step)
    case "legal.notice_served":
      guard let notice = notices.first(where: { $0.sent.id == step.id && $0.sent.day <= step.day })
      else { return "legal.notice-unknown" }
      return notice.served == nil ? nil : "legal.notice-served"
    case "legal.reply_received":
      if steps.contains(where: { $0.type == step.type && $0.id == step.id }) {
        return "legal.reply-exists"
      }
      let isSent = notices.contains { $0.sent.id == step.of && $0.sent.day <= step.day }
      return step.of.isEmpty || isSent ? nil : "legal.notice-unknown"
    case "legal.case_filed": return filed(step)
    case "legal.limitation_recorded": return nil
    case "legal.fee_incurred":
      let payee = step.saying?.text("payee") ?? ""
      if staff.standing(payee, step.day) == "unknown" { return "agency.unknown" }
      return suits.contains { $0.filed.id == step.id } ? nil : "legal.case-unknown"
    case let type where type.hasPrefix("legal."): return pending(step)
    default: return secured(step)
    }
  }

  private func sent(_ step: Step) -> String? {
    if notices.contains(where: { $0.sent.id == step.id }) { return "legal.notice-exists" }
    switch step.kind {
    case "s138": return memo(of: step.of).map { $0 <= step.day } ?? false ? nil : "legal.no-bounce"
    case "sarfaesi_13_2": return life(on).isNPA ? nil : "legal.not-npa"
    case "sarfaesi_13_3a_reply":
      let isOne = steps.contains {
        $0.type == "legal.reply_received" && $0.kind == "representation"
          && $0.id == step.saying?.text("answers")
      }
      return isOne ? nil : "legal.no-representation"
    case "pre_sale":
      guard let held, held.first.day <= step.day else { return "security.not-held" }
      guard held.isStatutory, let auction = step.next else { return nil }
      let first = step.day + (held.failed == nil ? 31 : 16)
      return auction < first ? "security.sale-notice" : nil
    default: return nil
    }
  }

  // When the bank last said why it did not pay a cheque.
  private func memo(of cheque: String) -> Day? {
    NaiveClerk.deeds(file).last { one in
      if case .bounced(let number, _, _, _, _) = one.deed { return "\(-number)" == cheque }
      return false
    }?.day
  }

  private func filed(_ step: Step) -> String? {
    if suits.contains(where: { $0.filed.id == step.id }) { return "legal.case-exists" }
    let advocate = step.saying?.text("advocate") ?? ""
    if !advocate.isEmpty, let rule = acts(advocate, as: ["advocate", "legal"], step.day) {
      return rule
    }
    if let first = step.next, first < step.day { return "legal.hearing-day" }
    return (step.kind == "complaint" ? cause(step) : nil) ?? free
  }

  // A firm is active, and on the panel for what it does.
  private func acts(_ firm: String, as kinds: [String], _ day: Day) -> String? {
    if staff.standing(firm, day) != "active" { return "agency.active" }
    return staff.kinds(firm, day).contains(where: kinds.contains) ? nil : "agency.kind"
  }

  // Fifteen days to pay from service, then a month to complain.
  private func cause(_ step: Step) -> String? {
    let isThere = NaiveClerk.deeds(file).contains { one in
      if case .noticed = one.deed { return false }
      return NaivePaper.number(one.deed).map { "\(-$0)" } == step.of
    }
    let memo = memo(of: step.of) ?? .none
    let demand = notices.first {
      $0.sent.kind == "s138" && $0.sent.of == step.of && $0.sent.day >= memo
    }
    guard isThere, let demand, let served = demand.served, served <= step.day else {
      return "legal.notice-unserved"
    }
    if step.day < served + 16 { return "legal.complaint-early" }
    if paid(step.of, from: demand.sent.day, until: served + 15) >= demand.sent.amount {
      return "legal.paid-in-time"
    }
    return step.day > NaiveLawyer.month(after: served + 16) ? "legal.complaint-late" : nil
  }

  private func paid(_ cheque: String, from first: Day, until last: Day) -> Int64 {
    file.reduce(0) { sum, page in
      guard case .law(.paid(_, _, let number)) = page.told.deed, "\(number)" == cheque,
        case .received(let id, let amount, _) = page.story.what, first <= page.day, page.day <= last
      else { return sum }
      let back = file.reduce(0) { sum, other -> Int64 in
        guard case .returned(id, let gone, let fromOriginal) = other.story.what,
          fromOriginal || other.day <= last
        else { return sum }
        return sum + gone
      }
      return sum + max(0, amount - back)
    }
  }

  private var free: String? {
    let isStayed = suits.contains { $0.isStayed && $0.ended == nil }
    let kinds = [
      "court_stay", "insolvency_stay", "loan_moratorium", "breathing_space",
      "mental_health_crisis",
    ]
    return isStayed || isHeld(kinds) ? "legal.stayed" : nil
  }

  // Of a case that was filed and goes on.
  private func pending(_ step: Step) -> String? {
    let suit = suits.first { $0.filed.id == step.id && $0.filed.day <= step.day }
    guard let suit else { return "legal.case-unknown" }
    if let end = suit.ended, end <= step.day { return "legal.case-over" }
    switch step.type {
    case "legal.hearing_listed":
      return step.next ?? .undated < step.day ? "legal.hearing-day" : nil
    case "legal.hearing_held":
      return step.next ?? .undated <= step.day ? "legal.hearing-day" : nil
    case "legal.order_passed":
      let order = step.saying?.text("order") ?? ""
      let isTold = steps.contains {
        $0.type == step.type && $0.saying?.text("order") == order && isFiled($0)
      }
      return isTold ? "legal.order-exists" : nil
    default: return nil
    }
  }

  // Whether the case of an order was filed before it.
  private func isFiled(_ order: Step) -> Bool {
    suits.contains { $0.filed.id == order.id && $0.filed.day <= order.day }
  }

  // MARK: - Collateral

  private func secured(_ step: Step) -> String? {
    guard let saying = step.saying else { return nil }
    switch step.type {
    case "security.possession_taken": return taken(step, saying)
    case "security.valued": return acts(saying.text("valuer"), as: ["valuation"], step.day)
    case "security.released", "security.auction_held", "security.sold": break
    default: return nil
    }
    if step.type == "security.sold", let undue { return undue }
    guard let held, held.first.day <= step.day else { return "security.not-held" }
    if step.type == "security.released" { return nil }
    let isOff = ["stayed", "cancelled"].contains(step.kind)
    if step.type == "security.auction_held", isOff { return nil }
    if let rule = noticed(held, step.day) ?? free { return rule }
    if step.type == "security.sold" { return sold(held, step, saying) }
    guard step.kind == "sold" else { return nil }
    let isBid = saying["highest_bid"] != nil && saying.sum("highest_bid") >= saying.sum("reserve")
    return isBid ? nil : "security.below-reserve"
  }

  private func taken(_ step: Step, _ saying: Saying) -> String? {
    if let held, held.taken.kind != "symbolic" { return "security.held" }
    let firm = saying.text("agency")
    if !firm.isEmpty, let rule = acts(firm, as: ["repossession"], step.day) { return rule }
    if saying.text("under") == "sarfaesi_13_4", let rule = waited(step) { return rule }
    return step.kind == "surrender" ? nil : free
  }

  // Sixty days from the demand, every objection answered.
  private func waited(_ step: Step) -> String? {
    let demand = notices.last { $0.sent.kind == "sarfaesi_13_2" }
    guard let demand, demand.sent.day <= step.day else { return "security.no-demand" }
    if step.day < demand.start + 61 { return "security.demand-runs" }
    let isOpen = steps.contains { reply in
      reply.type == "legal.reply_received" && reply.kind == "representation"
        && reply.day >= demand.sent.day && (reply.of.isEmpty || reply.of == demand.sent.id)
        && !notices.contains {
          $0.sent.kind == "sarfaesi_13_3a_reply" && $0.sent.saying?.text("answers") == reply.id
        }
    }
    if isOpen { return "security.unanswered" }
    return life(on).isNPA ? nil : "legal.not-npa"
  }

  // Thirty days from the notice of a sale, fifteen after one that failed.
  private func noticed(_ held: Held, _ day: Day) -> String? {
    guard held.isStatutory else { return nil }
    let since = held.failed?.day ?? held.first.day
    let notice = notices.last { $0.sent.kind == "pre_sale" && $0.sent.day >= since }
    guard let notice else { return "security.sale-notice" }
    return day < notice.start + (held.failed == nil ? 31 : 16) ? "security.sale-notice" : nil
  }

  private func sold(_ held: Held, _ step: Step, _ saying: Saying) -> String? {
    let price = saying.sum("price")
    if saying.text("method") == "auction" {
      let last = held.auctions.last
      guard let last, last.kind == "sold", last.saying?.sum("highest_bid") == price else {
        return "security.no-auction"
      }
    }
    guard saying["surplus"] != nil else { return nil }
    let left = max(0, price - life(step.day - 1).report(step.day - 1).outstanding)
    return saying.sum("surplus") == left ? nil : "security.surplus"
  }
}
