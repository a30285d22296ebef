/// What a person asked, or a law says, about how they may be contacted; and the house's own order
/// that a person gets no new credit.
package enum Restriction {}

// MARK: - Events

extension Restriction {
  /// A limit on contact, or a stop of credit, came into being.
  package struct Placed: Hashable, Sendable {
    /// Restriction id.
    package var restriction: String
    /// Cease, attorney, workplace, opt-out, time ...
    package var kind: String
    /// Written or oral.
    package var form: String?
    /// When we got it, if later than it was made.
    package var receivedAt: ClockTime?
    /// Debts covered; empty means all.
    package var accounts: [String]?
    /// Medium barred.
    package var channel: String?
    /// Line or address barred.
    package var contactPoint: String?
    /// Local times barred.
    package var windows: [Parts.Window]?
    /// First day.
    package var from: Day?
    /// Last day.
    package var to: Day?
    /// Representing lawyer.
    package var attorney: String?
    /// Bereavement, wedding, festival ...
    package var occasion: String?

    /// Memberwise; what the schema does not require may be left out.
    package init(
      restriction: String, kind: String, form: String? = nil, receivedAt: ClockTime? = nil,
      accounts: [String]? = nil, channel: String? = nil, contactPoint: String? = nil,
      windows: [Parts.Window]? = nil, from: Day? = nil, to: Day? = nil, attorney: String? = nil,
      occasion: String? = nil
    ) {
      self.restriction = restriction
      self.kind = kind
      self.form = form
      self.receivedAt = receivedAt
      self.accounts = accounts
      self.channel = channel
      self.contactPoint = contactPoint
      self.windows = windows
      self.from = from
      self.to = to
      self.attorney = attorney
      self.occasion = occasion
    }
  }

  /// A limit on contact, or a stop of credit, ended.
  package struct Lifted: Hashable, Sendable {
    /// Which.
    package var restriction: String
    /// Its kind.
    package var kind: String
    /// Why.
    package var reason: String

    /// Memberwise; what the schema does not require may be left out.
    package init(restriction: String, kind: String, reason: String) {
      self.restriction = restriction
      self.kind = kind
      self.reason = reason
    }
  }
}

// MARK: - Facts

extension Restriction {
  /// A limit on contact with a person, about one account or all; or its end.
  package struct Row: DeskRow {
    /// Position of the event.
    package var seq: Position
    /// Key of the restriction.
    package var restriction: TextKey
    /// Key of the code of its kind.
    package var kind: TextKey
    /// Key of the account it covers; `.none` for all.
    package var account: TextKey = .none
    /// First and last day; of an end its day.
    package var from: Int32, to: Int32 = .max
    /// Whether the restriction ended.
    package var ends = false
    /// Key of the channel that it bars; `.none` for none in particular.
    var channel: TextKey = .none
    /// Whether it bars one line or address only.
    var isOfOnePoint = false
    /// Minutes of the person's day that it bars, from and to before; none when they are one.
    var opens: Int16 = 0, closes: Int16 = 0
  }

  /// A row for each account that a limit names, one for all, and for each time it bars; or a row
  /// for its end.
  static func note(
    _ event: borrowing EventView, _ key: TextKey, _ house: inout House
  ) throws(WireError) {
    let header = event.header
    var body = CBORReader(event.body)
    if header.type == EventCode.restrictionLifted {
      let lifted = try Lifted(reading: &body)
      house.restrictions.add(
        Row(
          seq: header.seq, restriction: TextKey(lifted.restriction), kind: house.call(lifted.kind),
          from: header.day, ends: true), key)
      return
    }
    let placed = try Placed(reading: &body)
    var row = Row(
      seq: header.seq, restriction: TextKey(placed.restriction), kind: house.call(placed.kind),
      from: placed.from?.rawValue ?? header.day, to: placed.to?.rawValue ?? .max)
    row.channel = placed.channel.map { TextKey($0) } ?? .none
    row.isOfOnePoint = placed.contactPoint != nil
    if placed.accounts?.isEmpty == false { house.namesAccounts = true }
    let accounts = (placed.accounts ?? []).map { TextKey($0) }
    let windows = placed.windows ?? []
    for account in accounts.isEmpty ? [.none] : accounts {
      row.account = account
      for window in windows.isEmpty ? [Parts.Window(start: 0, end: 0)] : windows {
        (row.opens, row.closes) = (Int16(clamping: window.start), Int16(clamping: window.end))
        house.restrictions.add(row, key)
      }
    }
  }
}

// MARK: - State

extension House {
  /// What stands on a day of the limits on a person, about any account, in order of mention.
  func limits(on person: TextKey, _ day: Day) -> [Restriction.Row] {
    let rows = restrictions[person]
    return rows.filter { row in
      guard !row.ends, row.from <= day.rawValue, day.rawValue <= row.to, stands(row.seq) else {
        return false
      }
      return !rows.contains {
        $0.ends && $0.restriction == row.restriction && $0.from <= day.rawValue && stands($0.seq)
      }
    }
  }

  /// Kinds of the limits on contact with a person about an account that stand on a day, each once,
  /// in order of mention.
  package func restrictions(
    on person: TextKey, account: TextKey, _ day: Day
  ) -> [TextKey] {
    var found: [TextKey] = []
    for row in limits(on: person, day)
    where !found.contains(row.kind) && (row.account == .none || row.account == account) {
      found.append(row.kind)
    }
    return found
  }

  /// The order by which a person gets no new credit on a day, the first that stands; nil for none.
  package func creditStop(on person: TextKey, _ day: Day) -> Restriction.Row? {
    limits(on: person, day).first { $0.kind == Restriction.creditStop }
  }
}

// MARK: - Decisions

extension Restriction {
  static let creditStop = TextKey("credit_stop")
}

extension Restriction.Lifted: Decided {
  /// Refused when the person has no restriction of that id and kind in force on the day.
  package func decide(_ scene: inout Scene) throws(Refusal) {
    let (key, kind) = (TextKey(restriction), TextKey(kind))
    let rows = scene.house.restrictions[TextKey(scene.account.id)].filter {
      $0.restriction == key && scene.house.stands($0.seq) && $0.from <= scene.day.rawValue
    }
    guard rows.contains(where: { !$0.ends && $0.kind == kind && scene.day.rawValue <= $0.to }),
      !rows.contains(where: \.ends)
    else {
      throw Refusal(
        rule: "restriction.in-force",
        "No restriction \(restriction) of kind \(self.kind) is in force for \(scene.account.id) on "
          + "\(scene.day).", remedy: "Check the id, the kind and the day.")
    }
  }
}

extension Scene {
  /// A person under an order to stop credit gets none.
  func requireCredit(for person: String, on day: Day) throws(Refusal) {
    guard let order = house.creditStop(on: TextKey(person), day) else { return }
    throw Refusal(
      rule: "credit.stopped",
      "New credit to \(person) is stopped since \(Day(rawValue: order.from)).",
      remedy: "Ask for prepayment, or lift the order with restriction.lifted first.")
  }
}
