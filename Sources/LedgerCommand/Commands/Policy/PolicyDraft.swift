import ArgumentParser
import Crypto
import Interchange
import Journaling
import Ledger

/// Writes a draft and records that it was proposed.
struct PolicyDraft: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "draft", abstract: "Propose a policy: checked, written to a file, not adopted.",
    discussion: """
      The file can be tried with `policy test` and adopted with `policy adopt --draft`.
        arrears policy draft buckets bands.json --from 2026-04-01 --out draft.json
      """)

  @OptionGroup var ledger: LedgerOptions

  @Argument(help: "Its kind, such as buckets; `arrears schema policy` names all of them.")
  var kind: String

  @Argument(help: "JSON file with its body, or - for standard input.")
  var file: String

  @Option(help: "The policy's id. Default: its kind.")
  var id: String?

  @Option(help: "First day it shall judge, YYYY-MM-DD.")
  var from: String

  @Option(help: "all, product:NAME, portfolio:NAME or account:ID, separated by commas.")
  var appliesTo = "all"

  @Option(help: "none, open_accounts or all: whether it shall also judge earlier money.")
  var retroactive = "none"

  @Option(help: "The file to write.")
  var out: String

  @Option(help: "The role in which it is done.")
  var role: String?

  @Option(help: "Who proposes it.")
  var actor = "cli"

  func run() throws {
    try AccessRole.require(.govern, of: role)
    guard Register.policy(kind) != nil else {
      throw Failure("No policy kind is called \(kind); `arrears schema policy` names all of them.")
    }
    let day = try Day(from, of: "--from")
    let body = try Edge.json(file, RulePackCheck.words(of: kind))
    do throws(WireError) { try PolicyKind.check(kind, body.span) } catch {
      throw Failure("The body does not fit: \(error.what).")
    }
    guard PolicyScope(appliesTo) != nil else {
      throw Failure("--applies-to \(appliesTo) says nothing about whom the policy applies to.")
    }
    let journal = try ledger.open(writing: "policy draft")
    let zone = try journal.zone()
    let policy = id ?? kind
    let version = try journal.lastVersion(of: policy) + 1
    let proposed = PolicyDraftFile.Item(
      policy: policy, kind: kind, version: version, retroactive: retroactive,
      appliesTo: appliesTo, body: body
    ).version(from: day)
    let adopted = try journal.reading { snapshot in
      try journal.requireBegun(day, "--from", snapshot)
      return try journal.adopted(snapshot)
    }
    try RulePackCheck.check(proposed, file, beside: adopted)
    let quote = Rendering.quote
    var json = "{\"policy\":\(quote(policy)),\"kind\":\(quote(kind)),\"version\":\(version)"
    json += ",\"effective_from\":\"\(day)\",\"retroactive\":\(quote(retroactive))"
    json += ",\"applies_to\":\(quote(appliesTo)),\"body\":"
    json += String(decoding: try BodyCodec.json(any: body), as: UTF8.self) + "}\n"
    try Edge.write(Array(json.utf8), to: out)
    var event = "{\"policy\":\(quote(policy)),\"kind\":\(quote(kind)),\"version\":\(version)"
    event += ",\"effective_from\":\"\(day)\""
    event += ",\"body_hash\":\"\(Hex.text(SHA256.hash(data: body)))\""
    if version > 1 { event += ",\"supersedes\":\(version - 1)" }
    let draft = try Edge.draft(
      "policy.proposed", subject: ("policy", policy), by: (actor, role), body: event + "}", zone)
    let seq = try journal.write { (batch) throws(JournalError) in try batch.append(draft) }
    Terminal.out("policy.proposed  \(policy)@\(version)  seq \(seq)  \(out)\n")
    if let same = adopted.twin(of: proposed) {
      Terminal.out("\(same.label) says the same, so it would change nothing.\n")
    }
    for sentence in adopted.overtaking(proposed) { Terminal.out(sentence + "\n") }
    try journal.close()
  }
}
