import ArgumentParser
import Journaling
import Ledger

/// The register of receipt books.
struct ShowReceiptBooks: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "receipt-books",
    abstract: "Receipt books: leaves given, missing, given twice, or none of the book's.")

  @OptionGroup var register: RegisterOptions

  func run() throws {
    try register.show { vantage, journal, snapshot in
      ReceiptBookRegister(try journal.shelf(vantage, snapshot)).sheet
    }
  }
}
