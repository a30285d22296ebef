package import Ledger

/// What happens in the house around the accounts: units, staff, firms, and who holds which account.
package enum Organising: Sendable {
  case unit(Place, kind: PlaceKind, parent: Place?, from: Day, to: Day?)
  case placed(Keeper, in: Place, from: Day, to: Day?)
  case empanelled(Keeper, from: Day, territory: Place?)
  case suspended(Keeper, permanent: Bool)
  case reinstated(Keeper)
  case certified(Keeper, from: Day, to: Day)
  case allocated(Keeper, unit: Place?)
  case deallocated(Keeper)
}

/// Kinds of unit that the house has.
package enum PlaceKind: String, Sendable { case zone, area, branch }

/// A unit, by kind at birth and number.
package struct Place: Hashable, Sendable {
  let kind: PlaceKind
  let number: Int

  /// `zone-1`.
  package var name: String { "\(kind.rawValue)-\(number)" }
}

/// Who can hold accounts: somebody of the staff, a firm, a legal desk.
package struct Keeper: Hashable, Sendable {
  /// Kinds of holder, as the register has them.
  package enum Kind: String, Sendable { case collector, agency, legal }
  /// What kind, and which.
  package let kind: Kind, number: Int

  /// `collector-7`.
  package var name: String { "\(kind.rawValue)-\(number)" }
}

extension Organising {
  /// The event's name.
  var type: String {
    switch self {
    case .unit: "unit.defined"
    case .placed: "party.assigned"
    case .empanelled: "agency.empanelled"
    case .suspended: "agency.suspended"
    case .reinstated: "agency.reinstated"
    case .certified: "agent.certified"
    case .allocated: "account.allocated"
    case .deallocated: "account.deallocated"
    }
  }

  /// Kind and id of the stream; nil for the account itself.
  var subject: (kind: String, id: String)? {
    switch self {
    case .unit(let place, _, _, _, _): ("unit", place.name)
    case .placed(let keeper, _, _, _), .certified(let keeper, _, _): ("party", keeper.name)
    case .empanelled(let keeper, _, _), .suspended(let keeper, _), .reinstated(let keeper):
      ("agency", keeper.name)
    case .allocated, .deallocated: nil
    }
  }

  /// The body, as JSON without its braces.
  var body: String {
    func pairs(_ fields: (String, String?)...) -> String {
      fields.compactMap { name, value in value.map { "\"\(name)\":\"\($0)\"" } }
        .joined(separator: ",")
    }
    switch self {
    case .unit(_, let kind, let parent, let from, let to):
      return pairs(
        ("kind", kind.rawValue), ("from", "\(from)"), ("parent", parent?.name),
        ("to", to.map { "\($0)" }))
    case .placed(_, let place, let from, let to):
      return pairs(
        ("unit", place.name), ("role", "collector"), ("from", "\(from)"),
        ("to", to.map { "\($0)" }))
    case .empanelled(_, let from, let territory):
      let where_ = territory.map { ",\"territory\":[\"\($0.name)\"]" } ?? ""
      return pairs(("kind", "collection"), ("from", "\(from)")) + where_
    case .suspended(_, let permanent): return "\"permanent\":\(permanent),\"reason\":\"conduct\""
    case .reinstated: return pairs(("authority", "board"))
    case .certified(_, let from, let to):
      return pairs(("certificate", "dra_iibf"), ("from", "\(from)"), ("to", "\(to)"))
    case .allocated(let keeper, let unit):
      return pairs(
        ("to_kind", keeper.kind.rawValue), ("to", keeper.name), ("basis", "bucket"),
        ("unit", unit?.name))
    case .deallocated(let keeper): return pairs(("from", keeper.name), ("reason", "cycle_end"))
    }
  }

  /// The same in words for the naive model.
  var told: NaiveHouse {
    switch self {
    case .unit(let place, let kind, let parent, let from, let to):
      .unit(place.name, kind: kind.rawValue, parent: parent?.name ?? "", from: from, to: to)
    case .placed(let keeper, let place, let from, let to):
      .placed(keeper.name, unit: place.name, from: from, to: to)
    case .empanelled(let keeper, let from, let territory):
      .empanelled(keeper.name, from: from, territory: territory?.name)
    case .suspended, .reinstated, .certified: .other
    case .allocated(let keeper, let unit):
      .allocated(keeper.name, kind: keeper.kind.rawValue, unit: unit?.name)
    case .deallocated(let keeper): .deallocated(keeper.name)
    }
  }
}
