import Ledger
import Yams

/// A YAML document with the line of everything in it; scalars stay text, as they were written.
indirect enum YAML: Sendable {
  /// A single value.
  case scalar(String, line: Int)
  /// A list.
  case list([YAML], line: Int)
  /// A map in the order of the file.
  case map([Pair], line: Int)

  /// One key of a map and what belongs to it.
  struct Pair: Sendable {
    /// The key.
    var key: String
    /// Its line.
    var line: Int
    /// What belongs to it.
    var value: YAML
  }

  /// The line it starts on, from 1.
  var line: Int {
    switch self {
    case .scalar(_, let line), .list(_, let line), .map(_, let line): line
    }
  }

  /// What it is, as a message says it.
  var phrase: String {
    switch self {
    case .scalar: "a single value"
    case .list: "a list"
    case .map: "a map"
    }
  }

  /// Reads a document of at most a megabyte.
  init(_ bytes: [UInt8]) throws(Objection) {
    guard bytes.count <= 1 << 20, UTF8Check.isValid(bytes.span) else {
      throw Objection(
        "mapping.yaml",
        bytes.count > 1 << 20
          ? "the mapping is longer than a megabyte" : "the mapping is not UTF-8",
        remedy: "check that this is the mapping and not the data")
    }
    guard !bytes.contains(where: { $0 < 32 && $0 != 9 && $0 != 10 && $0 != 13 }) else {
      throw Objection(
        "mapping.yaml", "the mapping holds control characters", remedy: "save it as plain text")
    }
    let node: Node?
    do { node = try Yams.compose(yaml: String(decoding: bytes, as: UTF8.self)) } catch {
      throw YAML.objection(error)
    }
    guard let node else {
      throw Objection(
        "mapping.yaml", "the mapping is empty", remedy: "start from tools/maps/receipts.yaml")
    }
    var budget = 100_000
    self = try YAML.convert(node, depth: 0, line: 1, &budget)
  }

  private static func objection(_ error: any Error) -> Objection {
    var line = 0
    var what = "the mapping is not YAML"
    switch error {
    case YamlError.scanner(_, let problem, let mark, _),
      YamlError.parser(_, let problem, let mark, _),
      YamlError.composer(_, let problem, let mark, _):
      line = mark.line
      what += ": " + problem
    case YamlError.duplicatedKeysInMapping(let keys, let context):
      what = "a key stands twice in one map: " + Objection.list(keys.map { String($0) })
      line = context.mark.line
    default: break
    }
    return Objection(
      "mapping.yaml", what, remedy: "check indentation, and quote text that holds : # { or }"
    ).at("", line)
  }

  private static func convert(_ node: Node, depth: Int, line: Int, _ budget: inout Int)
    throws(Objection) -> YAML
  {
    budget -= 1
    let line = node.mark?.line ?? line
    guard depth < 24, budget > 0 else {
      throw Objection(
        "mapping.yaml", "the mapping is nested too deeply or repeats itself without end",
        remedy: "write it flatter"
      ).at("", line)
    }
    switch node {
    case .scalar(let scalar): return .scalar(scalar.string, line: line)
    case .sequence(let sequence):
      var items: [YAML] = []
      for item in sequence {
        items.append(try convert(item, depth: depth + 1, line: line, &budget))
      }
      return .list(items, line: line)
    case .mapping(let mapping):
      var pairs: [Pair] = []
      for (key, value) in mapping {
        guard case .scalar(let name) = key else {
          throw Objection(
            "mapping.yaml", "a key is not a plain name",
            remedy: "put text with {formulas} in quotation marks"
          ).at("", line)
        }
        let at = name.mark?.line ?? line
        pairs.append(
          Pair(
            key: name.string, line: at,
            value: try convert(value, depth: depth + 1, line: at, &budget)))
      }
      return .map(pairs, line: line)
    case .alias:
      throw Objection(
        "mapping.yaml", "an alias stands for nothing", remedy: "write the value out"
      ).at("", line)
    }
  }
}

extension YAML {
  /// The pairs of a map whose keys are all known.
  func pairs(_ place: String, known: Set<String>? = nil) throws(Objection) -> [Pair] {
    guard case .map(let pairs, _) = self else {
      throw objection("mapping.shape", "\(place) is \(phrase)", "write a map of names and values")
    }
    for pair in pairs {
      guard let known, !known.contains(pair.key) else { continue }
      throw Objection(
        "mapping.key", "\(place) has no key \(Objection.quote(pair.key))",
        remedy: "use " + Objection.list(known.sorted())
      ).at("", pair.line)
    }
    return pairs
  }

  /// A single value.
  func text(_ place: String) throws(Objection) -> String {
    if case .scalar(let text, _) = self { return text }
    if case .map(let pairs, _) = self, pairs.count == 1, case .scalar("", _) = pairs[0].value {
      throw objection(
        "mapping.shape", "\(place) is written as a YAML map in braces",
        "put it in quotation marks: \"{\(pairs[0].key)}\"")
    }
    throw objection("mapping.shape", "\(place) is \(phrase)", "write a single value")
  }

  /// A list, or a single thing as a list of one.
  var items: [YAML] {
    if case .list(let items, _) = self { return items }
    return [self]
  }

  /// What belongs to a key of a map.
  subscript(_ key: String) -> YAML? {
    guard case .map(let pairs, _) = self else { return nil }
    return pairs.first { $0.key == key }?.value
  }

  /// An objection at this line.
  func objection(_ rule: String, _ what: String, _ remedy: String) -> Objection {
    Objection(rule, what, remedy: remedy).at("", line)
  }
}
