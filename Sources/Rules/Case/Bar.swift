import Ledger

/// Something that stands against contacting a person: a cease request, an attorney, an open
/// dispute, a moratorium, a death.
///
/// It binds from when it was known, whatever the day it happened, over all accounts of the person
/// unless it names accounts, and until it is lifted (`definitions.md`, *Knowledge and scope of
/// restrictions*).
struct Bar {
  /// Its kind: a `restriction_kind`, a `hold_kind`, `dispute`, `death`, `capacity`.
  var kind: TextKey
  /// When it began in the world, when it was known, and when it ended; microseconds.
  var from: Int64, known: Int64, until: Int64 = .max
  /// Whom it protects; `.none` for everybody on the account.
  var person: TextKey = .none
  /// The account it stands on, or 0 for all of the person.
  var account: UInt32 = 0
  /// Accounts it names; empty for all.
  var accounts: [TextKey] = []
  /// What began it.
  var act: Act

  /// Whether it stood and was known at an act.
  func binds(_ act: Act) -> Bool {
    let isKnown =
      known < act.header.occurred
      || known == act.header.occurred && self.act.header.seq < act.header.seq
    return isKnown && act.header.occurred < until
  }

  /// Whether it had begun in the world by an act, known or not.
  func stood(_ act: Act) -> Bool { from <= act.header.occurred && act.header.occurred < until }

  /// Whether it protects whom a contact was meant for.
  func protects(_ contact: Act, _ one: Case) -> Bool {
    if account != 0, contact.account != account { return false }
    if !accounts.isEmpty, !accounts.contains(TextKey(one.accountID(contact.account))) {
      return false
    }
    guard person != .none, let party = contact[.party] else { return true }
    return party == person
  }

  /// Types of events that begin one.
  static let begun = TypeMask([
    EventCode.restrictionPlaced, EventCode.disputeRaised, EventCode.holdPlaced,
    EventCode.partyDeathRecorded, EventCode.partyVulnerabilityRecorded,
  ])

  /// Everything that stands in a case.
  static func all(_ one: Case) -> [Bar] {
    var bars = restrictions(one)
    bars += disputes(one)
    bars += holds(one)
    bars += statuses(one, EventCode.partyDeathRecorded, "death", over: "retracted")
    bars += statuses(
      one, EventCode.partyVulnerabilityRecorded, "capacity", over: "cleared", kind: "capacity")
    return bars
  }

  private static func restrictions(_ one: Case) -> [Bar] {
    one[EventCode.restrictionPlaced].map { placed in
      let known = placed.moment(.receivedAt)?.rawValue ?? placed.header.recorded
      var bar = Bar(
        kind: placed[.kind] ?? .none, from: placed.header.occurred, known: known, act: placed)
      if let from = placed.day(.from) { bar.known = max(bar.known, one.midnight(from, placed)) }
      if let to = placed.day(.to) { bar.until = one.midnight(to + 1, placed) }
      bar.person = placed.person
      bar.account = placed.account
      bar.accounts = one.texts(placed, .accounts)
      for lifted in one[EventCode.restrictionLifted]
      where lifted[.restriction] == placed[.restriction] && placed.precedes(lifted) {
        bar.until = min(bar.until, lifted.header.occurred)
      }
      return bar
    }
  }

  private static func disputes(_ one: Case) -> [Bar] {
    one[EventCode.disputeRaised].map { raised in
      var bar = Bar(
        kind: "dispute", from: raised.header.occurred, known: raised.header.recorded, act: raised)
      bar.account = raised.account
      for resolved in one[EventCode.disputeResolved]
      where resolved[.dispute] == raised[.dispute] && raised.precedes(resolved) {
        bar.until = min(bar.until, resolved.header.occurred)
      }
      return bar
    }
  }

  private static func holds(_ one: Case) -> [Bar] {
    one[EventCode.holdPlaced].map { placed in
      let from = one.midnight(placed.day(.from) ?? placed.day, placed)
      let known = placed.moment(.notifiedAt)?.rawValue ?? placed.header.recorded
      var bar = Bar(kind: placed[.kind] ?? .none, from: from, known: max(from, known), act: placed)
      bar.account = placed.account
      // Half-open: on `to` the days count again.
      if let to = placed.day(.to) { bar.until = one.midnight(to, placed) }
      for lifted in one[EventCode.holdLifted] where lifted[.hold] == placed[.hold] {
        let to = one.midnight(lifted.day(.to) ?? lifted.day, lifted)
        bar.until = min(bar.until, max(to, from))
      }
      return bar
    }
  }

  // What is recorded with a status: it stands from the first one until a later one is over.
  private static func statuses(
    _ one: Case, _ type: UInt16, _ name: TextKey, over: TextKey, kind: TextKey? = nil
  ) -> [Bar] {
    var bars: [Bar] = []
    for act in one[type] where kind == nil || act[.kind] == kind {
      let open = bars.indices.last { bars[$0].person == act.person && bars[$0].until == .max }
      if act[.status] == over {
        if let open { bars[open].until = act.header.recorded }
      } else if open == nil {
        var bar = Bar(
          kind: name, from: act.header.occurred, known: act.header.recorded, act: act)
        bar.person = act.person
        bars.append(bar)
      }
    }
    return bars
  }
}

extension Case {
  /// The instant at which a day began on the clock that an act was placed on.
  func midnight(_ day: Day, _ act: Act) -> Int64 {
    Int64(day.rawValue) * 86_400_000_000 - (act.local - act.header.occurred)
  }

  /// Whether a bar of one of these kinds stood at any time between two instants.
  func isHeld(_ kinds: [TextKey], from: Int64, to: Int64, account: UInt32) -> Bool {
    !kinds.isEmpty
      && bars.contains {
        kinds.contains($0.kind) && ($0.account == 0 || $0.account == account) && $0.known < to
          && $0.until > from
      }
  }
}
