import Ledger

/// An act in words, as it is gathered and kept by account:
///
/// ```
/// 0  type 16 | slot in its stretch 16 | length 32
/// 1  seq
/// 2  occurred
/// 3  recorded
/// 4  amount
/// 5  day 32 | actor 32
/// 6  account of the event 32 | currency 16 | marks 8 | version of the event 8
/// 7  which properties: a bit a key of the body; the last bit for the entry that it is about
///    id, if marked · person or agency, if marked · one word a property · bytes of lists
/// ```
///
/// The value of a list is where its bytes begin, in words behind the properties, and how many there
/// are.
enum ActSlip {
  static let front = 8
  static let hasID: UInt64 = 1, hasPerson: UInt64 = 2, isAgency: UInt64 = 4
  /// The bit of `Property.about`; keys of bodies stay below.
  static let about = 63

  @inline(__always) static func type(_ head: UInt64) -> UInt16 { UInt16(truncatingIfNeeded: head) }
  @inline(__always) static func slot(_ head: UInt64) -> Int { Int(head >> 16 & 0xFFFF) }
  @inline(__always) static func length(_ head: UInt64) -> Int { max(front, Int(head >> 32)) }
  /// The same slip in the slot of an account.
  @inline(__always) static func head(_ head: UInt64, of account: UInt32) -> UInt64 {
    let slot = UInt64(account & UInt32(Stretch.width - 1))
    return head & ~(0xFFFF << 16) | slot << 16
  }

  /// Types of events of which there are slips: those that any rule of the catalogue judges or
  /// reads, and those that say who is who.
  static let types: [UInt16] = {
    var types = Set(Catalogue.rules.flatMap { $0.judges + $0.reads })
    types.formUnion(Docket.linking + Docket.shared + Docket.personal + Docket.barring)
    return types.sorted()
  }()
  static let mask = TypeMask(types)
  /// Types whose ids some rule compares.
  static let named = TypeMask(
    Catalogue.rules.filter(\.needsEventIDs).flatMap { $0.judges + $0.reads })

  /// Changes with everything that slips say, so that none of another program is read.
  static let form: UInt32 = {
    var text = "slips 2"
    for type in Register.events where mask.contains(type.code) {
      text += "\n\(type.code).\(type.version) \(type.name) \(named.contains(type.code))"
      for (property, step) in ReadingPlan(type).steps {
        text += " \(property.rawValue).\(step.rawValue)"
      }
    }
    return UInt32(truncatingIfNeeded: TextKey(text).rawValue)
  }()
}

/// Makes slips of stored events, by one plan for each type.
struct ActWriter {
  private let plans = ReadingPlans.all
  private let names: Names
  private var raw: [UInt8] = []
  /// The slip written last.
  private(set) var words: ContiguousArray<UInt64> = []

  init(names: Names) { self.names = names }

  /// Writes an event down as it stands in the trail of an account.
  mutating func write(_ event: borrowing EventView, of account: UInt32) throws(WireError) {
    let header = event.header
    words.removeAll(keepingCapacity: true)
    raw.removeAll(keepingCapacity: true)
    words.append(0)
    words.append(header.seq)
    words.append(UInt64(bitPattern: header.occurred))
    words.append(UInt64(bitPattern: header.recorded))
    words.append(UInt64(bitPattern: header.amount))
    words.append(UInt64(UInt32(bitPattern: header.day)) | UInt64(header.actor) << 32)
    var marks: UInt64 = 0
    words.append(0)
    words.append(0)
    if ActSlip.named.contains(header.type), let id = try Envelope.idKey(of: event.envelope) {
      marks |= ActSlip.hasID
      words.append(id.rawValue)
    }
    if header.account == 0 {
      switch try Topic.of(event, names) {
      case .party(let key):
        marks |= ActSlip.hasPerson
        words.append(key.rawValue)
      case .agency(let key):
        marks |= ActSlip.hasPerson | ActSlip.isAgency
        words.append(key.rawValue)
      case .other: break
      }
    }
    var which = try writeBody(event)
    if header.type == EventCode.documentFiled, let about = try about(event) {
      which |= 1 << UInt64(ActSlip.about)
      words.append(about.rawValue)
    }
    var word: UInt64 = 0
    for (index, byte) in raw.enumerated() {
      word |= UInt64(byte) << UInt64(8 * (index & 7))
      if index & 7 == 7 || index == raw.count - 1 {
        words.append(word)
        word = 0
      }
    }
    words[0] = ActSlip.head(
      UInt64(header.type) | UInt64(words.count) << 32, of: account)
    words[6] =
      UInt64(header.account) | UInt64(header.currency) << 32 | marks << 48
      | UInt64(header.version) << 56
    words[7] = which
  }

