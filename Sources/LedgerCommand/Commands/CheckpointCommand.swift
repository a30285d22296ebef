import ArgumentParser
import Journaling
import Ledger
import Proof

/// Signs how many events there are and the root over them.
struct CheckpointCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "checkpoint",
    abstract: "Sign how many events there are and the root over them.",
    discussion: """
      Writes LEDGER/checkpoint, a C2SP checkpoint, and sends it wherever --send or LEDGER/settings says. \
      Never signs fewer events than the last time with the same key, nor other ones, also after a \
      restore. A copy that stays inside protects against nobody who may write the ledger and the key.
        arrears checkpoint --key book.key --send 'file /mnt/auditor/{size}.txt'
        arrears checkpoint                       with `key` and `send` lines in LEDGER/settings
      """)

  @OptionGroup var ledger: LedgerOptions

  @Option(help: "File of the key; without it, the line `key` of LEDGER/settings.")
  var key: String?

  @Option(help: "Where to send it: 'file PATH', 'command COMMAND' or print; may be repeated.")
  var send: [String] = []

  func run() throws {
    let journal = try ledger.open()
    let (note, point) = try Signing.sign(journal, key: key)
    var places = try Settings(journal.folder).places
    for text in send {
      guard let place = Settings.Place(text) else {
        throw Failure("“\(text)” is no place; write 'file PATH', 'command COMMAND' or print.")
      }
      places.append(place)
    }
    Terminal.note(
      "Signed \(point.size) events of \(point.origin): root \(Hex.text(point.root.bytes)).\n")
    var failures = 0
    for place in places {
      do { Terminal.note("Sent to \(try place.send(note, size: point.size)).\n") } catch {
        failures += 1
        Terminal.complain("signed, and not sent: \(error)")
      }
    }
    if places.isEmpty {
      Terminal.note(
        "Sent nowhere: whoever may write the ledger and the key could write both anew.\n")
    }
    if failures > 0 { throw ExitCode(1) }
  }
}

/// Signing as several commands do it.
enum Signing {
  /// Signs with the key named, or that of the settings, and keeps the note in the ledger's folder.
  static func sign(_ journal: Journal, key: String?) throws -> (SignedNote, Checkpoint) {
    guard let path = try key ?? Settings(journal.folder).key else {
      throw Failure(
        "No key is named; give --key FILE or a line `key FILE` in \(journal.folder.settings), and "
          + "make one with `arrears key FILE --new ORIGIN`.")
    }
    let note = try CheckpointKey(path).sign(journal) { (command, text) throws(JournalError) in
      try Shell.run(command, text)
    }
    try journal.folder.keep(note)
    do { return (note, try Checkpoint(text: note.text)) } catch {
      throw Failure("What was signed is no checkpoint: \(error).")
    }
  }

  /// A note from a file, or the ledger's last one; with a public key its signature is required.
  static func note(_ path: String?, of folder: LedgerFolder, signedBy key: String?) throws
    -> SignedNote
  {
    let file = path ?? folder.checkpoint
    if path == nil, !folder.hasCheckpoint {
      throw Failure("The ledger has no checkpoint yet; sign one with `arrears checkpoint`.")
    }
    do throws(any Error) {
      let note = try SignedNote(try Edge.read(file, limit: 1 << 20))
      if let key { _ = try Checkpoint(note, signedBy: try publicKey(key)) }
      return note
    } catch let error as NoteError {
      throw Failure("The checkpoint \(file) is not to be trusted: \(error).")
    }
  }

  /// A public key from a word or from the file that holds the word.
  static func publicKey(_ text: String) throws -> NoteKey {
    if let key = NoteKey(text) { return key }
    if !text.contains("+"), let bytes = try? Edge.read(text, limit: 1 << 16) {
      let line = String(decoding: bytes, as: UTF8.self).split(separator: "\n").first ?? ""
      if let key = NoteKey(line) { return key }
    }
    throw Failure(
      "“\(text)” is no public key; give the line that `arrears key FILE` shows, or a file.")
  }
}
