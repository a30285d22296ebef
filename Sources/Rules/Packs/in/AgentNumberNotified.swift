import Ledger

extension Rule {
  static let inRBIAgentNumberNotified = Rule(
    "in.rbi.agent-number-notified", "Agents call only from notified numbers", .medium, .unverified,
    by: NotifiedNumbers.self, versions: [Version("2008-04-24")],
    statement: "Agents call only from telephone numbers notified to the borrower.",
    citation: "RBI 2008, confirmed at draft stage only; the final wording needs checking.")
}

/// A call by an agency shows a line that a notice to the borrower named.
struct NotifiedNumbers: Judge {
  static var selectedBy: String { "local date of the contact" }
  static var judges: [UInt16] { [EventCode.contactAttempted] }
  static var reads: [UInt16] { [EventCode.noticeSent] }

  init(_ values: Values) throws(PackError) {}

  static func judge(_ one: Case, _ laws: Laws<Self>, _ report: inout Report) {
    for contact in one.contacts
    where contact.isOutbound && contact.agency != .none && contact[.channel] == Codes.call {
      guard let line = contact[.fromLine], let law = laws.on(contact.day, one) else { continue }
      let isKnown = one[EventCode.noticeSent].contains {
        $0[.kind] == "agent_intimation" && $0[.agency] == contact.agency && $0.precedes(contact)
          && one.texts($0, .lines).contains(line)
      }
      if !isKnown { report.find("number-not-notified", contact, law, one) }
    }
  }
}
