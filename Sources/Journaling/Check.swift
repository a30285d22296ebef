package import Ledger
internal import LMDB

/// Something that is not as it was written.
package struct Damage: Hashable, Sendable, CustomStringConvertible {
  /// The first position concerned; 0 when it is none in particular.
  package var position: Position
  /// One sentence.
  package var sentence: String
  /// A finding.
  package init(position: Position, sentence: String) {
    (self.position, self.sentence) = (position, sentence)
  }

  /// The sentence and its position.
  package var description: String {
    position == 0 ? sentence : "At \(position): \(sentence)"
  }
}

extension Journal {
  /// The quick check: reads every event once and compares everything that can be compared without
  /// knowing what events mean. It looks at structure, gapless order, moments, checksums, the chain
  /// of each account, numbers of names, both indexes, and the head kept outside. The first 1,000
  /// findings are given; an empty answer means that nothing was found.
  ///
  /// Bytes that fail their checksum are not read further. `progress` gets the position reached and
  /// the last one, after every 256 events.
  package func check(progress: (Position, Position) -> Void = { _, _ in })
    throws(JournalError) -> [Damage]
  {
    try read { (snapshot) throws(JournalError) in
      var checker = try snapshot.view { view in
        try Checker(view, tables, head: snapshot.head)
      }
      if let damage = outsideDamage(snapshot.head) { checker.report(0, damage) }
      var next: Position = 1
      while next <= snapshot.head, !checker.isFull {
        next = try snapshot.view { view in try checker.bundle(at: next, view) }
        progress(min(next - 1, snapshot.head), snapshot.head)
      }
      try snapshot.view { view in try checker.finish(view) }
      return checker.found
    }
  }

  private func outsideDamage(_ head: Position) -> String? {
    guard let bytes = Files.read(folder.head, limit: 64) else {
      return
        "The head outside the log, \(folder.head), is missing; the next commit writes it again."
    }
    guard let outside = AcknowledgedHead(bytes) else {
      return "The head outside the log, \(folder.head), fails its own checksum."
    }
    // A writer may have gone on since the snapshot was taken; then the log itself has by now.
    if outside.seq > head, let now = try? read({ (s) throws(JournalError) in s.head }),
      outside.seq > now
    {
      return
        "The head outside the log says that \(outside.seq) events were acknowledged, the log holds "
        + "\(now): it was rolled back; restore it from a backup."
    }
    return outside.seq < head && isReadOnly
      ? "The head outside the log is at \(outside.seq), behind the log at \(head)." : nil
  }
}

/// The state of a check between bundles.
struct Checker {
  private(set) var found: [Damage] = []
  private let tables: Tables
  private let head: Position
  private var runs: [(first: Position, last: Position)] = []
  private var recorded = Int64.min
  private var heads: [Position] = []
  // Positions below this may be unknown: something before it was damaged.
  private var blindBefore: Position = 0
  private var counts = [UInt32](repeating: 0, count: NameKind.allCases.count)
  private var accounts = AccountPairs(first: 1)
  // The key of the id of each event from the first of `accounts` on; nil where it derives.
  private var keys: ContiguousArray<UInt64?> = []

  init(_ view: View, _ tables: Tables, head: Position) throws {
    self.tables = tables
    self.head = head
    var expected: Position = 1
    var cursor = try view.cursor(tables.runs)
    while try cursor.next() {
      guard let run = try? AccountRun(cursor.value), run.isSound, run.first == cursor.number else {
        report(
          cursor.number, "The account index has a damaged run; `arrears rebuild` makes it anew.")
        continue
      }
      if run.first != expected {
        report(expected, "The account index does not cover the events before \(run.first).")
      }
      expected = run.last + 1
      // A run that ends elsewhere would never be compared.
      if run.last > head {
        report(run.first, "The account index names events up to \(run.last), which are not there.")
      }
      runs.append((run.first, run.last))
    }
    runs.reverse()
    begin(runs.last?.first ?? 1)
  }

