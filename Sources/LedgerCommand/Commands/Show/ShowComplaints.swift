import ArgumentParser
import Journaling
import Ledger

/// Complaints.
struct ShowComplaints: BookVerb {
  static let configuration = CommandConfiguration(
    commandName: "complaints",
    abstract: "What was complained of, against whom, how long it waits.",
    discussion: "While a complaint is open the account is given to nobody.")

  @OptionGroup var book: BookOptions

  @Flag(help: "Only complaints that nobody has disposed of.")
  var open = false

  func make(_ resolved: VantageOptions.Resolved) -> ComplaintRegister {
    ComplaintRegister(asOf: resolved.vantage.asOf, onlyOpen: open)
  }

  var words: [String] { (open ? ["--open"] : []) + book.question.words }
}
