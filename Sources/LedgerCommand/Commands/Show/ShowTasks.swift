import ArgumentParser
import Journaling
import Ledger

/// The register of tasks.
struct ShowTasks: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tasks",
    abstract: "Tasks and instructions: given to whom, until when, and what is late.")

  @OptionGroup var ledger: LedgerOptions
  @OptionGroup var vantage: VantageOptions
  @OptionGroup var format: FormatOptions

  @Flag(help: "Only tasks that are neither completed nor replaced.")
  var open = false

  func run() throws {
    let journal = try ledger.open()
    try journal.reading { snapshot in
      let resolved = try vantage.resolve(journal, snapshot)
      let office = try journal.office(resolved.vantage, snapshot)
      let policies = try journal.policies(Question(vantage: resolved.vantage), snapshot)
      let asOf = resolved.vantage.asOf
      let reply = Reply(
        format: format, resolved: resolved, policies: policies.label(on: asOf), journal: journal)
      try reply.print(TaskRegister(office, asOf: asOf, onlyOpen: open).sheet, snapshot)
    }
  }
}
