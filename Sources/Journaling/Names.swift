internal import LMDB
internal import Ledger

/// The writer's memory of names: numbers already looked up, the next free number of each kind, and
/// the ids that the next event will introduce.
struct Names {
  private var cache = NameCache()
  private var next: [UInt32] = []
  /// Ids with a number that no stored event has introduced yet, in order.
  private(set) var waiting: [Envelope.Introduced] = []

  /// Forgets everything.
  mutating func reset() {
    cache.reset()
    next.removeAll()
    waiting.removeAll()
  }

  /// The number of an id; a new one when the ledger has not seen it.
  mutating func number(_ kind: NameKind, _ id: Span<UInt8>, _ view: View, _ tables: Tables) throws
    -> UInt32
  {
    if let number = cache.number(kind, id) { return number }
    guard id.count > 0, id.count <= NameKey.limit else {
      throw id.count == 0
        ? JournalError.invalid(
          "An id of kind \(kind.name) is empty; give it at least one character.")
        : JournalError.tooLong("An id of kind \(kind.name)", id.count, NameKey.limit)
    }
    if let number = try view.number(tables, kind, id) {
      cache.insert(kind, id, number)
      return number
    }
    if next.isEmpty {
      for kind in NameKind.allCases { next.append(try view.count(tables, kind) + 1) }
    }
    let number = next[Int(kind.rawValue)]
    next[Int(kind.rawValue)] = number + 1
    cache.insert(kind, id, number)
    waiting.append(
      Envelope.Introduced(kind: kind, id: String(decoding: Little.copy(id), as: UTF8.self)))
    return number
  }

  /// Stores the waiting ids, which stand in an event now.
  mutating func introduce(_ transaction: inout WriteTransaction, _ tables: Tables) throws {
    var firsts = [UInt32](repeating: 0, count: NameKind.allCases.count)
    for name in waiting { firsts[Int(name.kind.rawValue)] += 1 }
    for index in firsts.indices where firsts[index] > 0 {
      firsts[index] = next[index] - firsts[index]
    }
    for name in waiting {
      let number = firsts[Int(name.kind.rawValue)]
      firsts[Int(name.kind.rawValue)] += 1
      try Names.store(name, number, &transaction, tables)
    }
    waiting.removeAll(keepingCapacity: true)
  }

  /// Stores one name under a number.
  static func store(
    _ name: Envelope.Introduced, _ number: UInt32, _ transaction: inout WriteTransaction,
    _ tables: Tables
  ) throws {
    let id = Array(name.id.utf8)
    var value: [UInt8] = []
    Little.append(number, to: &value)
    try transaction.put(tables.names, NameKey.name(name.kind, id.span).span, value.span, .insert)
    try transaction.put(tables.numbers, NameKey.number(name.kind, number).span, id.span, .insert)
  }
}
