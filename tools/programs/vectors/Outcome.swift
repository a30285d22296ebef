/// How a case ended.
enum Outcome {
  case passed
  /// Each difference, without the case's id.
  case failed([String])
  /// Why it cannot be asked or compared.
  case skipped(String)

  /// Compares the fields that are shown; a field that the answer does not have skips the case.
  static func comparing(_ expected: [String: Value], with answer: [String: Value]) -> Outcome {
    var differences: [String] = []
    for name in expected.keys.sorted() {
      guard let want = expected[name] else { continue }
      guard let got = answer[name] else { return .skipped("the answer has no field `\(name)`") }
      if !shows(want, got) { differences.append("\(name): expected \(want.json), got \(got.json)") }
    }
    return differences.isEmpty ? .passed : .failed(differences)
  }

  /// Compares findings as an unordered set; extra keys of a finding that are not shown do not
  /// count.
  static func comparing(findings expected: [Value], with found: [Value]) -> Outcome {
    var left = found
    var differences: [String] = []
    for want in expected {
      if let index = left.firstIndex(where: { shows(want, $0) }) {
        left.remove(at: index)
      } else {
        differences.append("missing \(want.json)")
      }
    }
    differences += left.map { "unexpected \($0.json)" }
    return differences.isEmpty ? .passed : .failed(differences)
  }

  /// Whether `got` has everything that `want` shows.
  private static func shows(_ want: Value, _ got: Value) -> Bool {
    switch (want, got) {
    case (.object(let want), .object(let got)):
      return want.allSatisfy { name, value in got[name].map { shows(value, $0) } ?? false }
    case (.list(let want), .list(let got)):
      return want.count == got.count && zip(want, got).allSatisfy { shows($0, $1) }
    default: return want == got
    }
  }
}

/// Why a case cannot be asked.
struct Inexpressible: Error {
  let reason: String
  init(_ reason: String) { self.reason = reason }
}
