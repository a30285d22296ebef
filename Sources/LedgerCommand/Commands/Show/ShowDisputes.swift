import ArgumentParser
import Journaling
import Ledger

/// Disputes.
struct ShowDisputes: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "disputes", abstract: "What is contested, how long, and what is late.",
    discussion: "How long a dispute may stay open is the policy `dispute_terms`.")

  @OptionGroup var book: BookOptions

  @Flag(help: "Only disputes that nobody has decided.")
  var open = false

  func run() throws {
    try book.show { DisputeRegister(asOf: $0.vantage.asOf, onlyOpen: open) }
  }
}
