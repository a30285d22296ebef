import ArgumentParser
import Interchange
import Journaling
import Ledger
import Sealing

/// Makes a ledger of an export.
struct Restore: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Restore an export into an empty ledger.",
    discussion: """
      Every type is restored, recorded when it was recorded. A ledger that is not there is made as the \
      export says; bare events with recorded_at go into one made by `arrears init`.
        arrears restore book.ndjson --ledger copy
      """)

  @OptionGroup var ledger: LedgerOptions
  @OptionGroup var keys: KeyOptions

  @Argument(help: "An export; - for standard input.")
  var file: String

  func run() throws {
    let report: Interchange.Restore.Report
    do {
      let source = try ByteFile(path: file)
      var restore = Interchange.Restore(source)
      let journal = try open(try restore.header())
      restore.sealer = try keys.sealer(ledger, .writing)
      Interruption.listen()
      var bar = Progress("restore")
      restore.isStopped = { Interruption.isAsked }
      restore.progress = { consumed, size, _ in
        bar.show(UInt64(clamping: consumed), of: UInt64(clamping: size))
      }
      report = try restore.run(into: journal)
      bar.finish()
      try journal.close()
    } catch let objection as Objection {
      throw Failure(objection.description)
    }
    Terminal.out("\(report.events) events restored.\n")
    guard report.isComplete else {
      throw Failure("Stopped; the ledger holds the first \(report.events) events. Make a new one.")
    }
  }

  private func open(_ header: ExportHeader?) throws -> Journal {
    let path = try ledger.path()
    do throws(JournalError) {
      var options = Journal.Options()
      options.command = "arrears restore"
      return try Journal(path, options)
    } catch {
      guard case .absent = error, let header else { throw error }
      return try Journal.create(path, header.identity)
    }
  }
}
