import Interchange
import Journaling
import Ledger

/// A draft of a policy as `policy draft` writes it: an adoption that nobody has made yet.
///
/// A file of bodies by kind, as `--policy` takes it, is a draft for everybody from any day.
struct PolicyDraftFile {
  /// One policy that is proposed.
  struct Item {
    var policy: String
    var kind: String
    var version: Int64 = 0
    var from: Day?
    var to: Day?
    var retroactive = "none"
    var appliesTo: String?
    var body: [UInt8] = []

    /// It as a version from a day on.
    func version(from day: Day, to last: Day = .undated) -> PolicyVersion {
      PolicyVersion(
        policy: policy, version: version, kind: kind, from: day, to: last,
        retroactive: retroactive != "none",
        scope: PolicyScope(appliesTo) ?? PolicyScope(terms: [.all]), seq: .max, body: body)
    }
  }

  /// The policies.
  var items: [Item]

  /// Reads a file.
  init(_ path: String) throws {
    let cbor = try Edge.json(path, "The draft")
    do throws(WireError) {
      if let item = try PolicyDraftFile.item(cbor) {
        guard item.kind != "", !item.body.isEmpty else {
          throw WireError("`kind` and `body` must be given", at: 0)
        }
        try PolicyKind.check(item.kind, item.body.span)
        items = [item]
      } else {
        items = []
      }
    } catch { throw Failure("In the draft \(path), \(error.what).") }
    if items.isEmpty {
      items = try PolicyFile.read(path).map { Item(policy: $0.kind, kind: $0.kind, body: $0.body) }
    }
    for item in items where PolicyScope(item.appliesTo) == nil {
      throw Failure(
        "In the draft \(path), `\(item.appliesTo ?? "")` says nothing about whom it applies to; "
          + "write all, product:NAME, portfolio:NAME or account:ID.")
    }
  }

  /// The bodies that `--policy` tries: those of the file for everybody, on every day. A draft for
  /// some only would be tried on all; `policy test` tries it as it was drafted.
  static func tried(_ path: String) throws -> [(kind: String, body: [UInt8])] {
    try PolicyDraftFile(path).items.map { item in
      guard item.appliesTo ?? "all" == "all" else {
        throw Failure(
          "The draft \(path) applies to \(item.appliesTo ?? ""), and --policy tries a rule on "
            + "every account; try it with `arrears policy test \(path)`.")
      }
      return (item.kind, item.body)
    }
  }

  private static func item(_ cbor: [UInt8]) throws(WireError) -> Item? {
    var reader = CBORReader(cbor.span)
    var item = Item(policy: "", kind: "")
    var isDraft = false
    for _ in 0..<(try reader.map()) {
      let name = try reader.text()
      switch name {
      case "policy": item.policy = try reader.text()
      case "kind":
        item.kind = try reader.text()
        isDraft = true
      case "version": item.version = try reader.int()
      case "effective_from": item.from = try day(&reader, name)
      case "effective_to": item.to = try day(&reader, name)
      case "retroactive": item.retroactive = try reader.text()
      case "applies_to": item.appliesTo = try reader.text()
      case "body":
        let start = reader.position
        try reader.skip()
        item.body = reader.array(start..<reader.position)
        isDraft = true
      default: try reader.skip()
      }
    }
    if item.policy.isEmpty { item.policy = item.kind }
    return isDraft ? item : nil
  }

  private static func day(_ reader: inout CBORReader, _ name: String) throws(WireError) -> Day {
    let text = try reader.text()
    guard let day = Day(text) else {
      throw WireError("`\(name)` is \(text), which is no day; write YYYY-MM-DD", at: 0)
    }
    return day
  }
}

extension Journal {
  /// Whatever was adopted, of all days.
  func adopted(_ snapshot: borrowing Snapshot) throws(JournalError) -> PolicyBook {
    try policies(Question(vantage: Vantage(asOf: .undated, knownAt: snapshot.head)), snapshot)
  }

  /// Refuses a day before the first one of which this ledger knows anything.
  func requireBegun(_ day: Day, _ what: String, _ snapshot: borrowing Snapshot) throws {
    var first: Int32?
    try snapshot.bundles { (bundle) throws(JournalError) in
      for index in 0..<bundle.count {
        let header = bundle.header(index)
        guard header.type != EventCode.policyAdopted, header.day != .min else { continue }
        first = min(first ?? header.day, header.day)
      }
    }
    guard let first, day.rawValue < first else { return }
    let start = Day(rawValue: first)
    throw Failure(
      "\(what) \(day) is before the ledger began; its first day is \(start), so write \(start).")
  }
}
