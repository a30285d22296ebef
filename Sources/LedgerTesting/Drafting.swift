package import Ledger

/// Events as tests bring them in: typed bodies on an account, told in days.
extension Draft {
  /// A draft of a body that happened at ten o'clock in Kolkata on a day, and counts from then or
  /// from `counts`; history unless it is recorded as a command.
  package init(
    _ body: some EventBody, on account: String, day: Day, counts: Day? = nil,
    amount: Money? = nil, actor: String = "tester"
  ) {
    self.init(
      body, subject: Reference(kind: "account", id: account), day: day, counts: counts,
      amount: amount, actor: actor)
  }

  /// The same on any stream.
  package init(
    _ body: some EventBody, subject: Reference, day: Day, counts: Day? = nil,
    amount: Money? = nil, actor: String = "tester"
  ) {
    let ten = Moment(rawValue: Int64(day.rawValue) * 86_400_000_000 + 16_200_000_000)
    self.init(
      type: Swift.type(of: body).code, subject: subject,
      occurred: ClockTime(moment: ten, offset: 330), day: counts ?? day, actor: Actor(id: actor),
      body: body.encoded)
    valueDate = counts
    self.amount = amount
  }
}
