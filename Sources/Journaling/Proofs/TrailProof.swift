package import Ledger
package import Proof

/// Proof that some events are in a ledger, and that they are all of one account's trail.
///
/// Each event's own path shows that it is there. That none is missing in between shows the chain:
/// every event names the one before it on the trail, down to 0. That none is missing at the end
/// shows the account's leaf in the tree of heads, whose root the checkpoint signs.
package struct TrailProof: Sendable {
  /// One event of the trail.
  package struct Entry: Sendable {
    /// Its position.
    package var seq: Position
    /// Its bytes as stored.
    package var bytes: [UInt8]
    /// Its path to the checkpoint's root.
    package var path: [TreeHash]
  }

  /// The account's id, number, and the last position on its trail.
  package var account: String, number: UInt32, head: Position
  /// How many accounts the tree of heads has, and the path of this one in it.
  package var accounts: UInt64, headPath: [TreeHash]
  /// The events, oldest first.
  package var entries: [Entry]
  /// The records of redactions that vouch for what is left of events without their content.
  package var acts: [Entry]
  /// The signed checkpoint.
  package var checkpoint: String

  /// The proof as JSON, an entry a line; bytes are base64. `tools/verify.py` reads it.
  package var json: String {
    var out = JSONWriter(capacity: 1 << 16)
    func list(_ path: [TreeHash]) {
      out.raw("[")
      for (index, hash) in path.enumerated() {
        if index > 0 { out.raw(",") }
        out.text(hash.base64)
      }
      out.raw("]")
    }
    out.raw("{\"format\":\"arrears-trail-proof@v1\",\"account\":")
    out.text(account)
    out.raw(",\"number\":")
    out.int(Int64(number))
    out.raw(",\"head\":")
    out.int(Int64(clamping: head))
    out.raw(",\"accounts\":")
    out.int(Int64(clamping: accounts))
    out.raw(",\"head_path\":")
    list(headPath)
    out.raw(",\"checkpoint\":")
    out.text(checkpoint)
    func events(_ entries: [Entry]) {
      for (index, entry) in entries.enumerated() {
        out.raw(index > 0 ? ",\n" : "\n")
        out.raw("{\"seq\":")
        out.int(Int64(clamping: entry.seq))
        out.raw(",\"entry\":")
        out.text(Base64.text(entry.bytes))
        out.raw(",\"path\":")
        list(entry.path)
        out.raw("}")
      }
      out.raw("\n]")
    }
    if !acts.isEmpty {
      out.raw(",\"acts\":[")
      events(acts)
    }
    out.raw(",\"entries\":[")
    events(entries)
    out.raw("}\n")
    return String(decoding: out.bytes, as: UTF8.self)
  }
}

extension Snapshot {
  /// The proof of an account's trail under a signed checkpoint of this ledger.
  package func proof(ofTrail account: String, under note: SignedNote) throws(JournalError)
    -> TrailProof
  {
    let point = try proven(note)
    guard let number = try number(.account, account) else {
      throw .invalid("The ledger knows no account \(account); check the spelling.")
    }
    let heads = try heads(of: point.size)
    guard UInt64(number) <= heads.count, heads.positions[Int(number)] > 0 else {
      throw .invalid(
        "The account \(account) has no event among the first \(point.size); sign a new checkpoint.")
    }
    guard point.heads == heads.root else {
      throw .invalid("The checkpoint does not say where trails end; sign a new one.")
    }
    var (entries, acts) = ([TrailProof.Entry](), [TrailProof.Entry]())
    for seq in try positions(of: number, to: point.size) {
      entries.append(try entry(at: seq, in: point.size))
      let mark = try event(at: seq) { (event) throws(JournalError) in event.redacted }
      guard let act = (mark ?? nil)?.act else { continue }
      guard act <= point.size else {
        throw .invalid(
          "Entry \(seq) was redacted at \(act), behind the checkpoint of \(point.size); sign a new "
            + "one.")
      }
      acts.append(try entry(at: act, in: point.size))
    }
    return TrailProof(
      account: account, number: number, head: heads.positions[Int(number)],
      accounts: heads.count, headPath: heads.path(of: number), entries: entries, acts: acts,
      checkpoint: note.note)
  }

  private func entry(at seq: Position, in size: Position) throws(JournalError) -> TrailProof.Entry {
    let bytes = try event(at: seq) { (event) throws(JournalError) in Little.copy(event.bytes) }
    guard let bytes else { throw .corrupt("the log at \(seq)", "the event is missing") }
    return TrailProof.Entry(seq: seq, bytes: bytes, path: try inclusion(of: seq, in: size))
  }

  /// The proof of one event under a signed checkpoint of this ledger; of an event without its
  /// content also that of the act which says what is left of it, if the checkpoint covers it.
  package func proofs(of seq: Position, under note: SignedNote) throws(JournalError)
    -> [InclusionProof]
  {
    let own = try proof(of: seq, under: note)
    guard let act = EventView(own.extra.span).redacted?.act, act <= (try proven(note).size) else {
      return [own]
    }
    return [own, try proof(of: act, under: note)]
  }

  /// The proof of one event under a signed checkpoint of this ledger.
  package func proof(of seq: Position, under note: SignedNote) throws(JournalError)
    -> InclusionProof
  {
    let point = try proven(note)
    let path = try inclusion(of: seq, in: point.size)
    let bytes = try event(at: seq) { (event) throws(JournalError) in Little.copy(event.bytes) }
    return InclusionProof(
      index: seq - 1, path: path, extra: bytes ?? [], checkpoint: note.note)
  }

  /// The proof that the ledger of `old` events became that of a signed checkpoint by growing only.
  package func proof(from old: Position, under note: SignedNote) throws(JournalError)
    -> ConsistencyProof
  {
    let point = try proven(note)
    return ConsistencyProof(
      old: old, proof: try consistency(from: old, to: point.size), checkpoint: note.note)
  }

  /// What a note says, when it is true of this ledger.
  package func proven(_ note: SignedNote) throws(JournalError) -> Checkpoint {
    let point: Checkpoint
    do throws(NoteError) { point = try Checkpoint(text: note.text) } catch {
      throw .invalid("The checkpoint is none: \(error).")
    }
    guard point.size <= head else {
      throw .invalid(
        "The checkpoint covers \(point.size) events and the ledger holds \(head): it is of another "
          + "log, or this ledger was put back.")
    }
    guard try root(of: point.size) == point.root else {
      throw .invalid(
        "The checkpoint is not of this ledger: its root over \(point.size) events is another.")
    }
    return point
  }
}
