import Ledger

extension Rule {
  static let usRegFRetention = Rule(
    "us.regf.retention", "Keep records three years after last activity", .medium, .confirmed,
    by: KeptAfterActivity.self, versions: [Version("2021-11-30")],
    defaults: ["years": 3, "activity_types": ["contact.attempted", "payment.received"]],
    statement:
      "Evidence of compliance is kept until three years after the last collection activity; recordings three years after the call.",
    citation: "12 CFR 1006.100.")
}

/// Records are purged only some years after the last activity on the person's debts.
struct KeptAfterActivity: Judge {
  static var scope: Rule.Scope { .person }
  static var selectedBy: String { "local date of the purge" }
  static var judges: [UInt16] { [EventCode.documentPurged] }
  static var reads: [UInt16] {
    [EventCode.contactAttempted, EventCode.paymentReceived, EventCode.noticeSent]
  }
  static var parameters: [Parameter] {
    [
      Parameter("years", .int, "Years after the last activity."),
      Parameter("activity_types", .codes, "Events that count as activity."),
    ]
  }

  private let months: Int
  private let types: [UInt16]

  init(_ values: Values) throws(PackError) {
    months = try values.int("years") * 12
    var types: [UInt16] = []
    for name in values.texts("activity_types") {
      guard let code = Register.event(name)?.code, KeptAfterActivity.reads.contains(code) else {
        throw PackError("\(values.rule) cannot count `\(name)` as activity.")
      }
      types.append(code)
    }
    self.types = types
  }

  static func judge(_ one: Case, _ laws: Laws<Self>, _ report: inout Report) {
    for purge in one[EventCode.documentPurged] {
      guard let law = laws.on(purge.day, one) else { continue }
      var last: Act?
      for type in law.terms.types {
        for act in one[type] where act.precedes(purge) {
          if purge[.scope] == "recording", !act.has(.recordingRef) { continue }
          if last.map({ $0.precedes(act) }) ?? true { last = act }
        }
      }
      guard let last, purge[.scope] != "document" else { continue }
      let until = last.day.plus(months: law.terms.months)
      if purge.day < until {
        report.find("purged-early", purge, law, one, [("keep_until", .day(until))], because: [last])
      }
    }
  }
}
