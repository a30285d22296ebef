import ArgumentParser
import Journaling
import Ledger

/// The allocation register.
struct ShowAllocations: BookVerb {
  static let configuration = CommandConfiguration(
    commandName: "allocations", abstract: "Who had which account, from when to when.")

  @OptionGroup var book: BookOptions

  @Flag(help: "Only whoever holds an account on the day.")
  var held = false

  func make(_ resolved: VantageOptions.Resolved) -> Allocations {
    Allocations(asOf: resolved.vantage.asOf, onlyHeld: held)
  }

  var words: [String] { (held ? ["--held"] : []) + book.question.words }
}
