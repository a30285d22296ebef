extension LedgerFact {
  /// The content of an entry was destroyed; its place, its facts and its leaf hash stand.
  package struct EntryRedacted: Hashable, Sendable {
    /// Position of the entry.
    package var seq: Int64
    /// Its leaf hash in the tree, as it was recorded.
    package var leaf: [UInt8]
    /// SHA-256 of the bytes that stand in its place.
    package var remains: [UInt8]
    /// Who ordered it.
    package var authority: String
    /// Why.
    package var reason: String
    /// Line of a signed note, by the key of the log, over what is said of the entry.
    package var signature: String?

    /// Memberwise; what the schema does not require may be left out.
    package init(
      seq: Int64, leaf: [UInt8], remains: [UInt8], authority: String, reason: String,
      signature: String? = nil
    ) {
      self.seq = seq
      self.leaf = leaf
      self.remains = remains
      self.authority = authority
      self.reason = reason
      self.signature = signature
    }
  }
}

// MARK: - Decisions

/// What a redaction must know of the entry whose content it would destroy.
package struct Redactable: Sendable {
  /// The event's name.
  package var event: String
  /// Whether it was redacted before.
  package var isRedacted = false
  /// Whether anything of it is content.
  package var hasContent = false
  /// A hold in force today that forbids it: on which account, and its kind.
  package var held: (account: String, kind: String)?

  /// An entry of which nothing is known but its name.
  package init(event: String) { self.event = event }
}

extension LedgerFact.EntryRedacted: Decided {
  /// Refused for an entry that is not there, was redacted before, says that another was, or has
  /// nothing but facts; under a hold; and without authority or reason.
  package func decide(_ scene: inout Scene) throws(Refusal) {
    guard let entry = scene.redactable else {
      throw Refusal(
        rule: "redaction.unknown", "There is no entry at \(seq).",
        remedy: "`arrears trail ACCOUNT` shows the position of each entry as seq.")
    }
    guard !entry.isRedacted else {
      throw Refusal(
        rule: "redaction.twice", "The entry at \(seq) was redacted already.",
        remedy: "There is nothing left to destroy.")
    }
    guard entry.event != Register.name(of: Self.code) else {
      throw Refusal(
        rule: "redaction.act", "The entry at \(seq) says that another was redacted.",
        remedy: "It holds no content of that one, and must stay.")
    }
    guard entry.hasContent else {
      throw Refusal(
        rule: "redaction.facts",
        "The entry at \(seq), \(entry.event), has nothing but facts, which figures are made of.",
        remedy: "Take it back by event.reversed; what is erased of a person goes by "
          + "`arrears erase`.")
    }
    if let held = entry.held {
      throw Refusal(
        rule: "redaction.held", "A hold \(held.kind) is in force on \(held.account).",
        remedy: "Wait until it is lifted.")
    }
    guard !authority.isEmpty, !reason.isEmpty else {
      throw Refusal(
        rule: "redaction.authority", "Nobody is named who ordered it, or no reason.",
        remedy: "Say by whom or by which paper it was ordered, and why.")
    }
  }
}
