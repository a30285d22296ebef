import ArgumentParser
import Journaling
import Ledger

/// House rules as data.
struct PolicyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "policy", abstract: "House rules: drafted, tried, adopted, compared.",
    discussion: """
        arrears policy draft buckets bands.json --from 2026-04-01 --out draft.json
        arrears policy test draft.json --since 2025-04-30
        arrears policy diff buckets@1 draft.json
        arrears policy adopt --draft draft.json
        arrears policy list --as-of 2026-03-31 --known-at 2026-04-05
        arrears policy adopt buckets buckets.json --from 2026-04-01 --applies-to product:two_wheeler
      """,
    subcommands: [
      PolicyList.self, PolicyDraft.self, PolicyTest.self, PolicyDiff.self, PolicyAdopt.self,
    ], defaultSubcommand: PolicyList.self)
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
