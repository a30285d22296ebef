package import Ledger

/// A second model of lists that the house keeps: who had which account, who is on the panel, what
/// the whole book holds. It shares no rule with the ledger.
package struct NaiveRolls: Sendable {
  private let desk: NaiveDesk
  private let period: NaivePeriod

  /// A model of a life.
  package init(_ desk: NaiveDesk) {
    self.desk = desk
    period = NaivePeriod(desk)
  }

  // MARK: - Allocations

  /// Who had which account: `account,holder,kind,unit,from,to,basis,seq`.
  package func allocations(onlyHeld: Bool, asOf: Day, knownAt: UInt64) -> [String] {
    let holders = desk.model.holders(knownAt)
    return desk.standing(knownAt).flatMap { account, told -> [String] in
      var spells: [(told: NaiveDesk.Told, keeper: Keeper, unit: Place?, end: Day?)] = []
      for one in told.sorted(by: { $0.precedes($1) }) where one.on <= asOf {
        guard case .organised(let deed) = one.deed else { continue }
        let last = spells.count - 1
        let isOpen = last >= 0 && spells[last].end == nil
        switch deed {
        case .allocated(let keeper, let unit):
          if isOpen { spells[last].end = one.on }
          spells.append((one, keeper, unit, nil))
        case .deallocated(let keeper):
          if isOpen, spells[last].keeper == keeper { spells[last].end = one.on }
        default: break
        }
      }
      return spells.filter { !onlyHeld || $0.end == nil }.map { spell in
        let held = NaiveHolders.Held(
          name: spell.keeper.name, kind: spell.keeper.kind.rawValue, unit: spell.unit?.name)
        return [
          account, held.name, held.kind, holders.place(of: held, asOf), "\(spell.told.on)",
          spell.end.map { "\($0)" } ?? "", "bucket", "\(spell.told.seq)",
        ].joined(separator: ",")
      }
    }.sorted()
  }

  // MARK: - The panel

  // One word about a firm.
  private struct Word {
    var day: Day, told: NaiveDesk.Told
    var act: String
    var to: Day?
    var kind = "", reason = "", territory = "", bar = "", courts = ""
    var commission: Int?
  }

  private func word(_ one: NaiveDesk.Told) -> (firm: String, word: Word)? {
    switch one.deed {
    case .organised(.empanelled(let keeper, let from, let territory)):
      var word = Word(day: from, told: one, act: "empanelled", kind: "collection")
      word.territory = territory?.name ?? ""
      return (keeper.name, word)
    case .organised(.suspended(let keeper, let isForGood)):
      let act = isForGood ? "removed" : "suspended"
      return (keeper.name, Word(day: one.on, told: one, act: act, reason: "conduct"))
    case .organised(.reinstated(let keeper)):
      return (keeper.name, Word(day: one.on, told: one, act: "reinstated"))
    case .said(let saying) where saying.stream?.kind == "agency":
      var word = Word(day: saying.day("from") ?? one.on, told: one, act: "reinstated")
      if saying.type == "agency.suspended" {
        word.act = saying.flag("permanent") ? "removed" : "suspended"
        word.reason = saying.text("reason")
      }
      if saying.type == "agency.empanelled" {
        (word.act, word.to, word.kind) = ("empanelled", saying.day("to"), saying.text("kind"))
        word.territory = saying.texts("territory").joined(separator: " ")
        word.courts = saying.texts("courts").joined(separator: " ")
        (word.bar, word.commission) = (saying.text("bar_no"), saying.number("commission_bp"))
      }
      return (saying.stream?.id ?? "", word)
    default: return nil
    }
  }

  // Where a firm stands at the end of a day.
  private func standing(_ words: [Word], _ day: Day) -> String {
    if words.isEmpty { return "unknown" }
    var (standing, last): (String, Day?) = ("ended", nil)
    for word in NaiveRolls.ordered(words, day) where standing != "removed" {
      if word.act == "empanelled" {
        last = word.to
        if standing != "suspended" { standing = "active" }
      } else {
        standing = word.act == "reinstated" ? "active" : word.act
      }
    }
    return standing == "active" && last ?? .undated < day ? "ended" : standing
  }

  private static func ordered(_ words: [Word], _ day: Day) -> [Word] {
    words.filter { $0.day <= day }.sorted {
      ($0.day.rawValue, $0.told.occurred, $0.told.seq)
        < ($1.day.rawValue, $1.told.occurred, $1.told.seq)
    }
  }

  /// Firms and certified agents: `kind,id,certificate,employer,standing,since,until,days_left,
  /// alert,reason,territory,bar_no,courts,commission_bp`.
  package func panel(asOf: Day, within: Int, knownAt: UInt64) -> [String] {
    let heard = desk.heard(knownAt)
    let firms = Dictionary(grouping: heard.compactMap(word), by: \.firm)
      .mapValues { $0.map(\.word) }
    func isSoon(_ until: Day?) -> Bool {
      until.map { asOf <= $0 && $0 <= asOf + within } ?? false
    }
    func days(_ until: Day?) -> String { until.map { "\($0),\($0 - asOf)" } ?? "," }
    var lines = firms.compactMap { firm, words -> String? in
      let acts = NaiveRolls.ordered(words, asOf)
      let seats = acts.filter { $0.act == "empanelled" }
      guard let first = seats.first, let last = seats.last else { return nil }
      var until = last.to
      // A renewal that follows without a gap is told before the term is over.
      while let end = until,
        let next = words.first(where: {
          $0.act == "empanelled" && $0.day <= end + 1 && $0.to ?? .undated > end
        })
      {
        until = next.to
      }
      let standing = standing(words, asOf)
      var (alert, reason) = ("", "")
      switch standing {
      case "active": alert = isSoon(until) ? "expires_soon" : ""
      case "ended": alert = "expired"
      default: reason = acts.last { $0.act == "suspended" || $0.act == "removed" }?.reason ?? ""
      }
      return "\(last.kind),\(firm),,,\(standing),\(first.day),\(days(until)),\(alert),\(reason),"
        + "\(last.territory),\(last.bar),\(last.courts),"
        + (last.commission.map { "\($0)" } ?? "")
    }
    var agents: [String: (from: Day, to: Day?, employer: String)] = [:]
    for one in heard {
      var (who, certificate, employer) = ("", "dra_iibf", "")
      var (from, to): (Day?, Day?)
      if case .organised(.certified(let keeper, let first, let last)) = one.deed {
        (who, from, to) = (keeper.name, first, last)
      } else if let saying = one.said, saying.type == "agent.certified" {
        (who, certificate) = (saying.stream?.id ?? "", saying.text("certificate"))
        (from, to, employer) = (saying.day("from"), saying.day("to"), saying.text("agency"))
      }
      guard let from, from <= asOf else { continue }
      let name = "agent,\(who),\(certificate),\(employer)"
      if let held = agents[name], held.to ?? .undated >= to ?? .undated { continue }
      agents[name] = (from, to, employer)
    }
    for (name, one) in agents {
      let isValid = asOf <= one.to ?? .undated
      let employer = standing(firms[one.employer] ?? [], asOf)
      let reason = one.employer.isEmpty || employer == "active" ? "" : "employer \(employer)"
      lines.append(
        "\(name),\(isValid ? "valid" : "expired"),\(one.from),\(days(one.to)),"
          + "\(!isValid ? "expired" : isSoon(one.to) ? "expires_soon" : ""),\(reason),,,,")
    }
    return lines.sorted()
  }

  // MARK: - Control

  /// What was told, by event: `event,standing,taken back`.
  package func events(knownAt: UInt64) -> [String] {
    var counts: [String: (stand: Int, gone: Int)] = [:]
    for one in desk.told where one.seq <= knownAt {
      let stands = desk.model.stands(one.seq, knownAt)
      counts[one.deed.type, default: (0, 0)].stand += stands ? 1 : 0
      counts[one.deed.type, default: (0, 0)].gone += stands ? 0 : 1
    }
    return counts.map { "\($0.key),\($0.value.stand),\($0.value.gone)" }.sorted()
  }

  /// Sums of the whole book: `total,accounts,amount`.
  package func totals(asOf: Day, knownAt: UInt64) -> [String] {
    let known = period.known(knownAt)
    let stands = known.accounts.compactMap { account, told in
      period.stand(account, told, known, on: asOf, scheme: asOf)
    }
    func sum(_ amount: (NaivePeriod.Stand) -> Int64) -> Int64 {
      stands.reduce(0) { $0 + amount($1) }
    }
    return [
      "credit,,\(sum(\.row.credit))", "outstanding,\(stands.count),\(sum(\.row.outstanding))",
      "overdue,,\(sum(\.row.overdue))", "received,,\(sum(\.received))",
    ]
  }
}
