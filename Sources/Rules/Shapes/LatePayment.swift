import Ledger

/// Statutory interest and fixed sum for late payment between businesses: simple interest from the
/// day after the due day at the reference rate plus a margin, half up, and a sum by size of debt.
struct LatePayment: Judge {
  static var selectedBy: String { "day of the charge" }
  static var judges: [UInt16] { [EventCode.chargeLevied] }
  static var reads: [UInt16] {
    [
      EventCode.dueRaised, EventCode.dueCancelled, EventCode.paymentReceived,
      EventCode.paymentReversed,
    ]
  }
  static var parameters: [Parameter] {
    [
      Parameter("reference_rate_bp", .int, "The reference rate that is locked for the debt."),
      Parameter("margin_bp", .int, "What is added to it."),
      Parameter("year_days", .int, "Days of the year that the rate is for."),
      Parameter("compensation", .list, "Bands: `below` a sum, null for all, the fixed `sum`."),
    ]
  }

  private let rate: Int64, yearDays: Int64
  private let bands: [(below: Int64?, sum: Int64)]

  init(_ values: Values) throws(PackError) {
    rate = Int64(try values.int("reference_rate_bp")) + Int64(try values.int("margin_bp"))
    yearDays = Int64(try values.int("year_days"))
    bands = (values.value("compensation")?.items ?? []).map {
      ($0["below"]?["minor"]?.int, $0["sum"]?["minor"]?.int ?? 0)
    }
    guard yearDays > 0 else { throw PackError("`year_days` of \(values.rule) is above zero.") }
  }

  private func interest(_ amount: Int64, days: Int) -> Int64 {
    let whole = Int128(amount) * Int128(rate) * Int128(max(0, days))
    let base = Int128(yearDays) * 10_000
    return Int64(clamping: (whole * 2 + base) / (base * 2))
  }

  private func compensation(_ amount: Int64) -> Int64 {
    bands.first { $0.below.map { amount < $0 } ?? true }?.sum ?? 0
  }

  static func judge(_ one: Case, _ laws: Laws<Self>, _ report: inout Report) {
    for charge in one[EventCode.chargeLevied] where charge[.kind] == "late_payment" {
      guard let law = laws.on(charge.day, one),
        charge.has(.interestPart) || charge.has(.compensationPart)
      else { continue }
      let arrears = Arrears(one, charge.account)
      let named = charge[.due].flatMap { due in arrears.dues.first { $0.act[.due] == due } }
      guard let due = named ?? arrears.dues.last(where: { $0.on < charge.counts }) else { continue }
      // Late until the money that pays it in full came, at most until the charge.
      let paid = arrears.turns(until: charge.counts).first { day in
        day >= due.on && (arrears.unpaid(on: day).oldest.map { $0 > due.on } ?? true)
      }
      let days = (paid ?? charge.counts) - due.on
      let interest = law.terms.interest(due.amount, days: days)
      let fixed = days > 0 ? law.terms.compensation(due.amount) : 0
      if charge.number(.interestPart) ?? 0 > interest
        || charge.number(.compensationPart) ?? 0 > fixed
      {
        report.find(
          "over-charged", charge, law, one,
          [("interest", charge.shown(interest)), ("compensation", charge.shown(fixed))],
          because: [due.act])
      }
    }
  }
}
