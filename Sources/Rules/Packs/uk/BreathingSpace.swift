import Ledger

extension Rule {
  static let ukBreathingSpace = Rule(
    "uk.breathing-space", "60-day moratorium: no contact, interest, enforcement", .critical,
    .confirmed, by: Moratorium.self, versions: [Version("2021-05-04")], defaults: ["days": 60],
    statement:
      "In a breathing space creditors stop contact that demands payment, freeze interest and charges, and stop enforcement; at most 60 days with the start counted, longer in a mental-health crisis.",
    citation:
      "Debt Respite Scheme Regulations 2020 and the guidance for creditors; that the register date counts is from memory."
  )
}

/// What a debt moratorium bars between its first day and its end. Acts before the house was told
/// are undone, not culpable: they are told as information.
struct Moratorium: Judge {
  static var selectedBy: String { "local date of the act" }
  static var judges: [UInt16] {
    [
      EventCode.contactAttempted, EventCode.interestApplied, EventCode.chargeLevied,
      EventCode.legalCaseFiled, EventCode.securityPossessionTaken,
    ]
  }
  static var reads: [UInt16] { [EventCode.holdPlaced, EventCode.holdLifted] }
  static var parameters: [Parameter] {
    [Parameter("days", .int, "Days of a standard breathing space, the first one counted.")]
  }

  private let days: Int

  init(_ values: Values) throws(PackError) { days = try values.int("days") }

  static func forbids(_ values: Value) -> [String] { ["breathing_space", "mental_health_crisis"] }

  private static func code(_ act: Act) -> String? {
    switch act.type {
    case EventCode.contactAttempted:
      act.isOutbound && (act.purpose == Codes.collect || act.purpose == "default_reminder")
        ? "contact-in-moratorium" : nil
    case EventCode.interestApplied, EventCode.chargeLevied: "charge-in-moratorium"
    default: "enforcement-in-moratorium"
    }
  }

  static func judge(_ one: Case, _ laws: Laws<Self>, _ report: inout Report) {
    for bar in one.bars where bar.kind == "breathing_space" || bar.kind == "mental_health_crisis" {
      let first = bar.act.day(.from) ?? bar.act.day
      let acts = one.all(
        EventCode.contactAttempted, EventCode.interestApplied, EventCode.chargeLevied,
        EventCode.legalCaseFiled, EventCode.securityPossessionTaken)
      for act in acts {
        guard act.account == bar.account || bar.account == 0, let code = code(act),
          let law = laws.on(act.day, one)
        else { continue }
        var until = bar.until
        if bar.kind == "breathing_space" {
          until = min(until, one.midnight(first + law.terms.days, act))
        }
        guard bar.from <= act.header.occurred, act.header.occurred < until else { continue }
        report.find(
          code, act, law, one, of: bar.act, informs: act.header.occurred < bar.known)
      }
    }
  }
}
