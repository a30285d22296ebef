/// Who holds an account: the collector, agency or desk it was given to, from when to when.
package enum Allocation {}

// MARK: - Facts

extension Allocation: DeskNoun {
  /// Types of events that leave a row.
  package static let reads = TypeMask([EventCode.accountAllocated, EventCode.accountDeallocated])

  /// Kinds of holder.
  package enum Kind: UInt8, BitwiseCopyable, CaseIterable, Sendable {
    /// As the list `allocatee_kind` has them; what it does not have is `other`.
    case collector = 0, agency, legal, desk, other

    /// The kind as an event states it.
    package var code: String {
      switch self {
      case .collector: "collector"
      case .agency: "agency"
      case .legal: "legal"
      case .desk: "desk"
      case .other: "other"
      }
    }

    private static let keys = (
      collector: TextKey("collector"), agency: TextKey("agency"), legal: TextKey("legal"),
      desk: TextKey("desk")
    )
    init(_ key: TextKey) {
      let keys = Kind.keys
      self =
        key == keys.collector
        ? .collector
        : key == keys.agency
          ? .agency : key == keys.legal ? .legal : key == keys.desk ? .desk : .other
    }
  }

  /// An account was given to a holder, or taken back from one.
  package struct Row: DeskRow {
    /// Position of the event.
    package var seq: Position
    /// When it happened, microseconds UTC.
    package var occurred: Int64
    /// Key of the holder who gets or loses it.
    package var holder: TextKey = .none
    /// Key of the unit that is to be credited; `.none` for the holder's own.
    package var unit: TextKey = .none
    /// The local date of the occurrence.
    package var day: Int32
    /// What kind of holder gets it.
    package var kind = Kind.other
    /// Whether it was taken back.
    package var ends = false

    /// Allocations count in order of (occurrence, position).
    func precedes(_ other: Row) -> Bool { (occurred, seq) < (other.occurred, other.seq) }
  }

  /// A row for an allocation, one for its end.
  package static func note(
    _ event: borrowing EventView, _ account: UInt32, _ isSubject: Bool,
    _ column: inout Column<Row>
  ) throws(WireError) {
    guard isSubject else { return }
    let header = event.header
    var row = Row(seq: header.seq, occurred: header.occurred, day: header.day)
    row.ends = header.type == EventCode.accountDeallocated
    var body = CBORReader(event.body)
    // Keys ascend: what follows the last one wanted is not read.
    let last = row.ends ? Key.AccountDeallocated.from : Key.AccountAllocated.unit
    for _ in 0..<(try body.map()) {
      let key = try body.uint()
      if key > last { break }
      switch key {
      case Key.AccountDeallocated.from where row.ends: row.holder = try body.textKey()
      case Key.AccountAllocated.to where !row.ends: row.holder = try body.textKey()
      case Key.AccountAllocated.toKind where !row.ends: row.kind = Kind(try body.textKey())
      case Key.AccountAllocated.unit where !row.ends: row.unit = try body.textKey()
      default: try body.skip()
      }
    }
    column.add(row, account)
  }
}

// MARK: - State

extension Allocation {
  /// The time one holder had an account.
  package struct Spell: Sendable {
    /// The allocation that began it.
    package var row: Row
    /// What ended it: the entry that took the account back, or the next allocation.
    package var end: Row?
  }

  /// Who had the account when, first to last. An account has one holder: an allocation to another
  /// ends the one before, and an end that names somebody else ends nothing.
  package static func spells(_ rows: ContiguousArray<Row>) -> [Spell] {
    var spells: [Spell] = []
    for row in rows.sorted(by: { $0.precedes($1) }) {
      let last = spells.count - 1
      if last >= 0, spells[last].end == nil {
        if row.ends, spells[last].row.holder != row.holder { continue }
        spells[last].end = row
      }
      if !row.ends { spells.append(Spell(row: row)) }
    }
    return spells
  }

  /// Who holds the account when everything before (`occurred`, `seq`) has happened; nil for nobody.
  package static func holder(
    _ rows: ContiguousArray<Row>, before occurred: Int64, _ seq: Position
  ) -> Row? {
    holder(rows) { ($0.occurred, $0.seq) < (occurred, seq) }
  }

  /// Who holds the account at the end of a day; nil for nobody.
  package static func holder(_ rows: ContiguousArray<Row>, on day: Day) -> Row? {
    holder(rows) { $0.day <= day.rawValue }
  }

  /// Whether an account is of a list of `holder`'s accounts at the end of a day: he holds it then,
  /// or the list is of everybody's.
  static func isHeld(_ rows: borrowing Desk, by holder: TextKey?, on day: Day) -> Bool {
    guard let holder else { return true }
    return self.holder(rows.allocations.rows, on: day)?.holder == holder
  }

  // The last allocation that counts, unless an end of the same holder comes after it.
  private static func holder(_ rows: ContiguousArray<Row>, _ counts: (Row) -> Bool) -> Row? {
    var last: Row?
    for row in rows where !row.ends && counts(row) {
      if let held = last, row.precedes(held) { continue }
      last = row
    }
    guard let last else { return nil }
    for row in rows where row.ends && row.holder == last.holder && counts(row) {
      if last.precedes(row) { return nil }
    }
    return last
  }
}

