import Testing

@testable import Ledger

/// What was known just before an entry, against the same told anew each time.
@Suite struct `A chronicle retold` {
  private struct Word: Tidings, Equatable {
    var seq: Position, occurred: Int64
  }

  // Keeps everything, so that an order is seen.
  private struct Everything: Chronicle {
    static let reads = TypeMask(), judged = TypeMask(), isOnAccounts = false
    var words: [Word] = []
    mutating func take(_ word: Word) { words.append(word) }
  }

  private static func stands(_ seq: Position, _ takers: [Position: [Position]]) -> Bool {
    !(takers[seq] ?? []).contains { stands($0, takers) }
  }

  @Test func `is the chronicle of what stood, whatever came late or was taken back`() {
    let seed = UInt64.random(in: 0...UInt64.max)
    print("seed of A chronicle retold: \(seed)")
    var state = seed
    func roll(_ limit: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % limit
    }
    var retold = Retold<Everything>()
    var (words, takers) = ([Word](), [Position: [Position]]())
    for seq in Position(1)...4000 {
      // Most come in order, some days late, a few years; reversals may be taken back themselves.
      if seq > 3, roll(12) == 0 {
        let target = Position(max(1, Int(seq) - 1 - roll(roll(20) == 0 ? Int(seq) - 1 : 40)))
        takers[target, default: []].append(seq)
        retold.hear(reversal: seq, of: target)
      } else {
        let late = roll(4) > 0 ? 0 : roll(50) > 0 ? roll(40) : roll(Int(seq))
        let word = Word(seq: seq, occurred: Int64(seq) - Int64(late))
        words.append(word)
        retold.hear(word)
      }
      guard roll(8) == 0 || seq > 3990 else { continue }
      let standing = words.filter { Self.stands($0.seq, takers) }
      #expect(retold.chronicle().words == Everything(standing).words, "seed \(seed), at \(seq)")
    }
  }
}
