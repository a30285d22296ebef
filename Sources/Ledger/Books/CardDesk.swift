/// What a card says apart from money: open promises, disputes, complaints, settlements and plans,
/// the last contact.
struct CardDesk: Sendable {
  let section: String
  private let seq: Position
  private let named: String
  private let key: UInt64?
  private let text: String

  /// The lines of an account in one currency; what has no currency stands with the first.
  static func lines(_ account: borrowing AccountView, asOf: Day, isFirst: Bool) -> [CardDesk] {
    let currency = account.currency
    var lines: [CardDesk] = []
    var judge = Promise.Judge()
    judge.judge(account, asOf: asOf)
    for item in judge.items
    where item.waits(on: asOf) && item.row.currency == currency.rawValue {
      var text = Money(minor: item.row.amount, currency: currency).description
      text += " on \(Day(rawValue: item.row.due))  \(item.verdict.code)"
      if item.counted > 0 {
        text += "  counted \(Money(minor: item.counted, currency: currency).decimal)"
      }
      if item.supersessions > 0 { text += "  supersessions \(item.supersessions)" }
      lines.append(CardDesk("promise", item.row.seq, Key.PromiseMade.promise, text))
    }
    let outstanding = account.reckoning.outstanding
    for dispute in Dispute.cases(account.desk.disputes.rows, asOf: asOf)
    where dispute.stage.isOpen
      && (dispute.raised.currency == currency.rawValue || isFirst && dispute.raised.currency == 0)
    {
      let sum = dispute.amount(of: outstanding, in: currency)
      let raised = Day(rawValue: dispute.raised.day)
      var text = "\(sum) since \(raised)  \(asOf - raised) days  \(dispute.stage.code)"
      let late = asOf - dispute.slaOn(account.terms.disputes)
      if late > 0 { text += "  \(late) days beyond its SLA" }
      lines.append(CardDesk("dispute", dispute.raised.seq, Key.DisputeRaised.dispute, text))
    }
    lines += arrangements(account, asOf: asOf)
    guard isFirst else { return lines }
    for complaint in Complaint.cases(account.desk.complaints.rows, asOf: asOf)
    where complaint.isOpen {
      let since = Day(rawValue: complaint.received.day)
      lines.append(
        CardDesk(
          "complaint", complaint.received.seq, Key.ComplaintReceived.complaint,
          "open since \(since)  \(asOf - since) days"))
    }
    var last: Contact.Row?
    for row in account.desk.contacts.rows where row.day <= asOf.rawValue {
      if row.occurred >= last?.occurred ?? .min { last = row }
    }
    if let last { lines.append(CardDesk(last)) }
    return lines
  }

  private static func arrangements(_ account: borrowing AccountView, asOf: Day) -> [CardDesk] {
    let currency = account.currency
    var lines: [CardDesk] = []
    let settlements = Settlement.cases(
      account.desk, account.reckoner.receipts, currency: currency.rawValue, asOf: asOf,
      limits: account.terms.settlements)
    for one in settlements where !one.stage.isOver && one.currency == currency {
      let owed = currency.decimal(Int128(one.proposed.outstanding))
      let text = "\(Money(minor: one.proposed.amount, currency: currency)) of \(owed)  "
      lines.append(
        CardDesk(
          "settlement", one.proposed.seq, Key.SettlementProposed.settlement,
          text + one.stage.rawValue + one.instalments.words(currency)))
    }
    let plans = Plan.cases(
      account.desk, account.reckoner.receipts, currency: currency.rawValue, asOf: asOf,
      terms: account.terms.plans)
    for plan in plans where !plan.stage.isOver && plan.currency == currency {
      let total = currency.decimal(plan.instalments.total)
      lines.append(
        CardDesk(
          "plan", plan.proposed.seq, Key.PlanProposed.plan,
          "\(total) \(currency.code) in \(plan.instalments.items.count)  \(plan.stage.rawValue)"
            + plan.instalments.words(currency)))
    }
    return lines
  }

  private init(_ section: String, _ seq: Position, _ key: UInt64, _ text: String) {
    self.section = section
    self.seq = seq
    self.key = key
    named = ""
    self.text = text
  }

  private init(_ contact: Contact.Row) {
    section = "contact"
    seq = contact.seq
    key = nil
    named = "last"
    text = Day(rawValue: contact.day).description
  }

  /// The second column: the id of a promise or dispute.
  func item(_ naming: Naming) -> String { key.map { naming.text(seq, $0) } ?? named }

  /// The third: what is to be known; of a contact, channel and result as they were recorded.
  func value(_ naming: Naming) -> String {
    guard key == nil else { return text }
    let words = [Key.ContactAttempted.channel, Key.ContactAttempted.result].map {
      naming.text(seq, $0)
    }
    return ([text] + words.filter { !$0.isEmpty }).joined(separator: "  ")
  }
}

extension Instalments {
  // What was paid, and what comes next.
  fileprivate func words(_ currency: Currency) -> String {
    var text = paid > 0 ? "  paid \(currency.decimal(paid))" : ""
    if let next {
      let left = currency.decimal(Int128(next.amount) - Int128(next.paid))
      text += "  next \(left) on \(Day(rawValue: next.due))"
    }
    return text
  }
}
