import Ledger

extension Rule {
  static let intAgentCertified = Rule(
    "int.agent.certified", "Only certified agents contact customers", .high, .policy,
    by: CertifiedAgents.self, defaults: ["certificate": "dra_iibf"],
    statement:
      "A person who contacts customers for an agency holds the certificate on the day of the contact, not today; own employees are not under the rule.",
    citation: "House policy; RBI 24 Apr 2008 for banks.")
}

/// A contact for an agency by somebody who holds the certificate on that day.
struct CertifiedAgents: Judge {
  static var selectedBy: String { "local date of the contact" }
  static var judges: [UInt16] { [EventCode.contactAttempted] }
  static var parameters: [Parameter] {
    [Parameter("certificate", .code, "The certificate.")]
  }

  private let certificate: TextKey

  init(_ values: Values) throws(PackError) {
    certificate = TextKey(values.text("certificate"))
  }

  static func judge(_ one: Case, _ laws: Laws<Self>, _ report: inout Report) {
    for contact in one.contacts where contact.isOutbound && contact.agency != .none {
      guard let law = laws.on(contact.day, one) else { continue }
      let isCertified = one.house.of(contact.actor, EventCode.agentCertified).contains { held in
        held[.certificate] == law.terms.certificate
          && (held.day(.from).map { $0 <= contact.day } ?? true)
          && (held.day(.to).map { contact.day <= $0 } ?? true)
      }
      if !isCertified { report.find("agent-not-certified", contact, law, one) }
    }
  }
}
