/// Where C2SP tlog-tiles keeps what: `tile/<level>/<N>[.p/<width>]`,
/// `tile/entries/<N>[.p/<width>]`.
package struct TilePath: Hashable, Sendable {
  /// Level of the tile, or nil for a bundle of entries.
  package var level: Int?
  /// Place of the tile in its level.
  package var index: UInt64
  /// Hashes in it, 1 to 256; 256 is a full one.
  package var width: Int

  /// Hashes in a full tile, entries in a full bundle.
  package static let full = 256

  /// The path of a tile, or of a bundle without a level.
  package init(level: Int?, index: UInt64, width: Int = TilePath.full) {
    (self.level, self.index, self.width) = (level, index, width)
  }

  /// The path below the log's folder.
  package var text: String {
    "tile/" + (level.map { String($0) } ?? "entries") + "/" + TilePath.number(index)
      + (width < TilePath.full ? ".p/\(width)" : "")
  }

  /// The path of the full tile that a partial one grows into.
  package var whole: TilePath { TilePath(level: level, index: index) }

  // Groups of three digits; all but the last begin with an x.
  private static func number(_ index: UInt64) -> String {
    func three(_ value: UInt64) -> String {
      let digits = String(value)
      return String(repeating: "0", count: 3 - digits.count) + digits
    }
    var text = three(index % 1000)
    var rest = index / 1000
    while rest > 0 {
      text = "x" + three(rest % 1000) + "/" + text
      rest /= 1000
    }
    return text
  }

  /// Every tile and bundle of a tree of `size` leaves: bundles first, then level by level, so that
  /// whoever copies in this order never has a hash without what it stands for. With `from` only
  /// those that a tree of that size did not have in the same width.
  package static func all(of size: UInt64, from old: UInt64 = 0) -> [TilePath] {
    var paths: [TilePath] = []
    for level in [nil] + (0..<8).map({ $0 }) as [Int?] {
      let shift = UInt64(8 * (level ?? 0))
      let (now, before) = (size >> shift, old >> shift)
      if now == 0 { break }
      var index = before / 256
      if before == now { continue }
      while index * 256 < now {
        paths.append(TilePath(level: level, index: index, width: Int(min(256, now - index * 256))))
        index += 1
      }
    }
    return paths
  }
}

/// A bundle of entries as C2SP tlog-tiles writes it: each behind its length in two bytes,
/// big-endian.
package enum EntryBundle {
  /// The longest entry that a bundle can hold.
  package static let longest = 65_535

  /// Appends an entry; false when it is too long.
  package static func append(_ entry: Span<UInt8>, to bytes: inout [UInt8]) -> Bool {
    guard entry.count <= longest else { return false }
    bytes.append(UInt8(truncatingIfNeeded: entry.count >> 8))
    bytes.append(UInt8(truncatingIfNeeded: entry.count))
    unsafe entry.withUnsafeBufferPointer { unsafe bytes.append(contentsOf: $0) }
    return true
  }

  /// Where each of `count` entries stands in a bundle's bytes; nil when they are not exactly so
  /// many.
  package static func entries(_ bytes: Span<UInt8>, count: Int) -> [Range<Int>]? {
    var found: [Range<Int>] = []
    var at = 0
    while at < bytes.count {
      guard at + 2 <= bytes.count else { return nil }
      let length = Int(bytes[at]) << 8 | Int(bytes[at + 1])
      guard at + 2 + length <= bytes.count, found.count < count else { return nil }
      found.append(at + 2..<at + 2 + length)
      at += 2 + length
    }
    return found.count == count ? found : nil
  }
}
