/// Facts about earlier events: reversal and remark.
package enum Correction {}

// MARK: - Events

extension Correction {
  /// An entry was taken back because it was wrong.
  package struct Reversed: Hashable, Sendable {
    /// Entry taken back.
    package var reverses: String
    /// Why it was wrong.
    package var reason: String
    /// Second person.
    package var authorisedBy: String?

    /// Memberwise; what the schema does not require may be left out.
    package init(reverses: String, reason: String, authorisedBy: String? = nil) {
      self.reverses = reverses
      self.reason = reason
      self.authorisedBy = authorisedBy
    }
  }

  /// A remark was added; no fold changes.
  package struct Annotated: Hashable, Sendable {
    /// Entry.
    package var about: String
    /// Words.
    package var remark: [UInt8]

    /// Memberwise; what the schema does not require may be left out.
    package init(about: String, remark: [UInt8]) {
      self.about = about
      self.remark = remark
    }
  }
}

// MARK: - Facts

extension Correction {
  /// An entry was taken back: which position, as the log resolved it when the reversal came.
  static func note(_ event: borrowing EventView, _ account: UInt32, _ facts: inout Facts)
    throws(WireError)
  {
    var fact = Fact(.entryReversed, event.header)
    guard let target = try Envelope(reading: event.envelope).target else { return }
    fact.link = target
    facts.add(fact, account)
  }
}

// MARK: - Decisions

extension Correction.Reversed: Decided {
  /// Refused when there is no such entry, it is reversed, a longer chain would form, the money it
  /// brought has gone on, or a payment that it took back stands again.
  package func decide(_ scene: inout Scene) throws(Refusal) {
    guard let target = scene.target else {
      throw Refusal(
        rule: "reversal.entry-exists", "There is no entry \(reverses).",
        remedy: "`arrears trail ACCOUNT` shows the ids; `seq:N` names an entry by its position.")
    }
    guard !target.isReversed else {
      throw Refusal(
        rule: "reversal.once", "Entry \(reverses) is reversed already.",
        remedy: "Reverse the reversal if that was the mistake.")
    }
    guard target.depth < 2 else {
      throw Refusal(
        rule: "reversal.chain", "A chain of more than two reversals would form.",
        remedy: "Record the fact anew instead.")
    }
    if let account = target.accounts.first(where: { $0.overdraws(without: target.seq) }) {
      throw Refusal(
        rule: "reversal.money-moved",
        "The money that entry \(reverses) brought to account \(account.id) was moved on, undone "
          + "or paid back since.",
        remedy: "Reverse that entry first; `arrears trail \(account.id)` shows it.")
    }
    if let account = target.accounts.first(where: { $0.doubles(without: target.seq) }) {
      throw Refusal(
        rule: "reversal.told-anew",
        "What entry \(reverses) took back was told anew to account \(account.id) since, and would "
          + "stand twice.",
        remedy: "Reverse the later entry first; `arrears trail \(account.id)` shows it.")
    }
  }
}

extension Correction.Annotated: Decided {
  /// Refused when there is no such entry.
  package func decide(_ scene: inout Scene) throws(Refusal) {
    guard scene.target != nil else {
      throw Refusal(
        rule: "remark.entry-exists", "There is no entry \(about).",
        remedy: "`arrears trail ACCOUNT` shows the ids; `seq:N` names an entry by its position.")
    }
  }
}
