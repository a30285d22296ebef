internal import LMDB
internal import Ledger

/// The id index of a stretch of events: only events that carry an id of their own stand in it.
///
/// ```
///  0  u32  magic "ARK1"
///  4  u32  CRC32C of everything from byte 8 on
///  8  u64  first seq          16  u64  last seq
/// 24  u32  entries m          28  u32  0
/// 32  u64 x m  `TextKey` of the id as stored, ascending, then by seq
///     u32 x m  seq - first
/// ```
struct IDRun: ~Escapable {
  private let bytes: Span<UInt8>
  let first: Position
  let last: Position
  let entries: Int

  static let magic: UInt32 = 0x314B_5241

  /// Looks at a stored run; its frame is checked here, its CRC by `check`.
  @_lifetime(copy bytes) init(_ bytes: Span<UInt8>) throws(JournalError) {
    guard bytes.count >= 32, Little.load(UInt32.self, bytes, 0) == IDRun.magic else {
      throw .corrupt("the id index", "a run does not start with ARK1")
    }
    self.bytes = bytes
    first = Little.load(UInt64.self, bytes, 8)
    last = Little.load(UInt64.self, bytes, 16)
    entries = Int(Little.load(UInt32.self, bytes, 24))
    guard bytes.count == 32 + 12 * entries, first <= last else {
      throw .corrupt("the id index", "a run's counts do not agree with its length")
    }
  }

  /// Whether its bytes are those that were written.
  var isSound: Bool {
    crc32c(bytes.extracting(8..<bytes.count)) == Little.load(UInt32.self, bytes, 4)
  }

  func key(_ entry: Int) -> UInt64 { Little.load(UInt64.self, bytes, 32 + 8 * entry) }
  func position(_ entry: Int) -> Position {
    first + UInt64(Little.load(UInt32.self, bytes, 32 + 8 * entries + 4 * entry))
  }

  /// Positions of events whose id has this key; the ids themselves are still to be compared.
  func find(_ key: UInt64, _ found: inout [Position]) {
    // Keys are spread evenly, so the place can be guessed and is a few steps away.
    guard entries > 0 else { return }
    var low = 0
    var high = entries
    let guess = Int(key.multipliedFullWidth(by: UInt64(entries)).high)
    let spread = 1024
    if guess >= spread, self.key(guess - spread) < key { low = guess - spread }
    if guess + spread < entries, self.key(guess + spread) >= key { high = guess + spread }
    while low < high {
      let middle = low + (high - low) / 2
      if self.key(middle) < key { low = middle + 1 } else { high = middle }
    }
    while low < entries, self.key(low) == key {
      found.append(position(low))
      low += 1
    }
  }

  /// Whether it holds an entry for each event that has a key, and no other: `keys` by position from
  /// `first` on. Entries ascend, so none counts twice.
  func says(_ keys: ContiguousArray<UInt64?>, from first: Position, upTo last: Position) -> Bool {
    guard isSound, self.first == first, self.last == last else { return false }
    var counted = 0
    for key in keys where key != nil { counted += 1 }
    guard counted == entries else { return false }
    for entry in 0..<entries {
      let (key, at) = (key(entry), position(entry))
      guard at <= last, keys[Int(at - first)] == key else { return false }
      if entry == 0 { continue }
      let before = self.key(entry - 1)
      guard before < key || (before == key && position(entry - 1) < at) else { return false }
    }
    return true
  }

  /// Adds every entry to `pairs`.
  func add(to pairs: inout IDPairs) {
    for entry in 0..<entries { pairs.append(key(entry), position(entry)) }
  }
}

/// Entries of the id index that are not in a run yet.
struct IDPairs {
  private(set) var first: Position
  private(set) var keys: [UInt64] = []
  private(set) var offsets: [UInt32] = []
  // An open-addressing table of the newest entry of a key plus one, and for each entry the one
  // before it of the same key. Keys are digests: their lowest bits are as good as any hash.
  private var newest = [UInt32](repeating: 0, count: 1024)
  private var before: [UInt32] = []

