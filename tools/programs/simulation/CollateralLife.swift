import Ledger

/// Collateral and the suits about it: demands under the SARFAESI Act with objections, possession,
/// valuations, notices of sale, auctions that fail, sales too early, goods given back, title papers
/// lost; arbitrations with orders, advocates' fees and limitation. Its chance is its own.
struct CollateralLife {
  private let account: UInt32
  private var teller: Teller
  private let desk = Doer(role: .supervisor, number: 2)
  private var notices = 0

  init(_ account: UInt32, seed: UInt64) {
    self.account = account
    teller = Teller(Chance(seed: seed ^ 0xC011, stream: UInt64(account)))
  }

  /// Lives through the whole story.
  mutating func live(_ scribe: inout Scribe) {
    let day = scribe.first + teller.chance.pick(5...200)
    if teller.chance.happens(4500) {
      let isStatutory = teller.chance.happens(5000)
      var taken = day
      if isStatutory { taken = demand(on: day, &scribe) }
      if teller.chance.happens(9000) { take(on: taken, isStatutory, &scribe) }
    }
    if teller.chance.happens(1500) { sue(on: day + teller.chance.pick(0...90), &scribe) }
    if teller.chance.happens(800) { papers(on: day + teller.chance.pick(0...150), &scribe) }
  }

  private mutating func tell(
    _ type: String, on day: Day, value: Day? = nil, _ fields: KeyValuePairs<String, Word?>,
    _ scribe: inout Scribe
  ) {
    teller.tell(Saying(type, fields), of: account, by: desk, on: day, value: value, &scribe)
  }

  private mutating func notify(
    _ kind: Word, on day: Day, auction: Day? = nil, _ scribe: inout Scribe
  ) -> Word {
    notices += 1
    let id: Word = "CN\(account)-\(notices)"
    tell(
      "legal.notice_sent", on: day,
      [
        "notice": id, "kind": kind, "mode": "speed_post",
        "auction_on": auction.map { .day($0) }, "text_hash": teller.hash(),
      ], &scribe)
    return id
  }

  private mutating func serve(_ notice: Word, on day: Day, _ scribe: inout Scribe) {
    let outcome = teller.chance.pick(["delivered", "delivered", "refused", "left"])
    tell(
      "legal.notice_served", on: day, ["notice": notice, "outcome": .text(outcome)], &scribe)
    if outcome == "left", teller.chance.happens(6000) {
      tell(
        "legal.notice_served", on: day + teller.chance.pick(4...12),
        ["notice": notice, "outcome": "deemed"], &scribe)
    }
  }

  // The day from which possession may be thought of.
  private mutating func demand(on day: Day, _ scribe: inout Scribe) -> Day {
    let notice = notify("sarfaesi_13_2", on: day, &scribe)
    let served = day + teller.chance.pick(2...9)
    serve(notice, on: served, &scribe)
    if teller.chance.happens(4000) {
      let objected = served + teller.chance.pick(5...40)
      tell(
        "legal.reply_received", on: objected,
        ["reply": "CR\(account)", "kind": "representation", "notice": notice], &scribe)
      if teller.chance.happens(7000) {
        _ = notify("sarfaesi_13_3a_reply", on: objected + teller.chance.pick(1...20), &scribe)
      }
    }
    return served + teller.chance.pick(50...80)
  }

  // MARK: - Possession

  private mutating func take(on day: Day, _ isStatutory: Bool, _ scribe: inout Scribe) {
    if teller.chance.happens(1500) { value(on: day - 9, &scribe) }
    let kind = teller.chance.pick(["symbolic", "physical", "surrender"])
    let under: Word = isStatutory ? "sarfaesi_13_4" : "contract"
    possess(kind, under, on: day, &scribe)
    if kind == "symbolic", teller.chance.happens(5000) {
      possess("physical", under, on: day + teller.chance.pick(3...30), &scribe)
    }
    if teller.chance.happens(8000) { value(on: day + teller.chance.pick(1...15), &scribe) }
    var step = day + teller.chance.pick(5...20)
    if teller.chance.happens(2000) {
      let reason = teller.chance.pick(["paid", "settled", "court_order"])
      tell(
        "security.released", on: step, ["to": "PT-\(account)", "reason": .text(reason)], &scribe)
      if teller.chance.happens(2000) {
        possess("physical", under, on: step + teller.chance.pick(9...40), &scribe)
      }
      return
    }
    for _ in 0..<teller.chance.pick(0...2) {
      let auction = step + teller.chance.pick(20...40)
      if teller.chance.happens(8500) {
        let notice = notify("pre_sale", on: step, auction: auction, &scribe)
        if teller.chance.happens(5000) { serve(notice, on: step + 3, &scribe) }
      }
      if self.auction(on: auction, &scribe) {
        sell(on: auction + teller.chance.pick(0...9), &scribe)
        return
      }
      step = auction + teller.chance.pick(2...9)
    }
    if teller.chance.happens(2500) { sell(on: step + teller.chance.pick(2...30), &scribe) }
  }

