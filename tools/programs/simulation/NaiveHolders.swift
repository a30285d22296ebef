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
  private var arrivals: [String: [NaiveEvent]] = [:]

  /// Holders as told by events that stand.
  init(_ told: [NaiveEvent]) {
    byAccount = Dictionary(grouping: told) { $0.account }
    house = byAccount[""] ?? []
    for event in told {
      guard case .transferred(_, _, _, let to) = event.what else { continue }
      arrivals[to, default: []].append(event)
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
    let ordered = (byAccount[account] ?? []).sorted {
      ($0.occurred, $0.seq) < ($1.occurred, $1.seq)
    }
    for event in ordered where counts(event) {
      guard case .organised(let deed) = event.what else { continue }
      if case .allocated(let name, let kind, let unit) = deed {
        held = Held(name: name, kind: kind, unit: unit)
      }
      if case .deallocated(let name) = deed, held?.name == name { held = nil }
    }
    return held
  }

  // The last version of a unit to begin by the day, if the unit has not ended.
  private func unit(_ id: String, _ day: Day) -> (kind: String, parent: String)? {
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

  // Where somebody works: what was told last about a stretch counts, the stretch that began last.
  private func home(_ person: String, _ day: Day) -> String? {
    var stretches: [(unit: String, from: Day, to: Day?)] = []
    for event in house {
      guard case .organised(.placed(person, let unit, let from, let to)) = event.what else {
        continue
      }
      stretches.removeAll { $0.unit == unit && $0.from == from }
      stretches.append((unit, from, to))
    }
    var best: (unit: String, from: Day)?
    for stretch in stretches where stretch.from <= day && day <= stretch.to ?? .undated {
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
    var at = held.unit ?? home(held.name, day) ?? territory(held.name, day) ?? ""
    for _ in 0..<50 {
      guard let unit = unit(at, day) else { break }
      if unit.kind == grouping { return at }
      at = unit.parent
    }
    return "no \(grouping)"
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

  // Money that came to an account, and who is credited with it.
  private struct Came {
    var id: String
    var to: String
    var left: Int64
    var day: Day
  }

  /// Credit of receipts with value dates from one day to another, as seen at the end of a day;
  /// `label,receipts,received,taken_back` in minor units, sorted.
  func collected(by grouping: String, from: Day, to: Day, asOf: Day) -> [String] {
    var sums: [String: (receipts: Int, received: Int64, back: Int64)] = [:]
    for account in byAccount.keys.sorted() where account != "" {
      var came: [Came] = []
      for event in hearing(account) {
        switch event.what {
        case .received(let id, let amount, _), .transferred(let id, let amount, _, account):
          guard event.day <= asOf else { continue }
          let held = holder(account) { ($0.occurred, $0.seq) < (event.occurred, event.seq) }
          let label = label(held, grouping, event.on)
          came.append(Came(id: id, to: label, left: amount, day: event.day))
          if from <= event.day, event.day <= to {
            sums[label, default: (0, 0, 0)].receipts += 1
            sums[label, default: (0, 0, 0)].received += amount
          }
        case .returned(let id, let amount, fromOriginal: true):
          guard let at = came.lastIndex(where: { $0.id == id && $0.left > 0 }) else { continue }
          let gone = min(amount, came[at].left)
          came[at].left -= gone
          if from <= came[at].day, came[at].day <= to {
            sums[came[at].to, default: (0, 0, 0)].back += gone
          }
        default: break
        }
      }
      let leaving = hearing(account).filter { $0.day <= asOf }.sorted {
        ($0.day.rawValue, $0.occurred, $0.seq) < ($1.day.rawValue, $1.occurred, $1.seq)
      }
      for event in leaving {
        let gone: (id: String, amount: Int64)
        switch event.what {
        case .returned(let id, let amount, fromOriginal: false): gone = (id, amount)
        case .transferred(let id, let amount, account, let other) where other != account:
          gone = (id, amount)
        default: continue
        }
        guard let at = came.lastIndex(where: { $0.id == gone.id && $0.left > 0 }) else { continue }
        let sum = min(gone.amount, came[at].left)
        came[at].left -= sum
        if from <= event.day, event.day <= to { sums[came[at].to, default: (0, 0, 0)].back += sum }
      }
    }
    return sums.map { "\($0.key),\($0.value.receipts),\($0.value.received),\($0.value.back)" }
      .sorted()
  }

  // Everything about an account, transfers to it included, in order of position.
  private func hearing(_ account: String) -> [NaiveEvent] {
    let arriving = (arrivals[account] ?? []).filter { $0.account != account }
    return ((byAccount[account] ?? []) + arriving).sorted { $0.seq < $1.seq }
  }
}

extension NaiveModel {
  /// Aging by holder or unit at a vantage; see `NaiveHolders`.
  package func aging(by grouping: String, asOf: Day, knownAt: UInt64) -> [String] {
    NaiveHolders(standing(knownAt)).aging(
      aging(asOf: asOf, knownAt: knownAt), by: grouping, asOf: asOf)
  }

  /// Credit of receipts at a vantage; see `NaiveHolders`.
  package func collected(by grouping: String, from: Day, to: Day, asOf: Day, knownAt: UInt64)
    -> [String]
  {
    NaiveHolders(standing(knownAt)).collected(by: grouping, from: from, to: to, asOf: asOf)
  }
}