  /// Whether as many findings as are given were found.
  var isFull: Bool { found.count >= 1000 }

  mutating func report(_ position: Position, _ sentence: String) {
    if !isFull { found.append(Damage(position: position, sentence: sentence)) }
  }

  private mutating func begin(_ first: Position) {
    accounts.reset(first: first)
    keys.removeAll(keepingCapacity: true)
  }

  /// Checks the bundle of a position, or the tail from it on; gives the position to go on at.
  mutating func bundle(at next: Position, _ view: View) throws -> Position {
    let number = (next - 1) / 256
    guard let bytes = try view.get(tables.bundles, number) else {
      if try number * 256 + 256 <= view.sealed(tables) {
        lose(next, next + 255, "The bundle with the events up to \(next + 255) is missing.")
        return next + 256
      }
      return try tail(from: next, view)
    }
    guard bytes.count >= 64,
      Little.load(UInt32.self, bytes, 4) == crc32c(bytes.extracting(8..<bytes.count))
    else {
      lose(next, next + 255, "The bundle with the events up to \(next + 255) fails its checksum.")
      return next + 256
    }
    guard let bundle = try? Bundle(bytes), bundle.first == next, bundle.count == 256,
      Checker.isOrdered(bundle)
    else {
      lose(
        next, next + 255,
        "The bundle with the events up to \(next + 255) is not built as it must be.")
      return next + 256
    }
    for index in 0..<256 {
      try event(bundle.event(index), next + UInt64(index), view)
    }
    return next + 256
  }

  private static func isOrdered(_ bundle: borrowing Bundle) -> Bool {
    for index in 0..<bundle.count where bundle.offset(index) + 64 > bundle.offset(index + 1) {
      return false
    }
    return bundle.offset(0) >= Bundle.fixed + 4 * (bundle.count + 1)
  }

  private mutating func tail(from first: Position, _ view: View) throws -> Position {
    // Fewer events than a bundle stand in the tail; a damaged key may place the last anywhere.
    let most = try view.sealed(tables) + 256
    if head > most {
      report(most, "By the key of its last row the log ends at \(head), which cannot be.")
    }
    for seq in first...max(first, min(head, most)) {
      guard let row = try view.get(tables.tail, seq) else {
        // A writer may have sealed the tail since the snapshot was taken.
        if try view.sealed(tables) >= seq { return seq }
        lose(seq, seq, "The event is missing.")
        continue
      }
      guard row.count >= 68,
        Little.load(UInt32.self, row, row.count - 4) == crc32c(row.extracting(0..<row.count - 4))
      else {
        lose(seq, seq, "The event fails its checksum.")
        continue
      }
      try event(EventView(row.extracting(0..<row.count - 4)), seq, view)
    }
    return head + 1
  }

  private mutating func lose(_ first: Position, _ last: Position, _ sentence: String) {
    report(first, sentence)
    blindBefore = last + 1
    while let run = runs.last, run.last <= last { runs.removeLast() }
    if let run = runs.last, run.first <= last { runs.removeLast() }
    begin(runs.last?.first ?? last + 1)
  }

  private mutating func event(_ event: borrowing EventView, _ seq: Position, _ view: View) throws {
    if seq > head { return }
    let header = event.header
    if header.seq != seq { report(seq, "The event calls itself \(header.seq).") }
    if header.format != 1 {
      report(seq, "The event has format \(header.format), which is unknown.")
    }
    if header.recorded < recorded {
      report(seq, "It was recorded before the event in front of it.")
    }
    recorded = max(recorded, header.recorded)
    if seq >= accounts.first { keys.append(nil) }
    guard 64 + Int(header.envelope) <= event.bytes.count else {
      report(seq, "Its envelope is longer than the event.")
      return
    }
    do {
      if header.account != 0 {
        enter(header.account, header.previous, seq)
      } else if seq >= accounts.first {
        accounts.append(0, seq)
      }
      if header.flags.contains(.concernsOthers) || header.flags.contains(.introduces) {
        try envelope(Envelope(reading: event.envelope), header, seq, view)
      }
      if seq >= accounts.first { keys[keys.count - 1] = try Indexed.idKey(event) }
    } catch let error as WireError {
      report(seq, "Its envelope cannot be read: \(error).")
    }
    if let run = runs.last, run.last == seq { try compare(run.first, run.last, view) }
  }

