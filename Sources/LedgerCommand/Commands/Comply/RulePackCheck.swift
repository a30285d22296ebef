import Ledger
import Rules

/// What must be right about a pack before it is adopted; the core keeps bodies of this kind as they
/// are.
enum RulePackCheck {
  /// Throws a sentence about a pack that no run could use.
  static func check(_ body: [UInt8], _ file: String) throws {
    do throws(PackError) {
      _ = try Rulebook(.draft([("The pack file \(file)", body)]), PolicyBook(), asOf: .undated)
    } catch { throw Failure(error.description) }
  }
}
