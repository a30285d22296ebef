/// Something told, with its place in the log and in the world.
package protocol Tidings: Sendable {
  /// Position of the event.
  var seq: Position { get }
  /// The moment it happened, microseconds UTC.
  var occurred: Int64 { get }
}

extension Tidings {
  /// The order of the world: by the moment it happened, then as it was heard.
  package func precedes(_ other: Self) -> Bool { order < other.order }

  /// What that order goes by.
  package var order: (Int64, Position) { (occurred, seq) }
}

/// What stands on nobody's account, so that it is gathered by one masked scan for those who ask.
package protocol Chronicle: Sendable {
  /// What it is told.
  associatedtype Word: Tidings
  /// Types of events that make it.
  static var reads: TypeMask { get }
  /// Those of them that its nouns' decisions judge on import.
  static var judged: TypeMask { get }
  /// Whether entries on accounts are among them, and so the taking back of such entries.
  static var isOnAccounts: Bool { get }
  /// Nothing heard yet.
  init()
  /// Takes the next thing told that stands: in the order of the world for whoever asks what is
  /// known, in the order of the log for what was known just before an entry.
  mutating func take(_ told: Word)
}

extension Chronicle {
  /// All these things, whatever the order in which they were heard: what was heard late stands
  /// where it happened.
  package init(_ told: [Word]) {
    self.init()
    for one in told.sorted(on: \.order, by: <) { take(one) }
  }
}

/// A chronicle as it stood after each thing that the ledger heard, in the order in which it was
/// heard: what is taken back is left out, and what is given again comes back where it stood.
///
/// Chronicles on the way are kept, few of them long ago and more of late, so that a reversal costs
/// what followed its entry and not the whole.
package struct Retold<C: Chronicle>: Sendable {
  private var told: ContiguousArray<C.Word> = []
  private var taken = C()
  private var count = 0
  private var marks: ContiguousArray<(count: Int, chronicle: C)> = []
  private var gone: [Position: C.Word] = [:]
  private var reversals = Reversals()
  // What a reversal takes back.
  private var targets: [Position: Position] = [:]

  /// Nothing heard.
  package init() {}

  /// Hears the next thing.
  package mutating func hear(_ word: C.Word) { told.append(word) }

  /// Hears that an entry, or an earlier reversal, is taken back.
  package mutating func hear(reversal: Position, of target: Position) {
    guard reversal > target else { return }
    reversals.note(reversal, of: target)
    targets[reversal] = target
    var entry = target
    while let next = targets[entry] { entry = next }
    let at = place(of: entry)
    let isThere = at < told.count && told[at].seq == entry
    switch (reversals.stands(entry), isThere) {
    case (false, true):
      gone[entry] = told.remove(at: at)
      rewind(to: at)
    case (true, false):
      guard let word = gone.removeValue(forKey: entry) else { return }
      told.insert(word, at: at)
      rewind(to: at)
    default: break
    }
  }

  /// The chronicle as heard so far.
  package mutating func chronicle() -> C {
    while count < told.count {
      taken.take(told[count])
      count += 1
      if count.isMultiple(of: step) { mark() }
    }
    return taken
  }

  // Where an entry stands, or would stand.
  private func place(of seq: Position) -> Int {
    var (low, high) = (0, told.count)
    while low < high {
      let middle = (low + high) / 2
      if told[middle].seq < seq { low = middle + 1 } else { high = middle }
    }
    return low
  }

  // What was taken from here on is to be taken again.
  private mutating func rewind(to first: Int) {
    guard first < count else { return }
    while let last = marks.last, last.count > first { marks.removeLast() }
    (count, taken) = marks.last ?? (0, C())
  }

  // A mark makes the next change copy the chronicle: rarer the longer it is.
  private var step: Int { max(256, (told.count / 64).roundedUpToPowerOfTwo) }

  private mutating func mark() {
    marks.append((count, taken))
    // Of marks long passed each second one, then each fourth …, is kept.
    let (now, step) = (count, step)
    marks.removeAll { mark in
      let age = (now - mark.count) / step
      return age > 8 && !mark.count.isMultiple(of: step * (age / 4).roundedUpToPowerOfTwo)
    }
  }
}

extension Int {
  fileprivate var roundedUpToPowerOfTwo: Int {
    self <= 1 ? 1 : 1 << (Int.bitWidth - (self - 1).leadingZeroBitCount)
  }
}
