/// A person's certificate to collect.
package enum Agent {}

// MARK: - Events

extension Agent {
  /// A collection agent's certificate was recorded.
  package struct Certified: Hashable, Sendable {
    /// Which certificate.
    package var certificate: String
    /// First valid day.
    package var from: Day
    /// Last valid day; empty means open.
    package var to: Day?
    /// Employer.
    package var agency: String?
    /// Copy.
    package var document: String?

    /// Memberwise; what the schema does not require may be left out.
    package init(
      certificate: String, from: Day, to: Day? = nil, agency: String? = nil, document: String? = nil
    ) {
      self.certificate = certificate
      self.from = from
      self.to = to
      self.agency = agency
      self.document = document
    }
  }
}

// MARK: - Facts

extension Agent {
  /// One certificate.
  package struct Row: DeskRow {
    /// Position of the event.
    package var seq: Position
    /// Key of the employer; `.none` for the house itself.
    package var agency: TextKey = .none
    /// Key of the code of the certificate.
    package var certificate: TextKey = .none
    /// First and last valid day.
    package var from: Int32, to: Int32 = .max
  }

  /// A certificate of the person `key`.
  static func note(
    _ event: borrowing EventView, _ key: TextKey, _ house: inout House
  ) throws(WireError) {
    var reader = CBORReader(event.body)
    let certified = try Certified(reading: &reader)
    house.certificates.add(
      Row(
        seq: event.header.seq, agency: certified.agency.map { house.call($0) } ?? .none,
        certificate: house.call(certified.certificate), from: certified.from.rawValue,
        to: certified.to?.rawValue ?? .max), key)
  }
}

// MARK: - State

extension House {
  /// Whether a person holds a valid certificate on a day; nil when none was ever recorded.
  package func isCertified(_ person: TextKey, on day: Day) -> Bool? {
    certificates(of: person, on: day).map { !$0.isEmpty }
  }

  /// The certificates of a person that are valid on a day; nil when none was ever recorded.
  func certificates(of person: TextKey, on day: Day) -> [Agent.Row]? {
    let told = certificates[person].filter { stands($0.seq) }
    return told.isEmpty ? nil : told.filter { $0.from <= day.rawValue && day.rawValue <= $0.to }
  }

  /// Whether anything was ever said of agents or firms.
  var hasAgents: Bool { !certificates.keys.isEmpty || !agencies.keys.isEmpty }
}

// MARK: - Decisions

extension Agent.Certified: Decided {
  /// Refused when it ends before it starts, or names an agency that was never on the panel.
  package func decide(_ scene: inout Scene) throws(Refusal) {
    try scene.require(from: from, to: to, "certificate")
    guard let agency else { return }
    guard scene.house.agency(TextKey(agency), on: from).standing != .unknown else {
      throw Refusal(
        rule: "agency.unknown", "No agency \(agency) was ever on the panel.",
        remedy: "Record agency.empanelled first.")
    }
  }
}
