import Ledger

extension Rule {
  static let inRBICallRecording = Rule(
    "in.rbi.call-recording", "Recovery calls recorded", .medium, .draft,
    by: CallsRecorded.self, versions: [Version("2008-04-24")],
    defaults: ["results": ["conversation"], "needs_notice": false],
    statement: "What is said in recovery calls is recorded.",
    citation:
      "RBI 2008 (banks), detail from memory; draft of 2026 makes it general, confirmed as a draft only."
  )
}

/// A call in which somebody was spoken to has a recording, and its notice where the rule asks for
/// it.
struct CallsRecorded: Judge {
  static var selectedBy: String { "local date of the call" }
  static var judges: [UInt16] { [EventCode.contactAttempted] }
  static var reads: [UInt16] { [EventCode.documentPurged] }
  static var parameters: [Parameter] {
    [
      Parameter("results", .codes, "Results that need a recording; empty for every call."),
      Parameter("needs_notice", .bool, "Whether the person must have been told."),
      Parameter("inbound_too", .bool, "Whether calls of the customer count."),
      Parameter("years", .int, "Years for which a recording is kept."),
    ]
  }

  private let results: [TextKey]
  private let needsNotice: Bool, inboundToo: Bool
  private let years: Int?

  init(_ values: Values) throws(PackError) {
    results = values.codes("results")
    (needsNotice, inboundToo) = (values.bool("needs_notice"), values.bool("inbound_too"))
    years = values.value("years")?.int.map { Int(clamping: $0) }
  }

  static func judge(_ one: Case, _ laws: Laws<Self>, _ report: inout Report) {
    for call in one.contacts where call[.channel] == Codes.call {
      guard let law = laws.on(call.day, one), law.terms.inboundToo || call.isOutbound else {
        continue
      }
      let results = law.terms.results
      guard results.isEmpty || call[.result].map({ results.contains($0) }) ?? false else {
        continue
      }
      let isTold = !law.terms.needsNotice || call.says(.recordingNotice)
      if !call.has(.recordingRef) || !isTold {
        report.find("no-recording", call, law, one)
      }
    }
    for purge in one[EventCode.documentPurged] where purge[.scope] == "recording" {
      let calls = one.contacts.filter { $0.has(.recordingRef) && $0.precedes(purge) }
      guard let last = calls.last, let law = laws.on(last.day, one), let years = law.terms.years
      else { continue }
      let until = last.day.plus(months: years * 12)
      if purge.day < until {
        report.find("purged-early", purge, law, one, [("keep_until", .day(until))], because: [last])
      }
    }
  }
}
