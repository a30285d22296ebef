import Ledger

extension Rule {
  static let inRBIAgentConduct = Rule(
    "in.rbi.agent-conduct", "No harassment, threats, humiliation, misleading contact", .critical,
    .confirmed, by: ConductUpheld.self, versions: [Version("2022-08-12")],
    defaults: [
      "codes": [
        "threat", "abuse", "public_humiliation", "anonymous", "false_representation",
        "inappropriate_message",
      ]
    ],
    statement:
      "No threat, abuse, humiliation, anonymous or misleading contact: judged from coded reviews, and by the law of the contact's own day.",
    citation: "RBI/2022-23/108, 12 Aug 2022.")
}

/// A review that was not rejected says that a contact was conducted in a barred way.
struct ConductUpheld: Judge {
  static var selectedBy: String { "local date of the contact that is cited" }
  static var judges: [UInt16] { [EventCode.contactConductFlagged] }
  static var reads: [UInt16] { [EventCode.contactAttempted] }
  static var needsEventIDs: Bool { true }
  static var parameters: [Parameter] { [Parameter("codes", .codes, "Conduct that is barred.")] }

  private let codes: [TextKey]

  init(_ values: Values) throws(PackError) { codes = values.codes("codes") }

  static func judge(_ one: Case, _ laws: Laws<Self>, _ report: inout Report) {
    let flags = one[EventCode.contactConductFlagged]
    for (index, flag) in flags.enumerated() where flag[.status] != "rejected" {
      // A later word on the same conduct replaces an earlier one.
      let isReplaced = flags.dropFirst(index + 1).contains {
        $0[.attempt] == flag[.attempt] && $0[.code] == flag[.code]
      }
      if isReplaced { continue }
      let contact = one.contacts.first { $0.id != .none && $0.id == flag[.attempt] }
      let anchor = contact ?? flag
      guard let law = laws.on(anchor.day, one), let code = flag[.code],
        law.terms.codes.contains(code)
      else { continue }
      report.find("conduct-breach", anchor, law, one, of: flag)
    }
  }
}
