import Foundation
import Ledger
import Simulation
import Testing

/// The ledger's reckoning against a model that shares no rule with it.
@Suite struct `The ledger and the naive model` {
  /// A policy tried, said to each in its own language.
  struct Trial: Sendable {
    let rules: [NaiveRule]
    let bodies: [(kind: String, json: String)]
  }

  static let trials: [Trial] = [
    Trial(rules: [], bodies: []), Trial(rules: [], bodies: []), Trial(rules: [], bodies: []),
    Trial(
      rules: [.counting(inclusive: false), .components(principalAndInterestOnly: true)],
      bodies: [
        ("dpd_counting", #"{"counting":"elapsed"}"#),
        ("dpd_components", #"{"components":"principal_interest"}"#),
      ]),
    Trial(
      rules: [.waterfall(.init(horizontal: true, order: [.interest, .penal], atOnce: true))],
      bodies: [
        (
          "waterfall",
          #"{"method":"horizontal","order":["interest","penal"],"advance":"at_once"}"#
        )
      ]),
    Trial(
      rules: [
        .grace(days: 5, tolerance: 50_000), .classification(npaOver: 45, sticky: false),
        .pauses(["dispute", "loan_moratorium"]),
      ],
      bodies: [
        ("grace_and_tolerance", #"{"grace_days":5,"tolerance_minor":50000}"#),
        ("classification", #"{"npa_over":45,"sticky":false}"#),
        ("hold_effects", #"{"pauses_aging":["dispute","loan_moratorium"]}"#),
      ]),
    Trial(
      rules: [
        .buckets(
          current: "current", bands: ["1-30", "31+"], upTo: [30, .max], writtenOff: "written_off"),
        .currentBounce("current_bounce"),
      ],
      bodies: [
        (
          "buckets",
          #"{"bands":[{"label":"1-30","from":1,"to":30},{"label":"31+","from":31}],"current":"current","current_bounce":"current_bounce","written_off":"written_off"}"#
        )
      ]),
  ]

  @Test func `every figure of aging equals the naive model at random vantages`() throws {
    let model = Year.desk.model
    let met = try Year.compare("aging", 40, stream: 313) { ledger, vantage, chance in
      let (asOf, known) = (vantage.asOf, vantage.knownAt)
      let trial = chance.pick(Self.trials)
      let told = try ledger.aging(
        asOf: asOf, knownAt: known, drafts: trial.bodies.map { try Restored.draft($0, $1) })
      let foretold = model.aging(asOf: asOf, knownAt: known, drafts: trial.rules).map {
        "\($0.line),\($0.pastDueDays),\($0.pausedDays)"
      }
      return [("aging", told, foretold)]
    }
    // Also the label that only a draft has.
    #expect(Year.never(["aging current_bounce", "aging npa", "aging 46+"], met).count < 2)
  }
}
