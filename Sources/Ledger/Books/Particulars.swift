/// What a statement says of an event, in words a customer knows, in his language.
package struct Particulars: Sendable {
  /// The account's id.
  let account: String
  /// The customer's language.
  let language: Language

  /// The words for an event that moves the balance; nil for every other.
  func words(_ event: Event) -> String? {
    switch event {
    case .dueRaised(let due): self.due(due)
    case .dueCancelled(let due): say("Withdrawn: ", "वापस ली गई: ") + due.dues.joined(separator: ", ")
    case .chargeLevied(let charge):
      say(upper(code(charge.kind)) + " charge", language.charge(charge.kind)) + " \(charge.charge)"
    case .chargeWaived(let waiver): self.waiver(waiver)
    case .settlementExecuted(let done):
      say(
        "Waived: settlement \(done.settlement) honoured",
        "माफ़: समझौता \(done.settlement) पूरा हुआ")
    case .interestApplied(let interest): self.interest(interest)
    case .paymentReceived(let payment): received(payment)
    case .paymentReversed(let payment):
      say(
        "Payment \(payment.payment) taken back: \(code(payment.reason))",
        "भुगतान \(payment.payment) वापस: \(reason(payment.reason))")
    case .paymentRefunded(let refund): say("Paid back ", "लौटाया गया ") + refund.refund
    case .paymentTransferred(let moved):
      moved.from == account
        ? say(
          "Payment \(moved.payment) moved to \(moved.to)",
          "भुगतान \(moved.payment) \(moved.to) में भेजा गया")
        : say(
          "Payment \(moved.payment) moved here from \(moved.from)",
          "भुगतान \(moved.payment) \(moved.from) से यहाँ लाया गया")
    case .accountImported:
      say("Balance brought from the earlier system", "पहले के खाते से लाया गया शेष")
    default: nil
    }
  }

  private func due(_ due: Due.Raised) -> String {
    let what = say(upper(code(due.kind)), language.due(due.kind))
    let name = due.instalmentNo.map { "\(what) \($0)" } ?? what
    let day = language.day(due.dueDate)
    let when =
      due.dueDate == .undated
      ? say("without a due date", "बिना नियत तारीख") : say("due \(day)", "\(day) को देय")
    return "\(name) (\(due.due)), \(when)"
  }

  private func waiver(_ waiver: Charge.Waived) -> String {
    let what =
      waiver.charge.map { say("charge ", "शुल्क ") + $0 }
      ?? say(code(waiver.scope), language.component(Component(code: waiver.scope)))
    return say("Waived: ", "माफ़: ") + what
  }

  private func interest(_ interest: Interest.Applied) -> String {
    guard let from = interest.from, let to = interest.to else { return say("Interest", "ब्याज") }
    return say(
      "Interest from \(language.day(from)) to \(language.day(to))",
      "\(language.day(from)) से \(language.day(to)) तक का ब्याज")
  }

  private func received(_ payment: Payment.Received) -> String {
    let mode = language.mode(payment.mode)
    return say(
      "Payment \(payment.payment) received \(self.mode(payment.mode))",
      "भुगतान \(payment.payment) \(mode.isEmpty ? "" : mode + " ")मिला")
  }

  private func mode(_ mode: String) -> String {
    switch mode {
    case "cash": "in cash"
    case "cheque", "demand_draft", "card", "transfer": "by " + code(mode)
    case "upi", "nach", "neft", "rtgs", "imps": "by " + mode.uppercased()
    default: code(mode)
    }
  }

  // Why a payment does not count any more; a reason without words of its own is named by its code.
  private func reason(_ reason: String) -> String {
    switch reason {
    case "dishonour": "बैंक से लौटा"
    case "chargeback": "भुगतानकर्ता के बैंक ने वापस लिया"
    case "wrong_account": "गलत खाते में दर्ज"
    case "duplicate": "दो बार दर्ज"
    default: code(reason)
    }
  }

  private func say(_ english: String, _ hindi: String) -> String { language.say(english, hindi) }

  private func code(_ code: String) -> String {
    String(code.map { $0 == "_" ? " " : $0 })
  }

  private func upper(_ text: String) -> String {
    text.prefix(1).uppercased() + text.dropFirst()
  }
}
