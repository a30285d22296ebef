import ArgumentParser
import Journaling
import Ledger
import Proof
import Rules

/// Verifies everything that the ledger claims.
struct Verify: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Verify everything the ledger claims: every hash, chain, body, index and checkpoint.",
    discussion: """
      Re-hashes every event and compares tree, root, checkpoints, trails, names, bodies and indexes. \
      Reads in a process of its own, so that a file that ends it is reported and not a crash. Exit \
      status 0 when nothing was found, 1 with findings. The ledger's last checkpoint is compared too: \
      without --public it proves nothing, and with it no more than that the key once signed it. Give \
      one that was sent out.
        arrears verify --checkpoint /mnt/auditor/581950.txt --public book.pub
      """)

  @OptionGroup var ledger: LedgerOptions

  @Option(help: "A checkpoint that must be true of this ledger; may be repeated.")
  var checkpoint: [String] = []

  @Option(help: "Public key, or a file with it, that must have signed them.")
  var `public`: String?

  @Flag(help: .hidden) var here = false

  func validate() throws {
    guard checkpoint.isEmpty || `public` != nil else {
      throw ValidationError("--checkpoint needs --public, the key that must have signed it")
    }
  }

  func run() throws {
    if here { return try verify() }
    let (end, last) = try Shell.again(["--here"])
    switch end {
    case .status(let status): Main.end(status)
    case .signal(let signal):
      Terminal.complain(
        "Reading the ledger's file ended the process (signal \(signal)) behind event \(last): the file "
          + "is damaged or its disk failed. Nothing was written. `arrears salvage` writes out every "
          + "event that is intact.")
      Main.end(1)
    }
  }

  private func verify() throws {
    var options = Journal.Options()
    options.readOnly = true
    options.ignoresOutsideHead = true
    options.examinesPages = true
    let points = try points()
    let journal: Journal
    do throws(JournalError) { journal = try Journal(try path(), options) } catch {
      guard case .damaged = error else { throw error }
      throw Failure("\(error) `arrears salvage` writes out what is intact.", status: 1)
    }
    var bar = Progress("verify")
    let named = try key()
    let own = try own(journal.folder, named)
    let findings =
      own.found
      + (try journal.verify(
        against: points + own.points, key: named ?? own.key, views: Hearing.strayViews,
        progress: {
          bar.show($0, of: $1)
          Shell.tell($0)
        }))
    bar.finish()
    for finding in findings.prefix(Journal.findings) { Terminal.out("\(finding)\n") }
    let (head, root) = try journal.reading { ($0.head, try? $0.root(of: $0.head)) }
    if findings.isEmpty, let root {
      Terminal.out(
        "\(head) events verified: hashes, chains, bodies, indexes"
          + (points.isEmpty ? "" : " and checkpoints")
          + " agree; root \(Hex.text(root.bytes)).\n")
      try tell(try journal.reading { try $0.redactions() }, isKeyKnown: (named ?? own.key) != nil)
    } else {
      let noun = findings.count == 1 ? "finding" : "findings"
      Terminal.out(
        findings.count > Journal.findings
          ? "More than \(Journal.findings) findings in \(head) events; these are the first.\n"
          : "\(findings.count) \(noun) in \(head) events.\n")
      throw ExitCode(1)
    }
  }

  // Which entries have no content any more, and who vouches for what is left of them.
  private func tell(
    _ redactions: [(position: Position, act: LedgerFact.EntryRedacted)], isKeyKnown: Bool
  ) throws {
    if redactions.isEmpty { return }
    let bare = redactions.filter { $0.act.signature == nil }
    var text = "Redacted: \(redactions.map { "\($0.act.seq)" }.joined(separator: ", "))"
    if !bare.isEmpty {
      text += "; not signed: \(bare.map { "\($0.act.seq)" }.joined(separator: ", "))"
    }
    if bare.count < redactions.count, !isKeyKnown { text += "; signatures NOT checked: no key" }
    Terminal.out(text + ".\n")
  }

  private func key() throws -> NoteKey? { try `public`.map { try Signing.publicKey($0) } }

  private func path() throws(JournalError) -> String {
    do { return try ledger.path() } catch { throw .invalid("\(error)") }
  }

  private func points() throws -> [(name: String, point: Checkpoint)] {
    guard let key = try key() else { return [] }
    return try checkpoint.map { file in
      do throws(any Error) {
        let note = try SignedNote(try Edge.read(file, limit: 1 << 20))
        return ("the checkpoint \(file)", try Checkpoint(note, signedBy: key))
      } catch let error as NoteError {
        throw Failure("The checkpoint \(file) is not to be trusted: \(error).")
      }
    }
  }

  // What is known of the ledger's own checkpoints; the key that was named must have signed them.
  private func own(_ folder: LedgerFolder, _ named: NoteKey?) throws
    -> (points: [(name: String, point: Checkpoint)], key: NoteKey?, found: [Journaling.Damage])
  {
    var points: [(name: String, point: Checkpoint)] = []
    // What the key signed last stands beside the key, where whoever changed the folder may not
    // write.
    let path = try Settings(folder).key
    let key = path.flatMap { try? CheckpointKey($0) }
    if let path, let last = try key?.lastSigned() {
      points.append(("the last checkpoint signed with \(path)", last))
    }
    guard folder.hasCheckpoint else { return (points, key?.key, []) }
    do {
      let note = try SignedNote(try Edge.read(folder.checkpoint, limit: 1 << 20))
      if let key = named ?? key?.key { try note.require(key) }
      points.append(("the ledger's own checkpoint", try Checkpoint(text: note.text)))
      return (points, key?.key, [])
    } catch let error as NoteError {
      let sentence = "\(folder.checkpoint) is not to be trusted: \(error)."
      return (points, key?.key, [.init(position: 0, sentence: sentence)])
    }
  }
}
