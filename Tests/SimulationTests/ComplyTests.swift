import Foundation
import Journaling
import Ledger
import Rules
import Simulation
import Testing

/// Acts kept beside the log against the log itself, and several threads against one.
@Suite struct `Rules over acts that are kept` {
  @Test func `find what they find in the log, at any vantage, alone and together`() throws {
    let from = try #require(Day("2025-04-01"))
    let life = Life(
      seed: 77, accounts: 60, from: from, days: 365, chapters: [.organisation, .desk, .paper])
    let ledger = try Restored(life)
    var found = 0
    try ledger.journal.read { (snapshot) throws(JournalError) in
      for share in [4, 3, 2] {
        let known = share == 4 ? snapshot.head : snapshot.head * UInt64(share) / 4
        let whole = try judge(ledger.journal, snapshot, known, .never, threads: 1)
        // The first run at the head keeps what the others read.
        for threads in [1, 1, 2] {
          let kept = try judge(ledger.journal, snapshot, known, .always, threads: threads)
          #expect(kept == whole, "\(threads) threads at \(known)")
        }
        found += whole.count
      }
    }
    #expect(found > 500, "\(found) findings compared")
  }

  @Test func `find of one account what they find of it among all`() throws {
    let from = try #require(Day("2025-04-01"))
    let life = Life(
      seed: 78, accounts: 40, from: from, days: 200, chapters: [.organisation, .desk, .paper])
    let ledger = try Restored(life)
    var compared = 0
    try ledger.journal.read { (snapshot) throws(JournalError) in
      let (report, book) = try report(ledger.journal, snapshot, snapshot.head, .never, threads: 1)
      let ids = report.findings.map { finding in
        "\(finding.rule) \(finding.version) \(finding.code) \(finding.account) \(finding.key) "
          + "\(finding.anchor) \(finding.derived) \(finding.of) \(finding.part)"
      }
      #expect(Set(ids).count == ids.count, "two findings with one id")
      for number in 1...UInt32(try snapshot.count(of: .account)) {
        let id = try snapshot.name(.account, number)
        let (own, _) = try self.report(
          ledger.journal, snapshot, snapshot.head, .never, threads: 1, account: id)
        let others = own.findings.filter { $0.account != 0 && $0.account != number }
        #expect(others.isEmpty, "\(id ?? "?"): \(others.count) findings of other accounts")
        let expected = report.findings.filter {
          $0.account == number && [.account, .person].contains(book.rules[$0.rule].scope)
        }
        let found = own.findings.filter { $0.account == number }
        #expect(told(found, own, book) == told(expected, report, book), "\(id ?? "?")")
        compared += found.count
      }
    }
    #expect(compared > 100, "\(compared) findings compared")
  }

  private func judge(
    _ journal: Journal, _ snapshot: borrowing Snapshot, _ known: Position, _ use: KeptFacts.Use,
    threads: Int
  ) throws(JournalError) -> [String] {
    let (report, book) = try report(journal, snapshot, known, use, threads: threads)
    return told(report.findings, report, book)
      + zip(book.rules, report.examined).map { "\($0.id) \($1)" }
  }

  private func told(
    _ findings: some Sequence<Finding>, _ report: Report, _ book: Rules.Rulebook
  ) -> [String] {
    findings.map { finding in
      "\(book.rules[finding.rule].id) \(finding.version) \(finding.code) \(finding.account) "
        + "\(finding.anchor) \(finding.of) \(finding.part.words) \(finding.on) \(finding.informs) "
        + "\(finding.extras) \(Array(report.events(of: finding)))"
    }.sorted()
  }

  private func report(
    _ journal: Journal, _ snapshot: borrowing Snapshot, _ known: Position, _ use: KeptFacts.Use,
    threads: Int, account: String? = nil
  ) throws(JournalError) -> (Report, Rules.Rulebook) {
    let now = try snapshot.recorded(at: known) ?? Moment(rawValue: 0)
    guard let zone = Zone("Asia/Kolkata") else { throw .invalid("There is no such zone.") }
    let drafts = Catalogue.packs.filter { $0.hasPrefix("in.") || $0 == "int" }.compactMap { pack in
      (try? BodyCodec.encodeJSON(Array("{\"pack\":\"\(pack)\"}".utf8).span)).map { (pack, $0) }
    }
    let book: Rules.Rulebook
    do throws(PackError) {
      book = try Rules.Rulebook(.draft(drafts), PolicyBook(), asOf: zone.day(of: now))
    } catch { throw .invalid(error.description) }
    var hearing = Hearing(
      book, knownAt: known, now: now, days: Day(rawValue: -719_162)...zone.day(of: now), zone: zone)
    hearing.account = account
    return (try hearing.run(journal, snapshot, keeping: use, threads: threads), book)
  }
}
