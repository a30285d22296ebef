/// Who may do what: the one table that the command line and every other way in ask.
///
/// | role | write | import, policies | erase | may open |
/// |---|---|---|---|---|
/// | collector | yes | - | - | contact, words |
/// | supervisor | yes | yes | - | contact, words, means |
/// | credit_manager | yes | yes | - | contact, words, means, identity |
/// | legal | yes | - | - | all but health |
/// | compliance | yes | yes | yes | all |
/// | auditor | - | - | - | nothing; reads the access log |
/// | administrator | yes | yes | yes | nothing; reads the access log |
///
/// Figures, trails and exports with masks are for every role: they say nothing about a person.
package enum AccessRole: String, CaseIterable, Sendable {
  /// Speaks with debtors.
  case collector
  /// Leads collectors.
  case supervisor
  /// Decides about credit, settlements and waivers.
  case creditManager = "credit_manager"
  /// Goes to court.
  case legal
  /// Watches over law and complaints.
  case compliance
  /// Reads everything that is about nobody, and changes nothing.
  case auditor
  /// Keeps the ledger and its keys; the data of persons are not theirs to read.
  case administrator

  /// Something that not everybody may do.
  package enum Act: Sendable {
    /// Records a command.
    case write
    /// Brings history in, or adopts a rule.
    case govern
    /// Erases a person, or the content of an entry.
    case erase
    /// Reads who opened what.
    case readAccessLog
  }

  /// What a personal property is about.
  package enum Matter: CaseIterable, Sendable {
    /// Name, numbers, addresses, places, who was met.
    case contact
    /// Words that were said or written.
    case words
    /// What a person earns, owes and owns.
    case means
    /// Numbers of identity papers, bank accounts and securities.
    case identity
    /// Health and other special matters.
    case health
  }

  /// The acts of a role.
  private var acts: [Act] {
    switch self {
    case .collector, .legal: [.write]
    case .supervisor, .creditManager: [.write, .govern]
    case .compliance: [.write, .govern, .erase, .readAccessLog]
    case .auditor: [.readAccessLog]
    case .administrator: [.write, .govern, .erase, .readAccessLog]
    }
  }

  /// The matters that a role may open.
  package var matters: [Matter] {
    switch self {
    case .collector: [.contact, .words]
    case .supervisor: [.contact, .words, .means]
    case .creditManager: [.contact, .words, .means, .identity]
    case .legal: [.contact, .words, .means, .identity]
    case .compliance: Matter.allCases
    case .auditor, .administrator: []
    }
  }

  /// Whether a role may do it.
  package func may(_ act: Act) -> Bool { acts.contains(act) }

  /// Whether a role may open a personal property.
  package func mayOpen(_ field: Field) -> Bool { matters.contains(AccessRole.matter(of: field)) }

  /// What a personal property is about; one that is not listed is about health, which fewest open.
  package static func matter(of field: Field) -> Matter {
    switch field.name {
    case "name", "address", "address_used", "geo", "met_person": .contact
    case "remark", "text": .words
    case "dependants", "assets": .means
    case "identity", "drawer_account", "reference", "security_details": .identity
    default: .health
    }
  }

  /// Throws unless the role may do it.
  package func require(_ act: Act) throws(Refusal) {
    guard may(act) else {
      let able = AccessRole.allCases.filter { $0.may(act) }.map(\.rawValue)
      throw Refusal(
        rule: "access.role", "The role \(rawValue) may not do this.",
        remedy: "It is for \(able.joined(separator: ", ")).")
    }
  }
}
