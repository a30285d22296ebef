// MARK: - Decisions

extension Scene {
  // The case of an id, which must have been filed by the day and not have ended before it.
  fileprivate func require(case id: String) throws(Refusal) -> Legal.Suit {
    try requireKnown()
    guard let suit = brief.file.suit(TextKey(id)), suit.filedOn <= day else {
      throw Refusal(
        rule: "legal.case-unknown",
        "No case \(id) was filed on account \(account.id) by \(day).",
        remedy: "Record legal.case_filed first, or check the id and the day.")
    }
    if let end = suit.end, end.day <= day.rawValue {
      throw Refusal(
        rule: "legal.case-over", "Case \(id) ended on \(Day(rawValue: end.day)).",
        remedy: "What goes on is a case of its own: an appeal or an execution is filed.")
    }
    return suit
  }

  // An agency or advocate must be active on the day, and on the panel for what it is asked to do.
  func require(agency id: String, for kinds: [String]) throws(Refusal) {
    let standing = house.agency(TextKey(id), on: day).standing
    guard standing == .active else {
      throw Refusal(
        rule: "agency.active", "\(id) is not active on \(day): \(standing.rawValue).",
        remedy: "`arrears show empanelment` lists who may act; empanel it first.")
    }
    try require(kind: kinds, of: id)
  }
}

extension Legal.CaseFiled: Decided {
  /// Refused for an id taken twice, an advocate who may not act, an appeal from no case or an
  /// execution of no title, while collection is stayed; and for a complaint about a cheque before
  /// its cause of action, after its last day, after payment in time, or without a demand served.
  package func decide(_ scene: inout Scene) throws(Refusal) {
    try scene.requireKnown()
    try scene.requirePast("filing")
    if let claim { try scene.require(claim, "claim") }
    let brief = scene.brief
    guard brief.file.suit(TextKey(`case`)) == nil else {
      throw Refusal(
        rule: "legal.case-exists", "Account \(scene.account.id) has a case \(`case`) already.",
        remedy: "Choose another id for another case.")
    }
    if let advocate { try scene.require(agency: advocate, for: ["advocate", "legal"]) }
    if let firstHearingOn, firstHearingOn < scene.day {
      throw Refusal(
        rule: "legal.hearing-day", "The first hearing, \(firstHearingOn), is before the filing.",
        remedy: "Check the two days.")
    }
    switch proceeding {
    case "appeal", "writ":
      if let appealFrom, brief.file.suit(TextKey(appealFrom)) == nil {
        throw Refusal(
          rule: "legal.case-unknown",
          "No case \(appealFrom) of account \(scene.account.id) can be appealed from.",
          remedy: "Record the case first, or leave `appeal_from` out.")
      }
      return
    case "proof_of_claim": return
    case "execution":
      guard brief.file.suits.flatMap(\.orders).contains(where: isTitle) else {
        throw Refusal(
          rule: "legal.no-title", "There is no decree, award or order to execute.",
          remedy: "Record legal.order_passed first.")
      }
    case "complaint":
      if forum == "magistrate_138" || cheque != nil { try requireCause(scene, brief) }
    default: break
    }
    try scene.requireFree(brief, "new case")
  }

  private func isTitle(_ order: Legal.Row) -> Bool { Legal.Word.titles.contains(order.code) }

  private func requireCause(_ scene: Scene, _ brief: Legal.Brief) throws(Refusal) {
    guard let cheque, let life = brief.cheques[cheque], let demand = brief.demand(for: life),
      let served = demand.servedOn, served <= scene.day
    else {
      throw Refusal(
        rule: "legal.notice-unserved",
        "A complaint needs a demand under section 138 that was served; "
          + "\(cheque.map { "there is none for cheque \($0)" } ?? "no cheque is named").",
        remedy: "Name the cheque, and record legal.notice_sent and legal.notice_served first.")
    }
    let clocks = brief.complaint(served)
    guard scene.day >= clocks.cause else {
      throw Refusal(
        rule: "legal.complaint-early",
        "The drawer may pay until \(clocks.payBy); a complaint on \(scene.day) is premature.",
        remedy: "File it from \(clocks.cause) to \(clocks.last).")
    }
    let sum = demand.sent.currency == 0 ? life.amount : demand.sent.amount
    guard brief.paid(for: life.cheque, from: demand.sentOn, until: clocks.payBy) < sum else {
      throw Refusal(
        rule: "legal.paid-in-time",
        "The cheque was paid by \(clocks.payBy); nothing is left to "
          + "complain of.",
        remedy: "If that money was taken back since, record the reversal first.")
    }
    guard scene.day <= clocks.last else {
      throw Refusal(
        rule: "legal.complaint-late",
        "The last day of the complaint was \(clocks.last).",
        remedy: "If the court condoned the delay, import the filing as history; it is flagged.")
    }
  }
}

