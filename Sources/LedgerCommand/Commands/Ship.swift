import ArgumentParser
import Journaling
import Proof

/// Brings a folder elsewhere up to date.
struct Ship: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ship",
    abstract:
      "Bring a folder of tiles up to date, with a new checkpoint: a backup that only grows.",
    discussion: """
      Signs a checkpoint and writes what the folder does not have yet, as C2SP tlog-tiles. What is \
      there is compared with the ledger first: a file that is missing, cut or changed is refused, and \
      nothing is written; entries redacted since are replaced. The checkpoint comes last. `arrears \
      restore FOLDER` makes the ledger of it again, any tlog-tiles reader can follow it.
        arrears ship /mnt/elsewhere/book --key book.key
      """)

  @OptionGroup var ledger: LedgerOptions

  @Argument(help: "Folder to bring up to date; made if it is not there.")
  var folder: String

  @Option(help: "File of the key; without it, the line `key` of LEDGER/settings.")
  var key: String?

  func run() throws {
    let journal = try ledger.open()
    let (note, point) = try Signing.sign(journal, key: key)
    var bar = Progress("ship")
    let files = try TileFolder(folder).ship(journal, note) { bar.show($0, of: $1) }
    bar.finish()
    Terminal.out("\(point.size) events are in \(folder); \(files) files written.\n")
  }
}
