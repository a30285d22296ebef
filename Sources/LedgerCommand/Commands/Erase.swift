import ArgumentParser
import Journaling
import Ledger
import Sealing

/// Forgets a person.
struct Erase: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "erase",
    abstract: "Erase what is about a person, by destroying the keys that open it.",
    discussion: """
      The key of the person is destroyed, with those of accounts whose debtor they are and of remarks \
      about entries of theirs; the key store is written anew and its old file overwritten. Every event, \
      figure and proof stays. Refused under a hold, and before the policy `retention` lets go of the \
      data. Copies of keys/ made before still hold the key: make them anew.
        arrears erase P-9 --authority "request of 2026-04-01" --reason request --role compliance
      """)

  @OptionGroup var ledger: LedgerOptions
  @OptionGroup var sealing: SealingOptions

  @Option(help: "Who ordered it, or by which paper.")
  var authority: String

  @Option(help: "request, purpose_ended, retention_ended or court_order.")
  var reason = "request"

  @Option(help: "The role in which it is done.")
  var role: String?

  @Option(help: "Who does it. Default: the name of the user who is logged in.")
  var actor: String?

  @Flag(help: "Only say whether it would be refused.")
  var dryRun = false

  @Argument(help: "The person's id.")
  var person: String

  func run() throws {
    try AccessRole.require(.erase, of: role)
    guard Register.codes["erasure_reason"]?.code(reason) != nil else {
      throw Failure("\(reason) is no reason; `arrears schema party.data_erased` lists them.")
    }
    let journal = try ledger.open(writing: "erase")
    let (zone, now) = (try journal.zone(), Journal.systemClock())
    let draft = Edge.draft(
      EventCode.partyDataErased, of: Reference(kind: "party", id: person), by: (actor, role),
      body: Party.DataErased(scope: "all", reason: reason, authority: authority).encoded,
      at: now, zone)
    if dryRun {
      try journal.rehearse(draft, zone: zone)
      Terminal.out("\(person) would be erased.\n")
      return
    }
    try journal.rehearse(draft, zone: zone)
    let sealer = try sealing.sealer(ledger, .writing, journal)
    var count = 0
    let receipt = try journal.record(draft, said: draft.body, zone: zone) {
      () throws(JournalError) in
      let own = try journal.belongings(of: person, today: zone.day(of: now))
      do throws(SealingError) {
        count = try sealer.destroyKeys(of: person, own, in: journal, at: now)
      } catch { throw .invalid("\(error)") }
    }
    try journal.close()
    try journal.folder.dropViews()
    let destroyed = count == 1 ? "1 key" : "\(count) keys"
    Terminal.out(
      "\(person) erased: \(destroyed) destroyed, recorded as seq \(receipt.first). "
        + (count == 0
          ? "There was no key of theirs here, and none will be made.\n"
          : "Copies of keys/ made before this still open it; make them anew.\n"))
  }
}