  private mutating func writeBody(_ event: borrowing EventView) throws(WireError) -> UInt64 {
    guard let plan = plans[event.header] else { throw WireError("an event of unknown type", at: 2) }
    var which: UInt64 = 0
    var body = CBORReader(event.body)
    for _ in 0..<(try body.map()) {
      let key = Int(try body.uint())
      guard key < plan.steps.count, key < ActSlip.about, plan.steps[key].step != .skip else {
        try body.skip()
        continue
      }
      which |= 1 << UInt64(key)
      switch plan.steps[key].step {
      case .skip: break
      case .text: words.append(try body.textKey().rawValue)
      case .number: words.append(UInt64(bitPattern: try body.int()))
      case .truth: words.append(try body.bool() ? 1 : 0)
      case .money, .instant:
        _ = try body.array()
        words.append(UInt64(bitPattern: try body.int()))
        try body.skip()
      case .presence:
        try body.skip()
        words.append(1)
      case .bytes:
        let start = body.position
        try body.skip()
        while raw.count & 7 != 0 { raw.append(0) }
        words.append(UInt64(raw.count >> 3) << 32 | UInt64(body.position - start))
        for at in start..<body.position { raw.append(body.bytes[at]) }
      }
    }
    return which
  }

  // A document says in its references which entry it belongs to.
  private func about(_ event: borrowing EventView) throws(WireError) -> TextKey? {
    for case .other(let reference) in try Envelope(reading: event.envelope).refs
    where reference.kind == "event" {
      return TextKey(reference.id)
    }
    return nil
  }
}

/// The plans of all types that there are, by number and version.
struct ReadingPlans: Sendable {
  static let all = ReadingPlans()

  private let plans: [ReadingPlan?]
  // Versions that any type has.
  private let versions: Int

  private init() {
    let last = Register.events.reduce(into: (code: 0, version: 0)) { last, type in
      last = (max(last.code, Int(type.code)), max(last.version, Int(type.version)))
    }
    versions = last.version + 1
    var plans: [ReadingPlan?] = Array(repeating: nil, count: (last.code + 1) * versions)
    for type in Register.events {
      plans[Int(type.code) * versions + Int(type.version)] = ReadingPlan(type)
    }
    self.plans = plans
  }

  /// The plan of an event's type and version; nil for what nobody registered.
  subscript(header: Header) -> ReadingPlan? {
    let place = Int(header.type) * versions + Int(header.version)
    return Int(header.version) < versions && place < plans.count ? plans[place] : nil
  }
}

/// Makes acts of slips.
struct ActReader {
  private let plans = ReadingPlans.all
  private let names: Names

  init(names: Names) { self.names = names }

  /// The act of the slip at a place of `words`, in the trail of `account` if that is one; lists are
  /// kept in `one`.
  func read(_ words: Span<UInt64>, _ at: Int, _ account: UInt32, _ one: Case?) -> Act {
    var header = Header()
    header.type = ActSlip.type(words[at])
    header.seq = words[at + 1]
    header.occurred = Int64(bitPattern: words[at + 2])
    header.recorded = Int64(bitPattern: words[at + 3])
    header.amount = Int64(bitPattern: words[at + 4])
    header.day = Int32(truncatingIfNeeded: words[at + 5])
    header.actor = UInt32(truncatingIfNeeded: words[at + 5] >> 32)
    header.account = account != 0 ? account : UInt32(truncatingIfNeeded: words[at + 6])
    header.currency = UInt16(truncatingIfNeeded: words[at + 6] >> 32)
    header.version = UInt8(words[at + 6] >> 56)
    let marks = words[at + 6] >> 48
    var act = Act(header)
    (act.actor, act.agency) = names.actor(header.actor)
    var place = at + ActSlip.front
    if marks & ActSlip.hasID != 0 {
      act.id = TextKey(rawValue: words[place])
      place += 1
    }
    if marks & ActSlip.hasPerson != 0 {
      if marks & ActSlip.isAgency == 0 { act.person = TextKey(rawValue: words[place]) }
      place += 1
    }
    var which = words[at + 7]
    if which & 1 << UInt64(ActSlip.about) != 0 {
      let last = place + which.nonzeroBitCount - 1
      act.set(.about, Int64(bitPattern: words[last]))
      which &= ~(1 << UInt64(ActSlip.about))
    }
    guard which != 0, let plan = plans[header] else { return act }
    let lists = place + words[at + 7].nonzeroBitCount
    while which != 0 {
      let (property, step) = plan.steps[which.trailingZeroBitCount]
      which &= which - 1
      let value = words[place]
      place += 1
      if step == .bytes {
        guard let one else { continue }
        let count = Int(value & 0xFFFF_FFFF)
        act.set(property, one.keep(words, lists + Int(value >> 32), count: count))
      } else {
        act.set(property, Int64(bitPattern: value))
      }
    }
    return act
  }
}
