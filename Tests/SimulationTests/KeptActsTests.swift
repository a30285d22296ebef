import Foundation
import Journaling
import Ledger
import Simulation
import Testing

@testable import Rules

/// Acts kept beside the log by whoever asks rules: what serves later, and what is made anew.
@Suite struct `Acts that are kept` {
  @Test func `are brought up to date by what came since, and serve like the log at any vantage`()
    throws
  {
    let from = try #require(Day("2025-04-01"))
    let life = Life(
      seed: 77, accounts: 40, from: from, days: 200, chapters: [.organisation, .desk, .paper])
    var found = 0
    // What came since is kept beside what is there.
    let ledger = try Restored(life, cuts: [300, 700, 720]) { ledger in
      _ = try judge(ledger.journal, .always)
    }
    for share in [4, 3, 2] {
      let known = Position(life.entries.count * share / 4)
      let whole = try judge(ledger.journal, .never, at: known)
      for use in [KeptFacts.Use.whenWorthwhile, .always, .always] {
        let kept = try judge(ledger.journal, use, at: known)
        #expect(kept.told == whole.told, "\(use) at \(known)")
        #expect(kept.keptUpTo > 0 && whole.keptUpTo == 0)
      }
      found += whole.told.count
    }
    #expect(found > 100, "\(found) findings compared")
  }

  /// Opened as the command line opens it.
  private func read(_ path: String) throws -> Journal {
    var options = Journal.Options()
    options.readOnly = true
    return try Journal(path, options)
  }

  private func largeLedger(_ seed: UInt64) throws -> Restored {
    // Three stretches of accounts, for as many threads.
    let from = try #require(Day("2025-04-01"))
    return try Restored(
      Life(seed: seed, accounts: 520, from: from, days: 21, chapters: [.organisation, .desk]),
      cuts: [])
  }

  @Test func `are kept by who only reads the ledger, and serve when entries were taken back since`()
    throws
  {
    let ledger = try largeLedger(78)
    let copy = ledger.path + "-read"
    defer { try? FileManager.default.removeItem(atPath: copy) }
    try FileManager.default.copyItem(atPath: ledger.path, toPath: copy)
    let file = copy + "/views/acts/data.mdb"
    var whole = Judged()
    do {
      let journal = try read(copy)
      whole = try judge(journal, .never)
      #expect(whole.told.count > 100, "\(whole.told.count) findings compared")
      // Few events are not worth a file.
      #expect(try judge(journal, .whenWorthwhile).told == whole.told)
      #expect(!FileManager.default.fileExists(atPath: file))
      #expect(try judge(journal, .always).told == whole.told)
      #expect(FileManager.default.fileExists(atPath: file))
      for threads in [1, 2, 3, 300] {
        let kept = try judge(journal, .whenWorthwhile, threads: threads)
        #expect(kept.told == whole.told, "\(threads) threads")
        #expect(kept.keptUpTo == whole.head)
      }
      let earlier = try judge(journal, .never, at: whole.head / 2)
      let kept = try judge(journal, .always, at: whole.head / 2, threads: 3)
      #expect(kept.told == earlier.told && kept.keptUpTo == whole.head)
      #expect(earlier.told != whole.told)
    }
    // An entry that is kept, and that something was found in, is taken back.
    #expect(try judge(ledger.journal, .always).told == whole.told)
    _ = try ledger.append("event.reversed", on: "2026-01-02", "", reversing: whole.first)
    let then = try judge(ledger.journal, .never)
    #expect(then.told != whole.told)
    for use in [KeptFacts.Use.whenWorthwhile, .always, .always] {
      for threads in [1, 3] {
        let kept = try judge(ledger.journal, use, threads: threads)
        #expect(kept.told == then.told, "\(use), \(threads) threads")
        #expect(kept.keptUpTo >= whole.head)
      }
    }
    #expect(try judge(ledger.journal, .always).keptUpTo == then.head)
    #expect(try judge(ledger.journal, .always, at: whole.head).told == whole.told)
  }

