import ArgumentParser
import Journaling
import Ledger

/// Says in words what differs between two versions.
struct PolicyDiff: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff", abstract: "What differs between two versions, in words.",
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
      let (new, kind) = try body(b, adopted, nil)
      let (old, _) = try body(a, adopted, kind)
      let sentences: [String]
      do throws(WireError) {
        sentences = try PolicyDifference.sentences(kind: kind ?? "", old, new)
      } catch { throw Failure("\(a) and \(b) cannot be compared: \(error.what).") }
      if sentences.isEmpty {
        Terminal.out("\(a) and \(b) say the same.\n")
      } else {
        Terminal.out(sentences.map { $0 + "\n" }.joined())
      }
    }
  }

  private func body(_ name: String, _ adopted: PolicyBook, _ kind: String?) throws
    -> ([UInt8], String?)
  {
    if name == "default" {
      guard kind != nil else { throw Failure("Name `default` first and a version second.") }
      return ([], kind)
    }
    if let version = adopted.versions.last(where: { $0.label == name }) {
      if let kind, kind != version.kind {
        throw Failure(
          "\(a) is of kind \(version.kind), \(b) of kind \(kind); compare like with like.")
      }
      return (version.body, version.kind)
    }
    guard !name.contains("@") else {
      let names = adopted.versions.map(\.label).joined(separator: ", ")
      throw Failure("No version \(name) is adopted; there are \(names.isEmpty ? "none" : names).")
    }
    let items = try PolicyDraftFile(name).items
    guard let item = kind.map({ kind in items.first { $0.kind == kind } }) ?? items.first else {
      throw Failure("The draft \(name) has nothing of kind \(kind ?? "").")
    }
    return (item.body, item.kind)
  }
}
