/// What a statement says of an event, in words a customer knows. English.
package enum Particulars {
  /// The words for an event that moves the balance; nil for every other.
  static func words(_ event: Event, account: String) -> String? {
    switch event {
    case .dueRaised(let due): self.due(due)
    case .dueCancelled(let due): "Withdrawn: " + due.dues.joined(separator: ", ")
    case .chargeLevied(let charge):
      upper(code(charge.kind)) + " charge \(charge.charge)"
    case .chargeWaived(let waiver):
      "Waived: " + (waiver.charge.map { "charge \($0)" } ?? code(waiver.scope))
    case .settlementExecuted(let done): "Waived: settlement \(done.settlement) honoured"
    case .interestApplied(let interest): self.interest(interest)
    case .paymentReceived(let payment):
      "Payment \(payment.payment) received \(mode(payment.mode))"
    case .paymentReversed(let payment):
      "Payment \(payment.payment) taken back: \(code(payment.reason))"
    case .paymentRefunded(let refund): "Paid back \(refund.refund)"
    case .paymentTransferred(let moved):
      moved.from == account
        ? "Payment \(moved.payment) moved to \(moved.to)"
        : "Payment \(moved.payment) moved here from \(moved.from)"
    case .accountImported: "Balance brought from the earlier system"
    default: nil
    }
  }

  private static func due(_ due: Due.Raised) -> String {
    let name = due.instalmentNo.map { "\(upper(code(due.kind))) \($0)" } ?? upper(code(due.kind))
    let day = due.dueDate == .undated ? "without a due date" : "due \(words(due.dueDate))"
    return "\(name) (\(due.due)), \(day)"
  }

  private static func interest(_ interest: Interest.Applied) -> String {
    guard let from = interest.from, let to = interest.to else { return "Interest" }
    return "Interest from \(words(from)) to \(words(to))"
  }

  private static func mode(_ mode: String) -> String {
    switch mode {
    case "cash": "in cash"
    case "cheque", "demand_draft", "card", "transfer": "by " + code(mode)
    case "upi", "nach", "neft", "rtgs", "imps": "by " + mode.uppercased()
    default: code(mode)
    }
  }

  private static let months = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
  ]

  private static func words(_ day: Day) -> String {
    let (year, month, number) = day.civil
    return "\(number) \(months[month - 1]) \(year)"
  }

  private static func code(_ code: String) -> String {
    String(code.map { $0 == "_" ? " " : $0 })
  }

  private static func upper(_ text: String) -> String {
    text.prefix(1).uppercased() + text.dropFirst()
  }
}