  @Test func `are made anew where the file is damaged, and what is found is the same`() throws {
    let ledger = try largeLedger(79)
    let (journal, folder) = (ledger.journal, ledger.journal.folder.column("acts"))
    let file = URL(filePath: folder + "/data.mdb")
    func harm(_ how: (inout Data) -> Void) throws {
      var bytes = try Data(contentsOf: file)
      how(&bytes)
      try bytes.write(to: file)
    }
    let key = unsafe withUnsafeBytes(of: TextKey("call").rawValue) { unsafe Data($0) }
    let harms: [(String, () throws -> Void)] = [
      ("removed", { try FileManager.default.removeItem(atPath: ledger.path + "/views") }),
      ("cut short", { try harm { $0 = $0.prefix(9000) } }),
      ("no file of LMDB", { try harm { $0 = Data(repeating: 7, count: 40_000) } }),
      (
        "astray in its pages",
        {
          try harm { bytes in
            for page in stride(from: 8192, to: bytes.count, by: 4096)
            where [1, 2].contains(bytes[page + 10]) && bytes[page + 11] == 0 {
              for place in page + 16..<page + 24 { bytes[place] = 0xFF }
            }
          }
        }
      ),
      (
        "changed in its words",
        {
          try harm { bytes in
            var found = bytes.range(of: key)
            while let place = found {
              bytes[place.lowerBound] ^= 1
              found = bytes.range(of: key, in: place.upperBound..<bytes.endIndex)
            }
          }
        }
      ),
    ]
    let whole = try judge(journal, .never)
    _ = try judge(journal, .always)
    for (index, (what, harm)) in harms.enumerated() {
      let threads = 1 + index % 3
      #expect(try judge(journal, .always).keptUpTo == whole.head, "before it was \(what)")
      try harm()
      let kept = try judge(journal, .always, threads: threads)
      #expect(kept.told == whole.told && kept.keptUpTo == 0, "\(what)")
    }
    #expect(try judge(journal, .always).keptUpTo == whole.head)
  }

  @Test func `are compared with the events by verify`() throws {
    let ledger = try Restored(
      Life(seed: 80, accounts: 12, from: try #require(Day("2025-04-01")), days: 90), cuts: [])
    let journal = ledger.journal
    _ = try judge(journal, .always)
    #expect(try journal.verify(views: Hearing.strayViews).isEmpty)
    // Kept again with one word of one slip changed, soundly.
    try journal.read { (snapshot) throws(JournalError) in
      var rows: [(UInt32, ContiguousArray<UInt64>)] = []
      let folder = journal.folder.column("acts")
      do {
        let kept = KeptStretches.open(folder, form: ActSlip.form, journal, snapshot)
        for stretch in [0, 1 << 24, 1 << 24 | 1, 1 << 24 | 2] as [UInt32] {
          rows.append((stretch, try kept?.whole(stretch) ?? []))
        }
      }
      rows[0].1[Stretch.front + 4] ^= 1
      let making = KeptStretches.Making(
        folder, behind: nil, form: ActSlip.form, .always, upTo: snapshot.head)
      for (stretch, words) in rows { try making?.add(stretch, words.span) }
      let crc = try KeptStretches.checksum(of: snapshot.head, snapshot) ?? 0
      let made = try? making?.finish(upTo: snapshot.head, crc: crc, journal.identity.id)
      #expect(made != nil)
    }
    let found = try journal.verify(views: Hearing.strayViews).map(\.description)
    #expect(found.count == 1 && found[0].contains("views/acts is not what the events say"))
  }

  /// What a run found, and what it was read from.
  private struct Judged {
    var told: [String] = []
    var keptUpTo: Position = 0
    var head: Position = 0
    /// The event of the first finding that stands on one.
    var first: Position = 0
  }

  private func judge(
    _ journal: Journal, _ use: KeptFacts.Use, at known: Position? = nil, threads: Int = 1
  ) throws -> Judged {
    try journal.read { (snapshot) throws(JournalError) in
      let known = known ?? snapshot.head
      let now = try snapshot.recorded(at: known) ?? Moment(rawValue: 0)
      var judged = Judged()
      guard let zone = Zone("Asia/Kolkata") else { return judged }
      let packs = Catalogue.packs.filter { $0.hasPrefix("in.") || $0 == "int" }
      let drafts = packs.compactMap { pack in
        (try? BodyCodec.encodeJSON(Array("{\"pack\":\"\(pack)\"}".utf8).span)).map { (pack, $0) }
      }
      guard
        let book = try? Rules.Rulebook(.draft(drafts), PolicyBook(), asOf: zone.day(of: now))
      else { return judged }
      let days = Day(rawValue: -719_162)...zone.day(of: now)
      let hearing = Hearing(book, knownAt: known, now: now, days: days, zone: zone)
      let report = try hearing.run(journal, snapshot, keeping: use, threads: threads)
      judged.told = report.findings.map { finding in
        "\(book.rules[finding.rule].id) \(finding.version) \(finding.code) \(finding.account) "
          + "\(finding.anchor) \(finding.of) \(finding.part.words) \(finding.on) "
          + "\(finding.informs) \(finding.extras) \(Array(report.events(of: finding)))"
      }.sorted()
      judged.told += zip(book.rules, report.examined).map { "\($0.id) \($1)" }
      judged.first = report.findings.map(\.anchor).filter { $0 > 0 }.min() ?? 0
      (judged.keptUpTo, judged.head) = (report.keptUpTo, snapshot.head)
      return judged
    }
  }
}
