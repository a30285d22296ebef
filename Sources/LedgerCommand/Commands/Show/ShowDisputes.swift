import ArgumentParser
import Journaling
import Ledger

/// Disputes.
struct ShowDisputes: BookVerb {
  static let configuration = CommandConfiguration(
    commandName: "disputes", abstract: "What is contested, how long, and what is late.",
    discussion: "How long a dispute may stay open is the policy `dispute_terms`.")

  @OptionGroup var book: BookOptions

  @Flag(help: "Only disputes that nobody has decided.")
  var open = false

  func make(_ resolved: VantageOptions.Resolved) -> DisputeRegister {
    DisputeRegister(asOf: resolved.vantage.asOf, onlyOpen: open)
  }

  var words: [String] { (open ? ["--open"] : []) + book.question.words }
}
