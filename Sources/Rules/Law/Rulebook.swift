package import Ledger

/// The rules that judge a run: which packs were adopted, which versions of their rules hold on
/// which days, and with which values.
package struct Rulebook: Sendable {
  /// By which law a history is judged.
  package enum Law: Sendable {
    /// By what was in force on the day of each act.
    case then
    /// By what is in force on the day asked about, whenever the act was.
    case now
    /// By packs that nobody adopted.
    case draft([(name: String, body: [UInt8])])
  }

  /// The rules, each with the editions that judge.
  package private(set) var rules: [Rule] = []
  private(set) var bound: [Bound] = []
  /// The packs behind them: `in.rbi@1`, `draft in.rbi`.
  package private(set) var packs: [String] = []
  /// The zone of the house's desks, if a pack names one.
  package private(set) var zone: String?
  /// What the rules in force on the day asked about leave of contacts.
  package private(set) var contactLimits = ContactLimits()

  private struct Adoption {
    var label: String
    var from: Day, to: Day
    var scope: PolicyScope?
    var rank: (Int, Int32, Int64, Position)
    var pack: RulePack
  }

  /// The rules of the packs adopted by a position, or of drafts.
  ///
  /// - Parameters:
  ///   - policies: what was adopted, as known at the vantage.
  ///   - only: rules or packs to keep; empty keeps all.
  package init(_ law: Law, _ policies: PolicyBook, asOf: Day, only: [String] = [])
    throws(PackError)
  {
    var adoptions = try Rulebook.adoptions(law, policies)
    if case .now = law {
      adoptions = adoptions.filter { $0.from <= asOf && asOf <= $0.to }
      for index in adoptions.indices {
        (adoptions[index].from, adoptions[index].to) = (Rule.Version.always, .undated)
      }
    }
    packs = adoptions.map(\.label)
    zone = adoptions.last { $0.pack.zone != nil }?.pack.zone
    let calendars = Rulebook.calendars(policies)
    var orders: [(rule: Rule, suspended: [String])] = []
    var forbids: [(rule: Rule, kinds: [String])] = []
    for rule in Catalogue.rules {
      if !only.isEmpty, !only.contains(where: rule.isNamed) { continue }
      var editions: [Edition<Values>] = []
      for adoption in adoptions where adoption.pack.isOn(rule) {
        editions += try Rulebook.editions(rule, adoption, law, asOf, calendars)
      }
      if editions.isEmpty { continue }
      for edition in editions {
        if rule.ordersContact { orders.append((rule, edition.terms.texts("suspended_by"))) }
        if !rule.forbids.isEmpty { forbids.append((rule, rule.forbids)) }
      }
      rules.append(rule)
      bound.append(try rule.bind(editions))
      var limiting: [ContactLimits.Edition] = []
      for edition in editions where edition.from <= asOf && asOf <= edition.to {
        let limits = try rule.limits(edition.terms)
        if !limits.isEmpty { limiting.append(.init(scope: edition.scope, limits: limits)) }
      }
      if !limiting.isEmpty { contactLimits.rules.append(limiting) }
    }
    // A duty to contact that goes on while another rule forbids it would order a breach.
    for order in orders {
      for ban in forbids {
        guard let kind = ban.kinds.first(where: { !order.suspended.contains($0) }) else { continue }
        throw PackError(
          "\(order.rule.id) would order contacts that \(ban.rule.id) forbids: "
            + "its `suspended_by` lacks `\(kind)`.")
      }
    }
  }

  private static func adoptions(_ law: Law, _ policies: PolicyBook) throws(PackError)
    -> [Adoption]
  {
    var adoptions: [Adoption] = []
    if case .draft(let drafts) = law {
      for draft in drafts {
        let pack = try RulePack(value(draft.body, draft.name), name: draft.name)
        adoptions.append(
          Adoption(
            label: "draft \(pack.pack)", from: Rule.Version.always, to: .undated, scope: nil,
            rank: (0, 0, 0, 0), pack: pack))
      }
      return adoptions
    }
    let versions = policies.versions.filter { $0.kind == RulePack.kind }
    for version in versions {
      let name = "The policy \(version.label)"
      let pack = try RulePack(value(version.body, name), name: name)
      let rank = version.scope.terms.map(\.rank).max() ?? 0
      // A later version of the same policy takes its place from its own first day on.
      let next = versions.filter {
        $0.policy == version.policy && $0.scope == version.scope
          && ($0.from.rawValue, $0.version) > (version.from.rawValue, version.version)
      }.map(\.from).min()
      let to = next.map { min(version.to, $0 - 1) } ?? version.to
      if to < version.from { continue }
      adoptions.append(
        Adoption(
          label: version.label, from: version.from, to: to,
          scope: version.scope.terms == [.all] ? nil : version.scope,
          rank: (rank, version.from.rawValue, version.version, version.seq), pack: pack))
    }
    return adoptions.sorted { $0.rank > $1.rank }
  }

  private static func value(_ body: [UInt8], _ name: String) throws(PackError) -> Value {
    do throws(WireError) { return try Value(reading: body.span) } catch {
      throw PackError("\(name) cannot be read: \(error.what).")
    }
  }

  private static func calendars(_ policies: PolicyBook) -> [String: Calendar] {
    var found: [String: Calendar] = [:]
    for version in policies.versions where version.kind == Calendar.kind {
      if let body = try? Calendar(reading: version.body.span) { found[version.policy] = body }
    }
    return found
  }

  private static func editions(
    _ rule: Rule, _ adoption: Adoption, _ law: Law, _ asOf: Day, _ calendars: [String: Calendar]
  ) throws(PackError) -> [Edition<Values>] {
    let change = adoption.pack.changes.first { $0.rule == rule.id }
    let isChanged = change?.versions != nil || change?.parameters.pairs.isEmpty == false
    var editions: [Edition<Values>] = []
    for version in change?.versions ?? rule.versions {
      var (from, to) = (max(version.from, adoption.from), min(version.to, adoption.to))
      if case .now = law {
        guard version.from <= asOf, asOf <= version.to else { continue }
        (from, to) = (Rule.Version.always, .undated)
      }
      guard from <= to else { continue }
      var values = Values(rule.id)
      values.take(rule.defaults)
      if change?.versions == nil { values.take(version.values) }
      if let change { values.take(change.parameters) }
      if change?.versions != nil { values.take(version.values) }
      if let name = values.value("calendar")?.text {
        guard let calendar = calendars[name] else {
          throw PackError(
            "\(rule.id) asks for the calendar `\(name)`, and no policy of that id is adopted.")
        }
        values.house = calendar
      }
      let label = isChanged ? "\(version.label) by \(adoption.label)" : version.label
      editions.append(
        Edition(
          from: from, to: to, label: label, pack: adoption.label, scope: adoption.scope,
          terms: values))
    }
    return editions
  }
}
