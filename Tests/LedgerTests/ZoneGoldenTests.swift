import Foundation
import Testing

@testable import Ledger

/// `Golden/zones.txt` is what Python's zoneinfo says of the same data; `tools/zones.py` writes it
/// and says how.
@Suite struct `Zones agree with Python's` {
  private static let seed: UInt64 = 20_260_105
  private static let samples = 64
  private static let until: UInt64 = 4_102_444_800

  private static func fnv(_ numbers: some Sequence<UInt64>) -> UInt64 {
    numbers.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ $1) &* 0x100_0000_01b3 }
  }

  private static func bits(_ number: some BinaryInteger) -> UInt64 {
    UInt64(truncatingIfNeeded: number)
  }

  private struct SplitMix {
    var state: UInt64

    mutating func next() -> UInt64 {
      state &+= 0x9e37_79b9_7f4a_7c15
      var z = state
      z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
      z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
      return z ^ (z >> 31)
    }
  }

  private func sampled(_ zone: Zone) -> UInt64 {
    var draw = SplitMix(state: Self.seed ^ Self.fnv(zone.name.utf8.map(UInt64.init)))
    return Self.fnv(
      (0..<Self.samples).map { _ in
        let second = Int64(draw.next() % Self.until)
        return Self.bits(zone.offset(at: Moment(rawValue: second * 1_000_000)))
      })
  }

  /// The number of transitions from 1970 to 2100, and a hash of them and of the clock readings in
  /// the middle of their gaps and overlaps.
  private func transitions(_ zone: Zone) -> (count: Int, hash: UInt64) {
    var count = 0
    var numbers: [UInt64] = []
    var before = zone.stretch(at: Moment(rawValue: 0))
    while before.moments.upperBound.rawValue < Int64(Self.until) * 1_000_000 {
      let jump = before.moments.upperBound.rawValue + 1
      let after = zone.stretch(at: Moment(rawValue: jump))
      defer { before = after }
      guard after.offset != before.offset else { continue }
      count += 1
      let middle = jump + (Int64(before.offset) + Int64(after.offset)) * 30_000_000
      let day = Moment(rawValue: middle).day(offset: 0)
      let second = (middle - Int64(day.rawValue) * 86_400_000_000) / 1_000_000
      let folds: (Int16, Int16) =
        switch zone.moment(of: day, hour: 0, minute: 0, second: Int(second)) {
        case .one(let clock): (clock.offset, clock.offset)
        case .ambiguous(let earlier, let later): (earlier.offset, later.offset)
        case .missing(let from, let to): (from.offset, to.offset)
        }
      numbers += [
        Self.bits(jump / 1_000_000), Self.bits(after.offset), Self.bits(folds.0),
        Self.bits(folds.1),
      ]
    }
    return (count, Self.fnv(numbers))
  }

  @Test func `on every zone, at random moments and at every transition`() throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Golden/zones.txt")
    let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
    #expect(lines.first == "# tools/zones.py, seed \(Self.seed), \(Self.samples) samples")
    let rows = lines.dropFirst().map { $0.split(separator: " ").map(String.init) }
    #expect(rows.map { $0[0] } == Zone.names)
    for row in rows {
      let zone = try #require(Zone(row[0]))
      let (count, hash) = transitions(zone)
      #expect(
        [String(sampled(zone), radix: 16), String(count), String(hash, radix: 16)]
          == Array(row.dropFirst()), "\(zone)")
    }
  }
}
