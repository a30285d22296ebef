import ArgumentParser
import Journaling
import Ledger

/// The register of tasks.
struct ShowTasks: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tasks",
    abstract: "Tasks and instructions: given to whom, until when, and what is late.")

  @OptionGroup var register: RegisterOptions

  @Flag(help: "Only tasks that are neither completed nor replaced.")
  var open = false

  func run() throws {
    try register.show { vantage, journal, snapshot in
      TaskRegister(
        try journal.office(vantage, snapshot), asOf: vantage.asOf, onlyOpen: open
      ).sheet
    }
  }
}
