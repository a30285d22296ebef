/// What the custody of cash may be refused for (`domain.md` 2.13).
extension Scene {
  fileprivate func require(cash: Money, _ what: String) throws(Refusal) {
    guard cash.minor > 0 else {
      throw Refusal(
        rule: "money.positive", "The \(what) is \(cash); it must be above zero.",
        remedy: "Give the sum without a sign.")
    }
  }

  // What is told of somebody's cash stands in that person's trail.
  fileprivate func require(streamOf holder: String, _ what: String) throws(Refusal) {
    guard account.id == holder else {
      throw Refusal(
        rule: "cash.stream",
        "The \(what) is of the cash of \(holder), and stands on the stream of \(account.id).",
        remedy: "Name the holder's own stream: party=\(holder).")
    }
  }

  fileprivate func require(_ amount: Money, heldBy holder: String) throws(Refusal) {
    let held = custody.holder(holder, amount.currency)?.inHand ?? 0
    guard Int128(amount.minor) <= held else {
      throw Refusal(
        rule: "cash.more-than-held",
        "\(holder) holds \(amount.currency.decimal(held)) \(amount.currency.code), not \(amount).",
        remedy: "`arrears show cash` shows who holds what; record the receipt or the hand-over "
          + "that is missing first.")
    }
  }

  fileprivate func require(
    receipts: [String], heldBy holder: String, _ currency: Currency, free: Bool
  ) throws(Refusal) {
    let mine = custody.holder(holder, currency)
    for receipt in receipts {
      if free, let other = custody.deposit(of: receipt, heldBy: mine) {
        throw Refusal(
          rule: "cash.two-deposits", "Receipt \(receipt) is in deposit \(other.id) already.",
          remedy: "Leave it out; a receipt is deposited again only after the bank refused it.")
      }
      guard mine?.lots.contains(where: { $0.receipt == receipt }) != true else { continue }
      let place =
        custody.whoHolds(receipt).map { "it is with \($0)" }
        ?? custody.deposit(of: receipt, heldBy: nil).map { "it went to the bank with \($0.id)" }
        ?? "nobody took cash for it"
      throw Refusal(
        rule: "cash.not-held", "\(holder) does not hold the cash of receipt \(receipt): \(place).",
        remedy: "Record cash.handed_over first, or check the number.")
    }
  }
}

extension Cash.HandedOver: Decided {
  /// Refused beyond what the giver holds, for receipts the giver does not hold, and to oneself.
  package func decide(_ scene: inout Scene) throws(Refusal) {
    try scene.require(cash: amount, "hand-over")
    try scene.requirePast("hand-over")
    try scene.require(streamOf: from, "hand-over")
    guard from != to else {
      throw Refusal(
        rule: "cash.two-holders", "\(from) would hand cash over to \(to).",
        remedy: "Name two holders.")
    }
    try scene.require(receipts: receipts ?? [], heldBy: from, amount.currency, free: false)
    try scene.require(amount, heldBy: from)
  }
}

extension Cash.Deposited: Decided {
  /// Refused beyond what the holder holds, for receipts the holder does not hold or that are in
  /// another deposit, and for an id that is taken.
  package func decide(_ scene: inout Scene) throws(Refusal) {
    try scene.require(cash: amount, "deposit")
    try scene.requirePast("deposit")
    try scene.require(streamOf: holder, "deposit")
    guard scene.custody.deposits(deposit).isEmpty else {
      throw Refusal(
        rule: "cash.deposit-exists", "There is a deposit \(deposit) already.",
        remedy: "A deposit is recorded once; choose another id for another slip.")
    }
    try scene.require(receipts: receipts, heldBy: holder, amount.currency, free: true)
    try scene.require(amount, heldBy: holder)
  }
}

extension Cash.Counted: Decided {
  /// Refused when the holder counts, and for sums that cannot be.
  package func decide(_ scene: inout Scene) throws(Refusal) {
    try scene.requirePast("count")
    try scene.require(streamOf: holder, "count")
    guard counted.minor >= 0, counted.currency == expected.currency else {
      throw Refusal(
        rule: "money.positive", "\(counted) was counted where \(expected) was expected.",
        remedy: "Give both sums in one currency, and what was found without a sign.")
    }
    guard countedBy != holder else {
      throw Refusal(
        rule: "cash.own-count", "\(holder) cannot count cash of his or her own.",
        remedy: "Let somebody else count it.")
    }
  }
}

extension Cash.DepositConfirmed: Decided {
  /// The bank's answer is a fact: it is flagged when it is about no deposit, or a second one, or
  /// credits more than the slip says.
  package func decide(_ scene: inout Scene) throws(Refusal) {
    let found = scene.custody.deposits(deposit)
    guard let first = found.first else {
      throw Refusal(
        rule: "cash.deposit-unknown", "Nobody made a deposit \(deposit).",
        remedy: "Record cash.deposited, or check the bank's reference.")
    }
    if first.kind == .cheques { return }
    guard let open = found.first(where: \.waitsForBank) else {
      throw Refusal(
        rule: "cash.answered", "The bank answered about deposit \(deposit) before.",
        remedy: "`arrears show deposits` shows what it said.")
    }
    guard !accepted || amount.currency == open.slip.currency && amount.minor <= open.slip.minor
    else {
      throw Refusal(
        rule: "cash.more-than-slip",
        "The bank credited \(amount) for deposit \(deposit), the slip says \(open.slip).",
        remedy: "Ask the bank; the difference stands in `arrears show deposits`.")
    }
  }
}
