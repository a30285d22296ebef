package import Ledger

/// Everything visible at the vantage about one account, one person, one member of staff, one book
/// of receipts or the house, in order of occurrence.
///
/// One case is filled again and again; a judge looks at it and keeps nothing of it.
package final class Case {
  /// Whose history it is.
  package internal(set) var scope: Rule.Scope = .account
  /// Number of the account, when it is of one.
  package internal(set) var account: UInt32 = 0
  /// Digest of the person, the member of staff or the book.
  package internal(set) var key: TextKey = .none
  /// Of the account, what a policy's scope can ask for.
  package internal(set) var who = PolicySubject(product: "", account: "")
  /// Digest of its product.
  var product = TextKey("")
  /// The rule clock: nothing later has happened.
  package internal(set) var now = Moment(rawValue: 0)
  /// The day of the rule clock.
  package internal(set) var today = Day(rawValue: 0)
  /// What firms and members of staff are known for.
  var house = HouseActs()
  /// Ids of accounts by number.
  var accountID: (UInt32) -> String = { _ in "" }
  /// Clocks on which a person may plausibly live besides the first.
  var otherClocks: [(from: Int64, clocks: [ZoneClock])] = []
  private var lists: [ContiguousArray<Act>] = Array(repeating: [], count: Case.types)
  private var inDays: [Int] = Array(repeating: 0, count: Case.types)
  private var used: [Int] = []
  /// Types of which there is an event.
  private(set) var present = TypeMask()
  private(set) var raw: [UInt8] = []
  private var standing: [Bar]?

  private static let types = 272

  /// An empty case.
  package init() {}

  /// Events of a type, in order.
  subscript(_ type: UInt16) -> ContiguousArray<Act> { lists[Int(type)] }
  /// Derived verdicts of a kind, in order.
  subscript(_ kind: Derived) -> ContiguousArray<Act> { lists[Int(kind.rawValue)] }
  /// The contacts.
  var contacts: ContiguousArray<Act> { lists[Int(EventCode.contactAttempted)] }

  /// Events of several types, in one order.
  func all(_ types: UInt16...) -> [Act] {
    var found: [Act] = []
    for type in types { found += lists[Int(type)] }
    found.sort { $0.precedes($1) }
    return found
  }

  /// Events of a type on one account.
  func on(_ account: UInt32, _ type: UInt16) -> [Act] {
    lists[Int(type)].filter { $0.account == account }
  }

  /// How many events of these types stand in the days asked about.
  func count(_ types: [UInt16]) -> Int {
    types.reduce(0) { $0 + inDays[Int($1)] }
  }

  /// Forgets everything.
  func clear() {
    for type in used {
      lists[type].removeAll(keepingCapacity: true)
      inDays[type] = 0
    }
    used.removeAll(keepingCapacity: true)
    present = TypeMask()
    raw.removeAll(keepingCapacity: true)
    otherClocks.removeAll(keepingCapacity: true)
    standing = nil
  }

  /// Adds an event; called in any order, `sort` puts them right.
  func add(_ act: Act) {
    let type = Int(act.type)
    guard type < Case.types else { return }
    if lists[type].isEmpty {
      used.append(type)
      present.insert(act.type)
    }
    lists[type].append(act)
  }

  /// Puts every act on its clock and every list into order of occurrence.
  func settle(_ clock: (UInt32) -> ZoneClock, in days: ClosedRange<Day>) {
    for type in used {
      // Taken out while it is worked on, so that no copy is made and nobody is asked at each act.
      var list: ContiguousArray<Act> = []
      swap(&list, &lists[type])
      var isSorted = true
      var seen = 0
      for index in list.indices {
        let occurred = list[index].header.occurred
        let own = self.clock(at: occurred) ?? clock(list[index].header.account)
        var local = own.local(occurred)
        if list[index].isLocal {
          // A verdict of a day-end: its moment is that of the person's clock.
          let ahead = local - occurred
          local = occurred
          list[index].header.occurred = occurred - ahead
        }
        let day = Moment(rawValue: local).day(offset: 0)
        (list[index].local, list[index].day) = (local, day)
        if days.contains(day) { seen += 1 }
        if index > 0, !list[index - 1].precedes(list[index]) { isSorted = false }
      }
      if !isSorted { list.sort { $0.precedes($1) } }
      swap(&list, &lists[type])
      inDays[type] = seen
    }
  }

  // The first of the clocks that the person was known to live on.
  private func clock(at occurred: Int64) -> ZoneClock? {
    if otherClocks.isEmpty { return nil }
    return otherClocks.last { $0.from <= occurred }?.clocks.first
  }

  /// What the clocks show, on which the person may plausibly live, at an act: its own first.
  func clocks(_ act: Act) -> [(day: Day, clock: Int64)] {
    guard let here = otherClocks.last(where: { $0.from <= act.header.occurred }) else {
      return [(act.day, act.clock)]
    }
    return here.clocks.map { clock in
      let local = clock.local(act.header.occurred)
      let day = Moment(rawValue: local).day(offset: 0)
      return (day, local - Int64(day.rawValue) * 86_400_000_000)
    }
  }

  /// What stands against contact, in order of knowledge.
  var bars: [Bar] {
    if let standing { return standing }
    if !present.intersects(Bar.begun) { return [] }
    let found = Bar.all(self)
    standing = found
    return found
  }

  /// Keeps `count` bytes of a list that fill the words from `start` on; gives where.
  func keep(_ words: Span<UInt64>, _ start: Int, count: Int) -> Int64 {
    let place = raw.count
    for index in 0..<count {
      raw.append(UInt8(truncatingIfNeeded: words[start + index >> 3] >> UInt64(8 * (index & 7))))
    }
    return Int64(place) << 32 | Int64(count)
  }

  private func kept(_ act: Act, _ property: Property) -> [UInt8]? {
    guard let place = act.raw(property) else { return nil }
    let start = Int(place >> 32)
    let end = start + Int(place & 0xFFFF_FFFF)
    return end <= raw.count ? Array(raw[start..<end]) : nil
  }

  /// Digests of a list of texts; empty when the event does not have it.
  func texts(_ act: Act, _ property: Property) -> [TextKey] {
    kept(act, property).flatMap { try? Kept.keys($0) } ?? []
  }

  /// A list of texts, or one text, in words.
  func words(_ act: Act, _ property: Property) -> [String] {
    kept(act, property).flatMap { try? Kept.words($0) } ?? []
  }

  /// Items of a promise or a plan: the day and the sum of each.
  func items(_ act: Act) -> [Parts.Item] {
    kept(act, .items).flatMap { try? Kept.items($0) } ?? []
  }

  /// Windows of the day that a restriction names.
  func windows(_ act: Act) -> [Parts.Window] {
    kept(act, .windows).flatMap { try? Kept.windows($0) } ?? []
  }
}

