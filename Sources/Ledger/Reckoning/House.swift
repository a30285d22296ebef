/// Facts that many accounts share: who works where, which firms and certificates stand. Folded
/// first, in one pass over the few events that make them, and given to every account's fold and to
/// every decision.
package struct House: Sendable {
  /// Types of events that make it; a scan skips bundles without any of them.
  package static let reads = TypeMask()

  /// Nobody and nothing yet.
  package init() {}

  /// Notes the events of a bundle up to and including `last`.
  package mutating func note(_ bundle: borrowing Bundle, upTo last: Position) throws(WireError) {
    for index in 0..<bundle.count {
      let header = bundle.header(index)
      guard House.reads.contains(header.type), header.seq <= last else { continue }
      try note(bundle.event(index))
    }
  }

  /// Notes one event.
  package mutating func note(_ event: borrowing EventView) throws(WireError) {
    _ = event.header.type
  }
}
