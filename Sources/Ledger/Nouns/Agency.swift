/// A firm empanelled to collect, repossess, value or sell.
package enum Agency {}

// MARK: - Events

extension Agency {
  /// An agency or advocate was put on the panel.
  package struct Empanelled: Hashable, Sendable {
    /// Collection, repossession, valuation, advocate ...
    package var kind: String
    /// First day.
    package var from: Day
    /// Last day, inclusive.
    package var to: Day?
    /// Where it may act.
    package var territory: [String]?
    /// Contract.
    package var agreementDocument: String?
    /// For advocates.
    package var barNo: String?
    /// For advocates.
    package var courts: [String]?
    /// Commission rate.
    package var commissionBp: Int64?

    /// Memberwise; what the schema does not require may be left out.
    package init(
      kind: String, from: Day, to: Day? = nil, territory: [String]? = nil,
      agreementDocument: String? = nil, barNo: String? = nil, courts: [String]? = nil,
      commissionBp: Int64? = nil
    ) {
      self.kind = kind
      self.from = from
      self.to = to
      self.territory = territory
      self.agreementDocument = agreementDocument
      self.barNo = barNo
      self.courts = courts
      self.commissionBp = commissionBp
    }
  }

  /// An agency or advocate was suspended or removed.
  package struct Suspended: Hashable, Sendable {
    /// True removes it for good.
    package var permanent: Bool
    /// Why.
    package var reason: String

    /// Memberwise; what the schema does not require may be left out.
    package init(permanent: Bool, reason: String) {
      self.permanent = permanent
      self.reason = reason
    }
  }

  /// A suspended agency was allowed to act again.
  package struct Reinstated: Hashable, Sendable {
    /// Who decided.
    package var authority: String

    /// Memberwise; what the schema does not require may be left out.
    package init(authority: String) {
      self.authority = authority
    }
  }
}

// MARK: - Facts

extension Agency {
  /// What happened to a firm on the panel.
  package enum Act: UInt8, BitwiseCopyable, Sendable {
    /// agency.empanelled · agency.suspended, for a while or for good · agency.reinstated
    case empanelled, suspended, removed, reinstated
  }

  /// One event of a firm.
  package struct Row: DeskRow {
    /// Position of the event.
    package var seq: Position
    /// When it happened, microseconds UTC.
    package var occurred: Int64
    /// The unit it may act in, when it is exactly one.
    package var unit: TextKey = .none
    /// Key of the code of its kind, or of why it was stopped.
    package var code: TextKey = .none
    /// Empanelled: keys of the units it may act in, of its number at the bar and of its courts,
    /// each written as one text.
    package var territory: TextKey = .none, bar: TextKey = .none, courts: TextKey = .none
    /// Empanelled: its commission in basis points; below zero when none is agreed.
    package var commission: Int64 = -1
    /// The day from which it counts, and of an empanelment the last one.
    package var day: Int32, to: Int32 = .max
    /// What happened.
    package var act: Act
  }

  /// Whether a firm may act.
  package enum Standing: String, Sendable {
    /// Never heard of, not yet or no longer on the panel, stopped for a while, removed for good,
    /// or free to act.
    case unknown, ended, suspended, removed, active
  }

  /// A firm's place on the panel.
  package struct Seat: Sendable {
    /// Whether it may act.
    package var standing: Standing
    /// First day on the panel, and the last one with the renewals that join on; nil when open.
    package var since: Day, until: Day?
    /// The empanelment that counts, and the last act that stopped it.
    package var empanelled: Row, stop: Row?
  }

  /// An event of the firm `key`.
  static func note(
    _ event: borrowing EventView, _ key: TextKey, _ house: inout House
  ) throws(WireError) {
    let header = event.header
    var row = Row(
      seq: header.seq, occurred: header.occurred, day: header.day, act: .reinstated)
    var reader = CBORReader(event.body)
    switch header.type {
    case EventCode.agencyEmpanelled:
      let body = try Empanelled(reading: &reader)
      row.act = .empanelled
      row.to = body.to?.rawValue ?? .max
      row.code = house.call(body.kind)
      func call(_ texts: [String]?) -> TextKey {
        texts.map { house.call($0.joined(separator: ", ")) } ?? .none
      }
      (row.territory, row.courts) = (call(body.territory), call(body.courts))
      row.bar = call(body.barNo.map { [$0] })
      row.commission = body.commissionBp ?? -1
      if let territory = body.territory, territory.count == 1 {
        row.unit = house.call(territory[0])
      }
    case EventCode.agencySuspended:
      let body = try Suspended(reading: &reader)
      row.act = body.permanent ? .removed : .suspended
      row.code = house.call(body.reason)
    default: break
    }
    house.agencies.add(row, key)
  }
}

// MARK: - State

