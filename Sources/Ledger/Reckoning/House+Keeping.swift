/// A house's facts about persons as words, to be kept beside the log and read faster than it:
/// reversals, rows about persons, limits on contact, each behind its count, in log order. The same
/// facts always give the same words; codes that reports print are texts beside them.
extension House {
  /// What the words look like: changes with them, and whenever the same events say other rows.
  package static let form: UInt32 = Stretch.version << 16 | 1

  /// Writes the words down, and the codes that they name.
  package func write(to words: inout ContiguousArray<UInt64>, _ texts: inout Interned) {
    let links = reversals.links
    words.append(UInt64(links.count))
    for link in links {
      words.append(link.seq)
      words.append(link.target)
    }
    let (persons, limits) = (people.all, restrictions.all)
    words.append(UInt64(persons.count))
    for (key, row) in persons {
      words.append(key.rawValue)
      row.write(to: &words)
    }
    words.append(UInt64(limits.count))
    for (key, row) in limits {
      words.append(key.rawValue)
      row.write(to: &words)
      if let kind = name(row.kind) { _ = texts.number(kind) }
    }
  }

  /// Reads what `write` wrote; nil for words that do not hold together.
  package init?(_ words: Span<UInt64>, _ texts: Interned) {
    self.init()
    var reading = KeptWords(words)
    guard let links = reading.count(of: 2) else { return nil }
    for _ in 0..<links { reversals.note(reading.next(), of: reading.next()) }
    guard let people = reading.roll(Person.Row.size, { Person.Row(&$0) }),
      let limits = reading.roll(Restriction.Row.size, { Restriction.Row(&$0) }), reading.isAtEnd
    else { return nil }
    (self.people, restrictions) = (Roll(people), Roll(limits))
    namesAccounts = limits.contains { $0.row.account != .none }
    for text in texts.texts.dropFirst() { _ = call(text) }
  }
}

/// Words read one after the other; behind the last they are zero.
struct KeptWords: ~Escapable {
  private let words: Span<UInt64>
  private var at = 0

  @_lifetime(copy words)
  init(_ words: Span<UInt64>) { self.words = words }

  var isAtEnd: Bool { at == words.count }

  @_lifetime(self: copy self)
  mutating func next() -> UInt64 {
    guard at < words.count else { return 0 }
    at += 1
    return words[at - 1]
  }

  /// How many of so many words each follow; nil when there are not so many words.
  @_lifetime(self: copy self)
  mutating func count(of size: Int) -> Int? {
    let count = next()
    return count <= UInt64((words.count - at) / size) ? Int(count) : nil
  }

  @_lifetime(self: copy self)
  mutating func roll<Row>(_ size: Int, _ row: (inout KeptWords) -> Row?)
    -> ContiguousArray<(key: TextKey, row: Row)>?
  {
    guard let count = count(of: size + 1) else { return nil }
    var rows: ContiguousArray<(key: TextKey, row: Row)> = []
    rows.reserveCapacity(count)
    for _ in 0..<count {
      let key = TextKey(rawValue: next())
      guard let row = row(&self) else { return nil }
      rows.append((key, row))
    }
    return rows
  }
}

/// Two halves of a word.
private func word(_ low: Int32, _ high: Int32) -> UInt64 {
  UInt64(UInt32(bitPattern: low)) | UInt64(UInt32(bitPattern: high)) << 32
}

private func halves(_ word: UInt64) -> (low: Int32, high: Int32) {
  (Int32(truncatingIfNeeded: word), Int32(truncatingIfNeeded: word >> 32))
}

extension Person.Row {
  static let size = 4

  fileprivate func write(to words: inout ContiguousArray<UInt64>) {
    words.append(seq)
    words.append(word(Int32(kind.rawValue), day))
    words.append(status.rawValue)
    words.append(of.rawValue)
  }

  fileprivate init?(_ words: inout KeptWords) {
    seq = words.next()
    let (kind, day) = halves(words.next())
    guard let kind = Person.Kind(rawValue: UInt8(truncatingIfNeeded: kind)) else { return nil }
    (self.kind, self.day) = (kind, day)
    status = TextKey(rawValue: words.next())
    of = TextKey(rawValue: words.next())
  }
}

extension Restriction.Row {
  static let size = 7

  fileprivate func write(to words: inout ContiguousArray<UInt64>) {
    words.append(seq)
    words.append(restriction.rawValue)
    words.append(kind.rawValue)
    words.append(account.rawValue)
    words.append(channel.rawValue)
    words.append(word(from, to))
    let flags: Int32 = (ends ? 1 : 0) | (isOfOnePoint ? 2 : 0)
    words.append(word(flags, Int32(opens) << 16 | Int32(UInt16(bitPattern: closes))))
  }

  fileprivate init(_ words: inout KeptWords) {
    self.init(
      seq: words.next(), restriction: TextKey(rawValue: words.next()),
      kind: TextKey(rawValue: words.next()), from: 0)
    account = TextKey(rawValue: words.next())
    channel = TextKey(rawValue: words.next())
    (from, to) = halves(words.next())
    let (flags, minutes) = halves(words.next())
    (ends, isOfOnePoint) = (flags & 1 != 0, flags & 2 != 0)
    (opens, closes) = (Int16(minutes >> 16), Int16(truncatingIfNeeded: minutes))
  }
}
