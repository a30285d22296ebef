import Ledger

/// A bank's statement, in whatever form it came, as the rows of the template `bank-statement`.
struct StatementText {
  /// The columns, by the names that the template has.
  static let columns = [
    "value_date", "reference", "credit", "debit", "account", "mode", "bank_account", "narration",
  ]

  /// One movement.
  struct Movement {
    /// Line of the file at which it begins.
    var line = 0
    /// From when it counts.
    var valueDate: Day?
    /// What payer or bank call it.
    var reference = ""
    /// Minor units, above zero.
    var amount: Int64 = 0
    /// Whether it came in.
    var isCredit = true
    /// The account that the payer named, if in a field of its own.
    var account = ""
    /// What was written beside it.
    var narration = ""
    /// Why it cannot be taken.
    var fault: Objection?
  }

  /// The text.
  private(set) var text = LayoutText()
  private let currency: Currency
  // A file may be one line: then movements are counted, so that each has a number of its own.
  private var last = 0

  /// A text with the names of the columns, for sums of a currency.
  init(_ currency: Currency) {
    self.currency = currency
    text.put(StatementText.columns, 0)
  }

  /// Adds a movement of an account of ours.
  mutating func add(_ movement: Movement, of bankAccount: String) {
    let (year, month, day) = movement.valueDate?.civil ?? (0, 0, 0)
    func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
    let date = movement.valueDate == nil ? "" : "\(two(day))-\(two(month))-\(year)"
    let sum = currency.decimal(Int128(movement.amount))
    var fault = movement.fault
    if fault == nil, movement.isCredit, movement.reference.isEmpty {
      fault = Objection(
        "bank.reference", "the movement has no reference, so that nobody could know it again",
        remedy: "record it by hand with a reference of your own")
    }
    last = max(last + 1, movement.line)
    text.put(
      [
        date, movement.reference, movement.isCredit ? sum : "", movement.isCredit ? "" : sum,
        movement.account, "", bankAccount, movement.narration,
      ], last, fault)
  }

  /// Whether opening balance and movements make the closing balance; nothing is asked of a
  /// statement that lacks one.
  static func check(
    _ rules: String, opening: Int128?, moved: Int128, closing: Int128?, _ currency: Currency,
    line: Int
  ) throws(Objection) {
    guard let opening, let closing, opening + moved != closing else { return }
    let made = currency.decimal(opening + moved)
    throw Objection(
      rules + ".balance",
      "opening balance and movements make \(made), and the statement closes with "
        + currency.decimal(closing),
      remedy: "the file lacks movements or has some twice; get it again from the bank"
    ).at("", line)
  }
}
