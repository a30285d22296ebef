/// The dispute register: what is contested, how long, by whom it is handled, and what is late.
package struct DisputeRegister: Book {
  /// The name scripts use.
  package static let name = "dispute_register"

  private struct Line: Sendable {
    var account: UInt32
    var customer: String
    var amount: Money
    var dispute: Dispute.Case
    var slaOn: Day
  }

  let asOf: Day
  let onlyOpen: Bool
  private var lines: [Line] = []

  /// An empty register as it will stand at the end of a day; with `onlyOpen`, of what is undecided.
  package init(asOf: Day, onlyOpen: Bool) {
    self.asOf = asOf
    self.onlyOpen = onlyOpen
  }

  /// Disputes.
  package var reads: Desk.Reads { .disputes }

  /// Takes the disputes of an account.
  package mutating func take(_ account: borrowing AccountView) {
    for dispute in Dispute.cases(account.desk.disputes.rows, asOf: asOf)
    where !onlyOpen || dispute.stage.isOpen {
      lines.append(
        Line(
          account: account.number, customer: account.debtor,
          amount: dispute.amount(of: account.reckoning.outstanding, in: account.currency),
          dispute: dispute, slaOn: dispute.slaOn(account.terms.disputes)))
    }
  }

  /// Joins the lines of other accounts.
  package mutating func merge(_ other: DisputeRegister) { lines += other.lines }

  /// Lines by the day they were raised.
  package func sheet(_ naming: Naming) -> Sheet {
    var table = Sheet(
      title: "Dispute register",
      columns: [
        .init("dispute"), .init("account"), .init("customer"), .init("category"), .init("form"),
        .init("currency"), .init("amount", .money), .init("raised_on", .day),
        .init("age", .integer), .init("owner"), .init("stage"), .init("decided_on", .day),
        .init("credited", .money), .init("sla_on", .day), .init("days_beyond_sla", .integer),
        .init("reopens"),
      ])
    let named = naming.ordered(lines, of: \.account) {
      ($0.dispute.raised.day, $0.dispute.raised.seq)
    }
    for (account, line) in named {
      let (raised, decision) = (line.dispute.raised, line.dispute.decision)
      let end = decision.map { Day(rawValue: $0.day) } ?? asOf
      let late = end - line.slaOn
      func text(_ key: UInt64) -> Sheet.Cell { .text(naming.text(raised.seq, key)) }
      table.rows.append([
        text(Key.DisputeRaised.dispute), .text(account), .text(line.customer),
        text(Key.DisputeRaised.category), text(Key.DisputeRaised.form),
        .text(line.amount.currency.code),
        .money(Int128(line.amount.minor), line.amount.currency),
        .day(Day(rawValue: raised.day)), .integer(Int64(end - Day(rawValue: raised.day))),
        .text(naming.actor(raised.actor)), .text(line.dispute.stage.code),
        decision.map { .day(Day(rawValue: $0.day)) } ?? .none,
        decision.map { .money(Int128($0.amount), line.amount.currency) } ?? .none, .day(line.slaOn),
        late > 0 ? .integer(Int64(late)) : .none, text(Key.DisputeRaised.reopens),
      ])
    }
    let late = lines.filter { $0.dispute.stage.isOpen && asOf > $0.slaOn }.count
    table.notes.append(
      "\(lines.filter(\.dispute.stage.isOpen).count) open, \(late) of them beyond their SLA. "
        + "The owner is who took the dispute down.")
    return table
  }
}

extension Dispute.Case {
  /// The last day on which deciding it is in time.
  package func slaOn(_ terms: DisputeTerms) -> Day { Day(rawValue: raised.day) + terms.slaDays }
}
