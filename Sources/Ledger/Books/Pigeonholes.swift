/// Facts in small space, sorted by stretches of accounts while they are collected.
///
/// A stretch has a hole, so that handing it out account by account touches memory that a cache
/// holds. A slip is a fact in 5 words and what only some facts have:
///
/// ```
/// 0  kind 8 | mark 8 | currency 16 | account 16 | parts 6 | link 1 | other 1 | wide 1
/// 1  seq 40 | day 24            wide: seq; then day 32 | seen 32
/// 2  occurred
/// 3  amount 40 | seen - day 24  wide: amount
/// 4  id
/// 5  link, if any · other, if any · one word a part: component 8 | amount 56
/// ```
///
/// 63 parts means: they stand outside, and one word says where. Slips fill blocks of 512 words; a
/// zero ends a block early. A hole is a chain of blocks.
struct Pigeonholes: Sendable {
  private struct Hole: BitwiseCopyable, Sendable {
    var first: UInt32 = 0
    var block: UInt32 = 0
    var next = Pigeonholes.block
  }

  private static let block = 512

  private var words: ContiguousArray<UInt64> = []
  // The block that follows a block; 0 for none, since block 0 is never used.
  private var chain: ContiguousArray<UInt32> = []
  private var free: UInt32 = 0
  private var holes: ContiguousArray<Hole> = []
  private var first: UInt32 = 0
  // Parts that do not fit into a word each.
  private var pieces: ContiguousArray<Piece> = []

  /// Words in use, and kept for use.
  var count: Int { words.count }
  /// Whether no block is left over that an account gave up.
  var isFull: Bool { free == 0 }
  /// Whether there is nothing that could be given up.
  var isSingle: Bool { holes.count < 2 }

  /// Empties all and takes accounts of a range. Room is kept.
  mutating func start(_ range: Range<UInt32>) {
    first = Stretch.of(range.lowerBound)
    let count = range.isEmpty ? 0 : Int(Stretch.of(range.upperBound - 1) - first) + 1
    holes.removeAll(keepingCapacity: true)
    holes.append(contentsOf: repeatElement(Hole(), count: count))
    pieces.removeAll(keepingCapacity: true)
    chain.removeAll(keepingCapacity: true)
    words.removeAll(keepingCapacity: true)
    free = 0
    addBlock()
  }

  /// Makes room for words to come. Room that is never used takes address space only.
  mutating func reserve(_ count: Int) { words.reserveCapacity(count) }

  private mutating func addBlock() {
    words.append(contentsOf: repeatElement(0, count: Pigeonholes.block))
    chain.append(0)
  }

  /// Gives up the upper half of the accounts; the first account that was given up.
  mutating func giveUpHalf() -> UInt32 {
    let kept = holes.count / 2
    for hole in kept..<holes.count {
      var block = holes[hole].first
      while block != 0 {
        let next = chain[Int(block)]
        chain[Int(block)] = free
        free = block
        block = next
      }
    }
    holes.removeSubrange(kept...)
    return (first + UInt32(kept)) * UInt32(Stretch.width)
  }

  /// Files facts that were noted of accounts of the range; those given up since are passed over.
  mutating func file(_ facts: borrowing Facts) {
    let (rows, accounts, parts) = (facts.rows.span, facts.accounts.span, facts.parts.span)
    for index in rows.indices {
      let account = accounts[index]
      let hole = Int(Stretch.of(account) - first)
      guard hole < holes.count else { continue }
      file(rows[index], UInt64(account) & UInt64(Stretch.width - 1), parts, in: hole)
    }
  }

