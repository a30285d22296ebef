import Ledger

extension Rule {
  static let inRBIAgentIntimation = Rule(
    "in.rbi.agent-intimation", "Borrower told who the agent is before first contact", .high,
    .partly, by: NoticeBeforeAgent.self, versions: [Version("2008-04-24")],
    statement:
      "When a case goes to an agency the borrower is told the agency's details before the agent makes contact, and told again on a change.",
    citation:
      "RBI, 24 Apr 2008 (banks); Digital Lending Guidelines from 2022-09-02, Digital Lending Directions 2025 from 2025-05-08; confirmed in substance."
  )
}

/// A contact by an agency needs a notice that named this agency before it.
struct NoticeBeforeAgent: Judge {
  static var selectedBy: String { "local date of the contact" }
  static var judges: [UInt16] { [EventCode.contactAttempted] }
  static var reads: [UInt16] { [EventCode.noticeSent] }

  init(_ values: Values) throws(PackError) {}

  static func judge(_ one: Case, _ laws: Laws<Self>, _ report: inout Report) {
    for contact in one.contacts where contact.isOutbound && contact.agency != .none {
      guard let law = laws.on(contact.day, one) else { continue }
      let isTold = one[EventCode.noticeSent].contains {
        $0[.kind] == "agent_intimation" && $0[.agency] == contact.agency && $0.precedes(contact)
          && $0.account == contact.account
      }
      if !isTold { report.find("agent-not-intimated", contact, law, one) }
    }
  }
}
