import ArgumentParser
import Journaling
import Ledger

/// Makes an empty ledger.
struct Init: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Make an empty ledger.",
    discussion: """
      The zone fixes what a day is: when a known_at of a day ends, and on which civil day an imported \
      local time falls. It cannot be changed later.
        arrears init book --zone Asia/Kolkata --currency INR
      """)

  @Argument(help: "Folder to make; it must not exist.")
  var folder: String

  @Option(help: "IANA time zone of the portfolio, such as Europe/Rome.")
  var zone: String

  @Option(help: "ISO 4217 code of the usual currency, such as EUR.")
  var currency: String

  func run() throws {
    guard Zone(zone) != nil else {
      throw Failure("\(zone) is no IANA time zone; write one such as Europe/Rome or Asia/Kolkata.")
    }
    guard let known = Currency(code: currency) else {
      throw Failure("\(currency) is no ISO 4217 currency; write one such as EUR or INR.")
    }
    let now = Journal.systemClock()
    let identity = Identity(id: Edge.uuid(at: now), zone: zone, currency: known, created: now)
    try Journal.create(folder, identity).close()
    Terminal.out("Made the ledger \(folder): zone \(zone), currency \(currency).\n")
  }
}
