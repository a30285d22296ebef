/// One account's events as they stand in the log, to be folded again and again with some of them
/// left out: that is how a figure is taken apart.
///
/// A figure of an account is a function of its events. Folding ever longer parts of them gives a
/// row of values whose steps add up to the figure, whatever book is asked, and each step belongs to
/// the event that came in. So every book can be explained and restated, and none has to know how.
package struct AccountHistory: Sendable {
  /// The account's number and id.
  package let number: UInt32, id: String
  /// The bytes of its events, in log order.
  package private(set) var events: [[UInt8]] = []
  /// Their headers.
  package private(set) var headers: [Header] = []

  /// An account of which nothing was heard yet.
  package init(number: UInt32, id: String) {
    self.number = number
    self.id = id
  }

  /// Adds the next event of its trail.
  package mutating func note(_ event: borrowing EventView) {
    let bytes = event.bytes
    var copy: [UInt8] = []
    copy.reserveCapacity(bytes.count)
    for index in bytes.indices { copy.append(bytes[index]) }
    events.append(copy)
    headers.append(event.header)
  }

  /// The same account with the events that are wanted only.
  func keeping(_ isWanted: (Int) -> Bool) -> AccountHistory {
    var copy = AccountHistory(number: number, id: id)
    for index in events.indices where isWanted(index) {
      copy.events.append(events[index])
      copy.headers.append(headers[index])
    }
    return copy
  }

  /// The header of an event.
  package func header(_ index: Int) -> Header { headers[index] }

  /// Lends an event.
  package func event<R>(
    _ index: Int, _ body: (borrowing EventView) throws(WireError) -> R
  ) throws(WireError) -> R {
    let stored = events[index]
    let bytes = stored.span
    return try body(EventView(bytes))
  }

  /// Types of events that a book of this account may look at: those that move money, and those
  /// behind the columns it reads.
  package static func types(of reads: Desk.Reads) -> TypeMask { Facts.reads.union(reads.mask) }

  /// Indices of the events a book may look at, in the order in which the world had them: by day;
  /// what the account is before what falls due, what falls due before money, then by occurrence and
  /// position. It is the order of the reckoning (`Money.md`), so that a figure grows as it was
  /// made.
  package func worldOrder(_ types: TypeMask) -> [Int] {
    events.indices.filter { types.contains(header($0).type) }.sorted {
      let (a, b) = (header($0), header($1))
      let (first, second) = (AccountHistory.rank(a.type), AccountHistory.rank(b.type))
      if (first == 0) != (second == 0) { return first == 0 }
      if a.day != b.day { return a.day < b.day }
      if first != second { return first < second }
      return (a.occurred, a.seq) < (b.occurred, b.seq)
    }
  }

  // The account's own terms come first: they say which policies judge all the rest.
  private static func rank(_ type: UInt16) -> Int {
    switch type {
    case EventCode.accountOpened: 0
    case EventCode.accountImported: 1
    case EventCode.dueRaised, EventCode.holdPlaced, EventCode.holdLifted: 2
    case EventCode.chargeLevied, EventCode.chargeWaived, EventCode.interestApplied,
      EventCode.dueCancelled, EventCode.settlementExecuted:
      3
    default: 4
    }
  }

  /// Folds the events that `keep` wants, in log order, into an empty book.
  ///
  /// - Parameters:
  ///   - room: where the facts are gathered; the same one for all folds of this account.
  ///   - fold: what answers; its question and policies are the ones that judge.
  package func fold<B: Book>(
    _ book: B, _ room: inout Portfolio, _ fold: inout Fold, keep: (Int) -> Bool
  ) throws(WireError) -> B {
    var book = book
    room.start(number..<number + 1)
    for index in events.indices where keep(index) {
      let stored = events[index]
      let bytes = stored.span
      try room.note(EventView(bytes))
    }
    room.group()
    // An account of which no fact is kept is not handed out, and is a book without it.
    try room.forEachAccount { (room, number, facts, parts) throws(WireError) in
      try fold.take(number, facts, parts, of: room, into: &book)
    }
    return book
  }

  /// A place to gather this account's facts in.
  package func room(_ reads: Desk.Reads) -> Portfolio {
    let key = TextKey(id)
    return Portfolio(range: number..<number + 1, reads: reads) { _ in key }
  }

  /// The ids of its dues and charges behind their keys.
  package func ids() throws(WireError) -> [TextKey: String] {
    var ids: [TextKey: String] = [:]
    for index in events.indices {
      let type = header(index).type
      guard type == EventCode.dueRaised || type == EventCode.chargeLevied else { continue }
      switch try event(index, { (event) throws(WireError) in try Event(reading: event) }) {
      case .dueRaised(let due): ids[TextKey(due.due)] = due.due
      case .chargeLevied(let charge): ids[TextKey(charge.charge)] = charge.charge
      default: break
      }
    }
    return ids
  }

  /// Of whom a policy's scope can ask.
  package func subject() throws(WireError) -> PolicySubject {
    var state = AccountState(id: id)
    for index in events.indices where header(index).type == EventCode.accountOpened {
      let stored = events[index]
      let bytes = stored.span
      try state.evolve(EventView(bytes), isSubject: header(index).account == number)
    }
    return state.subject
  }
}
