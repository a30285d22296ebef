import Ledger

/// Money of some modes is reflected on the account within so many days of its receipt.
struct PostedWithin: Judge {
  static var selectedBy: String { "local date of the receipt" }
  static var judges: [UInt16] { [EventCode.paymentReceived] }
  static var reads: [UInt16] { [EventCode.paymentPosted] }
  static var parameters: [Parameter] {
    [
      Parameter("modes", .codes, "Modes of payment it covers."),
      Parameter("days", .int, "Days after the day of receipt; 0 is the same day."),
      Parameter("products", .codes, "Products it covers; empty for all."),
    ]
  }

  private let modes: [TextKey], products: [TextKey]
  private let days: Int

  init(_ values: Values) throws(PackError) {
    modes = values.codes("modes")
    products = values.codes("products")
    days = try values.int("days")
  }

  static func judge(_ one: Case, _ laws: Laws<Self>, _ report: inout Report) {
    for received in one[EventCode.paymentReceived] {
      guard let law = laws.on(received.day, one), let mode = received[.mode],
        law.terms.modes.contains(mode),
        law.terms.products.isEmpty || law.terms.products.contains(one.product)
      else { continue }
      let due = received.day + law.terms.days
      let posted = one[EventCode.paymentPosted].first { $0[.payment] == received[.payment] }
      let shown: [Finding.Extra] = [("due", .day(due))]
      if let posted {
        if posted.day > due {
          report.find("posted-late", received, law, one, on: due + 1, shown, because: [posted])
        }
      } else if one.today > due {
        report.find("not-posted", received, law, one, on: due + 1, shown)
      }
    }
  }
}
