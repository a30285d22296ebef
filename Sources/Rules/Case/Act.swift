package import Ledger

/// One event of a case, ready to be compared: who, when, and the properties that rules look at.
///
/// Texts are kept as digests (``TextKey``): rules compare codes and ids and never print them. What
/// is printed is asked of the log by position.
package struct Act: Sendable {
  /// The fixed part of the event; for a derived verdict, what it would have been.
  package var header: Header
  /// Microseconds on the clock of the person concerned.
  package var local: Int64 = 0
  /// The civil date on that clock.
  package var day = Day(rawValue: 0)
  /// Digest of the event's id; `.none` when no rule asked for ids.
  package var id: TextKey = .none
  /// Digest of the id of who did it, and of the agency they worked for.
  package var actor: TextKey = .none, agency: TextKey = .none
  /// Digest of the party that it is about, when it is about one and not about an account.
  package var person: TextKey = .none
  private var count = 0
  // Names of the properties, eight a word; 0 is none.
  private var names = InlineArray<3, UInt64>(repeating: 0)
  private var values = InlineArray<24, Int64>(repeating: 0)

  init(_ header: Header) { self.header = header }

  /// Properties an act has room for.
  static let room = 24

  @inline(__always) mutating func set(_ property: Property, _ value: Int64) {
    guard count < Act.room else { return }
    names[count >> 3] |= (UInt64(property.rawValue) + 1) << UInt64(8 * (count & 7))
    values[count] = value
    count += 1
  }

  // The first byte of the names that is the property's, eight bytes at once.
  @inline(__always) private func place(_ property: Property) -> Int? {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let wanted = (UInt64(property.rawValue) + 1) &* ones
    for word in 0..<3 {
      let other = names[word] ^ wanted
      let hits = (other &- ones) & ~other & (ones << 7)
      if hits != 0 { return word * 8 + hits.trailingZeroBitCount >> 3 }
    }
    return nil
  }

  /// The raw value of a property; nil when the event does not have it.
  @inline(__always) func raw(_ property: Property) -> Int64? { place(property).map { values[$0] } }

  /// The digest of a text; nil when the event does not have it.
  subscript(_ property: Property) -> TextKey? {
    raw(property).map { TextKey(rawValue: UInt64(bitPattern: $0)) }
  }
  /// A number or a sum in minor units.
  func number(_ property: Property) -> Int64? { raw(property) }
  /// A day.
  func day(_ property: Property) -> Day? {
    raw(property).map { Day(rawValue: Int32(clamping: $0)) }
  }
  /// An instant.
  func moment(_ property: Property) -> Moment? { raw(property).map { Moment(rawValue: $0) } }
  /// A truth; false when the event does not have it.
  func says(_ property: Property) -> Bool { raw(property) == 1 }
  /// Whether the event has it.
  func has(_ property: Property) -> Bool { place(property) != nil }

  /// Its number in the register.
  var type: UInt16 { header.type }
  /// The account in whose trail it stands.
  var account: UInt32 { header.account }
  /// When it happened.
  var at: Moment { Moment(rawValue: header.occurred) }
  /// Microseconds since midnight on the person's clock.
  var clock: Int64 { local - Int64(day.rawValue) * 86_400_000_000 }
  /// The day from which the fact counts: value date, or what the schema names.
  var counts: Day { Day(rawValue: header.day) }
  /// The sum in the header, minor units.
  var amount: Int64 { header.amount }
  /// Whether this one comes first: by occurrence, then by position.
  func precedes(_ other: Act) -> Bool {
    (header.occurred, header.seq) < (other.header.occurred, other.header.seq)
  }
}

extension TextKey: ExpressibleByStringLiteral {
  /// The digest of a code as it is written.
  package init(stringLiteral value: String) { self.init(value) }
}

/// A verdict of another fold that a rule needs: a bucket entered, a cycle begun.
package enum Derived: UInt16, CaseIterable, Sendable {
  case bucketEntered = 260, arrearsCleared, cycleOpened, becameOverdue, dataProcessed

  /// The name in case files: `bucket_entered`.
  package var name: String {
    switch self {
    case .bucketEntered: "bucket_entered"
    case .arrearsCleared: "arrears_cleared"
    case .cycleOpened: "cycle_opened"
    case .becameOverdue: "became_overdue"
    case .dataProcessed: "data_processed"
    }
  }
}

/// Contacts, as rules speak of them.
extension Act {
  /// Whether the house tried to reach somebody.
  var isOutbound: Bool { self[.direction] == Codes.outbound }
  /// Whether the dialled number never rang.
  var isUnconnected: Bool { self[.result] == Codes.notConnected }
  /// Whether somebody was spoken to.
  var isConversation: Bool { self[.result] == Codes.conversation }
  /// Why it was made; nothing said means to collect.
  var purpose: TextKey { self[.purpose] ?? Codes.collect }
  /// The role of whom it was meant for; nothing said means the debtor.
  var role: TextKey { self[.partyRole] ?? Codes.debtor }
  /// Whether the person had asked to be called back.
  var isRequested: Bool { self[.purpose] == Codes.callback }
}

/// Codes that are compared for every contact, digested once.
enum Codes {
  static let outbound: TextKey = "outbound"
  static let inbound: TextKey = "inbound"
  static let notConnected: TextKey = "not_connected"
  static let conversation: TextKey = "conversation"
  static let collect: TextKey = "collect"
  static let debtor: TextKey = "debtor"
  static let callback: TextKey = "requested_callback"
  static let call: TextKey = "call"
  static let visit: TextKey = "visit"
  static let cash: TextKey = "cash"
}
