import ArgumentParser
import Journaling
import Ledger

/// The register of reports.
struct ShowReports: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reports",
    abstract: "Collectors' reports: handed in, returned, reviewed, approved; with their papers.")

  @OptionGroup var register: RegisterOptions

  func run() throws {
    try register.show { vantage, journal, snapshot in
      ReportRegister(try journal.office(vantage, snapshot)).sheet
    }
  }
}
