import Crypto
import Foundation
import Ledger
import Simulation
import Testing

@Suite struct `A simulated life` {
  static let from = Day("2025-04-01") ?? .none
  static let life = Life(seed: 7, accounts: 1000, from: from, days: 365)

  static func counts(_ life: Life) -> [String: Int] {
    var counts: [String: Int] = [:]
    for entry in life.entries { counts[entry.deed.type, default: 0] += 1 }
    return counts
  }

  @Test func `the same seed gives the same bytes, another seed others`() {
    let again = Life(seed: 7, accounts: 1000, from: Self.from, days: 365)
    let other = Life(seed: 8, accounts: 1000, from: Self.from, days: 365)
    let bytes = Self.life.events.bytes
    #expect(bytes == again.events.bytes)
    #expect(bytes != other.events.bytes)
  }

  @Test func `chunks and ranges hold the same lines`() {
    let (bytes, lines) = Self.life.events
    var chunks: [UInt8] = []
    Self.life.write { chunks += $0 }
    #expect(chunks == bytes)
    #expect(lines.count == Self.life.entries.count)
    #expect(lines.allSatisfy { bytes[$0.upperBound] == UInt8(ascii: "\n") })
  }

  @Test func `what is recorded is in order and never before it happened`() {
    var last = Int64.min
    for entry in Self.life.entries {
      #expect(entry.recorded >= last && entry.recorded >= entry.occurred)
      last = entry.recorded
    }
  }

  @Test func `a portfolio is as busy as a portfolio`() {
    let counts = Self.counts(Self.life)
    let bounds: [(String, ClosedRange<Int>)] = [
      ("account.closed", 20...80), ("account.flagged", 8...50), ("account.imported", 8...40),
      ("account.opened", 980...1000), ("account.reopened", 0...10),
      ("account.written_off", 2...70), ("charge.levied", 900...2200),
      ("charge.waived", 30...150), ("contact.attempted", 2000...7000),
      ("due.cancelled", 5...50), ("due.raised", 10_500...12_000), ("event.reversed", 80...250),
      ("hold.lifted", 5...60), ("hold.placed", 15...90), ("interest.applied", 8...60),
      ("ledger.period_closed", 11...11), ("payment.credited", 500...1300),
      ("payment.posted", 300...900), ("payment.received", 8500...11_000),
      ("payment.refunded", 15...110), ("payment.reversed", 130...350),
      ("payment.transferred", 15...70), ("policy.adopted", 12...12), ("policy.retired", 1...1),
    ]
    for (type, range) in bounds {
      #expect(range.contains(counts[type] ?? 0), "\(type): \(counts[type] ?? 0) of \(range)")
    }
    #expect(counts.count == bounds.count)
    #expect((25_000...33_000).contains(Self.life.entries.count))
  }

  @Test func `much of it comes late, and some after its month was closed`() {
    var late = 0
    var afterMonth = 0
    for entry in Self.life.entries {
      guard let day = entry.valueDate else { continue }
      let known = Moment(rawValue: entry.recorded * 1_000_000).day(offset: 330)
      if known - day >= 2 { late += 1 }
      if known > day.endOfMonth + 3 { afterMonth += 1 }
    }
    #expect(late > 500)
    #expect(afterMonth > 50)
  }

  @Test func `a reversal stands after what it reverses, some reversals are reversed`() {
    var seen: Set<String> = []
    var reversals: Set<String> = []
    var again = 0
    for event in Self.life.told {
      if case .mistaken(let target) = event.what {
        #expect(seen.contains(target))
        if reversals.contains(target) { again += 1 }
        reversals.insert(event.id)
      }
      seen.insert(event.id)
    }
    #expect(again > 0)
  }

  @Test func `every body fits its schema, and every policy the schema of its kind`() throws {
    let (bytes, lines) = Self.life.events
    var read: Set<String> = []
    for (line, entry) in zip(lines, Self.life.entries) where read.count < 24 || line.count % 7 == 0
    {
      let object = try JSONSerialization.jsonObject(with: Data(bytes[line]))
      let fields = try #require(object as? [String: Any])
      let type = try #require(Register.event(entry.deed.type))
      let body = try #require(fields["body"] as? [String: Any])
      read.insert(type.name)
      let names = Set(type.fields.map(\.name))
      let required = Set(type.fields.filter(\.isRequired).map(\.name))
      #expect(required.isSubset(of: body.keys) && names.isSuperset(of: body.keys), "\(type.name)")
      let subject = try #require(fields["subject"] as? [String: Any])
      #expect(subject["kind"] as? String == type.subject)
    }
    for adoption in Rulebook.adoptions {
      let kind = try #require(Register.policy(adoption.kind))
      try BodyCodec.check(Array(adoption.body.utf8).span, as: kind)
      let hash = SHA256.hash(data: Array(adoption.body.utf8))
      let hex = hash.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
      #expect(hex == adoption.hash, "\(adoption.policy)@\(adoption.version)")
    }
  }

  @Test func `a life in another zone and currency says so`() throws {
    let zone = try #require(Zone("Europe/Rome"))
    let euro = try #require(Currency(code: "EUR"))
    let life = Life(
      seed: 1, accounts: 3, from: Self.from, days: 400, zone: zone, currency: euro)
    let text = String(decoding: life.events.bytes, as: UTF8.self)
    #expect(text.contains("+02:00") && text.contains("+01:00") && text.contains("\"EUR\""))
    #expect(!text.contains("INR"))
  }
}
