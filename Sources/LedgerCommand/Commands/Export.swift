import ArgumentParser
import Glibc
import Interchange
import Journaling
import Ledger

/// Writes the ledger out as text.
struct Export: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Export every event as NDJSON.",
    discussion: """
      The first line says which ledger it is; then one event a line, in order, with seq and \
      recorded_at. `arrears restore` makes the same ledger of it again.
        arrears export book.ndjson
        arrears export --account LN-000042 - | less
      """)

  @OptionGroup var ledger: LedgerOptions
  @OptionGroup var keys: KeyOptions

  @Argument(help: "File to write, which must not exist; - for standard output.")
  var file = "-"

  @Option(help: "Only the trail of this account.")
  var account: String?

  func run() throws {
    let journal = try ledger.open()
    var target: Int32 = 1
    if file != "-" {
      target = unsafe open(file, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
      guard target >= 0 else {
        let reason = unsafe String(cString: strerror(errno))
        throw Failure(
          "The file \(file) cannot be made: \(reason); choose another name."
        )
      }
    }
    var bar = Progress("export")
    var export = Interchange.Export()
    export.account = account
    export.progress = { bar.show(UInt64($0), of: UInt64($1)) }
    let count: Int
    do { count = try export.run(journal, to: target) } catch {
      if file != "-" { unsafe unlink(file) }
      throw error
    }
    bar.finish()
    if file != "-" {
      guard fsync(target) == 0, close(target) == 0 else {
        throw Failure("The file \(file) could not be written to the end; the disk may be full.")
      }
      Terminal.out("\(count) events written to \(file).\n")
    }
  }
}
