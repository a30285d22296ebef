import Foundation
import Journaling
import Ledger
import Simulation
import Testing

/// Promises, disputes and contacts against the naive model: late words, late money, bounces after
/// the verdict, entries taken back.
@Suite struct `The desk and the naive model` {
  @Test
  func `every verdict, stage and count of contacts equals the naive model at random vantages`()
    throws
  {
    let (model, work) = (Year.desk, NaiveWork(Year.desk))
    let met = try Year.compare("desk", 24, stream: 311) { ledger, vantage, chance in
      let (asOf, known) = (vantage.asOf, vantage.knownAt)
      let first = asOf - chance.pick(0...20)
      let promises = try ledger.lines(
        PromiseBook(by: .item, asOf: asOf), vantage,
        ["account", "promise", "item", "verdict", "counted", "supersessions"])
      let disputes = try ledger.lines(
        DisputeRegister(asOf: asOf, onlyOpen: false), vantage,
        ["account", "dispute", "stage", "amount", "age"])
      let contacts = try ledger.lines(
        ContactReport(by: .collectorDay, from: first, asOf: asOf), vantage,
        [
          "day", "collector", "attempts", "connected", "right_party", "third_party", "visits",
          "joint_visits", "inbound", "promises", "accounts", "accounts_reached",
        ])
      return [
        ("promises", promises, model.promises(asOf: asOf, knownAt: known)),
        ("disputes", disputes, work.disputes(asOf: asOf, knownAt: known)),
        ("contacts", contacts, model.contacts(from: first, asOf: asOf, knownAt: known)),
      ]
    }
    // The comparison is worth something only if verdicts and stages were met; few promises are due
    // on the day asked about.
    let never =
      Promise.Verdict.allCases.filter { $0 != .dueToday }.map { "promises \($0.code)" }
      + ["raised", "reopened", "upheld", "partly_upheld", "rejected"].map { "disputes \($0)" }
    #expect(Year.never(never, met) == [])
  }

  @Test
  func
    `a bounce learned after the verdict, or money learned late, changes it and nothing else does`()
    throws
  {
    let from = try #require(Day("2025-04-01"))
    let life = Life(seed: 11, accounts: 120, from: from, days: 365, chapters: .desk)
    let ledger = try Restored(life)
    let asOf = from + 330
    var (flips, before): (Set<String>, [String: String]) = ([], [:])
    let steps = 40
    for step in 1...steps {
      let known = UInt64(life.entries.count * step / steps)
      let lines = try ledger.lines(
        PromiseBook(by: .item, asOf: asOf), Vantage(asOf: asOf, knownAt: known),
        ["account", "promise", "item", "verdict"])
      for line in lines {
        let words = line.split(separator: ",").map(String.init)
        let item = words[..<3].joined(separator: ",")
        if let old = before[item], old != words[3] { flips.insert("\(old) to \(words[3])") }
        before[item] = words[3]
      }
    }
    for flip in ["kept to broken", "broken to kept", "partial to kept", "broken to partial"] {
      #expect(
        flips.contains(flip), "\(flip) never came; there were \(flips.sorted())")
    }
  }
}
