internal import Ledger

/// Numbers of names in memory, found by bytes without making a `String`: an open-addressing table
/// with the bytes in one arena.
struct NameCache {
  private struct Slot {
    var key: UInt64 = 0
    var number: UInt32 = 0
    var length: UInt32 = 0
    var start: Int = 0
  }
  private var slots = [Slot](repeating: Slot(), count: 1024)
  private var arena: [UInt8] = []
  private var count = 0

  /// The number of a name, or nil when it is not in memory.
  func number(_ kind: NameKind, _ id: Span<UInt8>) -> UInt32? {
    let key = NameCache.key(kind, id)
    var index = Int(truncatingIfNeeded: key) & (slots.count - 1)
    while slots[index].key != 0 {
      let slot = slots[index]
      if slot.key == key, Int(slot.length) == id.count,
        Little.same(arena.span.extracting(slot.start..<slot.start + id.count), id)
      {
        return slot.number
      }
      index = (index + 1) & (slots.count - 1)
    }
    return nil
  }

  /// Remembers the number of a name.
  mutating func insert(_ kind: NameKind, _ id: Span<UInt8>, _ number: UInt32) {
    if count * 2 >= slots.count { grow() }
    let slot = Slot(
      key: NameCache.key(kind, id), number: number, length: UInt32(id.count), start: arena.count)
    for index in 0..<id.count { arena.append(id[index]) }
    place(slot)
    count += 1
  }

  /// Forgets everything.
  mutating func reset() { if count > 0 { self = NameCache() } }

  private mutating func place(_ slot: Slot) {
    var index = Int(truncatingIfNeeded: slot.key) & (slots.count - 1)
    while slots[index].key != 0 { index = (index + 1) & (slots.count - 1) }
    slots[index] = slot
  }

  private mutating func grow() {
    let old = slots
    slots = [Slot](repeating: Slot(), count: old.count * 2)
    for slot in old where slot.key != 0 { place(slot) }
  }

  private static func key(_ kind: NameKind, _ id: Span<UInt8>) -> UInt64 {
    let key = TextKey(id).rawValue &+ UInt64(kind.rawValue) &* 0x9E37_79B9_7F4A_7C15
    return key == 0 ? 1 : key
  }
}

/// Keys of the tables `names` and `numbers`.
enum NameKey {
  /// The longest id, in bytes: an LMDB key holds 511, kind included.
  static var limit: Int { 500 }

  static func name(_ kind: NameKind, _ id: Span<UInt8>) -> [UInt8] {
    var key: [UInt8] = [kind.rawValue]
    key.reserveCapacity(1 + id.count)
    for index in 0..<id.count { key.append(id[index]) }
    return key
  }

  static func number(_ kind: NameKind, _ number: UInt32) -> [UInt8] {
    [
      kind.rawValue, UInt8(truncatingIfNeeded: number >> 24),
      UInt8(truncatingIfNeeded: number >> 16),
      UInt8(truncatingIfNeeded: number >> 8), UInt8(truncatingIfNeeded: number),
    ]
  }

  /// The number in a key of `numbers`.
  static func number(_ key: Span<UInt8>) -> UInt32 {
    key.count == 5
      ? UInt32(key[1]) << 24 | UInt32(key[2]) << 16 | UInt32(key[3]) << 8 | UInt32(key[4]) : 0
  }
}
