/// Something told, with its place in the log and in the world.
package protocol Tidings: Sendable {
  /// Position of the event.
  var seq: Position { get }
  /// The moment it happened, microseconds UTC.
  var occurred: Int64 { get }
}

extension Tidings {
  /// The order of the world: by the moment it happened, then as it was heard.
  package func precedes(_ other: Self) -> Bool {
    (occurred, seq) < (other.occurred, other.seq)
  }
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
  /// Takes the next thing told that stands, in the order of the world.
  mutating func take(_ told: Word)
}

extension Chronicle {
  /// All these things, whatever the order in which they were heard: what was heard late stands
  /// where it happened.
  package init(_ told: [Word]) {
    self.init()
    for one in told.sorted(on: { ($0.occurred, $0.seq) }, by: <) { take(one) }
  }
}

/// A chronicle as it stood after each thing that the ledger heard: what is heard late is put where
/// it happened, what is taken back is left out, and what is given again comes back.
///
/// Chronicles on the way are kept, few of them long ago and more of late, so that a change costs
/// what followed it and not the whole.
package struct Retold<C: Chronicle>: Sendable {
  private var told: ContiguousArray<C.Word> = []
  private var taken: C
  private var count = 0
  private var marks: ContiguousArray<(count: Int, chronicle: C)> = []
  private var gone: [Position: C.Word] = [:]
  // What a reversal takes back, and the reversals of an entry.
  private var targets: [Position: Position] = [:]
  private var reversals: [Position: [Position]] = [:]

  /// Nothing heard.
  package init() { taken = C() }

  /// Hears something that stands.
  package mutating func hear(_ one: C.Word) {
    let at = place(of: one)
    told.insert(one, at: at)
    rewind(to: at)
  }

  /// Hears that an entry, or an earlier reversal, is taken back.
  package mutating func hear(reversal: Position, of target: Position) {
    targets[reversal] = target
    reversals[target, default: []].append(reversal)
    var entry = target
    while let next = targets[entry] { entry = next }
    if stands(entry) {
      if let one = gone.removeValue(forKey: entry) { hear(one) }
    } else if let at = told.lastIndex(where: { $0.seq == entry }) {
      gone[entry] = told.remove(at: at)
      rewind(to: at)
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

  private func stands(_ seq: Position) -> Bool {
    !(reversals[seq] ?? []).contains { stands($0) }
  }

  private func place(of one: C.Word) -> Int {
    var at = told.count
    while at > 0, one.precedes(told[at - 1]) { at -= 1 }
    return at
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
