import Foundation
import Ledger
import Simulation
import Testing

@testable import Journaling

/// What accounts share, kept beside the log, against the log itself.
@Suite struct `What is kept of the house` {
  private func words(_ shared: Shared) -> (ContiguousArray<UInt64>, [String]) {
    var (words, texts) = (ContiguousArray(shared.few), Interned())
    shared.house.write(to: &words, &texts)
    return (words, texts.texts)
  }

  @Test func `is what the events say, brought up to date by what came since`() throws {
    let from = try #require(Day("2025-04-01"))
    let life = Life(seed: 35, accounts: 90, from: from, days: 240, chapters: .all)
    var sizes: [Int] = []
    _ = try Restored(life, cuts: [300, 310, 600, 610, 980]) { ledger in
      try ledger.journal.read { (snapshot) throws(JournalError) in
        let head = snapshot.head
        let question = Question(vantage: Vantage(asOf: from + 240, knownAt: head))
        let before = ledger.journal.keptShared(upTo: head, snapshot)?.last ?? 0
        let now = try ledger.journal.shared(question, keeping: .always, snapshot)
        let fresh = try ledger.journal.shared(question, keeping: .never, snapshot)
        let kept = ledger.journal.keptShared(upTo: head, snapshot)
        #expect(before < head && kept?.last == head)
        #expect(self.words(now) == self.words(fresh))
        #expect(kept.map { self.words($0.shared) == self.words(fresh) } == true)
        #expect(kept.map { $0.shared.policies.versions.count } == fresh.policies.versions.count)
        // Of a position before it nothing is kept.
        #expect(ledger.journal.keptShared(upTo: head - 1, snapshot) == nil)
        #expect(try ledger.journal.strayHouse(snapshot) == nil)
        sizes.append(self.words(fresh).0.count)
      }
    }
    #expect(sizes == sizes.sorted() && sizes.last ?? 0 > 300, "\(sizes) words")
  }

  @Test func `that was changed is passed over, and verify names its folder`() throws {
    let from = try #require(Day("2025-04-01"))
    let ledger = try Restored(
      Life(seed: 36, accounts: 60, from: from, days: 200, chapters: .all), cuts: [])
    func ask(_ body: (borrowing Snapshot, Question) throws -> Void) throws {
      let snapshot = try Snapshot(ledger.journal)
      try body(
        snapshot, Question(vantage: Vantage(asOf: from + 200, knownAt: snapshot.head)))
    }
    try ask { snapshot, question in
      var shared = try ledger.journal.shared(question, keeping: .always, snapshot)
      // A house of which nothing is known, kept with sound checksums.
      shared.house = House()
      ledger.journal.keep(shared, upTo: snapshot.head, .always, snapshot)
      #expect(try ledger.journal.strayHouse(snapshot) == ledger.journal.folder.house)
    }
    let file = URL(filePath: ledger.journal.folder.house + "/data.mdb")
    try Data(contentsOf: file).prefix(5000).write(to: file)
    try ask { snapshot, question in
      let fresh = try ledger.journal.shared(question, keeping: .never, snapshot)
      #expect(ledger.journal.keptShared(upTo: snapshot.head, snapshot) == nil)
      let now = try ledger.journal.shared(question, keeping: .always, snapshot)
      #expect(self.words(now) == self.words(fresh))
      #expect(try ledger.journal.strayHouse(snapshot) == nil)
      #expect(ledger.journal.keptShared(upTo: snapshot.head, snapshot) != nil)
    }
  }
}
