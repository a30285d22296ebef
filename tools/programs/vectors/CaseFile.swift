import Foundation
import Rules

/// A file of one of the forms that `design` knows: projection cases with formulas, or rule cases.
struct CaseFile {
  /// One case: its id, and how it ends when it is tried.
  struct Case {
    let id: String
    let attempt: () throws -> Outcome

    /// Tries it; what cannot be expressed is skipped, whatever else goes wrong is a difference.
    func run() -> Outcome {
      do { return try attempt() } catch let error as Inexpressible {
        return .skipped(error.reason)
      } catch {
        return .failed(["\(error)"])
      }
    }
  }

  let cases: [Case]

  /// Reads a file.
  init(path: String) throws {
    let root = try Value(json: try Data(contentsOf: URL(fileURLWithPath: path)))
    if let list = root.items {
      cases = list.enumerated().map { CaseFile.rule($1, $0 + 1) }
    } else if root["cases"]?.items != nil || root["formulas"]?.items != nil {
      cases =
        (root["cases"]?.items ?? []).enumerated().map { CaseFile.projection($1, $0 + 1, root) }
        + (root["formulas"]?.items ?? []).enumerated().map { CaseFile.formula($1, $0 + 1) }
    } else {
      throw Inexpressible("it is neither a list of rule cases nor has it `cases` or `formulas`")
    }
  }

  private static func id(_ one: Value, _ number: Int) -> String {
    one["id"]?.text ?? "case-\(number)"
  }

  private static func projection(_ one: Value, _ number: Int, _ root: Value) -> Case {
    Case(id: id(one, number)) {
      let ask = one["ask"] ?? .null
      let name = ask["projection"]?.text ?? "?"
      guard let projection = Catalogue.projections.first(where: { $0.name == name }) else {
        return .skipped("no book answers the projection `\(name)`")
      }
      guard let given = one["given"]?.text, let history = root["givens"]?[given] else {
        return .skipped("its history is not among the givens")
      }
      guard let events = history.items ?? history["events"]?.items else {
        return .skipped("the history `\(given)` is no list of events")
      }
      guard let expected = one["expect"]?.fields else { return .skipped("it expects no fields") }
      let zone = history["time_zone"]?.text ?? root["time_zone"]?.text ?? "UTC"
      let asked = try Asked(ask, try History(events, zone: zone))
      return .comparing(expected, with: try projection.answer(asked))
    }
  }

  private static func rule(_ one: Value, _ number: Int) -> Case {
    Case(id: id(one, number)) {
      let name = one["rule"]?.text ?? "?"
      let zone = one["time_zone"]?.text ?? "UTC"
      let expected = one["expect"]?.items ?? []
      if let calculator = Catalogue.rules.first(where: { $0.name == name }) {
        let history = try History(one["events"]?.items ?? [], zone: zone)
        return .comparing(findings: expected, with: try calculator.findings(one, history))
      }
      guard let rule = Rules.Catalogue.rule(name) else { return .skipped("no rule `\(name)`") }
      let history = try History(one["events"]?.items ?? [], zone: zone)
      return .comparing(findings: expected, with: try RuleCases.findings(one, rule, history))
    }
  }

  private static func formula(_ one: Value, _ number: Int) -> Case {
    Case(id: id(one, number)) {
      let name = one["formula"]?.text ?? "?"
      guard let formula = Catalogue.formulas.first(where: { $0.name == name }) else {
        return .skipped("no formula `\(name)`")
      }
      guard let expected = one["expect"]?.fields else { return .skipped("it expects no fields") }
      return .comparing(expected, with: try formula.output(one["input"] ?? .null))
    }
  }
}
