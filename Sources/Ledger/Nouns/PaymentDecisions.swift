extension Payment {
  /// The account of money of which nobody knows yet whose it is. It is on the book without being
  /// opened, and takes and gives payments only.
  package static let suspense = "suspense"
}

extension Scene {
  /// Money of an account that is known, or in suspense. What leaves an account may also be money
  /// that came to one that nobody opened: else it could never be moved to the right one.
  fileprivate func requirePayment(_ money: Money, _ what: String, leaves: Bool = false)
    throws(Refusal)
  {
    let isHere = account.id == Payment.suspense || leaves && account.hasPayments
    if !isHere { try requireKnown() }
    try require(money, what)
    try requireMoneyDay()
  }
}

/// What money in, its undoing and its moves may be refused for.
extension Payment.Received: Decided {
  /// Refused for an unknown account, a day ahead or before the opening, or a second payment of the
  /// id.
  package func decide(_ scene: inout Scene) throws(Refusal) {
    try scene.requirePayment(amount, "payment")
    guard !scene.account.holds(payment: payment) else {
      throw Refusal(
        rule: "payment.exists", "Account \(scene.account.id) has a payment \(payment) already.",
        remedy: "A payment is recorded once; choose another id for another payment.")
    }
  }
}

extension Payment.Reversed: Decided {
  /// Refused beyond what is left of the payment.
  package func decide(_ scene: inout Scene) throws(Refusal) {
    try scene.requirePayment(amount, "sum undone", leaves: true)
    guard let left = scene.account.remaining(ofPayment: payment), left > 0 else {
      throw Refusal(
        rule: "payment.stands",
        "Payment \(payment) is not on account \(scene.account.id), or was undone already.",
        remedy: "`arrears trail \(scene.account.id)` shows its payments.")
    }
    guard amount.minor <= left else {
      throw Refusal(
        rule: "payment.more-than-left",
        "\(amount) is to be undone, \(Money(minor: left, currency: amount.currency)) is left of it.",
        remedy: "Undo at most what is left.")
    }
  }
}

extension Payment.Transferred: Decided {
  /// Refused on another stream than that of the account it leaves, beyond what is left of the
  /// payment there, and to an account that is unknown or in another currency.
  package func decide(_ scene: inout Scene) throws(Refusal) {
    try scene.requirePayment(amount, "sum moved", leaves: true)
    guard from != to else {
      throw Refusal(
        rule: "transfer.two-accounts", "The payment would move from \(from) to itself.",
        remedy: "Name two accounts.")
    }
    guard from == scene.account.id else {
      throw Refusal(
        rule: "transfer.stream",
        "The payment would leave \(from), and stands on the stream of \(scene.account.id).",
        remedy: "Name the account that it leaves as the stream: account=\(from).")
    }
    guard let left = scene.account.remaining(ofPayment: payment), left >= amount.minor else {
      throw Refusal(
        rule: "payment.stands", "Account \(from) has no payment \(payment) of \(amount) to give.",
        remedy: "`arrears trail \(from)` shows its payments.")
    }
    let joined = scene.account(named: to)
    guard joined.isKnown || to == Payment.suspense else {
      throw Refusal(
        rule: "account.unknown", "No account \(to) is on the book for the payment to join.",
        remedy: "Check the id, or record account.opened first.")
    }
    if let currency = joined.currency, currency != amount.currency {
      throw Refusal(
        rule: "money.currency",
        "The sum moved is in \(amount.currency.code), account \(to) is in \(currency.code).",
        remedy: "Pay it back and receive it anew; currencies are never added.")
    }
  }
}

extension Payment.Refunded: Decided {
  /// Refused for a second refund of an id, and beyond what is in credit.
  package func decide(_ scene: inout Scene) throws(Refusal) {
    try scene.requirePayment(amount, "refund", leaves: true)
    guard !scene.account.has(.refund, refund) else {
      throw Refusal(
        rule: "refund.exists", "Account \(scene.account.id) has a refund \(refund) already.",
        remedy: "Money is paid back once; choose another id for another refund.")
    }
    let terms = scene.terms()
    let credit = scene.account.figures(asOf: scene.today, terms: terms).credit
    guard amount.minor <= credit else {
      throw Refusal(
        rule: "refund.more-than-credit",
        "\(amount) is to be paid back, \(Money(minor: credit, currency: amount.currency)) is in credit.",
        remedy: "Pay back at most what is in credit.")
    }
  }
}
