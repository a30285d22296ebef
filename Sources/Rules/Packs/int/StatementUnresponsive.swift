import Ledger

extension Rule {
  static let intStatementUnresponsive = Rule(
    "int.statement.unresponsive", "Statement to the credit department when nobody answers",
    .medium, .policy, by: DeadAttempts.self, defaults: ["attempts": 3, "days": 5],
    statement:
      "After so many attempts in a row without an answer a statement is prepared for the credit department within so many days; any answer or payment begins the row anew.",
    citation: "House policy.")
}

/// Runs of attempts without an answer, each of which raises the duty once.
struct DeadAttempts: Judge {
  static var selectedBy: String { "local date of the last attempt of the run" }
  static var judges: [UInt16] { [EventCode.contactAttempted] }
  static var reads: [UInt16] { [EventCode.paymentReceived, EventCode.statementIssued] }
  static var parameters: [Parameter] {
    [
      Parameter("attempts", .int, "Attempts without an answer in a row."),
      Parameter("days", .int, "Days after the last of them."),
    ]
  }

  private let attempts: Int, days: Int

  init(_ values: Values) throws(PackError) {
    (attempts, days) = (try values.int("attempts"), try values.int("days"))
  }

  private static let dead: [TextKey] = ["no_answer", "no_reply", "not_met"]

  static func judge(_ one: Case, _ laws: Laws<Self>, _ report: inout Report) {
    var run: [Act] = []
    for act in one.all(EventCode.contactAttempted, EventCode.paymentReceived) {
      guard act.type == EventCode.contactAttempted, act.isOutbound else {
        run = []
        continue
      }
      guard let result = act[.result], dead.contains(result) else {
        if act.isConversation { run = [] }
        continue
      }
      run.append(act)
      guard let law = laws.on(act.day, one), run.count == law.terms.attempts else { continue }
      let due = act.day + law.terms.days
      let isPrepared = one[EventCode.statementIssued].contains {
        $0[.kind] == "credit_department_brief" && act.precedes($0) && $0.day <= due
      }
      if !isPrepared, one.today > due {
        report.find(
          "statement-not-prepared", act, law, one, on: due + 1, [("due", .day(due))],
          because: Array(run.dropLast()))
      }
    }
  }
}
