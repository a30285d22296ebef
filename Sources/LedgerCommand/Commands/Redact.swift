import ArgumentParser
import Journaling
import Ledger

/// Destroys the content of one entry.
struct Redact: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "redact",
    abstract: "Destroy the content of one entry: what nobody may keep.",
    discussion: """
      For unlawful content, such as in a remark. Sealed values and free words of the entry are \
      destroyed in the log for good; its sums, days, codes and ids stay, and so do its place, its \
      leaf hash, every figure and every proof. The act is recorded. An entry that has nothing but \
      facts is refused, and so is one under a hold. Backups, shipped folders, exports and published \
      reports made before still hold the content: make them anew. The act is signed with the key that \
      signs checkpoints; once that has signed one, an act without it is a finding of `verify`.
        arrears redact 4711 --authority "order 417/2026" --reason "unlawful content" --role compliance
      """)

  @OptionGroup var ledger: LedgerOptions

  @Option(help: "Who ordered it, or by which paper.")
  var authority: String

  @Option(help: "Why.")
  var reason: String

  @Option(help: "File of the key; without it, the line `key` of LEDGER/settings.")
  var key: String?

  @Option(help: "The role in which it is done.")
  var role: String?

  @Option(help: "Who does it. Default: the name of the user who is logged in.")
  var actor: String?

  @Flag(help: "Only say whether it would be refused.")
  var dryRun = false

  @Argument(help: "The entry's position, as `arrears trail` shows it.")
  var seq: UInt64

  func run() throws {
    try AccessRole.require(.erase, of: role)
    let journal = try ledger.open(writing: "redact")
    let zone = try journal.zone()
    let draft = Edge.draft(
      EventCode.ledgerEntryRedacted, of: Reference(kind: "ledger", id: "book"),
      by: (actor, role), body: [], at: Journal.systemClock(), zone)
    let signer = try (key ?? Settings(journal.folder).key).map { try CheckpointKey($0) }
    let receipt = try journal.redact(
      seq, draft, authority: authority, reason: reason, zone: zone, isRehearsal: dryRun,
      key: signer
    ) { (command, text) throws(JournalError) in try Shell.run(command, text) }
    if dryRun {
      Terminal.out("Entry \(seq) would be redacted.\n")
      return
    }
    Terminal.out(
      "Entry \(seq) redacted, recorded as seq \(receipt.first)\(signer == nil ? "" : " and signed"): "
        + "its content is in no page of the ledger and in no view. Backups, shipped folders and exports made before still hold it; so "
        + "do the bytes of reports that printed it, in the ledger's folder `published`.\n")
  }
}
