import ArgumentParser
import Journaling
import Ledger

/// The register of receipt books.
struct ShowReceiptBooks: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "receipt-books",
    abstract: "Receipt books: leaves given, missing, given twice, or none of the book's.")

  @OptionGroup var ledger: LedgerOptions
  @OptionGroup var vantage: VantageOptions
  @OptionGroup var format: FormatOptions

  func run() throws {
    let journal = try ledger.open()
    try journal.reading { snapshot in
      let resolved = try vantage.resolve(journal, snapshot)
      let shelf = try journal.shelf(resolved.vantage, snapshot)
      let policies = try journal.policies(Question(vantage: resolved.vantage), snapshot)
      let reply = Reply(
        format: format, resolved: resolved,
        policies: policies.label(on: resolved.vantage.asOf), journal: journal)
      try reply.print(ReceiptBookRegister(shelf).sheet, snapshot)
    }
  }
}
