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

  /// `ARREARS_VANTAGES` asks for more than 60, `ARREARS_SEED` for another life.
  @Test func `every figure of aging equals the naive model at random vantages`() throws {
    let environment = ProcessInfo.processInfo.environment
    let count = environment["ARREARS_VANTAGES"].flatMap { Int($0) } ?? 60
    let seed = environment["ARREARS_SEED"].flatMap { UInt64($0) } ?? 2026
    let accounts = environment["ARREARS_ACCOUNTS"].flatMap { Int($0) } ?? 300
    let from = try #require(Day("2025-04-01"))
    let life = Life(seed: seed, accounts: accounts, from: from, days: 365)
    let model = NaiveModel(life.told)
    let ledger = try Restored(life)
    var chance = Chance(seed: seed, stream: 77)
    var differences: [String] = []
    for _ in 0..<count where differences.count < 20 {
      let asOf = from + chance.pick(-5...400)
      let known = UInt64(chance.pick(1...life.entries.count))
      let number = chance.pick(0...Self.trials.count - 1)
      let trial = Self.trials[number]
      let told = try ledger.aging(
        asOf: asOf, knownAt: known, drafts: trial.bodies.map { try Restored.draft($0, $1) })
      let foretold = model.aging(asOf: asOf, knownAt: known, drafts: trial.rules).map {
        "\($0.line),\($0.pastDueDays),\($0.pausedDays)"
      }
      for line in Set(told).symmetricDifference(foretold).sorted() {
        let who = foretold.contains(line) ? "naive " : "ledger"
        differences.append("\(asOf) known \(known) trial \(number) \(who) \(line)")
      }
    }
    #expect(
      differences.isEmpty,
      "seed \(seed), \(accounts) accounts:\n\(differences.prefix(20).joined(separator: "\n"))")
  }
}
