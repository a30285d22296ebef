internal import Glibc
internal import LMDB
internal import Ledger
package import Proof

/// The key that signs checkpoints, in a file outside the ledger that only its owner may read, and
/// beside it, in `FILE.last`, what was signed last.
///
/// The file has one line with a private key as Go's note package writes it, or two: the public key,
/// and `command` with a command of the shell that reads the text on standard input and writes a
/// signature line on standard output. What was signed last is written down before a signature
/// leaves: a ledger that was put back to an earlier state, or changed, is never signed with the
/// same key.
package struct CheckpointKey: Sendable {
  /// Where the key stands.
  package let path: String
  /// The public key; its name is the origin of the log.
  package let key: NoteKey
  private let means: Means

  private enum Means: Sendable {
    case secret(NoteSigner)
    case command(String)
  }

  private var last: String { path + ".last" }

  /// Makes a new key for the log `origin`; the file must not exist.
  package static func create(_ path: String, origin: String) throws(JournalError) -> CheckpointKey {
    guard let signer = NoteSigner(newKeyNamed: origin) else {
      throw .invalid(
        "“\(origin)” cannot name a log; write it like example.com/book, without spaces and plus.")
    }
    guard !Files.exists(path), !Files.exists(path + ".last") else { throw .exists(path) }
    try Files.create(path, Array((signer.text + "\n").utf8), mode: 0o600)
    try Files.create(path + ".last", [], mode: 0o600)
    try Files.sync(Files.parent(path))
    return try CheckpointKey(path)
  }

  /// Reads the key at `path`; refuses one that others than its owner may read or change.
  package init(_ path: String) throws(JournalError) {
    self.path = path
    for file in [path, path + ".last"] { try CheckpointKey.requirePrivate(file, beside: path) }
    guard let bytes = Files.read(path, limit: 1 << 16) else {
      throw .system("Reading the key \(path)", errno)
    }
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
    if lines.count == 1, let signer = NoteSigner(lines[0]) {
      (key, means) = (signer.key, .secret(signer))
    } else if lines.count == 2, let key = NoteKey(lines[0]), lines[1].hasPrefix("command ") {
      (self.key, means) = (key, .command(String(lines[1].dropFirst(8))))
    } else {
      throw .invalid(
        "\(path) holds no key: write one line PRIVATE+KEY+…, or the public key and under it "
          + "`command` with what signs; `arrears key FILE --new ORIGIN` makes one.")
    }
  }

  private static func requirePrivate(_ file: String, beside path: String) throws(JournalError) {
    var status = stat()
    guard unsafe stat(file, &status) == 0 else {
      if file != path, errno == ENOENT {
        throw .invalid(
          "\(file) is missing, which says what was signed last; put it back, or make it empty if "
            + "nothing was ever signed with this key.")
      }
      throw .system("Reading the key \(file)", errno)
    }
    guard status.st_mode & 0o077 == 0 else {
      let mode = String(status.st_mode & 0o777, radix: 8)
      throw .invalid(
        "\(file) may be read or changed by others than its owner (mode \(mode)); "
          + "`chmod 600 \(file)`, and think about who had it.")
    }
  }

  /// What was signed last; nil when nothing was.
  package func lastSigned() throws(JournalError) -> Checkpoint? {
    guard let bytes = Files.read(last, limit: 1 << 20) else {
      throw .system("Reading \(last)", errno)
    }
    if bytes.isEmpty { return nil }
    do throws(NoteError) {
      // The bare text stands there when the program ended between writing and signing.
      let text = String(decoding: bytes, as: UTF8.self)
      if !text.contains("\n\n") { return try Checkpoint(text: text) }
      return try Checkpoint(SignedNote(bytes), signedBy: key)
    } catch { throw .invalid("\(last) is no checkpoint of this key: \(error).") }
  }

  /// Signs what the ledger says of itself now, unless that is smaller than, or inconsistent with,
  /// what was signed last. `run` runs the command of a key that has one: it gets text, gives
  /// output.
  package func sign(
    _ journal: Journal, run: (_ command: String, _ text: String) throws(JournalError) -> String
  ) throws(JournalError) -> SignedNote {
    let lock = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard lock >= 0 else { throw Files.failure("Opening \(path)", path) }
    defer { close(lock) }
    guard flock(lock, LOCK_EX) == 0 else { throw Files.failure("Locking \(path)", path) }
    let before = try lastSigned()
    let now = try journal.read { (snapshot) throws(JournalError) in
      var now = try snapshot.checkpoint(origin: key.name)
      now.redactions = before?.redactions ?? now.size
      try require(before, of: snapshot)
      return now
    }
    try Files.replace(last, Array(now.text.utf8), mode: 0o600)
    let note = SignedNote(text: now.text, signatures: [try signature(of: now.text, run)])
    do throws(NoteError) { try note.require(key) } catch {
      throw .invalid("The command of \(path) did not sign: \(error).")
    }
    try Files.replace(last, Array(note.note.utf8), mode: 0o600)
    return note
  }

  /// Refuses a ledger that does not go on from what was signed last.
  func require(_ snapshot: borrowing Snapshot) throws(JournalError) {
    try require(try lastSigned(), of: snapshot)
  }

  // That what the last checkpoint says of events, redactions and the access log still holds. The
  // tree cannot say whether what is left of a redacted entry was altered, so that is looked at in
  // every entry, also before a first signature.
  private func require(_ before: Checkpoint?, of snapshot: borrowing Snapshot)
    throws(JournalError)
  {
    let last = "the last checkpoint signed with \(path)"
    if let before {
      guard before.size <= snapshot.head else {
        throw .invalid(
          "The last checkpoint signed with \(path) covers \(before.size) events, and the ledger "
            + "holds \(snapshot.head): it was put back to an earlier state. Nothing was signed; bring "
            + "the missing events back, or begin a new log with a new key.")
      }
      guard try snapshot.root(of: before.size) == before.root else {
        throw .invalid(
          "The first \(before.size) events are not those of \(last): the ledger was changed, or is "
            + "another. Nothing was signed.")
      }
    }
    if let end = before?.access {
      let lines = try AccessLog(snapshot.journal.folder).lines()
      if let objection = lines.objection(to: end, of: last) {
        throw .invalid(
          "\(objection) Nothing was signed; put \(snapshot.journal.folder.path)/access/log back as "
            + "a backup or a shipped folder has it, or begin a new log with a new key.")
      }
    }
    // One from before redactions were signed asks for no signature.
    let own = RedactionKey(key, before.map { $0.redactions == nil ? [] : [$0] } ?? [])
    if let damage = try snapshot.strayRedactions(own).first {
      throw .invalid(
        "Entry \(damage.position) may be forged. \(damage.sentence) Nothing was signed; bring back the "
          + "ledger as it was, or begin a new log with a new key.")
    }
  }

  /// Signs what a redaction leaves of an entry; gives the line that its record carries.
  func sign(
    _ note: RedactionNote, run: (_ command: String, _ text: String) throws(JournalError) -> String
  ) throws(JournalError) -> String {
    let line = String(try signature(of: note.text, run).line.dropLast())
    guard note.isSigned(by: key, line) else {
      throw .invalid("The command of \(path) did not sign: its signature does not fit.")
    }
    return line
  }

  private func signature(
    of text: String, _ run: (String, String) throws(JournalError) -> String
  ) throws(JournalError) -> SignedNote.Signature {
    switch means {
    case .secret(let signer):
      guard let signature = signer.sign(text) else {
        throw .invalid("The key \(path) cannot sign; it is damaged.")
      }
      return signature
    case .command(let command):
      let lines = try run(command, text).split(separator: "\n")
      let signatures = lines.compactMap { SignedNote.Signature(line: $0) }
      guard let own = signatures.first(where: { $0.name == key.name && $0.id == key.id }) else {
        throw .invalid("The command of \(path) wrote no signature line of \(key.name).")
      }
      return own
    }
  }
}

extension LedgerFolder {
  /// Whether a checkpoint was signed here.
  package var hasCheckpoint: Bool { Files.exists(checkpoint) }

  /// Keeps a signed checkpoint as the last one.
  package func keep(_ note: SignedNote) throws(JournalError) {
    try Files.replace(checkpoint, Array(note.note.utf8))
  }
}
