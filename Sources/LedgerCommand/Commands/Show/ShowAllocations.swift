import ArgumentParser
import Journaling
import Ledger

/// The allocation register.
struct ShowAllocations: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "allocations", abstract: "Who had which account, from when to when.")

  @OptionGroup var book: BookOptions

  @Flag(help: "Only whoever holds an account on the day.")
  var held = false

  func run() throws {
    try book.show { Allocations(asOf: $0.vantage.asOf, onlyHeld: held) }
  }
}
