/// A person's consent to be contacted in a way, and its withdrawal.
package enum Consent {}

// MARK: - Events

extension Consent {
  /// A person gave consent.
  package struct Given: Hashable, Sendable {
    /// Consent id.
    package var consent: String
    /// For what.
    package var purpose: String
    /// By what means.
    package var channel: String?
    /// Which line.
    package var contactPoint: String?
    /// For which debts.
    package var accounts: [String]?
    /// Last day.
    package var until: Day?
    /// How it was given.
    package var means: String?

    /// Memberwise; what the schema does not require may be left out.
    package init(
      consent: String, purpose: String, channel: String? = nil, contactPoint: String? = nil,
      accounts: [String]? = nil, until: Day? = nil, means: String? = nil
    ) {
      self.consent = consent
      self.purpose = purpose
      self.channel = channel
      self.contactPoint = contactPoint
      self.accounts = accounts
      self.until = until
      self.means = means
    }
  }

  /// A person took consent back.
  package struct Withdrawn: Hashable, Sendable {
    /// For what.
    package var purpose: String
    /// Which, if known.
    package var consent: String?
    /// Which line.
    package var contactPoint: String?
    /// How.
    package var means: String?

    /// Memberwise; what the schema does not require may be left out.
    package init(
      purpose: String, consent: String? = nil, contactPoint: String? = nil, means: String? = nil
    ) {
      self.purpose = purpose
      self.consent = consent
      self.contactPoint = contactPoint
      self.means = means
    }
  }
}

// MARK: - State

extension Consent {
  /// What people took back of their consent and did not give again.
  package struct Withdrawals: Chronicle {
    private var purposes: [TextKey: Set<TextKey>] = [:]

    /// Consent given and withdrawn.
    package static let reads = TypeMask([EventCode.consentGiven, EventCode.consentWithdrawn])
    /// Nobody decides about it.
    package static let judged = TypeMask()
    /// They stand with the person.
    package static let isOnAccounts = false

    /// Nothing taken back.
    package init() {}

    /// Takes the next thing that a person said.
    package mutating func take(_ told: Office.Told<Event>) {
      let person = TextKey(told.place)
      switch told.body {
      case .consentGiven(let given): purposes[person]?.remove(TextKey(given.purpose))
      case .consentWithdrawn(let taken):
        purposes[person, default: []].insert(TextKey(taken.purpose))
      default: break
      }
    }

    /// The purposes for which a person's consent is taken back.
    func purposes(of person: TextKey) -> Set<TextKey> { purposes[person] ?? [] }
  }
}
