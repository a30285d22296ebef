/// The facts of 256 neighbouring accounts as one list of words, by account.
///
/// ```
/// 0      words x 257   where each account's words begin, and where the last end: 32 bits, above
///                      them room for a checksum of the account's words where they are kept
///        slips         as `Pigeonholes` draws them, in log order within an account; parts that
///                      stand outside follow theirs, 3 words each: due, amount, component
/// ```
///
/// It refers to nothing outside but texts, by number, and the words of an account to nothing but
/// themselves: so it can be kept in a file, and an account be read alone. Rows of a column are kept
/// in the same form, with rows in place of slips.
package enum Stretch {
  /// Accounts of a stretch.
  package static let width = 256
  /// Words in front of the slips.
  package static let front = width + 1

  /// Every place in a stretch.
  package static let slots = ContiguousArray(0..<width)

  /// The stretch an account stands in.
  @inline(__always) package static func of(_ account: UInt32) -> UInt32 { account >> 8 }

  /// Changes whenever a noun says other facts or rows of the same events, or slips or rows are
  /// drawn otherwise: what was kept by another version is made anew.
  package static let version: UInt32 = 7

  /// Where the words of the account in a slot begin; of the slot behind the last, where all end.
  @inline(__always) package static func begin(_ words: Span<UInt64>, _ slot: Int) -> Int {
    Int(UInt32(truncatingIfNeeded: words[slot]))
  }

  /// Words of a stretch in room that stays: what stands behind `count` means nothing.
  package struct Copy: Sendable {
    /// The room.
    package var room: ContiguousArray<UInt64> = []
    /// Words that count; none where nothing of the stretch is kept.
    package var count = 0

    /// No words.
    package init() {}

    /// The words.
    package var words: Span<UInt64> {
      @_lifetime(borrow self) borrowing get { room.span.extracting(..<count) }
    }

    /// Counts so many words; what they are is up to the caller.
    package mutating func resize(_ count: Int) {
      self.count = count
      if room.count >= count { return }
      room.append(contentsOf: repeatElement(0, count: count - room.count))
    }
  }

  /// An account's facts, as they are handed out.
  package struct Tray: Sendable {
    /// The facts, in log order.
    package var rows: ContiguousArray<Fact> = []
    /// The parts they refer to.
    package var parts: ContiguousArray<Piece> = []

    /// An empty tray.
    package init() {}

    /// Takes everything out, keeps the room.
    package mutating func clear() {
      rows.removeAll(keepingCapacity: true)
      parts.removeAll(keepingCapacity: true)
    }

    /// Takes out what lies there and lays in an account's facts up to a position: those that are
    /// kept of its stretch, one time after the other, then its own.
    mutating func fill(
      _ account: UInt32, _ kept: ContiguousArray<Copy>, _ own: Span<UInt64>, upTo last: Position
    ) {
      clear()
      for copy in kept { Stretch.unpack(copy.words, account, upTo: last, to: &self) }
      Stretch.unpack(own, account, upTo: last, to: &self)
    }
  }

  /// Adds an account's facts up to a position to a tray.
  package static func unpack(
    _ words: Span<UInt64>, _ account: UInt32, upTo last: Position, to tray: inout Tray
  ) {
    if words.count == 0 { return }
    let slot = Int(account & UInt32(width - 1))
    var at = begin(words, slot)
    let end = begin(words, slot + 1)
    while at < end {
      let head = words[at]
      var fact: Fact
      if head & Slip.isWide == 0 {
        let (when, sum) = (Int64(bitPattern: words[at + 1]), Int64(bitPattern: words[at + 3]))
        let day = when >> 40
        fact = Fact(
          head: head, seq: words[at + 1] & (1 << 40 - 1),
          occurred: Int64(bitPattern: words[at + 2]), amount: (sum << 24) >> 24,
          id: TextKey(rawValue: words[at + 4]), day: Int32(truncatingIfNeeded: day),
          seen: Int32(truncatingIfNeeded: day + sum >> 40))
        at += 5
      } else {
        fact = Fact(
          head: head, seq: words[at + 1], occurred: Int64(bitPattern: words[at + 3]),
          amount: Int64(bitPattern: words[at + 4]), id: TextKey(rawValue: words[at + 5]),
          day: Int32(truncatingIfNeeded: words[at + 2]),
          seen: Int32(truncatingIfNeeded: words[at + 2] >> 32))
        at += 6
      }
      if fact.seq > last { return }
      if head & Slip.hasLink != 0 {
        fact.link = words[at]
        at += 1
      }
      if head & Slip.hasOther != 0 {
        fact.other = Int32(truncatingIfNeeded: words[at])
        at += 1
      }
      if head & Slip.parts != 0 { at = unpackParts(words, head, at, of: &fact, to: &tray) }
      tray.rows.append(fact)
    }
  }

  @inline(__always)
  private static func unpackParts(
    _ words: Span<UInt64>, _ head: UInt64, _ at: Int, of fact: inout Fact, to tray: inout Tray
  ) -> Int {
    fact.parts = UInt32(tray.parts.count)
    let count = Slip.count(head)
    guard count == Slip.outside else {
      fact.partCount = UInt16(count)
      for part in at..<at + count {
        tray.parts.append(
          Piece(
            amount: Int64(bitPattern: words[part]) >> 8,
            component: UInt8(truncatingIfNeeded: words[part])))
      }
      return at + count
    }
    fact.partCount = UInt16(truncatingIfNeeded: words[at])
    var place = at + 1
    for _ in 0..<Int(fact.partCount) {
      tray.parts.append(
        Piece(
          due: TextKey(rawValue: words[place]), amount: Int64(bitPattern: words[place + 1]),
          component: UInt8(truncatingIfNeeded: words[place + 2])))
      place += 3
    }
    return place
  }
}

/// What the first word of a slip says.
enum Slip {
  static let outside = 63
  static let parts: UInt64 = 63 << 48
  static let hasLink: UInt64 = 1 << 54
  static let hasOther: UInt64 = 1 << 55
  static let isWide: UInt64 = 1 << 56

  @inline(__always) static func count(_ head: UInt64) -> Int { Int(head >> 48 & 63) }
  @inline(__always) static func account(_ head: UInt64) -> Int { Int(head >> 32 & 0xFFFF) }
  @inline(__always) static func length(_ head: UInt64) -> Int {
    let parts = count(head)
    return 5 + Int(head >> 54 & 1) + Int(head >> 55 & 1) + Int(head >> 56 & 1)
      + (parts == outside ? 1 : parts)
  }
}

extension Fact {
  // A fact from a slip whose first word is `head`, without link, other and parts.
  @inline(__always)
  fileprivate init(
    head: UInt64, seq: Position, occurred: Int64, amount: Int64, id: TextKey, day: Int32,
    seen: Int32
  ) {
    self.seq = seq
    self.occurred = occurred
    self.amount = amount
    self.id = id
    self.day = day
    self.seen = seen
    currency = UInt16(truncatingIfNeeded: head >> 16)
    kind = Kind(rawValue: UInt8(truncatingIfNeeded: head)) ?? .opened
    mark = UInt8(truncatingIfNeeded: head >> 8)
  }
}
