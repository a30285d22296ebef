import ArgumentParser
import Journaling
import Ledger
import Proof

/// Copies the ledger while others append.
struct Backup: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backup",
    abstract: "Copy the ledger, while others append, and verify the copy.",
    discussion: """
      The copy is forced to disk, opened, hashed anew and compared with the ledger before it gets its \
      name: what stands under the name is a verified ledger, used by --ledger like any other. Keys of \
      persons are not copied.
        arrears backup /backup/book-2026-03-31
      """)

  @OptionGroup var ledger: LedgerOptions

  @Argument(help: "Folder to make; it must not exist.")
  var folder: String

  func run() throws {
    let report = try ledger.open().backup(to: folder)
    Terminal.out(
      "\(report.size) events copied to \(folder) and verified: root \(Hex.text(report.root.bytes)).\n"
    )
  }
}
