import Ledger

/// What a fold needs besides an account's own facts: the policies and the facts that accounts
/// share, as known at a position.
struct Shared: Sendable {
  var policies = PolicyBook()
  var house = House()
  /// Positions of the few events behind them that are not kept as rows.
  private(set) var few: ContiguousArray<Position> = []

  /// What a bundle must have for it to be read.
  static let reads = PolicyBook.reads.union(House.reads)
  private static let types = PolicyBook.types.union(House.types)

  /// Notes an event that stands on no account.
  mutating func note(_ event: borrowing EventView, _ snapshot: borrowing Snapshot)
    throws(WireError)
  {
    let header = event.header
    guard Shared.types.contains(header.type), header.account == 0 else { return }
    var isOfFew = PolicyBook.types.contains(header.type) ? try policies.note(event) : false
    if House.types.contains(header.type) {
      try house.note(event) { kind, number in (try? snapshot.name(kind, number)) ?? "" }
      if header.type != EventCode.eventReversed, !House.rowed.contains(header.type) {
        isOfFew = true
      }
    }
    if isOfFew { few.append(header.seq) }
  }

  /// Notes one of the few again, on what was kept of the house.
  mutating func note(again event: borrowing EventView, _ snapshot: borrowing Snapshot)
    throws(WireError)
  {
    if event.header.type == EventCode.eventReversed {
      try policies.note(event)
      few.append(event.header.seq)
    } else {
      try note(event, snapshot)
    }
  }
}

extension Journal {
  /// Notes what came behind one position up to another.
  func note(
    _ shared: inout Shared, after first: Position, upTo last: Position,
    _ snapshot: borrowing Snapshot
  ) throws(JournalError) {
    // Events on no account are a trail too. Where they are many, the bundles' masks tell the few.
    let own = first == 0 ? try snapshot.housePositions(to: last) : nil
    if let own, own.count <= 64 + Int(last / 256) {
      try snapshot.trail(of: 0, to: last) { (event) throws(JournalError) in
        do throws(WireError) { try shared.note(event, snapshot) } catch {
          throw .wire(error, at: event.header.seq)
        }
      }
      return
    }
    if first >= last { return }
    try snapshot.bundles(from: first + 1, to: last, wanted: Shared.reads) {
      (bundle) throws(JournalError) in
      for index in 0..<bundle.count {
        let header = bundle.header(index)
        guard header.account == 0, header.seq > first, header.seq <= last else { continue }
        do throws(WireError) { try shared.note(bundle.event(index), snapshot) } catch {
          throw .wire(error, at: header.seq)
        }
      }
    }
  }
}

// MARK: - Keeping

/// Kept in `views/house`: the positions of the few, behind their count, then a house's words.
extension Journal {
  /// What is kept of the facts that accounts share, up to a position or one before it; nil when
  /// nothing is, or it is damaged.
  func keptShared(upTo last: Position, _ snapshot: borrowing Snapshot)
    -> (shared: Shared, last: Position)?
  {
    guard
      let kept = KeptStretches.open(folder.house, form: House.form, self, snapshot),
      kept.last <= last, let texts = try? kept.texts(), let words = try? kept.whole(0),
      words.count > Stretch.front
    else { return nil }
    let count = words[Stretch.front]
    let begin = Stretch.front + 1
    guard count <= UInt64(words.count - begin) else { return nil }
    let end = begin + Int(count)
    guard let house = House(words.span.extracting(end..<words.count), texts) else { return nil }
    var shared = Shared()
    shared.house = house
    for seq in words[begin..<end] {
      do throws(JournalError) {
        let isNoted = try snapshot.event(at: seq) { (event) throws(JournalError) in
          do throws(WireError) { try shared.note(again: event, snapshot) } catch {
            throw .wire(error, at: seq)
          }
          return true
        }
        guard isNoted == true else { return nil }
      } catch { return nil }
    }
    return (shared, kept.last)
  }

  /// Keeps them; an answer does not fail because nothing can be kept.
  func keep(
    _ shared: Shared, upTo last: Position, _ use: KeptFacts.Use, _ snapshot: borrowing Snapshot
  ) {
    guard
      let making = KeptStretches.Making(
        folder.house, behind: nil, form: House.form, use, upTo: last),
      let crc = (try? KeptStretches.checksum(of: last, snapshot)) ?? nil
    else { return }
    var texts = Interned()
    let words = Journal.words(of: shared, &texts)
    do {
      try making.add(0, words.span)
      try making.finish(upTo: last, crc: crc, identity.id, texts)
    } catch { return }
  }

  private static func words(of shared: Shared, _ texts: inout Interned)
    -> ContiguousArray<UInt64>
  {
    var words = ContiguousArray<UInt64>(repeating: UInt64(Stretch.front), count: 1)
    words.append(contentsOf: repeatElement(0, count: Stretch.front - 1))
    words.append(UInt64(shared.few.count))
    words.append(contentsOf: shared.few)
    shared.house.write(to: &words, &texts)
    for slot in 1..<Stretch.front { words[slot] = UInt64(words.count) }
    return words
  }

  /// The folder of what is kept of the house, when it is not what the events say; nil when it is,
  /// or nothing is kept.
  func strayHouse(_ snapshot: borrowing Snapshot) throws(JournalError) -> String? {
    guard let kept = KeptStretches.open(folder.house, form: House.form, self, snapshot) else {
      return nil
    }
    var shared = Shared()
    try note(&shared, after: 0, upTo: kept.last, snapshot)
    var texts = Interned()
    let words = Journal.words(of: shared, &texts)
    guard let whole = try? kept.whole(0), whole == words,
      let told = try? kept.texts(), told.texts == texts.texts
    else { return folder.house }
    return nil
  }
}