/// Lists as they stand in a body.
private enum Kept {
  static func keys(_ bytes: [UInt8]) throws(WireError) -> [TextKey] {
    var reader = CBORReader(bytes.span)
    var found: [TextKey] = []
    for _ in 0..<(try reader.array()) { found.append(try reader.textKey()) }
    return found
  }

  static func words(_ bytes: [UInt8]) throws(WireError) -> [String] {
    var reader = CBORReader(bytes.span)
    if try reader.peekMajor() == 3 { return [try reader.text()] }
    var found: [String] = []
    for _ in 0..<(try reader.array()) { found.append(try reader.text()) }
    return found
  }

  static func items(_ bytes: [UInt8]) throws(WireError) -> [Parts.Item] {
    var reader = CBORReader(bytes.span)
    var found: [Parts.Item] = []
    for _ in 0..<(try reader.array()) { found.append(try Parts.Item(reading: &reader)) }
    return found
  }

  static func windows(_ bytes: [UInt8]) throws(WireError) -> [Parts.Window] {
    var reader = CBORReader(bytes.span)
    var found: [Parts.Window] = []
    for _ in 0..<(try reader.array()) { found.append(try Parts.Window(reading: &reader)) }
    return found
  }
}

/// Acts of firms and members of staff that many cases look at.
struct HouseActs {
  /// By the digest of the firm's or the person's id.
  var byKey: [TextKey: ContiguousArray<Act>] = [:]

  /// What is known of one, of a type.
  func of(_ key: TextKey, _ type: UInt16) -> [Act] {
    byKey.isEmpty ? [] : byKey[key]?.filter { $0.type == type } ?? []
  }
}

/// A zone with the stretch that the last moment was in.
final class ZoneClock {
  let zone: Zone
  private var stretch: Zone.Stretch

  init(_ zone: Zone) {
    self.zone = zone
    stretch = zone.stretch(at: Moment(rawValue: 0))
  }

  /// Microseconds that the clock shows at a moment.
  func local(_ occurred: Int64) -> Int64 {
    let moment = Moment(rawValue: occurred)
    if !stretch.moments.contains(moment) { stretch = zone.stretch(at: moment) }
    return occurred &+ Int64(stretch.offset) &* 60_000_000
  }
}
