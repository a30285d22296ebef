import ArgumentParser
import Glibc
import Interchange
import Journaling
import Ledger
import Proof
import Sealing

/// Makes a ledger of an export.
struct Restore: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "restore",
    abstract: "Restore an export into an empty ledger.",
    discussion: """
      Every type is restored, recorded when it was recorded. A ledger that is not there is made as the \
      export says, whole or not at all; bare events with recorded_at go into one made by `arrears init`.
        arrears restore book.ndjson --ledger copy
      A folder that `arrears ship` or `arrears export --tiles` wrote is restored byte for byte: the same \
      root, the same idempotency keys, the same proofs. --public says whose checkpoint it must carry.
        arrears restore /mnt/elsewhere/book --ledger copy --public book.pub
      """)

  @OptionGroup var ledger: LedgerOptions
  @OptionGroup var keys: KeyOptions

  @Argument(help: "An export, or a folder of tiles; - for standard input.")
  var file: String

  @Option(help: "Public key, or a file with it, that must have signed a folder's checkpoint.")
  var `public`: String?

  private func restore(_ folder: TileFolder) throws {
    let identity = try folder.identity()
    let key = try `public`.map { try Signing.publicKey($0) }
    _ = try folder.require(key)
    let path = try ledger.path()
    let journal: Journal
    var isMade = true
    do throws(JournalError) { journal = try Journal.create(path, identity) } catch {
      guard case .exists = error else { throw error }
      var options = Journal.Options()
      options.command = "arrears restore"
      isMade = false
      journal = try Journal(path, options)
      guard journal.identity == identity else {
        throw Failure(
          "\(path) is another ledger than that of \(file); restore into a path where nothing stands."
        )
      }
    }
    var bar = Progress("restore")
    let before = try journal.reading { $0.head }
    let size: Position
    do throws(JournalError) {
      size = try folder.restore(into: journal, key: key) { bar.show($0, of: $1) }
    } catch {
      bar.finish()
      if isMade {
        Edge.remove(path)
      } else if before == 0, try journal.reading({ $0.head }) > 0 {
        Terminal.note("arrears: \(path) holds what was read until then; throw it away.\n")
      }
      throw error
    }
    bar.finish()
    try warn(journal)
    try journal.close()
    Terminal.out("\(size) events restored; they hash to the checkpoint.\n")
  }

  func run() throws {
    var status = stat()
    if unsafe stat(file, &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
      return try restore(TileFolder(file))
    }
    Interruption.listen()
    let report: Interchange.Restore.Report
    var isMade = false
    do {
      let source = try ByteFile(path: file)
      var restore = Interchange.Restore(source)
      let journal = try open(try restore.header(), &isMade)
      restore.isMaking = isMade
      restore.sealer = try keys.sealer(ledger, .writing)
      var bar = Progress("restore")
      restore.isStopped = { Interruption.isAsked }
      restore.progress = { consumed, size, _ in
        bar.show(UInt64(clamping: consumed), of: UInt64(clamping: size))
      }
      report = try restore.run(into: journal)
      bar.finish()
      try warn(journal)
      try journal.close()
    } catch {
      if isMade { Edge.remove(try ledger.path()) }
      guard let objection = error as? Objection else { throw error }
      throw Failure(objection.description)
    }
    guard report.isComplete else {
      if isMade { Edge.remove(try ledger.path()) }
      throw Failure(
        isMade
          ? "Stopped; nothing was restored."
          : "Stopped; the ledger holds the first \(report.events) events. Make a new one.")
    }
    Terminal.out("\(report.events) events restored.\n")
  }

  // An entry is never recorded before the one in front of it.
  private func warn(_ journal: Journal) throws {
    let last = try journal.reading { try $0.recorded(at: $0.head) }
    guard let last, last > Journal.systemClock() else { return }
    Terminal.note(
      "arrears: the last entry was recorded at \(last), which this machine's clock has not reached "
        + "yet; until then every new entry is recorded at that moment.\n")
  }

  private func open(_ header: ExportHeader?, _ isMade: inout Bool) throws -> Journal {
    let path = try ledger.path()
    do throws(JournalError) {
      var options = Journal.Options()
      options.command = "arrears restore"
      return try Journal(path, options)
    } catch {
      guard case .absent = error else { throw error }
      guard let header else {
        throw Failure(
          "\(file) does not begin as an export does, so it makes no ledger, and there is none in "
            + "\(path); check the file, or make a ledger for bare events with `arrears init`.")
      }
      let journal = try Journal.create(path, header.identity)
      isMade = true
      return journal
    }
  }
}
