/// One party as a decision may look at it: what was heard on its own stream and is asked of no
/// account, entries taken back left out.
package struct PartyState: Sendable {
  /// Types of events that say something here.
  package static let reads = TypeMask([
    EventCode.partyOnboarded, EventCode.partyContactPointAdded, TypeMask.reversalOnNoAccount,
  ])

  /// Whether an event is of these.
  package static func reads(_ type: UInt16) -> Bool {
    type == EventCode.partyOnboarded || type == EventCode.partyContactPointAdded
  }

  private var onboarded: [Position] = []
  private var points: [(key: TextKey, seq: Position)] = []
  private var reversals = Reversals()

  /// A party of which nothing is known.
  package init() {}

  /// Learns an event of its stream.
  package mutating func evolve(_ event: borrowing EventView) throws(WireError) {
    let seq = event.header.seq
    switch event.header.type {
    case EventCode.partyOnboarded: onboarded.append(seq)
    case EventCode.partyContactPointAdded:
      var body = CBORReader(event.body)
      for _ in 0..<(try body.map()) {
        if try body.uint() == Key.PartyContactPointAdded.contactPoint {
          points.append((try body.textKey(), seq))
        } else {
          try body.skip()
        }
      }
    default: break
    }
  }

  /// Learns that the entry at a position was taken back by the entry at another.
  package mutating func takeBack(_ target: Position, by seq: Position) {
    reversals.note(seq, of: target)
  }

  private func stands(_ seq: Position) -> Bool { reversals.stands(seq) }

  /// Whether it was put on file.
  package var isOnFile: Bool { onboarded.contains(where: stands) }

  /// Whether a contact point of this id is on file.
  package func has(point id: String) -> Bool {
    let key = TextKey(id)
    return points.contains { $0.key == key && stands($0.seq) }
  }
}
