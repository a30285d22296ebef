import Foundation
import Journaling
import Ledger
import Simulation
import Testing

/// Promises, disputes and contacts against the naive model: late words, late money, bounces after
/// the verdict, entries taken back.
@Suite struct `The desk and the naive model` {
  /// `ARREARS_VANTAGES` asks for more than 30, `ARREARS_SEED` for another life.
  @Test
  func `every verdict, stage and count of contacts equals the naive model at random vantages`()
    throws
  {
    let environment = ProcessInfo.processInfo.environment
    let count = environment["ARREARS_VANTAGES"].flatMap { Int($0) } ?? 30
    let seed = environment["ARREARS_SEED"].flatMap { UInt64($0) } ?? 2026
    let from = try #require(Day("2025-04-01"))
    let life = Life(seed: seed, accounts: 90, from: from, days: 365, chapters: .desk)
    let model = NaiveDesk(life)
    let ledger = try Restored(life)
    var chance = Chance(seed: seed, stream: 79)
    var differences: [String] = []
    var met = Set<String>()
    for _ in 0..<count where differences.count < 20 {
      let asOf = from + chance.pick(-5...400)
      let known = UInt64(chance.pick(1...life.entries.count))
      let first = asOf - chance.pick(0...20)
      let question = Question(vantage: Vantage(asOf: asOf, knownAt: known))
      let told =
        try ledger.lines(
          PromiseBook(by: .item, asOf: asOf), question,
          ["account", "promise", "item", "verdict", "counted", "supersessions"], minor: "counted")
        + ledger.disputes(question, asOf)
        + ledger.lines(
          ContactReport(by: .collectorDay, from: first, asOf: asOf), question,
          [
            "day", "collector", "attempts", "connected", "right_party", "third_party", "visits",
            "joint_visits", "inbound", "promises", "accounts", "accounts_reached",
          ])
      let foretold =
        model.promises(asOf: asOf, knownAt: known) + model.disputes(asOf: asOf, knownAt: known)
        + model.contacts(from: first, asOf: asOf, knownAt: known)
      for line in Set(told).symmetricDifference(foretold).sorted() {
        let who = foretold.contains(line) ? "naive " : "ledger"
        differences.append("\(asOf) known \(known) \(who) \(line)")
      }
      #expect(told.count == foretold.count)
      for line in told { met.formUnion(line.split(separator: ",").map(String.init)) }
    }
    #expect(
      differences.isEmpty, "seed \(seed):\n\(differences.prefix(20).joined(separator: "\n"))")
    // The comparison is worth something only if all verdicts and stages were met.
    for word in Promise.Verdict.allCases.map(\.code)
      + ["raised", "reopened", "upheld", "partly_upheld", "rejected"]
    { #expect(met.contains(word), "\(word) never came") }
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
      let question = Question(vantage: Vantage(asOf: asOf, knownAt: known))
      let lines = try ledger.lines(
        PromiseBook(by: .item, asOf: asOf), question, ["account", "promise", "item", "verdict"])
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

extension Restored {
  /// Cells of a book's columns, a line each; money of the column `minor` in minor units.
  func lines<B: Book>(_ book: B, _ question: Question, _ columns: [String], minor: String = "")
    throws -> [String]
  {
    var lines: [String] = []
    try journal.read { (snapshot) throws(JournalError) in
      let answer = try journal.answer(book, question, snapshot)
      let sheet = answer.book.sheet(journal.naming)
      let indices = columns.map { name in sheet.columns.firstIndex { $0.name == name } ?? -1 }
      lines = sheet.rows.map { row in
        zip(indices, columns).map { index, name in
          if name == minor, case .money(let sum, _) = row[index] { return "\(sum)" }
          return row[index].plain
        }.joined(separator: ",")
      }.sorted()
    }
    return lines
  }

  /// The dispute register in the columns of the naive model: a sum that was not stated is `all`.
  func disputes(_ question: Question, _ asOf: Day) throws -> [String] {
    let stated = try lines(
      DisputeRegister(asOf: asOf, onlyOpen: false), question,
      ["account", "dispute", "stage", "amount", "age"], minor: "amount")
    var whole: [String: String] = [:]
    try journal.read { (snapshot) throws(JournalError) in
      try snapshot.bundles(to: question.vantage.knownAt) { (bundle) throws(JournalError) in
        for index in 0..<bundle.count
        where bundle.header(index).type == EventCode.disputeRaised
          && bundle.header(index).currency == 0
        {
          do throws(WireError) {
            let body = bundle.event(index).body
            if let id = try CBORReader.text(of: Key.DisputeRaised.dispute, in: body) {
              whole[id] = "all"
            }
          } catch { throw .wire(error, at: bundle.first) }
        }
      }
    }
    return stated.map { line in
      var words = line.split(separator: ",").map(String.init)
      words[3] = whole[words[1]] ?? words[3]
      return words.joined(separator: ",")
    }
  }
}
