package import Ledger

/// What the naive model hears of the house.
package enum NaiveHouse: Sendable {
  case unit(String, kind: String, parent: String, from: Day, to: Day?)
  case placed(String, unit: String, from: Day, to: Day?)
  case empanelled(String, from: Day, territory: String?)
  case allocated(String, kind: String, unit: String?)
  case deallocated(String)
  /// Nothing that moves an account or its credit.
  case other
}

/// Who holds accounts and who is credited, said as plainly as possible: every question goes through
/// everything that was told.
package struct NaiveHolders: Sendable {
  private let house: [NaiveEvent]
  private let byAccount: [String: [NaiveEvent]]
  /// By account, what was said of its holder, in the order of the world.
  private var hands: [String: [NaiveEvent]] = [:]

  /// Holders as told by events that stand: of the house, and of each account.
  init(_ house: [NaiveEvent], _ byAccount: [String: [NaiveEvent]]) {
    (self.house, self.byAccount) = (house, byAccount)
    for (account, heard) in byAccount {
      hands[account] = heard.filter {
        if case .organised = $0.what { true } else { false }
      }.sorted { ($0.occurred, $0.seq) < ($1.occurred, $1.seq) }
    }
  }

  struct Held {
    var name: String
    var kind: String
    var unit: String?
  }

  // Lives through the allocations of an account that count, in order.
  func holder(_ account: String, _ counts: (NaiveEvent) -> Bool) -> Held? {
    var held: Held?
    for event in hands[account] ?? [] where counts(event) {
      guard case .organised(let deed) = event.what else { continue }
      if case .allocated(let name, let kind, let unit) = deed {
        held = Held(name: name, kind: kind, unit: unit)
      }
      if case .deallocated(let name) = deed, held?.name == name { held = nil }
    }
    return held
  }

  /// The last version of a unit to begin by the day, if the unit has not ended.
  func unit(_ id: String, _ day: Day) -> (kind: String, parent: String)? {
    var best: (from: Day, kind: String, parent: String, to: Day?)?
    for event in house {
      guard case .organised(.unit(id, let kind, let parent, let from, let to)) = event.what,
        from <= day, best.map({ from >= $0.from }) ?? true
      else { continue }
      best = (from, kind, parent, to)
    }
    guard let best, best.to.map({ day <= $0 }) ?? true else { return nil }
    return (best.kind, best.parent)
  }

  /// When somebody worked where: what was told last about a stretch counts.
  func stretches(_ person: String) -> [(unit: String, from: Day, to: Day?)] {
    var stretches: [(unit: String, from: Day, to: Day?)] = []
    for event in house {
      guard case .organised(.placed(person, let unit, let from, let to)) = event.what else {
        continue
      }
      stretches.removeAll { $0.unit == unit && $0.from == from }
      stretches.append((unit, from, to))
    }
    return stretches
  }

  /// Where somebody works, of several places where the stretch began last.
  func home(_ person: String, _ day: Day) -> String? {
    var best: (unit: String, from: Day)?
    for stretch in stretches(person) where stretch.from <= day && day <= stretch.to ?? .undated {
      if best.map({ stretch.from >= $0.from }) ?? true { best = (stretch.unit, stretch.from) }
    }
    return best?.unit
  }

  // The territory of the last empanelment that had begun.
  private func territory(_ firm: String, _ day: Day) -> String? {
    var best: (from: Day, occurred: Int64, territory: String?)?
    for event in house {
      guard case .organised(.empanelled(firm, let from, let territory)) = event.what, from <= day
      else { continue }
      if let held = best, (held.from.rawValue, held.occurred) > (from.rawValue, event.occurred) {
        continue
      }
      best = (from, event.occurred, territory)
    }
    return best?.territory
  }

  func label(_ held: Held?, _ grouping: String, _ day: Day) -> String {
    guard let held else { return "unallocated" }
    if ["collector", "agency", "legal"].contains(grouping) {
      return held.kind == grouping ? held.name : "held by \(held.kind)"
    }
    let found = units(of: held, day).first { unit($0, day)?.kind == grouping }
    return found ?? "no \(grouping)"
  }

  // The unit of who holds an account, and all above it.
  func units(of held: Held?, _ day: Day) -> [String] {
    held.map { way(up: place(of: $0, day), day) } ?? []
  }

  /// Where an account is looked after: where its allocation says, else where its holder works.
  func place(of held: Held, _ day: Day) -> String {
    held.unit ?? home(held.name, day) ?? territory(held.name, day) ?? ""
  }

  // The unit of a person or firm, and all above it.
  func units(above who: String, isFirm: Bool, _ day: Day) -> [String] {
    way(up: (isFirm ? territory(who, day) : home(who, day)) ?? "", day)
  }

  private func way(up first: String, _ day: Day) -> [String] {
    var (at, units) = (first, [String]())
    while units.count < 50, !units.contains(at), let unit = unit(at, day) {
      units.append(at)
      at = unit.parent
    }
    return units
  }

  /// Aging by holder or unit, as allocated at the end of a day; `label,accounts,overdue,
  /// outstanding,credit,dpd` in minor units, sorted.
  func aging(_ rows: [NaiveRow], by grouping: String, asOf: Day) -> [String] {
    var sums: [String: (accounts: Int, overdue: Int64, owed: Int64, credit: Int64, dpd: Int)] = [:]
    for row in rows {
      let held = holder(row.account) { $0.on <= asOf }
      var sum = sums[label(held, grouping, asOf)] ?? (0, 0, 0, 0, 0)
      sum.accounts += 1
      sum.overdue += row.overdue
      sum.owed += row.outstanding
      sum.credit += row.credit
      sum.dpd = max(sum.dpd, row.dpd)
      sums[label(held, grouping, asOf)] = sum
    }
    return sums.map { label, sum in
      "\(label),\(sum.accounts),\(sum.overdue),\(sum.owed),\(sum.credit),\(sum.dpd)"
    }.sorted()
  }

  // Money credited to whoever held the account when it came, or taken back from that credit.
  struct Credit {
    var account: String, held: Held?
    /// The day on which it counts, and the day on which the money was seen.
    var day: Day, seen: Day
    var amount: Int64
    var isReceipt = true
  }

  func credits(asOf: Day) -> [Credit] {
    byAccount.keys.sorted().flatMap { credits($0, asOf) }
  }

  private func credits(_ account: String, _ asOf: Day) -> [Credit] {
    var credits: [Credit] = []
    var came: [(id: String, left: Int64, credit: Credit)] = []
    func takeBack(_ id: String, _ amount: Int64, on day: Day?) {
      guard let at = came.lastIndex(where: { $0.id == id && $0.left > 0 }) else { return }
      var gone = came[at].credit
      (gone.amount, gone.isReceipt) = (min(amount, came[at].left), false)
      if let day { gone.day = day }
      came[at].left -= gone.amount
      credits.append(gone)
    }
    for event in byAccount[account] ?? [] {
      switch event.what {
      case .received(let id, let amount, _), .transferred(let id, let amount, _, account):
        guard event.day <= asOf else { continue }
        let held = holder(account) { ($0.occurred, $0.seq) < (event.occurred, event.seq) }
        let credit = Credit(
          account: account, held: held, day: event.day, seen: event.on, amount: amount)
        came.append((id, amount, credit))
        credits.append(credit)
      default: break
      }
    }
    for event in byAccount[account] ?? [] {
      guard case .returned(let id, let amount, fromOriginal: true) = event.what else { continue }
      takeBack(id, amount, on: nil)
    }
    let leaving = (byAccount[account] ?? []).filter { $0.day <= asOf }.sorted {
      ($0.day.rawValue, $0.occurred, $0.seq) < ($1.day.rawValue, $1.occurred, $1.seq)
    }
    for event in leaving {
      switch event.what {
      case .returned(let id, let amount, fromOriginal: false): takeBack(id, amount, on: event.day)
      case .transferred(let id, let amount, account, let other) where other != account:
        takeBack(id, amount, on: event.day)
      default: break
      }
    }
    return credits
  }

  /// Credit of receipts with value dates from one day to another, as seen at the end of a day;
  /// `label,receipts,received,taken_back` in minor units, sorted.
  func collected(by grouping: String, from: Day, to: Day, asOf: Day) -> [String] {
    var sums: [String: (receipts: Int, received: Int64, back: Int64)] = [:]
    for credit in credits(asOf: asOf) where from <= credit.day && credit.day <= to {
      let label = label(credit.held, grouping, credit.seen)
      if credit.isReceipt {
        sums[label, default: (0, 0, 0)].receipts += 1
        sums[label, default: (0, 0, 0)].received += credit.amount
      } else {
        sums[label, default: (0, 0, 0)].back += credit.amount
      }
    }
    return sums.map { "\($0.key),\($0.value.receipts),\($0.value.received),\($0.value.back)" }
      .sorted()
  }
}

extension NaiveModel {
  /// Aging by holder or unit at a vantage; see `NaiveHolders`.
  package func aging(by grouping: String, asOf: Day, knownAt: UInt64) -> [String] {
    holders(knownAt).aging(
      aging(asOf: asOf, knownAt: knownAt), by: grouping, asOf: asOf)
  }

  /// Credit of receipts at a vantage; see `NaiveHolders`.
  package func collected(by grouping: String, from: Day, to: Day, asOf: Day, knownAt: UInt64)
    -> [String]
  {
    holders(knownAt).collected(by: grouping, from: from, to: to, asOf: asOf)
  }
}