  private mutating func possess(
    _ kind: String, _ under: Word, on day: Day, _ scribe: inout Scribe
  ) {
    tell(
      "security.possession_taken", on: day,
      [
        "kind": .text(kind), "under": under, "agency": "REPO-1",
        "police_before": .flag(teller.chance.happens(8000)),
        "police_after": .flag(teller.chance.happens(8000)), "yard": "YARD-2",
      ], &scribe)
  }

  private mutating func value(on day: Day, _ scribe: inout Scribe) {
    tell(
      "security.valued", on: day + teller.chance.pick(0...2),
      [
        "valuer": "VAL-1", "amount": .sum(Int64(teller.chance.pick(20...90)) * 100_000),
        "on": .day(day),
      ], &scribe)
  }

  // Whether somebody bought it.
  private mutating func auction(on day: Day, _ scribe: inout Scribe) -> Bool {
    let outcome = teller.chance.pick(["sold", "sold", "no_bid", "below_reserve", "stayed"])
    let hasBid = outcome == "sold" || outcome == "below_reserve"
    tell(
      "security.auction_held", on: day,
      [
        "on": .day(day), "reserve": .sum(Int64(teller.chance.pick(10...60)) * 100_000),
        "outcome": .text(outcome),
        "highest_bid": hasBid ? .sum(Int64(teller.chance.pick(5...70)) * 100_000) : nil,
      ], &scribe)
    return outcome == "sold"
  }

  private mutating func sell(on day: Day, _ scribe: inout Scribe) {
    let price = Int64(teller.chance.pick(5...90)) * 100_000
    tell(
      "security.sold", on: day, value: day,
      [
        "price": .sum(price), "buyer": "BUY-1", "method": "auction",
        "surplus": teller.chance.happens(4000) ? .sum(teller.chance.happens(5000) ? 0 : 99) : nil,
      ], &scribe)
    if teller.chance.happens(6000) {
      tell(
        "payment.received", on: day, value: day,
        [
          "payment": "S\(account)-\(notices)-\(day)", "amount": .sum(price),
          "mode": "sale_proceeds",
        ], &scribe)
    }
  }

  private mutating func papers(on day: Day, _ scribe: inout Scribe) {
    if teller.chance.happens(3000) {
      tell("security.documents_lost", on: day, ["documents": .texts(["TITLE-\(account)"])], &scribe)
    }
    if teller.chance.happens(7000) {
      tell(
        "security.documents_released", on: day + teller.chance.pick(1...40),
        ["to": "PT-\(account)", "charge_satisfied_on": .day(day)], &scribe)
    }
  }

  // MARK: - Suits

  private mutating func sue(on day: Day, _ scribe: inout Scribe) {
    let suit: Word = "CS\(account)"
    tell(
      "legal.limitation_recorded", on: day,
      ["expires_on": .day(day + 900), "law": "Limitation Act, 1963, article 37"], &scribe)
    let filed = day + teller.chance.pick(5...30)
    tell(
      "legal.case_filed", on: filed,
      [
        "case": suit, "forum": "arbitration", "proceeding": "arbitration",
        "claim": .sum(Int64(teller.chance.pick(10...90)) * 100_000), "advocate": "ADV-1",
        "first_hearing_on": .day(filed + 30),
      ], &scribe)
    tell(
      "legal.fee_incurred", on: filed + 2, value: filed + 2,
      [
        "payee": "ADV-1", "amount": .sum(Int64(teller.chance.pick(5...50)) * 10_000),
        "charged": .flag(false), "case": suit,
      ], &scribe)
    for index in 0..<teller.chance.pick(0...3) {
      let heard = filed + 30 * (index + 1)
      tell(
        "legal.hearing_held", on: heard,
        ["case": suit, "on": .day(heard), "outcome": "argued", "next_on": .day(heard + 30)],
        &scribe)
      tell(
        "legal.update_received", on: heard + 1, ["case": suit, "advocate": "ADV-1"], &scribe)
    }
    guard teller.chance.happens(5000) else { return }
    let on = filed + teller.chance.pick(40...120)
    let kind = Word.text(teller.chance.pick(["attachment", "award", "payment", "stay"]))
    tell(
      "legal.order_passed", on: on,
      [
        "order": "CO\(account)", "case": suit, "kind": kind, "on": .day(on),
        "comply_by": .day(on + 30), "effect": "none",
      ], &scribe)
  }
}
