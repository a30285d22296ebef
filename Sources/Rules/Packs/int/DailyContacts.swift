import Ledger

extension Rule {
  static let intDailyContacts = Rule(
    "int.collector.daily-contacts", "Enough phone contacts per collector per day", .low, .policy,
    by: CallsAShift.self, defaults: ["min_calls": 20],
    statement:
      "On a day worked a collector places at least so many calls; texts and calls of customers are none.",
    citation: "House policy.")
}

/// Calls that a member of staff placed on the local day of a shift. No shift, no finding.
struct CallsAShift: Judge {
  static var scope: Rule.Scope { .collector }
  static var selectedBy: String { "day of the shift" }
  static var judges: [UInt16] { [EventCode.unitShiftWorked] }
  static var reads: [UInt16] { [EventCode.contactAttempted] }
  static var parameters: [Parameter] { [Parameter("min_calls", .int, "Calls a shift.")] }

  static func wants(_ act: Act) -> Bool {
    act.type != EventCode.contactAttempted || act.isOutbound && act[.channel] == Codes.call
  }

  private let least: Int

  init(_ values: Values) throws(PackError) { least = try values.int("min_calls") }

  static func judge(_ one: Case, _ laws: Laws<Self>, _ report: inout Report) {
    let shifts = one[EventCode.unitShiftWorked]
    if shifts.isEmpty { return }
    var calls: [Day: Int] = [:]
    for call in one.contacts where call.isOutbound && call[.channel] == Codes.call {
      calls[call.day, default: 0] += 1
    }
    for shift in shifts {
      let day = shift.day(.on) ?? shift.day
      guard let law = laws.on(day, one), one.today > day else { continue }
      let count = calls[day] ?? 0
      if count < law.terms.least {
        report.find(
          "below-target", shift, law, one, on: day, [("count", .number(Int64(count)))])
      }
    }
  }
}
