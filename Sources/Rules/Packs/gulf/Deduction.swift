import Ledger

extension Rule {
  static let saDeduction = Rule(
    "sa.sama.deduction", "One instalment per contract per salary cycle", .high, .confirmed,
    by: OneDebitACycle.self, versions: [Version("2025-03-06")], defaults: ["max_per_cycle": 1],
    statement:
      "Not more than one instalment per contract is deducted in a salary cycle without consent for the case or an order.",
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

  static var reads: [UInt16] { [EventCode.partyProfiled] }

  // The first day of the salary cycle that a day is in, by the day on which the person is paid.
  private static func cycle(_ day: Day, _ salaryDay: Int) -> Day {
    func start(_ month: Day) -> Day {
      month - month.civil.day + min(salaryDay, month.endOfMonth.civil.day)
    }
    let here = start(day)
    return here <= day ? here : start(day - day.civil.day)
  }

  static func judge(_ one: Case, _ laws: Laws<Self>, _ report: inout Report) {
    let profile = one[EventCode.partyProfiled].last { $0.has(.salaryDay) }
    if let salaryDay = profile?.number(.salaryDay), (1...31).contains(salaryDay) {
      var debits: [Day: Int] = [:]
      for debit in one[EventCode.mandatePresented] {
        guard let law = laws.on(debit.day, one) else { continue }
        let count = debits[cycle(debit.day, Int(salaryDay)), default: 0] + 1
        debits[cycle(debit.day, Int(salaryDay))] = count
        if count > law.terms.most, !debit.has(.consent), !debit.has(.order) {
          report.find("double-deduction", debit, law, one)
        }
      }
      return
    }
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
