import ArgumentParser
import Glibc
import Interchange
import Journaling
import Ledger
import Proof

/// Writes the ledger out as text.
struct Export: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Export every event as NDJSON.",
    discussion: """
      The first line says which ledger it is; then one event a line, in order, with seq and \
      recorded_at. `arrears restore` makes the same ledger of it again.
        arrears export book.ndjson
        arrears export --account LN-000042 - | less
      With --tiles it writes the stored bytes instead, as a folder of C2SP tlog-tiles under the last \
      checkpoint: what `tools/verify.py` and any other reader of such logs checks.
        arrears export --tiles book-tiles
        arrears export --open --role compliance open.ndjson
      Personal fields are exported as they are stored, sealed; --open writes them as plain text.
      """)

  @OptionGroup var ledger: LedgerOptions
  @OptionGroup var access: AccessOptions

  @Argument(help: "File to write, which must not exist; - for standard output.")
  var file = "-"

  @Option(help: "Only the trail of this account.")
  var account: String?

  @Option(help: "Write tiles and entries into this folder, which must not exist.")
  var tiles: String?

  func validate() throws {
    guard tiles == nil || (file == "-" && account == nil) else {
      throw ValidationError("--tiles writes the whole ledger into its folder, and nothing else")
    }
  }

  private func export(_ journal: Journal, tiles: String) throws {
    let folder = TileFolder(tiles)
    if folder.exists { throw JournalError.exists(tiles) }
    let note = try Signing.note(nil, of: journal.folder, signedBy: nil)
    var bar = Progress("export")
    let files = try folder.ship(journal, note) { bar.show($0, of: $1) }
    bar.finish()
    let size = try folder.checkpoint()?.size ?? 0
    Terminal.out("\(size) events written to \(tiles), in \(files) files.\n")
  }

  func run() throws {
    let journal = try ledger.open()
    if let tiles { return try export(journal, tiles: tiles) }
    let opening = try access.sealer(
      ledger, verb: "export", what: account.map { "account \($0)" } ?? "ledger")
    var bar = Progress("export")
    var export = Interchange.Export()
    export.account = account
    if let opening { export.open(opening.sealer) { opening.role.mayOpen($0) } }
    export.progress = { bar.show(UInt64($0), of: UInt64($1)) }
    var count = 0
    if file == "-" {
      count = try export.run(journal, to: 1)
    } else {
      Interruption.listen()
      try Edge.make(file) { put in
        count = try export.run(journal) { (bytes) throws(JournalError) in
          if Interruption.isAsked { throw .invalid("Stopped; \(file) was not written.") }
          do { try put(bytes) } catch { throw JournalError(error) }
        }
      }
    }
    bar.finish()
    if file != "-" { Terminal.out("\(count) events written to \(file).\n") }
    try opening?.conclude()
  }
}
