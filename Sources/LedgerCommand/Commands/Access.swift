import ArgumentParser
import Journaling
import Ledger

/// Who opened what, and who may.
struct Access: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "access",
    abstract: "The log of who opened personal fields, and the roles.",
    discussion: """
      Each line has the digest of the line before it, so a change of any of them shows: exit 1.
        arrears access --role auditor
        arrears access --roles
      """)

  @OptionGroup var ledger: LedgerOptions

  @Option(help: "The role in which it is read.")
  var role: String?

  @Flag(help: "Only list the roles and what they may.")
  var roles = false

  func run() throws {
    if roles {
      for role in AccessRole.allCases {
        var may: [String] = []
        if role.may(.write) { may.append("write") }
        if role.may(.govern) { may.append("import, adopt policies") }
        if role.may(.erase) { may.append("erase") }
        if role.may(.readAccessLog) { may.append("read the access log") }
        let open = role.matters.map { "\($0)" }.joined(separator: ", ")
        let name = role.rawValue + String(repeating: " ", count: 15 - role.rawValue.count)
        Terminal.out(
          "\(name) may \(may.joined(separator: ", ")); opens \(open.isEmpty ? "nothing" : open)\n")
      }
      return
    }
    try AccessRole.require(.readAccessLog, of: role)
    let log = try AccessLog(LedgerFolder(try ledger.path())).lines()
    for line in log.lines { Terminal.out(shown(line) + "\n") }
    if let broken = log.broken { throw Failure(AccessLines.finding(broken), status: 1) }
  }

  // A line that somebody else wrote could move the cursor or colour what follows.
  private func shown(_ line: String) -> String {
    line.unicodeScalars.reduce(into: "") { text, scalar in
      if scalar.properties.generalCategory == .control {
        text += "\\u{\(String(scalar.value, radix: 16))}"
      } else {
        text.unicodeScalars.append(scalar)
      }
    }
  }
}
