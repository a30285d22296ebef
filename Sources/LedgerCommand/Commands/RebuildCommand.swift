import ArgumentParser
import Journaling

/// Makes everything derived anew.
struct RebuildCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rebuild",
    abstract: "Make indexes, names and tiles anew from the events.",
    discussion: """
      For when `check` or `verify` finds an index or a tile that is not that of the events. Events, \
      answers to keys and rows of imports are not touched. Other writers wait.
      """)

  @OptionGroup var ledger: LedgerOptions

  func run() throws {
    let journal = try ledger.open(writing: "rebuild")
    try journal.rebuild()
    try journal.close()
    let head = try journal.reading { $0.head }
    Terminal.out("Indexes, names and tiles of \(head) events made anew.\n")
  }
}