extension House {
  /// The unit a holder works for on a day: the one that the allocation names; else where a member
  /// of staff is placed, the only territory of an agency, or the desk itself where it is a unit.
  package func unit(of held: Allocation.Row, on day: Day) -> TextKey {
    if held.unit != .none { return held.unit }
    if let placed = placement(of: held.holder, on: day) { return placed.unit }
    let agency = agency(held.holder, on: day)
    if agency.unit != .none { return agency.unit }
    return unit(held.holder, on: day) == nil ? .none : held.holder
  }
}

// MARK: - Decisions

extension Account.Allocated: Decided {
  /// Refused for an account that is unknown or closed, a day ahead, a holder who may not act on the
  /// day, while a complaint is open that nobody recorded as frivolous, and while somebody holds the
  /// account.
  package func decide(_ scene: inout Scene) throws(Refusal) {
    try scene.requireOpen()
    try scene.requirePast("allocation")
    try requireHolder(scene)
    if let agent, scene.house.isCertified(TextKey(agent), on: scene.day) != true {
      throw Refusal(
        rule: "allocation.agent-certified",
        "Agent \(agent) holds no certificate that is valid on \(scene.day).",
        remedy: "Record agent.certified first, or name another agent.")
    }
    let desk = scene.account.desk
    let open = Complaint.cases(desk.complaints.rows, asOf: scene.day).count(where: \.isOpen)
    if open > 0, frivolousRecord == nil {
      throw Refusal(
        rule: "allocation.open-complaint",
        "\(open) complaints about account \(scene.account.id) are open on \(scene.day).",
        remedy: "Resolve them first, or name the record that they are frivolous.")
    }
    let held = Allocation.holder(desk.allocations.rows, on: scene.day)
    guard let held else { return }
    let holder = scene.house.name(held.holder) ?? "somebody else"
    guard held.holder != TextKey(to) else {
      throw Refusal(
        rule: "allocation.same-holder",
        "Account \(scene.account.id) is allocated to \(to) already on \(scene.day).",
        remedy: "Nothing needs to be done.")
    }
    throw Refusal(
      rule: "allocation.one-holder",
      "Account \(scene.account.id) is allocated to \(holder) on \(scene.day).",
      remedy: "Record account.deallocated from that holder first; an account has one holder.")
  }

  // Staff is placed in a unit, firms are active on the panel, and no certificate has run out.
  private func requireHolder(_ scene: Scene) throws(Refusal) {
    let key = TextKey(to)
    let standing = scene.house.agency(key, on: scene.day).standing
    if toKind == Allocation.Kind.agency.code || standing != .unknown {
      guard standing == .active else {
        throw Refusal(
          rule: "allocation.holder-active",
          "Agency \(to) may not act on \(scene.day): it is \(standing.words).",
          remedy: "Choose an agency that is empanelled and active on that day.")
      }
      let isLegal = toKind == Allocation.Kind.legal.code
      try scene.require(
        kind: isLegal ? ["legal", "advocate"] : ["collection", "repossession", "tracing"], of: to)
      return
    }
    guard
      scene.house.placement(of: key, on: scene.day) != nil
        || scene.house.unit(key, on: scene.day) != nil
    else {
      throw Refusal(
        rule: "allocation.holder-known", "Nobody called \(to) works in any unit on \(scene.day).",
        remedy: "Record party.assigned first, or check the id.")
    }
    if scene.house.isCertified(key, on: scene.day) == false {
      throw Refusal(
        rule: "allocation.holder-certified",
        "The certificate of \(to) is not valid on \(scene.day).",
        remedy: "Record the new certificate with agent.certified, or choose another holder.")
    }
  }
}

extension Account.Deallocated: Decided {
  /// Refused for a day ahead, and when the account is not allocated to that holder.
  package func decide(_ scene: inout Scene) throws(Refusal) {
    try scene.requireKnown()
    try scene.requirePast("deallocation")
    let held = Allocation.holder(scene.account.desk.allocations.rows, on: scene.day)
    guard held?.holder == TextKey(from) else {
      throw Refusal(
        rule: "allocation.held",
        "Account \(scene.account.id) is not allocated to \(from) on \(scene.day).",
        remedy: "`arrears show allocations` shows who holds it.")
    }
  }
}

extension Agency.Standing {
  /// The standing in words behind "it is".
  var words: String {
    switch self {
    case .unknown: "not on the panel"
    case .ended: "not on the panel on that day"
    case .suspended: "suspended"
    case .removed: "removed for good"
    case .active: "active"
    }
  }
}

extension Scene {
  /// A fact must not lie ahead.
  func requirePast(_ what: String) throws(Refusal) {
    guard day <= today else {
      throw Refusal(
        rule: "day.future", "The \(what) is of \(day), after today, \(today).",
        remedy: "Record it when the day has come.")
    }
  }
}
