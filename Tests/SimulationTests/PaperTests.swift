import Foundation
import Journaling
import Ledger
import Simulation
import Testing

/// Cheques and mandates against a model that shares no rule with the ledger, at random vantages of
/// a life in which memos come weeks late, deposits are told out of turn, cheques are held, replaced
/// and presented again, and entries are taken back.
@Suite struct `Paper and the naive model` {
  static let life = Life(
    seed: 41, accounts: 160, from: Day("2025-04-01") ?? .none, days: 365, chapters: .paper)

  /// Lines of a book in the columns of the naive model.
  private func lines<B: Book>(
    _ ledger: Restored, _ book: B, _ question: Question, _ columns: [String]
  ) throws -> [String] {
    try ledger.journal.read { (snapshot) throws(JournalError) in
      let sheet = try ledger.journal.answer(book, question, snapshot).book.sheet(
        ledger.journal.naming)
      let places = columns.map { name in sheet.columns.firstIndex { $0.name == name } ?? 0 }
      return sheet.rows.map { row in places.map { row[$0].plain }.joined(separator: ",") }.sorted()
    }
  }

  // Rules of a house in India, as the naive model has them and as policies.
  private func indian() throws -> (NaivePaper.Rules, [(kind: String, body: [UInt8])]) {
    var india = NaivePaper.Rules()
    (india.lead, india.months, india.notice) = (2, 2, 20)
    india.works = { day in
      let weekday = (Int(day.rawValue) - 3 + 7_000_000) % 7
      if weekday == 0 { return false }
      if weekday == 6, [2, 4].contains((day.civil.day + 6) / 7) { return false }
      return "\(day)" != "2025-08-15"
    }
    let drafts = [
      try Restored.draft(
        "calendar",
        #"{"id":"in","weekend":["sunday","second_saturday","fourth_saturday"],"holidays":[{"day":"2025-08-15"}]}"#
      ),
      try Restored.draft("pdc_lead_days", #"{"lead_days":2,"notice_days":20,"validity_months":2}"#),
    ]
    return (india, drafts)
  }

  @Test func `registers and rates equal the naive model at random vantages`() throws {
    let environment = ProcessInfo.processInfo.environment
    let count = environment["ARREARS_VANTAGES"].flatMap { Int($0) } ?? 40
    let model = NaivePaper(Self.life)
    let ledger = try Restored(Self.life)
    var chance = Chance(seed: 41, stream: 78)
    let (india, drafts) = try indian()
    var differences: [String] = []
    var seen: [String: Int] = [:]
    for turn in 0..<count where differences.count < 20 {
      let asOf = (Day("2025-04-01") ?? .none) + chance.pick(0...400)
      let from = asOf - chance.pick(0...60)
      let known = UInt64(chance.pick(1...Self.life.entries.count))
      var question = Question(vantage: Vantage(asOf: asOf, knownAt: known))
      if turn % 2 == 1 { question.drafts = drafts }
      func compare(_ what: String, _ told: [String], _ foretold: [String]) {
        for line in Set(told).symmetricDifference(foretold).sorted() {
          let who = foretold.contains(line) ? "naive " : "ledger"
          differences.append("\(what) \(asOf) known \(known) \(who) \(line)")
        }
      }
      let register = try lines(
        ledger, ChequeRegister(asOf: asOf, within: 9, all: true), question,
        [
          "group", "account", "cheque", "deposit_by", "presentable_until", "custodian",
          "hold_till", "state", "deposited", "attempts", "bounces", "notice_by", "alert",
        ])
      for line in register { seen[String(line.prefix { $0 != "," }), default: 0] += 1 }
      compare(
        "pdc", register,
        model.register(
          asOf: asOf, knownAt: known, within: 9,
          rules: turn % 2 == 1 ? india : NaivePaper.Rules()))
      let returns = try lines(
        ledger, BounceRegister(from: from, to: asOf), question,
        ["returned", "account", "instrument", "id", "reason", "attempt", "now", "credit_kept"]
      ).filter { $0.contains(",cheque,") }
      compare(
        "bounces", returns,
        model.returns(from: from, to: asOf, knownAt: known).map { line in
          let cut = line.lastIndex(of: ",") ?? line.startIndex
          let minor = Int64(line[line.index(after: cut)...]) ?? 0
          let money = Money(minor: minor, currency: Currency(rawValue: 356))
          return line[...cut] + money.decimal
        })
      compare(
        "rates",
        try lines(
          ledger, BounceRates(from: from, to: asOf), question,
          ["instrument", "presented", "bounced", "technical", "honoured_later"]),
        model.rates(from: from, to: asOf, knownAt: known))
    }
    #expect(differences.isEmpty, "\(differences.prefix(20).joined(separator: "\n"))")
    // The life has all that the register can show.
    for group in ChequeRegister.Group.allCases where group != .unreceived {
      #expect(seen[group.code] ?? 0 > 0, "no cheque was ever \(group.code)")
    }
  }

  @Test func `aging with a bucket for this month's returns equals the naive model`() throws {
    let model = NaiveModel(Self.life.told)
    let ledger = try Restored(Self.life)
    let trial = `The ledger and the naive model`.trials[6]
    var chance = Chance(seed: 41, stream: 79)
    var bounced = 0
    var differences: [String] = []
    for _ in 0..<15 {
      let asOf = (Day("2025-04-01") ?? .none) + chance.pick(0...380)
      let known = UInt64(chance.pick(1...Self.life.entries.count))
      let told = try ledger.aging(
        asOf: asOf, knownAt: known, drafts: trial.bodies.map { try Restored.draft($0, $1) })
      let foretold = model.aging(asOf: asOf, knownAt: known, drafts: trial.rules).map {
        "\($0.line),\($0.pastDueDays),\($0.pausedDays)"
      }
      bounced += told.count { $0.contains(",current_bounce,") }
      differences += Set(told).symmetricDifference(foretold).sorted().map {
        "\(asOf) known \(known) \(foretold.contains($0) ? "naive " : "ledger") \($0)"
      }
    }
    #expect(differences.isEmpty, "\(differences.prefix(10).joined(separator: "\n"))")
    #expect(bounced > 0)
  }
}
