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

  @Test func `a view is brought up to date by what came since, and answers like the log`() throws {
    let from = try #require(Day("2025-04-01"))
    let life = Life(
      seed: 32, accounts: 90, from: from, days: 240, chapters: [.organisation, .desk, .paper])
    var chance = Chance(seed: 32, stream: 92)
    var (lines, heads): (Int, [Position]) = (0, [0])
    let ledger = try Restored(life, cuts: [300, 350, 352, 600, 610, 980]) { ledger in
      // At the head what came since is kept; a question about earlier is answered by what is there.
      let head = try ledger.journal.read { (snapshot) throws(JournalError) in snapshot.head }
      for holder in ["collector-1", "agency-1", "nobody"] {
        let asOf = from + chance.pick(20...240)
        let kept = try ledger.queue(of: holder, asOf, head, keeping: .always)
        #expect(kept.keptUpTo == (holder == "collector-1" ? heads.last : head))
        lines += try ledger.compare(WorkQueue(asOf: asOf, collector: holder), asOf, head)
        let known = Position(chance.pick(1...Int(head)))
        lines += try ledger.compare(WorkQueue(asOf: asOf, collector: holder), asOf, known)
      }
      heads.append(head)
    }
    // A view of everybody's accounts, which one collector's is a part of.
    let asOf = from + 240
    lines += try ledger.compare(
      WorkQueue(asOf: asOf, collector: nil), asOf, Position(life.entries.count))
    #expect(lines > 10, "\(lines) lines compared")
  }

  @Test func `a view that was removed, cut short or changed is passed over and made anew`() throws {
    let from = try #require(Day("2025-04-01"))
    let life = Life(seed: 33, accounts: 60, from: from, days: 200, chapters: .organisation)
    let ledger = try Restored(life, cuts: [])
    let (head, asOf) = (Position(life.entries.count), from + 200)
    let holders = (1...24).map { "collector-\($0)" }
    let holder = try #require(
      try holders.first { holder in
        let queue = try ledger.queue(of: holder, asOf, head, keeping: .never)
        return !queue.book.sheet(ledger.journal.naming).rows.isEmpty
      })
    func keep() throws -> Answer<WorkQueue> {
      try ledger.queue(of: holder, asOf, head, keeping: .always)
    }
    let views = URL(filePath: ledger.path + "/views")
    let key = unsafe withUnsafeBytes(of: TextKey(holder).rawValue) { unsafe Data($0) }
    let harms: [(String, String, (URL) throws -> Void)] = [
      ("removed", "allocation", { try FileManager.default.removeItem(at: $0) }),
      (
        "cut short", "facts",
        { file in
          try Data(contentsOf: file.appending(path: "data.mdb")).prefix(9000)
            .write(to: file.appending(path: "data.mdb"))
        }
      ),
      (
        "changed", "allocation",
        { file in
          var bytes = try Data(contentsOf: file.appending(path: "data.mdb"))
          var found = bytes.range(of: key)
          while let place = found {
            bytes[place.lowerBound] ^= 1
            found = bytes.range(of: key, in: place.upperBound..<bytes.endIndex)
          }
          try bytes.write(to: file.appending(path: "data.mdb"))
        }
      ),
      (
        "no file of LMDB", "contact",
        { file in
          try Data(repeating: 7, count: 40_000).write(to: file.appending(path: "data.mdb"))
        }
      ),
    ]
    _ = try keep()
    let rows = { (answer: Answer<WorkQueue>) in
      answer.book.sheet(ledger.journal.naming).rows.map { $0.map(\.plain) }
    }
    let log = rows(try ledger.queue(of: holder, asOf, head, keeping: .never))
    for (what, view, harm) in harms {
      #expect(try keep().keptUpTo == head, "before it was \(what)")
      try harm(views.appending(path: view))
      let answer = try keep()
      #expect(rows(answer) == log, "\(what)")
      #expect(answer.keptUpTo == 0, "\(what)")
      let again = try keep()
      #expect(rows(again) == log && again.keptUpTo == head, "made anew after it was \(what)")
    }
  }

  /// Allocations that are taken back, given again, told late and on one day.
  @Test func `an account taken back, given again or given late stands in the right queue`() throws {
    let ledger = try Restored(
      Life(seed: 34, accounts: 12, from: try #require(Day("2025-04-01")), days: 200), cuts: [])
    let asOf = try #require(Day("2025-10-01"))
    var seqs: [Position] = []
    func say(_ type: String, _ day: String, _ body: String, of target: Position? = nil) throws {
      let seq = try ledger.append(type, on: day, body, reversing: target)
      seqs.append(seq)
      for holder in ["asha", "ravi"] {
        for asOf in [asOf, asOf + -100] {
          let kept = try ledger.queue(of: holder, asOf, seq, keeping: .always)
          let log = try ledger.queue(of: holder, asOf, seq, keeping: .never)
          let naming = ledger.journal.naming
          #expect(
            kept.book.sheet(naming).rows.map { $0.map(\.plain) }
              == log.book.sheet(naming).rows.map { $0.map(\.plain) }, "\(holder) \(seq)")
        }
      }
    }
    try say(
      "due.raised", "2025-06-01",
      #"{"due":"X1","kind":"instalment","due_date":"2025-06-01","#
        + #""amount":{"minor":900000,"currency":"INR"}}"#)
    seqs = []
    func given(_ to: String) -> String {
      #"{"to_kind":"collector","to":"\#(to)","basis":"bucket"}"#
    }
    try say("account.allocated", "2025-09-01", given("asha"))
    try say("event.reversed", "2025-09-02", "", of: seqs[0])
    try say("event.reversed", "2025-09-03", "", of: seqs[1])
    try say("account.allocated", "2025-08-01", given("ravi"))
    try say("account.deallocated", "2025-09-10", #"{"from":"asha","reason":"cycle_end"}"#)
    try say("account.allocated", "2025-09-10", given("ravi"))
    try say("event.reversed", "2025-09-11", "", of: seqs[4])
    try say("event.reversed", "2025-09-12", "", of: seqs[5])
    let last = try ledger.queue(of: "asha", asOf, seqs[7], keeping: .always)
    #expect(last.book.sheet(ledger.journal.naming).rows.count == 1)
  }

  @Test func `many at once ask and append, and each is answered by his own prefix of the log`()
    async throws
  {
    let from = try #require(Day("2025-04-01"))
    let life = Life(seed: 35, accounts: 30, from: from, days: 120, chapters: .organisation)
    let ledger = try Restored(life, cuts: [])
    let asOf = from + 120
    await withTaskGroup(of: Void.self) { group in
      for task in 0..<4 {
        group.addTask {
          for turn in 0..<3 {
            if task == 0 {
              _ = try? ledger.append(
                "account.allocated", on: "2025-12-0\(turn + 1)",
                #"{"to_kind":"collector","to":"collector-\#(1 + turn % 2)","basis":"bucket"}"#)
            }
            let same = try? ledger.journal.read { (snapshot) throws(JournalError) in
              let book = WorkQueue(asOf: asOf, collector: "collector-1")
              let question = Question(vantage: Vantage(asOf: asOf, knownAt: snapshot.head))
              let log = try ledger.journal.answer(book, question, snapshot, keeping: .never)
              let kept = try ledger.journal.answer(book, question, snapshot, keeping: .always)
              let naming = ledger.journal.naming
              return log.book.sheet(naming).rows.map { $0.map(\.plain) }
                == kept.book.sheet(naming).rows.map { $0.map(\.plain) }
            }
            #expect(same == true)
          }
        }
      }
    }
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
    version 7
    Promise bit 0 bytes 64
    Cheque bit 8 bytes 64
    Mandate bit 9 bytes 72
    Paper bit 10 bytes 40
    Allocation bit 16 bytes 40
    Complaint bit 17 bytes 40
    Payment bit 1 bytes 40
    Contact bit 2 bytes 40
    Delay bit 20 bytes 32
    Advice bit 21 bytes 56
    Dispute bit 3 bytes 56
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
  func queue(of holder: String, _ asOf: Day, _ known: Position, keeping use: KeptFacts.Use) throws
    -> Answer<WorkQueue>
  {
    let question = Question(vantage: Vantage(asOf: asOf, knownAt: known))
    return try journal.read { (snapshot) throws(JournalError) in
      try journal.answer(
        WorkQueue(asOf: asOf, collector: holder), question, snapshot, keeping: use)
    }
  }

  // Appends one entry on the account of number 1, or on that of the entry it takes back.
  func append(
    _ type: String, on day: String, _ body: String, reversing target: Position? = nil
  ) throws -> Position {
    let type = try #require(Register.event(type))
    let day = try #require(Day(day))
    let occurred = try #require(ClockTime("\(day)T10:00:00+05:30"))
    let id = try journal.read { (snapshot) throws(JournalError) in
      try snapshot.name(.account, 1) ?? ""
    }
    let reversed = try target.map { seq in
      try journal.read { (snapshot) throws(JournalError) in
        try snapshot.event(at: seq) { (event) throws(JournalError) in
          try snapshot.eventID(of: event)
        } ?? ""
      }
    }
    let json = reversed.map { #"{"reverses":"\#($0)","reason":"keying"}"# } ?? body
    var draft = Draft(
      type: type.code, subject: Reference(kind: "account", id: id), occurred: occurred, day: day,
      actor: Actor(id: "tester", role: "admin"),
      body: try BodyCodec.encode(Array(json.utf8), as: type))
    draft.eventID = "said-\(UUID().uuidString)"
    draft.target = reversed
    if type.name == "due.raised", let rupee = Currency(code: "INR") {
      draft.amount = Money(minor: 900_000, currency: rupee)
    }
    let told = draft
    return try journal.write { (batch) throws(JournalError) in try batch.append(told) }
  }

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
