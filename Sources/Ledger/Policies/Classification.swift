/// When an account is non-performing.
package struct Classification: PolicyBody, Hashable {
  /// Delinquent days above which the class is npa; the last SMA band ends there.
  package var npaOver: Int
  /// Whether npa lasts until nothing is overdue any more (RBI, 12 November 2021, paragraph 10).
  package var sticky: Bool
  /// Whether a borrower with one npa account has no other class on any account (RBI, Master
  /// Circular on income recognition and asset classification, 1 July 2015, paragraph 4.2.7:
  /// borrower-wise).
  package var borrowerWise = false

  /// Its code in `policy_kind`.
  package static let kind = "classification"
  /// Above 90 days, sticky.
  package static let standard = Classification(npaOver: 90, sticky: true)

  /// Fields that a body must name.
  package static let required = ["npa_over", "sticky"]

  /// Takes `npa_over`, `sticky` or `borrower_wise`.
  package mutating func take(_ field: String, _ body: inout CBORReader) throws(WireError) {
    switch field {
    case "npa_over": npaOver = Int(try body.int())
    case "sticky": sticky = try body.bool()
    case "borrower_wise": borrowerWise = try body.bool()
    default: throw Self.unknown(field, body)
    }
  }

  /// A limit of less than a day, or of more than a century, is none.
  package var fault: String? {
    npaOver < 1 || npaOver > 36_600 ? "needs `npa_over` of at least one day" : nil
  }

  /// The class of so many days, npa or not: standard, sma_0 to 30, sma_1 to 60, sma_2 to `npaOver`.
  package func assetClass(days: Int, npa: Bool) -> String {
    Classification.classes[rank(days: days, npa: npa)]
  }

  /// The classes, best first.
  package static let classes = ["standard", "sma_0", "sma_1", "sma_2", "npa"]

  /// The place of the class among `classes`.
  func rank(days: Int, npa: Bool) -> Int {
    if npa || days > npaOver { return 4 }
    return days <= 0 ? 0 : days <= 30 ? 1 : days <= 60 ? 2 : 3
  }
}
