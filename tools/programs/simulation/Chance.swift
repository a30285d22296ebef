/// SplitMix64: the same numbers from the same seed on every machine.
///
/// After Sebastiano Vigna's public-domain `splitmix64.c`.
package struct Chance: Sendable {
  private var state: UInt64

  /// A source that starts from a seed and a number, so that each account has its own.
  package init(seed: UInt64, stream: UInt64 = 0) {
    state = Chance.mix(seed) ^ Chance.mix(stream &+ 0x5851_F42D_4C95_7F2D)
  }

  /// The finaliser of the generator: a bijection that scatters bits.
  package static func mix(_ value: UInt64) -> UInt64 {
    var z = value &+ 0x9E37_79B9_7F4A_7C15
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// The next 64 bits.
  package mutating func next() -> UInt64 {
    let value = Chance.mix(state)
    state &+= 0x9E37_79B9_7F4A_7C15
    return value
  }

  /// A number from a range, evenly.
  package mutating func pick(_ range: ClosedRange<Int>) -> Int {
    let width = UInt64(range.upperBound - range.lowerBound) &+ 1
    return range.lowerBound + Int(next().multipliedFullWidth(by: width).high)
  }

  /// An element of a list, evenly.
  package mutating func pick<T>(_ list: [T]) -> T { list[pick(0...list.count - 1)] }

  /// An element of a table of shares that add up to ten thousand.
  package mutating func pick<T>(_ table: [(T, share: Int)]) -> T {
    var at = pick(0...9999)
    for (value, share) in table {
      if at < share { return value }
      at -= share
    }
    return table[table.count - 1].0
  }

  /// Whether something happens that happens so often in ten thousand times.
  package mutating func happens(_ perTenThousand: Int) -> Bool { pick(0...9999) < perTenThousand }
}