extension House {
  /// Whether a firm may act on a day, and the unit it acts in when that is exactly one. What
  /// happened counts in order of (day, occurrence, position); who was removed for good stays so.
  package func agency(_ key: TextKey, on day: Day) -> (standing: Agency.Standing, unit: TextKey) {
    let told = agencies[key].filter { stands($0.seq) }
    var standing = told.isEmpty ? Agency.Standing.unknown : .ended
    var (unit, last): (TextKey, Int32) = (.none, .max)
    let acts = told.filter { $0.day <= day.rawValue }.sorted {
      ($0.day, $0.occurred, $0.seq) < ($1.day, $1.occurred, $1.seq)
    }
    for row in acts where standing != .removed {
      switch row.act {
      case .empanelled:
        (unit, last) = (row.unit, row.to)
        if standing != .suspended { standing = .active }
      case .suspended: standing = .suspended
      case .removed: standing = .removed
      case .reinstated: standing = .active
      }
    }
    if standing == .active, last < day.rawValue { standing = .ended }
    return (standing, unit)
  }

  /// How a firm sits on the panel on a day; nil when it was not put there by then.
  package func seat(of key: TextKey, on day: Day) -> Agency.Seat? {
    let told = agencies[key].filter { stands($0.seq) }
    let acts = told.filter { $0.day <= day.rawValue }.sorted {
      ($0.day, $0.occurred, $0.seq) < ($1.day, $1.occurred, $1.seq)
    }
    guard let first = acts.first(where: { $0.act == .empanelled }),
      let last = acts.last(where: { $0.act == .empanelled })
    else { return nil }
    var until = last.to
    // A renewal that joins on carries the seat on, known beforehand or not.
    while until < .max,
      let next = told.first(where: {
        $0.act == .empanelled && $0.day <= until + 1 && $0.to > until
      })
    { until = next.to }
    let stop = acts.last { $0.act == .suspended || $0.act == .removed }
    return Agency.Seat(
      standing: agency(key, on: day).standing, since: Day(rawValue: first.day),
      until: until == .max ? nil : Day(rawValue: until), empanelled: last, stop: stop)
  }
}

// MARK: - Decisions

extension Agency.Empanelled: Decided {
  /// Refused when it ends before it starts, or the firm was removed for good.
  package func decide(_ scene: inout Scene) throws(Refusal) {
    try scene.require(from: from, to: to, "empanelment")
    guard scene.house.agency(TextKey(scene.account.id), on: from).standing != .removed else {
      throw Refusal(
        rule: "agency.removed", "Agency \(scene.account.id) was removed for good.",
        remedy: "If the removal was a mistake, reverse that entry; else choose another agency.")
    }
  }
}

extension Agency.Suspended: Decided {
  /// Refused when the firm is not on the panel, or stopped already and not now removed.
  package func decide(_ scene: inout Scene) throws(Refusal) {
    let standing = scene.house.agency(TextKey(scene.account.id), on: scene.day).standing
    guard standing == .active || (standing == .suspended && permanent) else {
      throw Refusal(
        rule: "agency.active",
        "Agency \(scene.account.id) is not active on \(scene.day): \(standing.rawValue).",
        remedy: "Only an active agency is suspended; a suspended one may be removed for good.")
    }
  }
}

extension Agency.Reinstated: Decided {
  /// Refused when the firm is not suspended, or was removed for good.
  package func decide(_ scene: inout Scene) throws(Refusal) {
    let standing = scene.house.agency(TextKey(scene.account.id), on: scene.day).standing
    guard standing == .suspended else {
      throw Refusal(
        rule: "agency.suspended",
        "Agency \(scene.account.id) is not suspended on \(scene.day): \(standing.rawValue).",
        remedy: "Only a suspended agency is reinstated; one removed for good stays away.")
    }
  }
}

extension House {
  /// The kinds for which a firm is on the panel on a day.
  func kinds(of agency: TextKey, on day: Day) -> Set<TextKey> {
    Set(
      agencies[agency].filter {
        $0.act == .empanelled && stands($0.seq) && $0.day <= day.rawValue && day.rawValue <= $0.to
      }.map(\.code))
  }
}

extension Scene {
  /// A firm must be on the panel for what it is asked to do.
  func require(kind wanted: [String], of agency: String) throws(Refusal) {
    let kinds = house.kinds(of: TextKey(agency), on: day)
    guard !wanted.contains(where: { kinds.contains(TextKey($0)) }) else { return }
    let own = kinds.map { house.name($0) ?? "" }.sorted().joined(separator: ", ")
    throw Refusal(
      rule: "agency.kind",
      "\(agency) is on the panel for \(own.isEmpty ? "nothing" : own), not for "
        + "\(wanted.joined(separator: " or ")).",
      remedy: "Choose a firm of that kind, or record agency.empanelled of that kind for it.")
  }
}