  init(first: Position) { self.first = first }

  mutating func append(_ key: UInt64, _ seq: Position) {
    if keys.count * 2 >= newest.count { grow() }
    let slot = slot(key)
    before.append(newest[slot])
    keys.append(key)
    newest[slot] = UInt32(keys.count)
    offsets.append(UInt32(truncatingIfNeeded: seq - first))
  }

  private func slot(_ key: UInt64) -> Int {
    let mask = newest.count - 1
    var slot = Int(truncatingIfNeeded: key) & mask
    while newest[slot] != 0, keys[Int(newest[slot]) - 1] != key { slot = (slot + 1) & mask }
    return slot
  }

  private mutating func grow() {
    newest = [UInt32](repeating: 0, count: newest.count * 2)
    for index in keys.indices { newest[slot(keys[index])] = UInt32(index + 1) }
  }

  mutating func reset(first: Position) {
    self.first = first
    if keys.isEmpty { return }
    keys.removeAll(keepingCapacity: true)
    offsets.removeAll(keepingCapacity: true)
    before.removeAll(keepingCapacity: true)
    for index in newest.indices { newest[index] = 0 }
  }

  /// Positions of pending events whose id has this key.
  func find(_ key: UInt64, _ found: inout [Position]) {
    var entry = newest[slot(key)]
    while entry != 0 {
      found.append(first + UInt64(offsets[Int(entry) - 1]))
      entry = before[Int(entry) - 1]
    }
  }

  /// The run of these entries, or nil when there are none.
  func run(last: Position) -> [UInt8]? {
    if keys.isEmpty { return nil }
    var order = zip(keys, offsets).map { (key: $0, offset: $1) }
    order.sort { $0.key == $1.key ? $0.offset < $1.offset : $0.key < $1.key }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(32 + 12 * keys.count)
    Little.append(IDRun.magic, to: &bytes)
    Little.append(UInt32(0), to: &bytes)
    Little.append(first, to: &bytes)
    Little.append(last, to: &bytes)
    Little.append(UInt32(keys.count), to: &bytes)
    Little.append(UInt32(0), to: &bytes)
    Little.append(all: order.map(\.key), to: &bytes)
    Little.append(all: order.map(\.offset), to: &bytes)
    Little.set(crc32c(bytes.span.extracting(8..<bytes.count)), in: &bytes, at: 4)
    return bytes
  }
}

/// What the indexes need to know of an event, read without allocating.
enum Indexed {
  /// The key of the id an event carries itself; nil when its id derives from import and line.
  static func idKey(_ event: borrowing EventView) throws(WireError) -> UInt64? {
    event.header.envelope == 0 ? nil : try idKey(envelope: event.envelope)
  }

  /// The same of an envelope that is not stored yet.
  static func idKey(envelope: Span<UInt8>) throws(WireError) -> UInt64? {
    var reader = CBORReader(envelope)
    guard try reader.map() > 0, try reader.uint() == Envelope.Key.eventID else { return nil }
    let range =
      try reader.peekMajor() == 2 ? try reader.dataRange() : try reader.textRange()
    return TextKey(envelope.extracting(range)).rawValue
  }

  /// The key of an id as text, equal to `idKey` of an event that carries it.
  static func idKey(_ id: String) -> UInt64 {
    let text = id.utf8Span.span
    guard let bytes = UUIDText.bytes(text) else { return TextKey(text).rawValue }
    return TextKey(bytes.span).rawValue
  }

  /// Every account in whose trail an event stands, each once, the header's first; 0 when it has
  /// none there, since the house's own events are a trail too.
  static func accounts(_ event: borrowing EventView, _ each: (UInt32) -> Void) throws(WireError) {
    let own = event.header.account
    each(own)
    if !event.header.flags.contains(.concernsOthers) { return }
    var seen: [UInt32] = []
    try Envelope.accounts(of: event.envelope) { number in
      if number != own, number != 0, !seen.contains(number) {
        seen.append(number)
        each(number)
      }
    }
  }
}
