import Ledger
import Rules

/// What must be right about a pack before it is adopted; the core keeps bodies of this kind as they
/// are.
enum RulePackCheck {
  /// What a sentence calls the file of a body.
  static func words(of kind: String) -> String {
    kind == RulePack.kind ? "The pack file" : "The policy file"
  }

  /// Throws a sentence about a pack that no run could use, alone or beside what is adopted; what is
  /// no pack passes. Packs that are adopted and do not go together are no reason to refuse another.
  static func check(_ pack: PolicyVersion, _ file: String, beside adopted: PolicyBook) throws {
    guard pack.kind == RulePack.kind else { return }
    do throws(PackError) {
      _ = try Rulebook(.draft([("The pack file \(file)", pack.body)]), adopted, asOf: .undated)
      guard (try? Rulebook(.then, adopted, asOf: .undated)) != nil else { return }
      var all = adopted
      all.add(pack)
      _ = try Rulebook(.then, all, asOf: .undated)
    } catch { throw Failure(error.description) }
  }
}
