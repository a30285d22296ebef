package import Ledger
package import Proof

/// Whose signature the records of redactions carry, and from where on.
///
/// Behind the entries that the key signed first, each record must carry it: whoever may write the
/// files could add one. Those among them were there when the owner of the key signed, and stand.
package struct RedactionKey: Sendable {
  private let key: NoteKey?
  private let behind: Position?

  /// By the log's key, where it is known, and checkpoints that it signed. One that does not say how
  /// far the first went was signed before records had signatures: it stands for what it covers.
  package init(_ key: NoteKey?, _ points: [Checkpoint]) {
    self.key = key
    behind = points.map { $0.redactions ?? $0.size }.min()
  }

  /// What is wrong with the signature of the record at a position; nil when nothing is, and where
  /// it needs none.
  func objection(to act: LedgerFact.EntryRedacted, at position: Position) -> String? {
    guard let behind, position > behind else { return nil }
    let name = "The ledger.entry_redacted at \(position), which says what is left of it,"
    guard let signature = act.signature else {
      return "\(name) is not signed, although the key of the log had signed before."
    }
    guard let key, !act.isSigned(by: key, signature) else { return nil }
    return "\(name) is not signed by the key \(key.text)."
  }
}

extension LedgerFact.EntryRedacted {
  /// What the log's key signs of it; nil when it says no hashes.
  func note(origin: String) -> RedactionNote? {
    guard leaf.count == 32, remains.count == 32 else { return nil }
    return RedactionNote(
      origin: origin, seq: Position(clamping: seq), leaf: TreeHash(leaf.span),
      remains: TreeHash(remains.span))
  }

  fileprivate func isSigned(by key: NoteKey, _ line: String) -> Bool {
    note(origin: key.name)?.isSigned(by: key, line) ?? false
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
  private var said: [Position: (claim: Claim, act: LedgerFact.EntryRedacted)] = [:]
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
    said[seq] = (Claim(leaf: act.leaf, remains: act.remains, act: header.seq), act)
  }

  /// What does not fit together, or is not signed as it must be.
  func findings(_ key: RedactionKey) -> [Damage] {
    var found = wrong
    func report(_ seq: Position, _ sentence: String) {
      found.append(Damage(position: seq, sentence: sentence))
    }
    for (seq, claim) in gone where said[seq]?.claim != claim {
      report(
        seq,
        said[seq].map {
          "What is left of it is not what the ledger.entry_redacted at \($0.claim.act) says."
        } ?? "Its content is gone, and no ledger.entry_redacted says so.")
    }
    for (seq, (claim, act)) in said {
      if gone[seq] == nil {
        report(
          seq,
          "The ledger.entry_redacted at \(claim.act) says that its content is gone, and it "
            + "is there.")
      }
      if let sentence = key.objection(to: act, at: claim.act) { report(seq, sentence) }
    }
    return found.sorted { ($0.position, $0.sentence) < ($1.position, $1.sentence) }
  }
}

extension Snapshot {
  /// The records of redactions behind a position, in order.
  package func redactions(after seq: Position = 0) throws(JournalError)
    -> [(position: Position, act: LedgerFact.EntryRedacted)]
  {
    var found: [(position: Position, act: LedgerFact.EntryRedacted)] = []
    let wanted = TypeMask([EventCode.ledgerEntryRedacted])
    try bundles(from: seq + 1, wanted: wanted) { (bundle) throws(JournalError) in
      for index in 0..<bundle.count {
        let header = bundle.header(index)
        guard header.type == EventCode.ledgerEntryRedacted, header.seq > seq else { continue }
        do throws(WireError) {
          guard case .ledgerEntryRedacted(let act) = try Event(reading: bundle.event(index)) else {
            continue
          }
          found.append((header.seq, act))
        } catch { throw .wire(error, at: header.seq) }
      }
    }
    return found
  }
}

extension Snapshot {
  /// Looks at all entries without their content, and at all records of redactions: what `verify`
  /// says of them, for whoever signs a log, or took one over from elsewhere.
  package func strayRedactions(_ key: RedactionKey) throws(JournalError) -> [Damage] {
    var redactions = Redactions()
    try bundles { (bundle) throws(JournalError) in
      for index in 0..<bundle.count { redactions.note(bundle.event(index)) }
    }
    return redactions.findings(key)
  }
}

extension Journal {
  /// The same of the log as it is now.
  package func strayRedactions(_ key: RedactionKey) throws(JournalError) -> [Damage] {
    try read { (snapshot) throws(JournalError) in try snapshot.strayRedactions(key) }
  }
}
