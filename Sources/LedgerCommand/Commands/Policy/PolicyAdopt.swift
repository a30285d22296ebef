import ArgumentParser
import Crypto
import Journaling
import Ledger

/// Adopts a version.
struct PolicyAdopt: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "adopt", abstract: "Adopt a policy; it judges from its first day on.")

  @OptionGroup var ledger: LedgerOptions

  @Argument(help: "Its kind, such as buckets; `arrears schema policy` names all of them.")
  var kind: String?

  @Argument(help: "JSON file with its body, or - for standard input.")
  var file: String?

  @Option(help: "A draft of `policy draft`, instead of kind, body and all that follows.")
  var draft: String?

  @Option(help: "The policy's id. Default: its kind.")
  var id: String?

  @Option(help: "First day it judges, YYYY-MM-DD.")
  var from: String?

  @Option(help: "Last day it judges.")
  var to: String?

  @Option(help: "all, product:NAME, portfolio:NAME or account:ID, separated by commas.")
  var appliesTo = "all"

  @Option(help: "none, open_accounts or all: whether it also judges earlier money.")
  var retroactive = "none"

  @Option(help: "Where the rule comes from.")
  var source: String?

  @Option(help: "The role in which it is done.")
  var role: String?

  @Option(help: "Who adopts it.")
  var actor = "cli"

  func run() throws {
    try AccessRole.require(.govern, of: role)
    var item = try proposed()
    guard let day = item.from else {
      throw Failure("The first day is missing; say --from YYYY-MM-DD.")
    }
    let journal = try ledger.open(writing: "policy adopt")
    let zone = try journal.zone()
    let next = try journal.lastVersion(of: item.policy) + 1
    guard item.version == 0 || item.version == next else {
      throw Failure(
        "The draft is version \(item.version) of \(item.policy), and the next one is \(next); draft "
          + "it again on what is adopted now.")
    }
    item.version = next
    let version = item.version(from: day, to: item.to ?? .undated)
    let adopted = try journal.reading { snapshot in
      try journal.requireBegun(day, "The first day", snapshot)
      return try journal.adopted(snapshot)
    }
    try RulePackCheck.check(version, draft ?? file ?? "", beside: adopted)
    let quote = Rendering.quote
    let hash = Hex.text(SHA256.hash(data: item.body))
    var body = "{\"policy\":\(quote(item.policy)),\"kind\":\(quote(item.kind))"
    body += ",\"version\":\(next),\"effective_from\":\"\(day)\",\"status\":\"in_force\""
    body += ",\"retroactive\":\(quote(item.retroactive)),\"body\":"
    body += String(decoding: try BodyCodec.json(any: item.body), as: UTF8.self)
    body += ",\"body_hash\":\(quote(hash)),\"applies_to\":\(quote(item.appliesTo ?? "all"))"
    if let to = item.to { body += ",\"effective_to\":\"\(to)\"" }
    if let source { body += ",\"source\":\(quote(source))" }
    let event = try Edge.draft(
      "policy.adopted", subject: ("policy", item.policy), by: (actor, role), body: body + "}", zone)
    let receipt = try journal.record(event, said: Array(body.utf8), zone: zone)
    Terminal.out("policy.adopted  \(item.policy)@\(next)  seq \(receipt.first)\n")
    for sentence in adopted.overtaking(version) { Terminal.out(sentence + "\n") }
    try journal.close()
  }

  // What is to be adopted, from the words or from a draft.
  private func proposed() throws -> PolicyDraftFile.Item {
    if let draft {
      guard kind == nil, file == nil, from == nil else {
        throw Failure("A draft says kind, body and first day itself; leave them out.")
      }
      let items = try PolicyDraftFile(draft).items
      guard items.count == 1, let item = items.first, item.version > 0 else {
        throw Failure("\(draft) is no draft of one policy; `arrears policy draft` writes one.")
      }
      return item
    }
    guard let kind, let file else {
      throw Failure("Name a kind and the file of its body, or --draft FILE.")
    }
    guard Register.policy(kind) != nil else {
      throw Failure("No policy kind is called \(kind); `arrears schema policy` names all of them.")
    }
    var item = PolicyDraftFile.Item(policy: id ?? kind, kind: kind)
    item.body = try Edge.json(file, RulePackCheck.words(of: kind))
    (item.from, item.to) = (
      try from.map { try Day($0, of: "--from") }, try to.map { try Day($0, of: "--to") }
    )
    (item.retroactive, item.appliesTo) = (retroactive, appliesTo)
    return item
  }
}
