import ArgumentParser
import Journaling
import Ledger

/// Says in words what differs between two versions.
struct PolicyDiff: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "What differs between two versions: the rule, from when, for whom, how far back.",
    discussion: """
      Each is a version that was adopted, such as buckets@2, the word `default` for what judges when \
      nothing is adopted, or a draft's file.
        arrears policy diff buckets@1 draft.json
      """)

  @OptionGroup var ledger: LedgerOptions

  @Argument(help: "The earlier one.")
  var a: String

  @Argument(help: "The later one.")
  var b: String

  func run() throws {
    let journal = try ledger.open()
    try journal.reading { snapshot in
      let adopted = try journal.adopted(snapshot)
      let new = try side(b, adopted, nil)
      let old = try side(a, adopted, new.kind)
      var sentences: [String]
      do throws(WireError) {
        sentences = try PolicyDifference.sentences(kind: new.kind, old.body, new.body)
      } catch { throw Failure("\(a) and \(b) cannot be compared: \(error.what).") }
      if let first = old.reach, let second = new.reach {
        sentences += PolicyDifference.sentences(kind: new.kind, first, second)
      }
      if sentences.isEmpty {
        Terminal.out("\(a) and \(b) say the same.\n")
      } else {
        Terminal.out(sentences.map { $0 + "\n" }.joined())
      }
    }
  }

  // What one of the two says, and for whom from when; of bodies by kind, which are no adoption,
  // nobody says the latter.
  private struct Side {
    var kind: String
    var body: [UInt8]
    var reach: PolicyDifference.Reach?
  }

  private func side(_ name: String, _ adopted: PolicyBook, _ kind: String?) throws -> Side {
    if name == "default" {
      guard let kind else { throw Failure("Name `default` first and a version second.") }
      return Side(kind: kind, body: [], reach: .standard)
    }
    if let version = adopted.versions.last(where: { $0.label == name }) {
      if let kind, kind != version.kind {
        throw Failure(
          "\(a) is of kind \(version.kind), \(b) of kind \(kind); compare like with like.")
      }
      return Side(
        kind: version.kind, body: version.body,
        reach: .init(
          from: version.from, to: version.to, scope: version.scope,
          retroactive: version.retroactive))
    }
    guard !name.contains("@") else {
      let names = adopted.versions.map(\.label).joined(separator: ", ")
      throw Failure("No version \(name) is adopted; there are \(names.isEmpty ? "none" : names).")
    }
    let items = try PolicyDraftFile(name).items
    guard let item = kind.map({ kind in items.first { $0.kind == kind } }) ?? items.first else {
      throw Failure("The draft \(name) has nothing of kind \(kind ?? "").")
    }
    let reach = item.from.map { from in
      PolicyDifference.Reach(
        from: from, to: item.to, scope: PolicyScope(item.appliesTo) ?? PolicyScope(terms: [.all]),
        retroactive: item.retroactive != "none")
    }
    return Side(kind: item.kind, body: item.body, reach: reach)
  }
}
