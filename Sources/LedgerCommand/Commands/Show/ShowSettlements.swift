import ArgumentParser
import Journaling
import Ledger

/// Settlements.
struct ShowSettlements: BookVerb {
  static let configuration = CommandConfiguration(
    commandName: "settlements",
    abstract: "Settlements: offer and haircut, who approved them, what was paid, where they stand.",
    discussion: """
      Honoured and lapsed are computed: money counts from the acceptance on, once it has cleared. Who \
      may give up how much is the policy `settlement_limits`. Alerts: own_proposal, sanctioner, \
      below_sanction, beyond_level, not_approved, waived_before_clearance, lapses_soon (in 7 days).
      """)

  @OptionGroup var book: BookOptions

  @Flag(help: "Only settlements that are not over.")
  var open = false

  func make(_ resolved: VantageOptions.Resolved) -> SettlementRegister {
    SettlementRegister(asOf: resolved.vantage.asOf, onlyOpen: open)
  }

  var words: [String] { (open ? ["--open"] : []) + book.question.words }
}

/// Repayment plans.
struct ShowPlans: BookVerb {
  static let configuration = CommandConfiguration(
    commandName: "plans",
    abstract: "Repayment plans: what was agreed, paid and missed, and which are broken.",
    discussion: """
      Missed, behind, broken and completed are computed from the money received since the agreement, \
      once it has cleared. When a plan is broken is the policy `plan_terms`.
      """)

  @OptionGroup var book: BookOptions

  @Flag(help: "Only plans that are not over.")
  var open = false

  func make(_ resolved: VantageOptions.Resolved) -> PlanRegister {
    PlanRegister(asOf: resolved.vantage.asOf, onlyOpen: open)
  }

  var words: [String] { (open ? ["--open"] : []) + book.question.words }
}
