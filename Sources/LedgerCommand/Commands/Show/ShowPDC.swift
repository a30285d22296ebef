import ArgumentParser
import Journaling
import Ledger

/// The register of cheques.
struct ShowPDC: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pdc", abstract: "Cheques: due, with the bank, come back, going stale.",
    discussion: """
      Every cheque stands in one group: overdue to deposit, due_today, due_soon (--within), on_hold, \
      awaiting its fate, bounced, part_paid, stale. `alert` adds stale_soon, and notice_due or \
      notice_late for a bounce that needs notice. With --all also later, security and over.
        arrears show pdc --within 3 --as-of 2026-03-31
      """)

  @OptionGroup var book: BookOptions

  @Option(help: "Days ahead that count as due soon.")
  var within = 7

  @Flag(help: "Show also what is due later, held as security, or over.")
  var all = false

  func validate() throws {
    guard (0...3660).contains(within) else {
      throw ValidationError("--within \(within) is no number of days from 0 to 3660.")
    }
  }

  func run() throws {
    try book.show { ChequeRegister(asOf: $0.vantage.asOf, within: within, all: all) }
  }
}