extension Legal.UpdateReceived: Decided {
  /// Refused when there is no such case, or it has ended.
  package func decide(_ scene: inout Scene) throws(Refusal) {
    _ = try scene.require(case: `case`)
  }
}

extension Legal.HearingListed: Decided {
  /// Refused when there is no such case, it has ended, or the day lies before the listing.
  package func decide(_ scene: inout Scene) throws(Refusal) {
    _ = try scene.require(case: `case`)
    guard on >= scene.day else {
      throw Refusal(
        rule: "legal.hearing-day", "The hearing is listed for \(on), before \(scene.day).",
        remedy: "A hearing that took place is legal.hearing_held.")
    }
  }
}

extension Legal.HearingHeld: Decided {
  /// Refused when there is no such case, it has ended, the day lies ahead, or the next hearing does
  /// not follow.
  package func decide(_ scene: inout Scene) throws(Refusal) {
    _ = try scene.require(case: `case`)
    try scene.requirePast("hearing")
    if let nextOn, nextOn <= on {
      throw Refusal(
        rule: "legal.hearing-day", "The next hearing, \(nextOn), does not follow that of \(on).",
        remedy: "Check the two days, or leave next_on out.")
    }
  }
}

extension Legal.OrderPassed: Decided {
  /// Refused when there is no such case, it has ended, the day lies ahead, the id is taken, or it
  /// extends an order that nobody heard of.
  package func decide(_ scene: inout Scene) throws(Refusal) {
    let suit = try scene.require(case: `case`)
    try scene.requirePast("order")
    if let amount { try scene.require(amount, "sum ordered") }
    let orders = scene.brief.file.suits.flatMap(\.orders)
    guard !orders.contains(where: { $0.id == TextKey(order) }) else {
      throw Refusal(
        rule: "legal.order-exists", "Account \(scene.account.id) has an order \(order) already.",
        remedy: "Choose another id; an order that extends another names it in `extends`.")
    }
    if let extends, !suit.orders.contains(where: { $0.id == TextKey(extends) }) {
      throw Refusal(
        rule: "legal.order-unknown", "Case \(`case`) has no order \(extends) to extend.",
        remedy: "Record that order first, or leave `extends` out.")
    }
  }
}

extension Legal.CaseEnded: Decided {
  /// Refused when there is no such case, it has ended, or the day lies ahead.
  package func decide(_ scene: inout Scene) throws(Refusal) {
    _ = try scene.require(case: `case`)
    try scene.requirePast("end of the case")
  }
}

extension Legal.FeeIncurred: Decided {
  /// Refused for a sum that cannot be, for a payee that was never on the panel, and for a case that
  /// nobody filed.
  package func decide(_ scene: inout Scene) throws(Refusal) {
    try scene.requireKnown()
    try scene.require(amount, "fee")
    guard scene.house.agency(TextKey(payee), on: scene.day).standing != .unknown else {
      throw Refusal(
        rule: "agency.unknown", "No agency \(payee) was ever on the panel.",
        remedy: "Record agency.empanelled first.")
    }
    if let id = `case`, scene.brief.file.suit(TextKey(id)) == nil {
      throw Refusal(
        rule: "legal.case-unknown", "No case \(id) was filed on account \(scene.account.id).",
        remedy: "Record legal.case_filed first, or leave the case out.")
    }
  }
}
