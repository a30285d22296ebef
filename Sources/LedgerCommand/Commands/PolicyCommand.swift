import ArgumentParser
import Crypto
import Interchange
import Journaling
import Ledger
import Rules

/// House rules as data.
struct PolicyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "policy", abstract: "List what is adopted, or adopt a policy.",
    discussion: """
        arrears policy list --as-of 2026-03-31 --known-at 2026-04-05
        arrears policy adopt buckets buckets.json --from 2026-04-01 --applies-to product:two_wheeler
      """,
    subcommands: [PolicyList.self, PolicyAdopt.self], defaultSubcommand: PolicyList.self)
}

/// What is adopted, as known at the vantage.
struct PolicyList: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "The policies adopted, as known at the vantage.")

  @OptionGroup var ledger: LedgerOptions
  @OptionGroup var vantage: VantageOptions
  @OptionGroup var format: FormatOptions

  func run() throws {
    let journal = try ledger.open()
    try journal.reading { snapshot in
      let resolved = try vantage.resolve(journal, snapshot)
      let policies = try journal.policies(Question(vantage: resolved.vantage), snapshot)
      var sheet = Sheet(
        title: "Policies adopted",
        columns: [
          .init("policy"), .init("version", .integer), .init("kind"), .init("from", .day),
          .init("to", .day), .init("applies_to"), .init("retroactive"), .init("seq", .integer),
          .init("in_force"), .init("body"),
        ])
      for version in policies.versions {
        let inForce = version.from <= resolved.vantage.asOf && resolved.vantage.asOf <= version.to
        sheet.rows.append([
          .text(version.policy), .integer(version.version), .text(version.kind),
          .day(version.from), .day(version.to), .text(version.scope.description),
          .text(version.retroactive ? "yes" : "no"), .integer(Int64(version.seq)),
          .text(inForce ? "yes" : "no"),
          .text(String(decoding: try BodyCodec.json(any: version.body), as: UTF8.self)),
        ])
      }
      let used = Set(policies.versions.map(\.kind))
      let rest = PolicyKind.all.filter { !used.contains($0) }
      if !rest.isEmpty {
        sheet.notes.append("The stated default judges: " + rest.joined(separator: ", ") + ".")
      }
      let reply = Reply(
        format: format, resolved: resolved,
        policies: policies.label(on: resolved.vantage.asOf), journal: journal)
      try reply.print(sheet, snapshot)
    }
  }
}

/// Adopts a version.
struct PolicyAdopt: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "adopt", abstract: "Adopt a policy; it judges from its first day on.")

  @OptionGroup var ledger: LedgerOptions

  @Argument(help: "Its kind, such as buckets; `arrears schema policy` names all of them.")
  var kind: String

  @Argument(help: "JSON file with its body, or - for standard input.")
  var file: String

  @Option(help: "The policy's id. Default: its kind.")
  var id: String?

  @Option(help: "First day it judges, YYYY-MM-DD.")
  var from: String

  @Option(help: "Last day it judges.")
  var to: String?

  @Option(help: "all, product:NAME, portfolio:NAME or account:ID, separated by commas.")
  var appliesTo = "all"

  @Option(help: "none, open_accounts or all: whether it also judges earlier money.")
  var retroactive = "none"

  @Option(help: "Where the rule comes from.")
  var source: String?

  @Option(help: "Who adopts it.")
  var actor = "cli"

  func run() throws {
    guard Register.policy(kind) != nil else {
      throw Failure("No policy kind is called \(kind); `arrears schema policy` names all of them.")
    }
    let bytes = try Edge.read(file, limit: 1 << 20)
    let body: [UInt8]
    do { body = try BodyCodec.encodeJSON(bytes.span) } catch {
      throw Failure("The policy file \(file) is no canonical JSON: \(error).")
    }
    let journal = try ledger.open(writing: "policy adopt")
    let zone = try journal.zone()
    if kind == RulePack.kind { try RulePackCheck.check(body, file, from, journal) }
    let policy = id ?? kind
    let next = try journal.lastVersion(of: policy) + 1
    let now = Journal.systemClock()
    let occurred = ClockTime(moment: now, offset: zone.offset(at: now))
    let hash = Hex.text(SHA256.hash(data: body))
    let quote = Rendering.quote
    var json = "{\"event_id\":\(quote(Edge.uuid(at: now))),\"type\":\"policy.adopted\",\"v\":1"
    json += ",\"subject\":{\"kind\":\"policy\",\"id\":\(quote(policy))}"
    json += ",\"occurred_at\":\(quote(occurred.description)),\"actor\":{\"id\":\(quote(actor))}"
    json +=
      ",\"source\":{\"kind\":\"cli\"},\"body\":{\"policy\":\(quote(policy)),\"kind\":\(quote(kind))"
    json += ",\"version\":\(next),\"effective_from\":\(quote(from)),\"status\":\"in_force\""
    json +=
      ",\"retroactive\":\(quote(retroactive)),\"body\":\(String(decoding: bytes, as: UTF8.self))"
    json += ",\"body_hash\":\(quote(hash)),\"applies_to\":\(quote(appliesTo))"
    if let to { json += ",\"effective_to\":\(quote(to))" }
    if let source { json += ",\"source\":\(quote(source))" }
    json += "}}"
    let draft: Draft
    do throws(Objection) { draft = try EventJSON(json).draft } catch {
      throw Failure("The policy cannot be adopted: \(error)")
    }
    let receipt = try journal.record(draft, said: Array(json.utf8), zone: zone)
    Terminal.out("policy.adopted  \(policy)@\(next)  seq \(receipt.first)\n")
    try journal.close()
  }
}
