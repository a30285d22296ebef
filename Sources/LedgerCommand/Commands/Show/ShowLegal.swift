import ArgumentParser
import Journaling
import Ledger

/// The legal diary.
struct ShowLegal: BookVerb {
  static let configuration = CommandConfiguration(
    commandName: "legal", abstract: "Legal matters: stage, statutory clocks, next hearing.",
    discussion: """
      A matter is a returned cheque (s138), a demand under section 13(2) (sarfaesi), a case, a notice \
      that stands alone, or a stated last day to sue. `clock` is the one whose day comes first; \
      `missed` names those whose day went by. How long they run are the policies statutory_clocks and \
      pdc_lead_days.
        arrears show legal --as-of 2026-05-14
      """)

  @OptionGroup var book: BookOptions

  @Flag(help: "Show also what was paid, sold, given back or ended.")
  var all = false

  func make(_ resolved: VantageOptions.Resolved) -> LegalDiary {
    LegalDiary(asOf: resolved.vantage.asOf, all: all)
  }

  var words: [String] { (all ? ["--all"] : []) + book.question.words }
}

/// The register of collateral.
struct ShowSecurity: BookVerb {
  static let configuration = CommandConfiguration(
    commandName: "security",
    abstract: "Collateral: taken, valued, auctioned, sold; surplus and shortfall.")

  @OptionGroup var book: BookOptions

  @Flag(help: "Only what is in our possession on the day.")
  var held = false

  func make(_ resolved: VantageOptions.Resolved) -> SecurityRegister {
    SecurityRegister(asOf: resolved.vantage.asOf, onlyHeld: held)
  }

  var words: [String] { (held ? ["--held"] : []) + book.question.words }
}
