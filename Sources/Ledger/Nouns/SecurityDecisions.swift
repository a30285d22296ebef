// MARK: - Decisions

extension Scene {
  // What is in our possession by the day.
  fileprivate func requireHeld(_ brief: Legal.Brief) throws(Refusal) -> Security.Holding {
    guard let held = brief.security.held, held.since <= day else {
      throw Refusal(
        rule: "security.not-held",
        "Nothing of account \(account.id) is in our possession on \(day).",
        remedy: "Record security.possession_taken first; `arrears show security` lists what is.")
    }
    return held
  }

  // The notice of a sale under the SARFAESI Act must have run.
  fileprivate func requireNoticed(_ held: Security.Holding, _ brief: Legal.Brief)
    throws(Refusal)
  {
    guard held.isStatutory else { return }
    guard let first = brief.saleFrom(held) else {
      throw Refusal(
        rule: "security.sale-notice", "No sale notice was sent since \(held.since).",
        remedy: "Record legal.notice_sent of kind pre_sale first, and let its days run.")
    }
    guard day >= first else {
      throw Refusal(
        rule: "security.sale-notice", "The sale notice runs until \(first - 1).",
        remedy: "Hold the sale on \(first) or later.")
    }
  }
}

extension Security.PossessionTaken: Decided {
  /// Refused when it is held already, while collection is stayed, by an agency that may not act;
  /// and under the SARFAESI Act without a demand under section 13(2), before its days have run,
  /// while a representation is unanswered, or when the account is not non-performing.
  package func decide(_ scene: inout Scene) throws(Refusal) {
    try scene.requireKnown()
    try scene.requirePast("possession")
    let brief = scene.brief
    if let held = brief.security.held, held.taken.code != Security.Word.symbolic {
      throw Refusal(
        rule: "security.held", "The collateral is in our possession since \(held.since).",
        remedy: "Only symbolic possession is followed by another; record its release first.")
    }
    if let agency { try scene.require(agency: agency, for: ["repossession"]) }
    if under == "sarfaesi_13_4" { try requireWaited(scene, brief) }
    if kind != "surrender" { try scene.requireFree(brief, "possession") }
  }

  private func requireWaited(_ scene: Scene, _ brief: Legal.Brief) throws(Refusal) {
    guard let demand = brief.securedDemand, demand.sentOn <= scene.day else {
      throw Refusal(
        rule: "security.no-demand", "No demand under section 13(2) was sent by \(scene.day).",
        remedy: "Record legal.notice_sent of kind sarfaesi_13_2 first.")
    }
    let first = brief.possessionFrom(demand)
    guard scene.day >= first else {
      throw Refusal(
        rule: "security.demand-runs", "The demand under section 13(2) runs until \(first - 1).",
        remedy: "Take no measure before \(first).")
    }
    guard brief.representations(since: demand).allSatisfy({ $0.done != nil }) else {
      throw Refusal(
        rule: "security.unanswered", "A representation against the demand is not answered.",
        remedy: "Record legal.notice_sent of kind sarfaesi_13_3a_reply first.")
    }
    guard scene.isNPA() else {
      throw Refusal(
        rule: "legal.not-npa",
        "Account \(scene.account.id) is not non-performing on \(scene.occurredOn).",
        remedy: "`arrears show card \(scene.account.id)` shows its class and days.")
    }
  }
}

extension Security.Released: Decided {
  /// Refused when nothing is held.
  package func decide(_ scene: inout Scene) throws(Refusal) {
    try scene.requireKnown()
    try scene.requirePast("release")
    _ = try scene.requireHeld(scene.brief)
  }
}

extension Security.Valued: Decided {
  /// Refused for a sum that cannot be, a day ahead, or a valuer who may not act.
  package func decide(_ scene: inout Scene) throws(Refusal) {
    try scene.requireKnown()
    try scene.requirePast("valuation")
    try scene.require(amount, "value")
    try scene.require(agency: valuer, for: ["valuation"])
  }
}

extension Security.AuctionHeld: Decided {
  /// Refused when nothing is held, before the notice of the sale has run, while collection is
  /// stayed, and for a sale without a bid or below the reserve.
  package func decide(_ scene: inout Scene) throws(Refusal) {
    try scene.requireKnown()
    try scene.requirePast("auction")
    try scene.require(reserve, "reserve")
    if let highestBid { try scene.require(highestBid, "bid") }
    let brief = scene.brief
    let held = try scene.requireHeld(brief)
    guard outcome != "stayed", outcome != "cancelled" else { return }
    try scene.requireNoticed(held, brief)
    try scene.requireFree(brief, "auction")
    guard outcome == "sold" else { return }
    guard let highestBid, highestBid.minor >= reserve.minor else {
      throw Refusal(
        rule: "security.below-reserve",
        "The best bid is \(highestBid.map { "\($0)" } ?? "none"), the reserve \(reserve).",
        remedy: "Such an auction is below_reserve or no_bid.")
    }
  }
}

extension Security.Sold: Decided {
  /// Refused when nothing is held, before the notice of the sale has run, while collection is
  /// stayed, by an auction that did not sell or at another price; and for a surplus other than what
  /// the price leaves over what was owed at the end of the day before.
  package func decide(_ scene: inout Scene) throws(Refusal) {
    try scene.requireKnown()
    try scene.requireMoneyDay()
    try scene.require(price, "price")
    let brief = scene.brief
    let held = try scene.requireHeld(brief)
    try scene.requireNoticed(held, brief)
    try scene.requireFree(brief, "sale")
    if method == "auction" {
      guard let last = held.auctions.last, last.code == Security.Word.sold,
        last.amount == price.minor
      else {
        throw Refusal(
          rule: "security.no-auction", "No auction sold it for \(price).",
          remedy: "Record security.auction_held first, or give its best bid as the price.")
      }
    }
    guard let surplus else { return }
    var account = scene.account
    let owed = account.figures(asOf: scene.day - 1, terms: scene.terms()).outstanding
    let left = max(0, price.minor &- owed)
    guard surplus.minor == left, surplus.currency == price.currency else {
      let right = Money(minor: left, currency: price.currency)
      throw Refusal(
        rule: "security.surplus", "The surplus is stated as \(surplus); the price leaves \(right).",
        remedy: "Give \(right), or leave it out: `arrears show security` computes it.")
    }
  }
}

extension Security.DocumentsReleased: Decided {
  /// Refused when the account is not known.
  package func decide(_ scene: inout Scene) throws(Refusal) { try scene.requireKnown() }
}

extension Security.DocumentsLost: Decided {
  /// Refused when the account is not known.
  package func decide(_ scene: inout Scene) throws(Refusal) { try scene.requireKnown() }
}