  private mutating func envelope(
    _ envelope: Envelope, _ header: Header, _ seq: Position, _ view: View
  ) throws {
    var seen: [UInt32] = [header.account, 0]
    for ref in envelope.refs {
      guard case .account(let number, let previous) = ref, !seen.contains(number) else { continue }
      seen.append(number)
      enter(number, previous, seq)
    }
    for name in envelope.introduced {
      counts[Int(name.kind.rawValue)] += 1
      if blindBefore > 0 { continue }
      let number = counts[Int(name.kind.rawValue)]
      let id = Array(name.id.utf8)
      let known = try view.number(tables, name.kind, id.span)
      let back = try view.name(tables, name.kind, number)
      if known != number || back != name.id {
        report(
          seq, "The \(name.kind.name) \(name.id) does not have the number \(number) in the index.")
      }
    }
  }

  // Compares an event's previous with the last one seen on the account's trail.
  private mutating func enter(_ account: UInt32, _ previous: Position, _ seq: Position) {
    guard account < 1 << 28 else {
      report(seq, "It names the account number \(account), which cannot be.")
      return
    }
    while account >= heads.count { heads.append(0) }
    let last = heads[Int(account)]
    if previous != last, last >= blindBefore || previous >= blindBefore {
      report(seq, "The trail of account \(account) goes back to \(previous) instead of \(last).")
    }
    heads[Int(account)] = seq
    if seq >= accounts.first { accounts.append(account, seq) }
  }

  private mutating func compare(_ first: Position, _ last: Position, _ view: View) throws {
    runs.removeLast()
    var withHouse = true
    if let stored = try view.get(tables.runs, first) {
      withHouse = try AccountRun(stored).hasHouse
    }
    let expected = accounts.run(last: last, withHouse: withHouse)
    if let stored = try view.get(tables.runs, first), try AccountRun(stored).last == last {
      if !Little.same(stored, expected.span) {
        report(first, "The account index up to \(last) is not that of the events; rebuild it.")
      }
      var isSame = keys.allSatisfy { $0 == nil }
      if let bytes = try view.get(tables.ids, first) {
        isSame = (try? IDRun(bytes))?.says(keys, from: first, upTo: last) ?? false
      }
      if !isSame {
        report(first, "The id index up to \(last) is not that of the events; rebuild it.")
      }
    }
    begin(runs.last?.first ?? last + 1)
  }

  /// Checks what is known only at the end.
  mutating func finish(_ view: View) throws {
    if blindBefore > 0 { return }
    // A writer may have gone on since the head was looked at; then there are more.
    let isLast = try view.head(tables) == head
    for kind in NameKind.allCases {
      let (stored, introduced) = (try view.count(tables, kind), counts[Int(kind.rawValue)])
      guard stored < introduced || (stored > introduced && isLast) else { continue }
      report(
        0,
        "\(stored) ids of kind \(kind.name) have a number, and events introduce \(introduced); "
          + "rebuild the names.")
    }
    if try view.count(tables.names) != view.count(tables.numbers) {
      report(0, "Names and numbers are not of the same count; rebuild the names.")
    }
    let last = max(head, try view.head(tables))
    var commands = try view.cursor(tables.commands)
    while try commands.next() {
      let row = commands.value
      if !CommandRow.isSound(commands.key, row) || Little.load(UInt64.self, row, 40) > last {
        report(0, "The answer to a command is damaged or points behind the last event.")
      }
    }
  }
}
