// MARK: - State

extension Booking {
  /// A booking and what became of it.
  package struct Case: Sendable {
    /// How sales reported it.
    package var recorded: Office.Told<Recorded>
    /// Who was told of it, in the order of the world.
    package var told: [Office.Told<Intimated>] = []
    /// What was decided first.
    package var decision: Office.Told<Acknowledged>?

    /// Whole minutes from the booking to the decision; nil while there is none.
    package var minutes: Int64? {
      decision.map { ($0.occurred - recorded.occurred) / 60_000_000 }
    }
  }

  /// The bookings of all customers. They stand on streams of persons.
  package struct List: Chronicle {
    /// Types of events that make it.
    package static let reads = TypeMask([
      EventCode.bookingRecorded, EventCode.bookingIntimated, EventCode.bookingAcknowledged,
    ])
    /// All of them are judged on import.
    package static let judged = reads
    /// Bookings in the order of the world; the first of an id counts.
    package private(set) var cases: [Case] = []
    // What was said of bookings that sales had not reported yet, as its clock had it.
    private var early: [String: [Office.Told<Event>]] = [:]
    private var places: [String: Int] = [:]

    /// None.
    package init() {}

    /// A booking by its id.
    package subscript(id: String) -> Case? { places[id].map { cases[$0] } }

    /// They stand on streams of persons.
    package static let isOnAccounts = false

    /// Takes the next thing that was told; what is said of a booking waits for it.
    package mutating func take(_ told: Office.Told<Event>) {
      switch told.body {
      case .bookingRecorded(let booking): open(told.with(booking))
      case .bookingIntimated(let word): note(told, of: word.booking)
      case .bookingAcknowledged(let word): note(told, of: word.booking)
      default: break
      }
    }

    private mutating func open(_ booking: Office.Told<Recorded>) {
      let id = booking.body.booking
      guard places[id] == nil else { return }
      places[id] = cases.count
      cases.append(Case(recorded: booking))
      for told in early.removeValue(forKey: id) ?? [] { note(told, of: id) }
    }

    private mutating func note(_ told: Office.Told<Event>, of booking: String) {
      guard let at = places[booking] else { return early[booking, default: []].append(told) }
      switch told.body {
      case .bookingIntimated(let word): cases[at].told.append(told.with(word))
      case .bookingAcknowledged(let word):
        cases[at].decision = cases[at].decision ?? told.with(word)
      default: break
      }
    }
  }
}

// MARK: - Decisions

extension Scene {
  // The booking of an id, which must have been reported.
  fileprivate func require(booking id: String) throws(Refusal) -> Booking.Case {
    guard let found = bookings[id] else {
      throw Refusal(
        rule: "booking.unknown", "Sales reported no booking \(id).",
        remedy: "Record booking.recorded first, or check the id.")
    }
    return found
  }
}

extension Booking.Recorded: Decided {
  /// Refused for an id taken twice, and for a price that cannot be.
  package func decide(_ scene: inout Scene) throws(Refusal) {
    if let amount { try scene.require(amount, "price") }
    guard scene.bookings[booking] == nil else {
      throw Refusal(
        rule: "booking.exists", "There is a booking \(booking) already.",
        remedy: "Choose another id for another booking.")
    }
  }
}

extension Booking.Intimated: Decided {
  /// Refused when sales reported no such booking.
  package func decide(_ scene: inout Scene) throws(Refusal) {
    _ = try scene.require(booking: booking)
  }
}

extension Booking.Acknowledged: Decided {
  /// Refused when sales reported no such booking, nobody was told of it, it was decided already, or
  /// it is allowed while credit to the customer is stopped.
  package func decide(_ scene: inout Scene) throws(Refusal) {
    let found = try scene.require(booking: booking)
    guard !found.told.isEmpty else {
      throw Refusal(
        rule: "booking.not-intimated", "Nobody was told of booking \(booking).",
        remedy: "Record booking.intimated first: who decides must have been told.")
    }
    if let decision = found.decision {
      throw Refusal(
        rule: "booking.decided",
        "Booking \(booking) was decided on \(decision.day): \(decision.body.decision).",
        remedy: "If that was a mistake, reverse that entry first.")
    }
    if decision == "allow" {
      try scene.requireCredit(for: found.recorded.body.customer, on: scene.occurredOn)
    }
  }
}
