import ArgumentParser
import Journaling
import Ledger

/// The register of the panel.
struct ShowEmpanelment: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "empanelment",
    abstract: "Firms, advocates and certified agents: who may act, and what expires when.")

  @OptionGroup var register: RegisterOptions

  @Option(help: "Days ahead that count as expiring soon.")
  var within = 30

  func validate() throws {
    guard (0...3660).contains(within) else {
      throw ValidationError("--within \(within) is no number of days from 0 to 3660.")
    }
  }

  func run() throws {
    try register.show { vantage, journal, snapshot in
      let question = Question(vantage: vantage)
      let (_, house) = try journal.rules(question, at: vantage.knownAt, snapshot)
      return EmpanelmentRegister(house, asOf: vantage.asOf, within: within).sheet
    }
  }
}
