import Foundation
import Interchange
import Journaling
import Ledger
import Rules
import Testing

/// A ledger of a garden, in a folder that goes with it.
final class GardenLedger {
  let journal: Journal
  private let folder: String

  init(_ lines: String) throws {
    folder =
      FileManager.default.temporaryDirectory
      .appendingPathComponent("arrears-rules-\(UUID().uuidString)").path
    journal = try Journal.create(
      folder,
      Identity(
        id: "00000000-0000-7000-8000-000000000001", zone: "Asia/Kolkata",
        currency: try #require(Currency(code: "INR")), created: Moment(rawValue: 0)))
    _ = try Restore(try ByteFile(name: "the garden", bytes: Array(lines.utf8))).run(into: journal)
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  /// What the rules find, and how many events each of them judged.
  func judge(
    _ law: Rules.Rulebook.Law = .then, asOf: Day = .undated - 1, knownAt: Moment? = nil
  ) throws -> (found: [Garden.Breach], examined: [String: Int]) {
    var result: Result<([Garden.Breach], [String: Int]), any Error>?
    try journal.read { (snapshot) throws(JournalError) in
      result = Result { try judge(law, asOf, knownAt, snapshot) }
    }
    return try #require(try result?.get())
  }

  private func judge(
    _ law: Rules.Rulebook.Law, _ asOf: Day, _ knownAt: Moment?, _ snapshot: borrowing Snapshot
  ) throws -> ([Garden.Breach], [String: Int]) {
    let zone = try #require(Zone("Asia/Kolkata"))
    let position = try knownAt.map { try snapshot.position(knownAt: $0) } ?? snapshot.head
    let policies = try journal.policies(
      Question(vantage: Vantage(asOf: asOf, knownAt: position)), snapshot)
    let book = try Rules.Rulebook(law, policies, asOf: asOf)
    var hearing = Hearing(
      book, knownAt: position, now: min(zone.endOfDay(asOf), knownAt ?? zone.endOfDay(asOf)),
      days: Day(rawValue: -719_162)...Day.undated, zone: zone)
    hearing.policies = policies
    let report = try hearing.run(journal, snapshot)
    var found: [Garden.Breach] = []
    for finding in report.findings where !finding.informs {
      var at = ""
      if finding.anchor != 0 {
        at =
          try snapshot.event(at: finding.anchor) { (event) throws(JournalError) in
            try snapshot.eventID(of: event)
          } ?? "?"
      } else if finding.account != 0 {
        at = try snapshot.name(.account, finding.account) ?? "?"
      }
      found.append(Garden.Breach(rule: book.rules[finding.rule].id, code: finding.code, at: at))
    }
    let counts = zip(book.rules, report.examined).map { ($0.id, $1) }
    return (found.sorted(), Dictionary(uniqueKeysWithValues: counts))
  }
}

extension Garden {
  /// Adopts a pack for accounts of a product; `body` with single quotes.
  mutating func adopt(_ id: String, _ body: String, for product: String?) {
    guard let zone = Zone("Asia/Kolkata"), let day = Day("2020-01-01") else { return }
    let digest = String(repeating: "ab", count: 32)
    let scope = product.map { "product:\($0)" } ?? "all"
    event(
      "policy.adopted", "policy:\(id)",
      "{'policy':'\(id)','kind':'rule_pack','version':1,'effective_from':'\(day)',"
        + "'status':'in_force','retroactive':'none','body':\(body),'body_hash':'\(digest)',"
        + "'applies_to':'\(scope)'}", zone, day)
  }

  /// Every pack of the catalogue, each for the product of its land; what the house asks of its
  /// staff, for all.
  mutating func adoptAll() {
    let desks = Catalogue.rules.filter { $0.pack == "int" && $0.scope != .account }
      .filter { $0.scope != .person }
    for pack in Catalogue.packs where pack != "int" {
      let land = String(pack.prefix { $0 != "." })
      let own = ["us.tcpa": "us_tcpa", "us.ma": "us_ma", "us.dc": "us_dc", "us.nyc": "us_nyc"]
      adopt(pack, "{'pack':'\(pack)'}", for: own[pack] ?? land)
    }
    // Microfinance is a product of its own.
    adopt("in.rbi.mfi", "{'pack':'in.rbi'}", for: "microfinance")
    func list(_ rules: [Rule], _ more: String = "") -> String {
      let off = rules.map { "{'rule':'\($0.id)','enabled':false}" }.joined(separator: ",")
      return "{'pack':'int','zone':'Asia/Dubai','rules':[\(off)\(more)]}"
    }
    adopt(
      "int", list(desks, ",{'rule':'int.contact.min-per-bucket','parameters':{'min':{'1-30':2}}}"),
      for: "int")
    let others = Catalogue.rules.filter { rule in
      rule.pack == "int" && !desks.contains { $0.id == rule.id }
    }
    adopt(
      "int.desk",
      list(
        others,
        ",{'rule':'int.collector.daily-contacts','parameters':{'min_calls':2}},"
          + "{'rule':'int.cash.in-hand','parameters':{'limit':\(cash(5_000_000, "AED"))}}"),
      for: nil)
  }
}

@Suite struct `A year with breaches planted in it` {
  private static var plots: [PlotsIndia.Plot] {
    PlotsIndia.conduct + PlotsIndia.money + PlotsIndia.cheques + PlotsAbroad.america
      + PlotsAbroad.europe + PlotsAbroad.gulf + PlotsHouse.arrears + PlotsHouse.staff
      + PlotsHouse.papers
  }

  /// Each story twice, with and without its breach, on days that a seed chooses.
  private static func garden(seed: UInt64) throws -> Garden {
    var garden = Garden()
    garden.adoptAll()
    var state = seed
    let first = try #require(Day("2024-07-01"))
    for plot in plots {
      for bad in [true, false] {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        plot(&garden, first + Int(state >> 33) % 300, bad)
      }
    }
    return garden
  }

  @Test(arguments: [7, 11, 42] as [UInt64])
  func `every breach is found and none is invented`(seed: UInt64) throws {
    let garden = try Self.garden(seed: seed)
    let (found, _) = try GardenLedger(garden.lines).judge(asOf: try #require(Day("2029-12-31")))
    let expected = garden.breaches.sorted()
    let missing = expected.filter { !found.contains($0) }
    let invented = found.filter { !expected.contains($0) }
    #expect(missing.isEmpty, "\(missing.map(\.description).joined(separator: "\n"))")
    #expect(invented.isEmpty, "\(invented.map(\.description).joined(separator: "\n"))")
    #expect(found.count == expected.count)
  }

  @Test func `every rule that ships enabled has a story`() throws {
    let told = Set(try Self.garden(seed: 1).breaches.map(\.rule))
    let untold = Catalogue.rules.filter { $0.evidence.shipsEnabled && !told.contains($0.id) }
    #expect(untold.isEmpty, "\(untold.map(\.id).joined(separator: "\n"))")
  }

  @Test func `each rule says how many events it judged`() throws {
    let garden = try Self.garden(seed: 3)
    let (_, examined) = try GardenLedger(garden.lines).judge(
      asOf: try #require(Day("2029-12-31")))
    let idle = examined.filter { $0.value == 0 }.map(\.key).sorted()
    #expect(idle.isEmpty, "\(idle.joined(separator: "\n"))")
  }
}
