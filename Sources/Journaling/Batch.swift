package import Ledger
internal import LMDB

/// A write in progress, lent to the closure of `Journal.write`. It belongs to that closure's
/// thread.
///
/// Nothing is durable before the closure returns or `checkpoint` does; an error thrown out of the
/// closure undoes everything since the last checkpoint.
package struct Batch: ~Copyable {
  let writer: Writer
  let journal: Journal

  /// The longest event, in bytes: header, envelope and body. A bundle of C2SP tlog-tiles gives the
  /// length of an entry two bytes.
  package static var longestEvent: Int { 65_535 }

  /// The last position, uncommitted events included.
  package var head: Position { writer.head }
  /// The moment the next event will be recorded at, unless it brings its own.
  package var now: Moment { writer.now }

  // MARK: Numbers

  /// The number of an id; a new one when the ledger has not seen it. A new number is written down
  /// by the next appended event, whose envelope introduces the id; if none follows in this write,
  /// the number is void. Ids take 1 to 500 bytes.
  package mutating func number(_ kind: NameKind, _ id: String) throws(JournalError) -> UInt32 {
    try number(kind, utf8: id.utf8Span.span)
  }

  /// The number of an id given as UTF-8; does not allocate when the number is in memory.
  package mutating func number(_ kind: NameKind, utf8 id: Span<UInt8>) throws(JournalError)
    -> UInt32
  {
    do {
      return try writer.names.number(kind, id, writer.view, writer.tables)
    } catch { throw JournalError(error) }
  }

  // MARK: Appending

  /// Appends an event whose numbers are known: the header needs everything but seq, previous,
  /// recorded and envelope length, the envelope is CBOR as stored (or empty), the body is stored as
  /// it is.
  ///
  /// This is the path of bulk imports; it allocates nothing unless the event introduces ids. Events
  /// that stand in further trails take the path with an `Envelope`, which knows their previous.
  @discardableResult
  package mutating func append(
    _ header: consuming Header, envelope: Span<UInt8>, body: Span<UInt8>
  ) throws(JournalError) -> Position {
    do {
      if !writer.names.waiting.isEmpty || header.flags.contains(.concernsOthers) {
        return try append(header, envelope: try Envelope(reading: envelope), body: body)
      }
      let key = envelope.count > 0 ? try Indexed.idKey(envelope: envelope) : nil
      header.flags.remove(.introduces)
      try writer.place(&header, envelope, body, others: [], id: key, restored: false)
      return writer.head
    } catch { throw JournalError(error) }
  }

  /// Appends an event whose numbers are known, with an envelope still to be written: the log adds
  /// the ids it introduces and the previous position of each further account. With `recorded` the
  /// moment is kept (restore) and must not decrease.
  @discardableResult
  package mutating func append(
    _ header: consuming Header, envelope: consuming Envelope, body: Span<UInt8>,
    recorded: Moment? = nil
  ) throws(JournalError) -> Position {
    do {
      var others: [UInt32] = []
      for index in envelope.refs.indices {
        guard case .account(let number, _) = envelope.refs[index] else { continue }
        envelope.refs[index] = .account(number, previous: try writer.previous(of: number))
        if number != header.account, number != 0, !others.contains(number) { others.append(number) }
      }
      envelope.introduced = writer.names.waiting
      header.flags.remove([.concernsOthers, .introduces])
      if !others.isEmpty { header.flags.insert(.concernsOthers) }
      if !envelope.introduced.isEmpty { header.flags.insert(.introduces) }
      if let recorded { header.recorded = recorded.rawValue }
      var out = CBORWriter()
      envelope.write(to: &out)
      let key = envelope.eventID.map { Indexed.idKey($0) }
      try writer.place(
        &header, out.bytes.span, body, others: others, id: key, restored: recorded != nil)
      try writer.introduce()
      return writer.head
    } catch { throw JournalError(error) }
  }

  // MARK: Reading what is being written

  /// Lends the event at a position, uncommitted ones included; nil when there is none.
  package func event<R>(
    at seq: Position, _ body: (borrowing EventView) throws(JournalError) -> R
  ) throws(JournalError) -> R? {
    do { return try writer.event(seq) { try body($0) } } catch { throw JournalError(error) }
  }

  /// Lends the events of an account's trail in order, uncommitted ones included, by walking the
  /// chain of `previous` back and reading forward.
  package func trail(
    of account: UInt32, _ body: (borrowing EventView) throws(JournalError) -> Void
  ) throws(JournalError) {
    do {
      var chain: [Position] = []
      var seq = try writer.previous(of: account)
      while seq != 0 {
        chain.append(seq)
        guard let before = try writer.event(seq, { try Batch.previous($0, account) }),
          before < seq
        else {
          throw JournalError.corrupt(
            "the trail of account number \(account)", "its chain breaks at \(seq)")
        }
        seq = before
      }
      for seq in chain.reversed() { _ = try writer.event(seq) { try body($0) } }
    } catch { throw JournalError(error) }
  }

  /// The position before an event on an account's trail.
  static func previous(_ event: borrowing EventView, _ account: UInt32) throws(WireError)
    -> Position
  {
    if event.header.account == account { return event.header.previous }
    for ref in try Envelope(reading: event.envelope).refs {
      if case .account(account, let previous) = ref { return previous }
    }
    return event.header.seq
  }

  /// The position of the event with an id, given or derived, uncommitted ones included.
  package func position(ofEvent id: String) throws(JournalError) -> Position? {
    do {
      if let own = try writer.position(ofID: id) { return own }
      if let place = journal.identity.position(of: id), place <= head { return place }
      return try DerivedID(id)?.position(writer.view, writer.tables, to: writer.head)
    } catch { throw JournalError(error) }
  }

  // MARK: Commands and imports

  /// The answer a command got, if its key is known.
  package func command(_ key: CommandKey) throws(JournalError) -> CommandRow? {
    do { return try CommandRow(key, writer.view, writer.tables) } catch {
      throw JournalError(error)
    }
  }

  /// Remembers for ever what a command was answered.
  package mutating func remember(_ key: CommandKey, _ row: CommandRow) throws(JournalError) {
    do {
      try writer.put(command: key, row)
    } catch { throw JournalError(error) }
  }

  /// What is known of an import by the digest of its file and mapping.
  package func importRow(_ digest: [UInt8]) throws(JournalError) -> ImportRow? {
    do { return try ImportRow.read(digest, writer.view, writer.tables) } catch {
      throw JournalError(error)
    }
  }

  /// Writes down how far an import has come, together with the events of this transaction.
  package mutating func put(_ row: ImportRow) throws(JournalError) {
    do { try writer.put(importRow: row) } catch { throw JournalError(error) }
  }

  // MARK: Chunks

  /// Commits what was appended so far, lets other writers in for a moment, and goes on. After this
  /// returns, the events up to `head` are durable whatever becomes of the rest.
  package mutating func checkpoint() throws(JournalError) {
    try journal.checkpoint()
  }
}
