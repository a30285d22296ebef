/// The custody of cash by holder: what each had, took, passed on, banked and has, how old it is,
/// and what is against the limits.
package struct CashRegister: Sendable {
  /// `show cash`.
  package static let name = "cash"
  private let custody: Cash.Custody
  private let asOf: Day
  private let terms: Terms
  private let only: String?

  /// The register at the end of a day, judged by the house's terms; of one holder if one is named.
  package init(_ custody: Cash.Custody, asOf: Day, terms: Terms, only: String? = nil) {
    (self.custody, self.asOf, self.terms, self.only) = (custody, asOf, terms, only)
  }

  /// Holders by name.
  package var sheet: Sheet {
    var table = Sheet(
      title: "Cash custody",
      columns: [
        .init("holder"), .init("currency"), .init("opening", .money), .init("collected", .money),
        .init("taken_over", .money), .init("handed_over", .money), .init("deposited", .money),
        .init("came_back", .money), .init("in_hand", .money), .init("credited", .money),
        .init("with_bank", .money), .init("oldest", .day), .init("age", .integer),
        .init("deposit_by", .day), .init("limit", .money), .init("counted_on", .day),
        .init("count_difference", .money), .init("breach"),
      ])
    table.keys = 2
    var breaches = 0
    let shown = custody.holders.filter { holder in
      (only.map { $0 == holder.who } ?? true) && holder.isInUse
    }
    for holder in shown.sorted(by: { ($0.who, $0.currency.code) < ($1.who, $1.currency.code) }) {
      func sum(_ minor: Int128) -> Sheet.Cell { .money(minor, holder.currency) }
      let oldest = holder.lots.map(\.day).min()
      let depositBy = oldest.map { terms.cash.depositBy($0, terms.calendar) }
      let breach = breach(holder, depositBy)
      if !breach.isEmpty { breaches += 1 }
      table.rows.append([
        .text(holder.who), .text(holder.currency.code), sum(holder.opening),
        sum(holder.collected), sum(holder.takenOver), sum(holder.handedOver),
        sum(holder.deposited), sum(holder.cameBack), sum(holder.inHand), sum(holder.credited),
        sum(holder.withBank), oldest.map { .day($0) } ?? .none,
        oldest.map { .integer(Int64(asOf - $0)) } ?? .none, depositBy.map { .day($0) } ?? .none,
        sum(Int128(terms.cash.limit)), holder.count.map { .day($0.day) } ?? .none,
        holder.count.map { sum(Int128($0.body.counted.minor) - Int128($0.body.expected.minor)) }
          ?? .none,
        .text(breach.joined(separator: ", ")),
      ])
    }
    table.notes.append(
      "\(breaches) of \(table.rows.count) holders against the limits of the policy `cash_limits`. "
        + "A count changes nothing: the holder answers for the difference.")
    return table
  }

  private func breach(_ holder: Cash.Holder, _ depositBy: Day?) -> [String] {
    var breach: [String] = []
    if holder.inHand > Int128(terms.cash.limit) { breach.append("over_limit") }
    if let depositBy, asOf > depositBy { breach.append("too_old") }
    if holder.inHand < 0 { breach.append("below_zero") }
    if let body = holder.count?.body, body.counted.minor < body.expected.minor {
      breach.append("short_count")
    }
    return breach
  }
}

extension Cash.Holder {
  /// Whether there is anything to say: cash in hand, or a move of the period, or a count.
  var isInUse: Bool {
    inHand != 0 || withBank != 0 || !lots.isEmpty || count != nil || collected != 0
      || takenOver != 0
      || handedOver != 0 || deposited != 0 || cameBack != 0 || credited != 0
  }
}
