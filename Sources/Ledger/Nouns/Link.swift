/// Who has a role on an account, from when to when: what `party.linked` and `party.unlinked` say.
package enum Link: DeskNoun {
  /// Types of events that leave a row.
  package static let reads = TypeMask([EventCode.partyLinked, EventCode.partyUnlinked])

  /// A party took a role, or gave it up.
  package struct Row: DeskRow {
    /// Position of the event.
    package var seq: Position
    /// Key of the party.
    package var party: TextKey = .none
    /// Key of the code of the role.
    package var role: TextKey = .none
    /// First day; of an end the last day.
    package var day: Int32 = .min
    /// Whether the role ended.
    package var ends = false
  }

  /// A row for a link, one for its end.
  package static func note(
    _ event: borrowing EventView, _ account: UInt32, _ isSubject: Bool,
    _ column: inout Column<Row>
  ) throws(WireError) {
    guard isSubject else { return }
    var row = Row(seq: event.header.seq)
    row.ends = event.header.type == EventCode.partyUnlinked
    var body = CBORReader(event.body)
    for _ in 0..<(try body.map()) {
      switch try body.uint() {
      case Key.PartyLinked.party: row.party = try body.textKey()
      case Key.PartyLinked.role: row.role = try body.textKey()
      case Key.PartyLinked.from: row.day = Int32(clamping: try body.int())
      default: try body.skip()
      }
    }
    column.add(row, account)
  }

  // MARK: State

  /// The time a party had a role.
  package struct Spell: Hashable, Sendable {
    /// Key of the party.
    package var party: TextKey
    /// Key of the code of the role.
    package var role: TextKey
    /// First and last day.
    package var from: Int32, to: Int32 = .max

    /// Whether a day is one of its days.
    package func contains(_ day: Day) -> Bool { from <= day.rawValue && day.rawValue <= to }
  }

  /// Who had which role when, in log order. An end closes the role's last spell that began by then;
  /// one that fits none ends nothing. `opening` is the debtor of the account's own terms.
  package static func spells(
    _ rows: ContiguousArray<Row>, opening: Spell? = nil
  ) -> [Spell] {
    var spells = opening.map { [$0] } ?? []
    for row in rows {
      guard row.ends else {
        spells.append(Spell(party: row.party, role: row.role, from: row.day))
        continue
      }
      let last = spells.lastIndex {
        $0.party == row.party && $0.role == row.role && $0.to == .max && $0.from <= row.day
      }
      if let last { spells[last].to = row.day }
    }
    return spells
  }

  /// Roles that owe the debt.
  static let owing = ["debtor", "co_debtor"].map(TextKey.init)
  /// Roles whose word is a promise: those who owe or stand in for it, and who may speak for them.
  static let entitled = [
    "debtor", "co_debtor", "guarantor", "attorney", "legal_heir", "third_party_payer",
  ].map(TextKey.init)
  static let debtor = TextKey("debtor"), guarantor = TextKey("guarantor")
}

extension AccountState {
  /// Who has which role on the account, the debtor of its terms included.
  package var links: [Link.Spell] {
    let first = debtor.map {
      Link.Spell(
        party: TextKey($0), role: Link.debtor, from: openedOn?.rawValue ?? .min)
    }
    return Link.spells(desk.links.rows, opening: first)
  }
}

// MARK: - Decisions

extension Party.Linked: Decided {
  /// Refused when the party has the role on one of these days, would guarantee a debt of its own,
  /// is known to be dead, or the limit of its liability is none.
  package func decide(_ scene: inout Scene) throws(Refusal) {
    try scene.requireKnown()
    let (me, mine) = (TextKey(party), TextKey(role))
    let spells = scene.account.links.filter { $0.party == me && $0.to >= from.rawValue }
    if let same = spells.first(where: { $0.role == mine }) {
      throw Refusal(
        rule: "link.overlap",
        "\(party) is \(role) of \(scene.account.id) since \(Day(rawValue: same.from)).",
        remedy: "Record party.unlinked first, or begin after its last day.")
    }
    let owes = spells.contains { Link.owing.contains($0.role) }
    if mine == Link.guarantor, owes {
      throw Refusal(
        rule: "link.own-debt",
        "\(party) owes the debt of \(scene.account.id) and cannot stand in "
          + "for it as well.", remedy: "Name another guarantor.")
    }
    if let death = scene.house.death(of: me), death.isVerified, death.day <= from.rawValue {
      throw Refusal(
        rule: "link.dead", "\(party) died on \(Day(rawValue: death.day)).",
        remedy: "Link the legal heir instead.")
    }
    guard let liabilityCap else { return }
    guard mine != Link.debtor else {
      throw Refusal(
        rule: "link.cap", "A debtor owes the whole debt; a limit is for those who stand in for it.",
        remedy: "Leave liability_cap out.")
    }
    try scene.require(liabilityCap, "limit of liability")
  }
}

extension Party.Unlinked: Decided {
  /// Refused when the party does not have the role on that day.
  package func decide(_ scene: inout Scene) throws(Refusal) {
    try scene.requireKnown()
    let (me, mine) = (TextKey(party), TextKey(role))
    let held = scene.account.links.contains {
      $0.party == me && $0.role == mine && $0.to == .max && $0.from <= to.rawValue
    }
    guard held else {
      throw Refusal(
        rule: "link.held", "\(party) is not \(role) of \(scene.account.id) on \(to).",
        remedy: "`arrears trail \(scene.account.id) --event party` shows who has which role.")
    }
  }
}
