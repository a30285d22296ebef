package import Ledger

/// A second model of aging, deliberately simple: it keeps every event as it was told and, for each
/// question, lives through all days again. It shares no rule with the ledger.
///
/// It says what `definitions.md` says, sentence by sentence. Where the ledger and it disagree, one
/// of the two is wrong.
package struct NaiveModel: Sendable {
  private let events: [NaiveEvent]

  /// A model of events in order of position.
  package init(_ events: [NaiveEvent]) { self.events = events }

  /// Aging by account, bucketed, at the end of `asOf` with what was known at a position; `drafts`
  /// come before every policy adopted. Sorted by account.
  package func aging(asOf: Day, knownAt: UInt64, drafts: [NaiveRule] = []) -> [NaiveRow] {
    let known = standing(knownAt)
    let policies = NaiveModel.policies(known)
    var rows: [NaiveRow] = []
    for (account, told) in NaiveModel.byAccount(known) {
      guard told.contains(where: { NaiveModel.shows($0, by: asOf) }) else { continue }
      var product = ""
      for event in told { if case .opened(let name, _) = event.what { product = name } }
      let terms = policies.terms(account: account, product: product, asOf: asOf, drafts: drafts)
      let life = NaiveAccount(account, told, terms)
      rows.append(life.row(asOf: asOf))
    }
    return rows.sorted { ($0.account, $0.currency) < ($1.account, $1.currency) }
  }

  /// By account, the money that stands at the end of a day: what is left of each payment.
  func money(asOf: Day, knownAt: UInt64) -> [String: [(id: String, day: Day, left: Int64)]] {
    let known = standing(knownAt)
    let policies = NaiveModel.policies(known)
    var result: [String: [(id: String, day: Day, left: Int64)]] = [:]
    for (account, told) in NaiveModel.byAccount(known) {
      var life = NaiveAccount(
        account, told, policies.terms(account: account, product: "", asOf: asOf, drafts: []))
      life.live(until: asOf)
      result[account] = life.money.map { ($0.id, $0.event.day, $0.left) }
    }
    return result
  }

  /// Events known at a position, without those that were taken back: an entry stands unless an
  /// entry that stands takes it back.
  func standing(_ knownAt: UInt64) -> [NaiveEvent] {
    let known = events.prefix { $0.seq <= knownAt }
    var takers: [String: [NaiveEvent]] = [:]
    for event in known {
      if case .mistaken(let id) = event.what { takers[id, default: []].append(event) }
    }
    func stands(_ event: NaiveEvent) -> Bool {
      !(takers[event.id] ?? []).contains { $0.seq > event.seq && stands($0) }
    }
    return known.filter(stands)
  }

  static func policies(_ known: [NaiveEvent]) -> NaivePolicies {
    var policies = NaivePolicies()
    for event in known {
      switch event.what {
      case .adopted(var policy):
        // The later word about a version is the one that counts.
        policies.adopted.removeAll {
          $0.policy == policy.policy && $0.version == policy.version
        }
        policy.seq = event.seq
        policies.adopted.append(policy)
      case .retired(let id, let version, let to):
        for index in policies.adopted.indices
        where policies.adopted[index].policy == id && policies.adopted[index].version == version {
          policies.adopted[index].to = min(policies.adopted[index].to ?? .undated, to)
        }
      default: break
      }
    }
    return policies
  }

  // Each account's events in order of position; a transfer is told to both sides.
  static func byAccount(_ known: [NaiveEvent]) -> [(String, [NaiveEvent])] {
    var told: [String: [NaiveEvent]] = [:]
    for event in known where event.account != "" {
      if case .silent = event.what { continue }
      if case .organised = event.what { continue }
      if case .mistaken = event.what { continue }
      told[event.account, default: []].append(event)
      if case .transferred(_, _, _, let to) = event.what, to != event.account {
        told[to, default: []].append(event)
      }
    }
    return told.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  // Whether an event makes its account show up in a report of that day.
  static func shows(_ event: NaiveEvent, by asOf: Day) -> Bool {
    event.day <= asOf || event.on <= asOf
  }
}
