import Foundation
import Journaling
import Ledger
import Simulation
import Testing

/// What is kept beside the log against the log itself.
@Suite struct `What is kept in views` {
  @Test func `a book answers from kept columns what it answers from the log, at any vantage`()
    throws
  {
    let from = try #require(Day("2025-04-01"))
    let life = Life(
      seed: 31, accounts: 60, from: from, days: 365, chapters: [.organisation, .desk, .paper])
    let ledger = try Restored(life)
    var chance = Chance(seed: 31, stream: 91)
    var lines = 0
    for _ in 0..<12 {
      let asOf = from + chance.pick(20...400)
      let known = UInt64(chance.pick(life.entries.count / 4...life.entries.count))
      lines += try ledger.compare(
        Aging(by: .collector, form: .bucketed, asOf: asOf, disputed: true), asOf, known)
      lines += try ledger.compare(PromiseDiary(asOf: asOf, days: 30, by: .date), asOf, known)
      lines += try ledger.compare(ChequeRegister(asOf: asOf, all: true), asOf, known)
      lines += try ledger.compare(
        ContactReport(by: .collector, from: from, asOf: asOf), asOf, known)
    }
    // Books without lines would be alike whatever was kept.
    #expect(lines > 500, "\(lines) lines compared")
  }

  /// Rows are kept as they stand in memory: whoever changes one changes this table, and raises
  /// `Stretch.version`, so that what an older program kept is made anew.
  @Test func `kept rows are drawn like this at this version`() {
    var drawing = Drawing()
    var desk = Desk()
    desk.walk(&drawing)
    let facts = (0...UInt8.max).compactMap { code in
      Fact.Kind(rawValue: code).map { "\(code) \($0)" }
    }
    let told = (["version \(Stretch.version)"] + drawing.lines + facts).joined(separator: "\n")
    #expect(told == Self.drawn, "\(told)")
  }

  private struct Drawing: DeskWalk {
    var lines: [String] = []

    mutating func visit<Noun: DeskNoun>(
      _ noun: Noun.Type, _ bit: Desk.Reads, _ column: inout Column<Noun.Row>
    ) {
      let size = MemoryLayout<Noun.Row>.stride
      lines.append("\(noun) bit \(bit.rawValue.trailingZeroBitCount) bytes \(size)")
    }
  }

  static let drawn = """
    version 3
    Promise bit 0 bytes 64
    Cheque bit 8 bytes 64
    Mandate bit 9 bytes 72
    Paper bit 10 bytes 40
    Allocation bit 16 bytes 40
    Complaint bit 17 bytes 24
    Payment bit 1 bytes 40
    Contact bit 2 bytes 40
    Dispute bit 3 bytes 48
    Link bit 24 bytes 32
    Legal bit 11 bytes 72
    Security bit 12 bytes 64
    Ending bit 28 bytes 24
    Settlement bit 4 bytes 88
    Plan bit 5 bytes 56
    Approval bit 6 bytes 40
    Query bit 13 bytes 40
    Document bit 14 bytes 40
    0 opened
    1 opening
    2 closed
    3 reopened
    4 writtenOff
    5 flagged
    6 due
    7 dueCancelled
    8 charge
    9 waiver
    10 interest
    11 payment
    12 reversal
    13 refund
    14 transferOut
    15 transferIn
    16 hold
    17 holdLifted
    18 bounce
    19 entryReversed
    """
}

extension Restored {
  // How many lines the log gives; what is kept must give the same.
  func compare<B: Book>(_ book: B, _ asOf: Day, _ known: Position) throws -> Int {
    let question = Question(vantage: Vantage(asOf: asOf, knownAt: known))
    return try journal.read { (snapshot) throws(JournalError) in
      let log = try journal.answer(book, question, snapshot, keeping: .never)
      let kept = try journal.answer(book, question, snapshot, keeping: .whenWorthwhile)
      let rows = log.book.sheet(journal.naming).rows.map { $0.map(\.plain) }
      #expect(kept.book.sheet(journal.naming).rows.map { $0.map(\.plain) } == rows)
      return rows.count
    }
  }
}
