import Ledger

/// `bounce_rates`: rates of a period's first presentations.
enum BounceRatesFormula: FormulaCheck {
  static let name = "bounce_rates"

  static func output(_ input: Value) throws -> [String: Value] {
    func number(_ field: String) throws -> Int64 {
      guard case .number(let value)? = input[field] else {
        throw Inexpressible("`\(field)` is no whole number")
      }
      return value
    }
    var tally = BounceRates.Tally()
    tally.presented = try number("presented")
    tally.presentedValue = Int128(try number("presented_value"))
    tally.bounced = try number("bounced")
    tally.bouncedValue = Int128(try number("bounced_value"))
    tally.technical = try number("technical")
    tally.honouredLater = try number("honoured_later")
    tally.cleared = try number("cleared_in_month")
    func share(_ value: Int64?) -> Value { value.map(Value.number) ?? .null }
    return [
      "count_bp": share(tally.count), "value_bp": share(tally.value),
      "ex_technical_bp": share(tally.exTechnical), "net_bp": share(tally.net),
      "clearance_bp": share(tally.clearance),
    ]
  }
}
