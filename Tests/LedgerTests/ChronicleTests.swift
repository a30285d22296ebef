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

  @Test func `is the chronicle of what stood, in the order in which it was heard`() {
    let seed = UInt64.random(in: 0...UInt64.max)
    print("seed of A chronicle retold: \(seed)")
    // The longer it is, the fewer of its states on the way are kept.
    compare(4_000, every: 8, seed)
    compare(40_000, every: 1_000, seed ^ 1)
  }

  private func compare(_ count: Position, every asked: Int, _ seed: UInt64) {
    var state = seed
    func roll(_ limit: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % limit
    }
    var retold = Retold<Everything>()
    var (words, takers) = ([Word](), [Position: [Position]]())
    for seq in 1...count {
      // Reversals may be taken back themselves; of things long past there are few.
      if seq > 3, roll(12) == 0 {
        let target = Position(max(1, Int(seq) - 1 - roll(roll(40) == 0 ? Int(seq) - 1 : 40)))
        takers[target, default: []].append(seq)
        retold.hear(reversal: seq, of: target)
      } else {
        words.append(Word(seq: seq, occurred: Int64(roll(1_000))))
        retold.hear(words[words.count - 1])
      }
      guard roll(asked) == 0 || seq == count else { continue }
      let standing = words.filter { Self.stands($0.seq, takers) }
      #expect(retold.chronicle().words == standing, "seed \(seed), at \(seq)")
    }
  }
}
