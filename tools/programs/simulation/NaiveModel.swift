package import Ledger

/// A second model of aging, deliberately simple: it keeps every event as it was told and, for each
/// question, lives through all days again. It shares no rule with the ledger.
///
/// It says what `definitions.md` says, sentence by sentence. Where the ledger and it disagree, one
/// of the two is wrong.
package struct NaiveModel: Sendable {
  private let errata: NaiveErrata
  /// What was said of policies.
  private let rules: [NaiveEvent]
  /// What was told of the house, and of each account, in order of position; a transfer is told to
  /// both sides.
  private var house: [NaiveEvent] = []
  private var stories: [(account: String, told: [NaiveEvent])] = []

  /// A model of events in order of position.
  package init(_ events: [NaiveEvent]) {
    errata = NaiveErrata(
      events.map { event in
        if case .mistaken(let id) = event.what { return (event.id, event.seq, id) }
        return (event.id, event.seq, nil)
      })
    rules = events.filter { event in
      switch event.what {
      case .adopted, .retired: true
      default: false
      }
    }
    var places: [String: Int] = [:]
    for event in events {
      switch event.what {
      case .silent, .mistaken: continue
      default: break
      }
      guard event.account != "" else {
        house.append(event)
        continue
      }
      var sides = [event.account]
      if case .transferred(_, _, _, let to) = event.what, to != event.account { sides.append(to) }
      for side in sides {
        let place = places[side] ?? stories.count
        if place == stories.count {
          places[side] = place
          stories.append((side, []))
        }
        stories[place].told.append(event)
      }
    }
    stories.sort { $0.account < $1.account }
  }

  /// Aging by account, bucketed, at the end of `asOf` with what was known at a position; `drafts`
  /// come before every policy adopted. Sorted by account.
  package func aging(asOf: Day, knownAt: UInt64, drafts: [NaiveRule] = []) -> [NaiveRow] {
    let policies = policies(knownAt)
    var rows: [NaiveRow] = []
    for (account, told) in accounts(knownAt) {
      guard NaiveModel.shows(told, by: asOf) else { continue }
      let product = NaivePeriod.product(told)
      let terms = policies.terms(account: account, product: product, asOf: asOf, drafts: drafts)
      let life = NaiveAccount(account, told, terms)
      rows.append(life.row(asOf: asOf))
    }
    return rows.sorted { ($0.account, $0.currency) < ($1.account, $1.currency) }
  }

  /// By account, the money that stands at the end of a day: what is left of each payment.
  func money(asOf: Day, knownAt: UInt64) -> [String: [(id: String, day: Day, left: Int64)]] {
    let policies = policies(knownAt)
    var result: [String: [(id: String, day: Day, left: Int64)]] = [:]
    for (account, told) in accounts(knownAt) {
      let product = NaivePeriod.product(told)
      let terms = policies.terms(account: account, product: product, asOf: asOf, drafts: [])
      var life = NaiveAccount(account, told, terms)
      life.live(until: asOf)
      result[account] = life.money.map { ($0.id, $0.event.day, $0.left) }
    }
    return result
  }

  /// Whether an entry is known at a position and was not taken back by then.
  func stands(_ seq: UInt64, _ knownAt: UInt64) -> Bool { errata.stands(seq, knownAt) }

  func policies(_ knownAt: UInt64) -> NaivePolicies {
    var policies = NaivePolicies()
    for event in rules where stands(event.seq, knownAt) {
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

  /// Each account's events that are known and stand, without its holders.
  func accounts(_ knownAt: UInt64) -> [(String, [NaiveEvent])] {
    stories.compactMap { account, told in
      let known = told.filter { event in
        if case .organised = event.what { return false }
        return stands(event.seq, knownAt)
      }
      return known.isEmpty ? nil : (account, known)
    }
  }

  /// The same with its holders, and what was told of the house.
  func holders(_ knownAt: UInt64) -> NaiveHolders {
    var voices: [String: [NaiveEvent]] = [:]
    for (account, told) in stories {
      let known = told.filter { stands($0.seq, knownAt) }
      if !known.isEmpty { voices[account] = known }
    }
    return NaiveHolders(house.filter { stands($0.seq, knownAt) }, voices)
  }

  // Whether an account shows up in a report of that day: something is known to have happened to it
  // by then, and somebody has said, be it of a later day, that there is an account or money.
  static func shows(_ told: [NaiveEvent], by asOf: Day) -> Bool {
    told.contains { $0.day <= asOf || $0.on <= asOf }
      && told.contains { event in
        switch event.what {
        case .opened, .imported, .due, .charged, .waived, .interest, .received, .returned,
          .transferred, .refunded, .forgiven:
          true
        default: false
        }
      }
  }
}
