import Ledger

extension Rule {
  static let saDeduction = Rule(
    "sa.sama.deduction", "One instalment per contract per salary cycle", .high, .confirmed,
    by: OneDebitACycle.self, versions: [Version("2025-03-06")], defaults: ["max_per_cycle": 1],
    statement: "Not more than one instalment per contract is deducted in a salary cycle without consent for the case or an order.",
    citation: "SAMA regulations of 2025.")
}

/// Debits of a contract in one salary cycle. The cycle is given, or follows from the person's
/// salary day.
struct OneDebitACycle: Judge {
  static var selectedBy: String { "local date of the debit" }
  static var judges: [UInt16] { [EventCode.mandatePresented] }
  static var derives: Set<Derived> { [.cycleOpened] }
  static var parameters: [Parameter] {
    [Parameter("max_per_cycle", .int, "Debits in a cycle that need no consent.")]
  }

  private let most: Int

  init(_ values: Values) throws(PackError) { most = try values.int("max_per_cycle") }

  static func judge(_ one: Case, _ laws: Laws<Self>, _ report: inout Report) {
    for cycle in one[.cycleOpened] where cycle[.cycle] == "salary" {
      guard let from = cycle.day(.from), let to = cycle.day(.to) else { continue }
      var debits = 0
      for debit in one[EventCode.mandatePresented]
      where from <= debit.day && debit.day <= to
        && (cycle.account == 0 || debit.account == cycle.account)
      {
        guard let law = laws.on(debit.day, one) else { continue }
        debits += 1
        if debits > law.terms.most, !debit.has(.consent), !debit.has(.order) {
          report.find("double-deduction", debit, law, one)
        }
      }
    }
  }
}
