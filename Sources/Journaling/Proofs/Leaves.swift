internal import LMDB
package import Ledger
package import Proof

extension EventView {
  /// The event's hash in the tree: of its bytes, or, where its content was destroyed, the one that
  /// was kept.
  package var leaf: TreeHash {
    if let redacted { return TreeHash(redacted.leaf.span) }
    return .leaf(bytes)
  }
}

extension Bundle {
  /// The hashes in the tree of `count` events, or of all from `first` on.
  func leaves(from first: Int = 0, count: Int? = nil, into hashes: inout [TreeHash]) {
    let count = count ?? self.count - first
    TreeHashes.leaves(bytes, offsets: Bundle.fixed + 4 * first, count: count, into: &hashes)
    for index in 0..<count where header(first + index).flags.contains(.redacted) {
      hashes[index] = event(first + index).leaf
    }
  }
}

/// Entries without their content, and the acts that say so, as a pass over the log meets them. One
/// without the other is damage: whoever may write the file could destroy an entry, or alter what is
/// left of it, and keep the tree.
struct Redactions {
  private struct Claim: Equatable {
    var leaf: [UInt8], remains: [UInt8], act: Position
  }
  private var gone: [Position: Claim] = [:]
  private var said: [Position: Claim] = [:]
  private var wrong: [Damage] = []

  /// Takes an event into account.
  mutating func note(_ event: borrowing EventView) {
    let header = event.header
    if header.flags.contains(.redacted) {
      let mark = event.redacted
      gone[header.seq] = Claim(
        leaf: mark?.leaf ?? [], remains: TreeHash.plain(event.bytes).bytes, act: mark?.act ?? 0)
    }
    guard header.type == EventCode.ledgerEntryRedacted,
      case .ledgerEntryRedacted(let act)? = try? Event(reading: event)
    else { return }
    let seq = Position(clamping: act.seq)
    // The hash of an act without its content would be only what it claims itself.
    if header.flags.contains(.redacted) || seq >= header.seq || said[seq] != nil {
      wrong.append(
        Damage(
          position: header.seq,
          sentence: "It says of \(seq) that its content is gone, and it is no act that may: the "
            + "first one whole, behind that entry, counts."))
      return
    }
    said[seq] = Claim(leaf: act.leaf, remains: act.remains, act: header.seq)
  }

  /// What does not fit together.
  var findings: [Damage] {
    var found = wrong
    for (seq, claim) in gone where said[seq] != claim {
      let sentence =
        said[seq] == nil
        ? "Its content is gone, and no ledger.entry_redacted says so."
        : "What is left of it is not what the ledger.entry_redacted at \(said[seq]?.act ?? 0) says."
      found.append(Damage(position: seq, sentence: sentence))
    }
    for (seq, claim) in said where gone[seq] == nil {
      found.append(
        Damage(
          position: seq,
          sentence:
            "The ledger.entry_redacted at \(claim.act) says that its content is gone, and it "
            + "is there."))
    }
    return found.sorted { $0.position < $1.position }
  }
}
