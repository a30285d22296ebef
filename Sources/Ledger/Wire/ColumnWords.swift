/// Rows of one column and one stretch as words, in the form of a ``Stretch``: the rows of an
/// account as they stand in memory, each a whole number of words, in place of its slips.
extension Desk {
  /// Lays rows of the accounts in some places of a stretch, or none, into a part of the column of
  /// `bit`; the first account of the stretch stands in `slot`, and rows behind `last` are passed
  /// over.
  package mutating func lay(
    _ bit: Reads, _ words: Span<UInt64>, _ slots: ContiguousArray<Int>, part: Int, from slot: Int,
    upTo last: Position
  ) {
    unsafe words.withUnsafeBytes { bytes in
      var laying = unsafe Laying(
        bytes: bytes, slots: slots, part: part, slot: slot, last: last)
      self.walk(&laying, bit)
    }
  }

  /// Writes the rows of a stretch of the column of `bit` down; no words when there are none.
  package mutating func write(_ bit: Reads, from slot: Int, to words: inout ContiguousArray<UInt64>)
  {
    words.removeAll(keepingCapacity: true)
    var writing = Writing(slot: slot, words: words)
    words = []
    walk(&writing, bit)
    words = writing.words
  }
}

extension Desk {
  /// Whether words, laid into the column of `bit`, say the rows that stand there already of the
  /// stretch whose first account stands in `slot`. Words that do not hold together say none.
  package mutating func says(_ bit: Reads, _ words: Span<UInt64>, from slot: Int) -> Bool {
    let front = Stretch.front
    for at in 1..<max(1, min(front, words.count))
    where words[at] < words[at - 1] || words[at] > UInt64(words.count) { return false }
    lay(bit, words, Stretch.slots, part: 0, from: slot, upTo: .max)
    var agreeing = Agreeing(slot: slot)
    walk(&agreeing, bit)
    return agreeing.agrees
  }
}

private struct Agreeing: DeskWalk {
  let slot: Int
  var agrees = true

  mutating func visit<Noun: DeskNoun>(
    _ noun: Noun.Type, _ bit: Desk.Reads, _ column: inout Column<Noun.Row>
  ) { agrees = column.agrees(from: slot, count: Stretch.width) }
}

extension Desk.Reads {
  /// A column as it is kept: its bit, the name of its noun, and the form of its rows, which changes
  /// with their size and with `Stretch.version`.
  package struct Form: Sendable {
    /// Its bit.
    package var bit: Desk.Reads
    /// The name of its noun, in small letters.
    package var name: String
    /// What its rows look like.
    package var form: UInt32
  }

  /// The columns among these.
  package var columns: [Form] {
    var listing = Listing()
    var desk = Desk()
    desk.walk(&listing, self)
    return listing.columns
  }
}

private struct Listing: DeskWalk {
  var columns: [Desk.Reads.Form] = []

  mutating func visit<Noun: DeskNoun>(
    _ noun: Noun.Type, _ bit: Desk.Reads, _ column: inout Column<Noun.Row>
  ) {
    let form = Stretch.version << 16 | UInt32(MemoryLayout<Noun.Row>.stride)
    columns.append(
      Desk.Reads.Form(bit: bit, name: String(describing: noun).lowercased(), form: form))
  }
}

@safe private struct Laying: DeskWalk {
  let bytes: UnsafeRawBufferPointer
  let slots: ContiguousArray<Int>
  let part: Int
  let slot: Int
  let last: Position

  mutating func visit<Noun: DeskNoun>(
    _ noun: Noun.Type, _ bit: Desk.Reads, _ column: inout Column<Noun.Row>
  ) {
    while column.laid.count <= part { column.laid.append(LaidRows()) }
    column.laid[part].removeAll()
    guard unsafe bytes.count > 8 * Stretch.front else { return }
    (column.laid[part].slot, column.laid[part].last) = (slot, last)
    var next = 0
    for wanted in slots {
      while next <= wanted { next = column.laid[part].start(at: next) }
      unsafe column.laid[part].rows.append(
        contentsOf: UnsafeRawBufferPointer(rebasing: bytes[range(wanted)])
          .bindMemory(to: Noun.Row.self))
    }
    while next <= Stretch.width { next = column.laid[part].start(at: next) }
  }

  private func range(_ slot: Int) -> Range<Int> {
    let (begin, end) = unsafe (
      bytes.load(fromByteOffset: 8 * slot, as: UInt32.self),
      bytes.load(fromByteOffset: 8 * slot + 8, as: UInt32.self)
    )
    return 8 * Int(begin)..<8 * Int(end)
  }
}

extension LaidRows {
  // The rows of the account in a place begin here; gives the place behind it.
  fileprivate mutating func start(at place: Int) -> Int {
    starts.append(UInt32(rows.count))
    return place + 1
  }
}

private struct Writing: DeskWalk {
  let slot: Int
  var words: ContiguousArray<UInt64>

  mutating func visit<Noun: DeskNoun>(
    _ noun: Noun.Type, _ bit: Desk.Reads, _ column: inout Column<Noun.Row>
  ) {
    let stride = MemoryLayout<Noun.Row>.stride
    var rows: Range<Int>?
    for at in slot..<slot + Stretch.width {
      words.append(UInt64(Stretch.front + (rows?.count ?? 0) * stride / 8))
      let own = column.range(at)
      if own.isEmpty { continue }
      rows = (rows?.lowerBound ?? own.lowerBound)..<own.upperBound
    }
    guard let rows else { return words.removeAll() }
    let size = rows.count * stride
    words.append(UInt64(Stretch.front + size / 8))
    words.append(contentsOf: repeatElement(0, count: size / 8))
    unsafe column.rows.withUnsafeBytes { from in
      unsafe words.withUnsafeMutableBytes { to in
        let begin = rows.lowerBound * stride
        unsafe UnsafeMutableRawBufferPointer(rebasing: to[(8 * Stretch.front)...]).copyMemory(
          from: UnsafeRawBufferPointer(rebasing: from[begin..<begin + size]))
      }
    }
  }
}