  @inline(__always)
  private mutating func file(
    _ fact: Fact, _ account: UInt64, _ parts: Span<Piece>, in hole: Int
  ) {
    let ahead = Int64(fact.seen) - Int64(fact.day)
    let isCompact =
      fact.seq >> 40 == 0 && Pigeonholes.fits(fact.amount, 40)
      && Pigeonholes.fits(Int64(fact.day), 24) && Pigeonholes.fits(ahead, 24)
    let range = fact.partRange
    let count = UInt64(Pigeonholes.areNarrow(parts, range) ? range.count : Slip.outside)
    let head =
      UInt64(fact.kind.rawValue) | UInt64(fact.mark) << 8 | UInt64(fact.currency) << 16
      | account << 32 | count << 48 | (fact.link != 0 ? Slip.hasLink : 0)
      | (fact.other != .min ? Slip.hasOther : 0) | (isCompact ? 0 : Slip.isWide)
    let length = Slip.length(head)
    if holes[hole].next + length > Pigeonholes.block { extend(hole) }
    var at = Int(holes[hole].block) * Pigeonholes.block + holes[hole].next
    holes[hole].next += length
    let place = UInt64(pieces.count) << 16 | UInt64(range.count)
    if count == UInt64(Slip.outside) { for part in range { pieces.append(parts[part]) } }
    var words = words.mutableSpan
    words[at] = head
    if isCompact {
      words[at + 1] = fact.seq | UInt64(bitPattern: Int64(fact.day)) << 40
      words[at + 2] = UInt64(bitPattern: fact.occurred)
      words[at + 3] =
        UInt64(bitPattern: fact.amount) & (1 << 40 - 1) | UInt64(bitPattern: ahead) << 40
      words[at + 4] = fact.id.rawValue
      at += 5
    } else {
      words[at + 1] = fact.seq
      words[at + 2] =
        UInt64(UInt32(bitPattern: fact.day)) | UInt64(UInt32(bitPattern: fact.seen)) << 32
      words[at + 3] = UInt64(bitPattern: fact.occurred)
      words[at + 4] = UInt64(bitPattern: fact.amount)
      words[at + 5] = fact.id.rawValue
      at += 6
    }
    if fact.link != 0 {
      words[at] = fact.link
      at += 1
    }
    if fact.other != .min {
      words[at] = UInt64(UInt32(bitPattern: fact.other))
      at += 1
    }
    if count == UInt64(Slip.outside) {
      words[at] = place
      return
    }
    for part in range {
      words[at] = UInt64(bitPattern: parts[part].amount << 8) | UInt64(parts[part].component)
      at += 1
    }
  }

  @inline(__always)
  private static func fits(_ value: Int64, _ bits: Int64) -> Bool {
    (value &<< (64 - bits)) &>> (64 - bits) == value
  }

  @inline(__always)
  private static func areNarrow(_ parts: Span<Piece>, _ range: Range<Int>) -> Bool {
    if range.count >= Slip.outside { return false }
    for part in range where parts[part].due != .none || !fits(parts[part].amount, 56) {
      return false
    }
    return true
  }

  // A block more for a hole: one that was given up, or a new one.
  private mutating func extend(_ hole: Int) {
    if free == 0 {
      addBlock()
      free = UInt32(chain.count - 1)
    }
    let block = free
    free = chain[Int(block)]
    chain[Int(block)] = 0
    let last = holes[hole].block
    if last == 0 {
      holes[hole].first = block
    } else {
      chain[Int(last)] = block
      let end = holes[hole].next
      if end < Pigeonholes.block { words[Int(last) * Pigeonholes.block + end] = 0 }
    }
    (holes[hole].block, holes[hole].next) = (block, 0)
  }
}

// MARK: - Handing out

extension Pigeonholes {
  /// The stretches there is a hole for.
  var stretches: Range<UInt32> { first..<first + UInt32(holes.count) }

  /// Makes a stretch of the slips of its hole; no words when there are none.
  func write(_ stretch: UInt32, to out: inout ContiguousArray<UInt64>) {
    out.removeAll(keepingCapacity: true)
    guard stretches.contains(stretch) else { return }
    let hole = Int(stretch - first)
    if holes[hole].first == 0 { return }
    var ends = ContiguousArray<Int>(repeating: 0, count: Stretch.width)
    forEachSlip(hole) { at in
      ends[Slip.account(words[at])] += Slip.length(words[at]) + 3 * outside(at).count
    }
    var sum = Stretch.front
    for slot in ends.indices {
      out.append(UInt64(sum))
      (ends[slot], sum) = (sum, sum + ends[slot])
    }
    out.append(UInt64(sum))
    out.append(contentsOf: repeatElement(0, count: sum - Stretch.front))
    forEachSlip(hole) { at in
      let head = words[at]
      let length = Slip.length(head)
      let to = ends[Slip.account(head)]
      for index in 0..<length { out[to + index] = words[at + index] }
      var end = to + length
      if Slip.count(head) == Slip.outside {
        let outside = outside(at)
        out[end - 1] = UInt64(outside.count)
        for piece in outside {
          out[end] = pieces[piece].due.rawValue
          out[end + 1] = UInt64(bitPattern: pieces[piece].amount)
          out[end + 2] = UInt64(pieces[piece].component)
          end += 3
        }
      }
      ends[Slip.account(head)] = end
    }
  }

  // The parts of a slip that stand outside.
  @inline(__always) private func outside(_ at: Int) -> Range<Int> {
    guard Slip.count(words[at]) == Slip.outside else { return 0..<0 }
    let place = words[at + Slip.length(words[at]) - 1]
    return Int(place >> 16)..<Int(place >> 16) + Int(place & 0xFFFF)
  }

  @inline(__always) private func forEachSlip(_ hole: Int, _ body: (Int) -> Void) {
    var block = holes[hole].first
    while block != 0 {
      var at = Int(block) * Pigeonholes.block
      let end = at + (block == holes[hole].block ? holes[hole].next : Pigeonholes.block)
      while at < end, words[at] != 0 {
        body(at)
        at += Slip.length(words[at])
      }
      block = chain[Int(block)]
    }
  }
}
