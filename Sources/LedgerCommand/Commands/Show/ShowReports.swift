import ArgumentParser
import Journaling
import Ledger

/// The register of reports.
struct ShowReports: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reports",
    abstract: "Collectors' reports: handed in, returned, reviewed, approved; with their papers.")

  @OptionGroup var ledger: LedgerOptions
  @OptionGroup var vantage: VantageOptions
  @OptionGroup var format: FormatOptions

  func run() throws {
    let journal = try ledger.open()
    try journal.reading { snapshot in
      let resolved = try vantage.resolve(journal, snapshot)
      let office = try journal.office(resolved.vantage, snapshot)
      let policies = try journal.policies(Question(vantage: resolved.vantage), snapshot)
      let asOf = resolved.vantage.asOf
      let reply = Reply(
        format: format, resolved: resolved, policies: policies.label(on: asOf), journal: journal)
      try reply.print(ReportRegister(office).sheet, snapshot)
    }
  }
}
