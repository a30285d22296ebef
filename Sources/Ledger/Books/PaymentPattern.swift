/// The payment-pattern string: how an account stood at the end of each of the last months, one
/// character a month, the newest on the right (`domain.md` 3.6).
package struct PaymentPattern: Book {
  /// `show pattern`.
  package static let name = "pattern"

  struct Row: Sendable {
    var account: UInt32
    var currency: Currency
    var pattern: String
  }

  let asOf: Day
  /// Ends of the months before that of the day asked about.
  package let earlier: [Day]
  private(set) var rows: [Row] = []

  /// An empty book of so many months, the last of which ends with `asOf`.
  package init(months: Int = 24, asOf: Day) {
    self.asOf = asOf
    var ends: [Day] = []
    var end = asOf.startOfMonth - 1
    while ends.count < months - 1 {
      ends.append(end)
      end = end.startOfMonth - 1
    }
    earlier = ends.reversed()
  }

  /// Bounces are among the money facts; endings say how a closed account ended, legal rows whether
  /// a case goes on.
  package var reads: Desk.Reads { [.money, .endings, .legal] }
  /// Every account has one.
  package var leads: Desk.Reads { [] }

  /// Writes down the account's string.
  package mutating func take(_ account: borrowing AccountView) {
    var pattern = ""
    for (index, day) in (earlier + [asOf]).enumerated() {
      let figures = index < earlier.count ? account.earlier[index] : account.reckoning
      pattern.append(mark(figures, day, account))
    }
    rows.append(
      Row(account: account.number, currency: account.currency, pattern: pattern))
  }

  private func mark(_ figures: Reckoning, _ day: Day, _ account: borrowing AccountView)
    -> Character
  {
    guard figures.exists else { return "." }
    let ending = Ending.standing(account.desk.endings.rows, on: day)
    if figures.closed || ending == .exited {
      return ending == .settled ? "S" : ending == .writtenOff ? "W" : "."
    }
    if figures.writtenOff { return "W" }
    let legal = account.desk.legal.rows
    if !legal.isEmpty, Legal.File(legal, asOf: day).suits.contains(where: { $0.end == nil }) {
      return "L"
    }
    if figures.dpd <= 0 {
      let month = day.startOfMonth.rawValue...day.rawValue
      let hasBounced = account.money.contains { $0.kind == .bounce && month.contains($0.day) }
      return hasBounced ? "B" : "0"
    }
    let bands = account.terms.buckets.bands
    let band = bands.firstIndex { figures.dpd <= $0.to } ?? bands.count - 1
    // A scheme without `current` has it in its first band.
    let number = band + (bands[0].from > 0 ? 1 : 0)
    return Character(String(min(9, number)))
  }

  /// Joins the strings of other accounts.
  package mutating func merge(_ other: PaymentPattern) { rows += other.rows }

  /// A row an account.
  package func sheet(_ naming: Naming) -> Sheet {
    var table = Sheet(
      title: "Payment pattern, \(earlier.first ?? asOf) to \(asOf)",
      columns: [.init("account"), .init("currency"), .init("pattern")])
    table.keys = 2
    table.rows = rows.map { (naming.account($0.account), $0) }
      .sorted { ($0.0, $0.1.currency.code) < ($1.0, $1.1.currency.code) }
      .map { [.text($0), .text($1.currency.code), .text($1.pattern)] }
    table.definitions = [
      ("pattern", "a character for each month-end, the newest on the right, the last of \(asOf)"),
      ("0", "nothing past due"),
      ("1 to 9", "the number of the bucket, from the first above current"),
      ("B", "a cheque or debit came back in the month, and nothing is past due at its end"),
      ("L", "a case is before a court or arbitrator"), ("S", "closed as settled"),
      ("W", "written off"), (".", "not open"),
    ]
    return table
  }
}
