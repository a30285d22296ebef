import Ledger

/// What the house had been told when an entry came: who works where, which firms may act for it and
/// as what, who is certified, and what became of people.
struct NaiveStaff {
  typealias Page = NaiveAnomalies.Page

  let heard: [Page]
  let holders: NaiveHolders

  init(_ heard: [Page]) {
    self.heard = heard
    holders = NaiveHolders(heard.map(\.story), [:])
  }

  /// Whether it hears what is told here.
  static func reads(_ deed: Deed) -> Bool {
    switch deed {
    case .organised: true
    case .said(let saying):
      ["party.", "agency.", "agent.", "restriction."].contains(where: saying.type.hasPrefix)
    default: false
    }
  }

  // MARK: - Firms

  private enum Act {
    case empanelled(kind: String, to: Day), suspended, removed, reinstated
  }

  private func acts(of firm: String) -> [(day: Day, told: NaiveDesk.Told, act: Act)] {
    heard.compactMap { page -> (day: Day, told: NaiveDesk.Told, act: Act)? in
      switch page.told.deed {
      case .organised(let deed) where deed.subject?.id == firm:
        switch deed {
        case .empanelled(_, let from, _):
          return (from, page.told, .empanelled(kind: "collection", to: .undated))
        case .suspended(_, let isForGood):
          return (page.told.on, page.told, isForGood ? .removed : .suspended)
        case .reinstated: return (page.told.on, page.told, .reinstated)
        default: return nil
        }
      case .said(let saying) where saying.stream?.kind == "agency" && saying.stream?.id == firm:
        switch saying.type {
        case "agency.empanelled":
          let act = Act.empanelled(kind: saying.text("kind"), to: saying.day("to") ?? .undated)
          return (saying.day("from") ?? .none, page.told, act)
        case "agency.suspended":
          return (page.told.on, page.told, saying.flag("permanent") ? .removed : .suspended)
        default: return (page.told.on, page.told, .reinstated)
        }
      default: return nil
      }
    }.sorted {
      ($0.day.rawValue, $0.told.occurred, $0.told.seq)
        < ($1.day.rawValue, $1.told.occurred, $1.told.seq)
    }
  }

  /// Whether a firm may act on a day: `active`, or why not. A removal is for good.
  func standing(_ firm: String, _ day: Day) -> String {
    let acts = acts(of: firm)
    if acts.isEmpty { return "unknown" }
    var (standing, last) = ("ended", Day.undated)
    for (_, _, act) in acts.filter({ $0.day <= day }) where standing != "removed" {
      switch act {
      case .empanelled(_, let to):
        last = to
        if standing != "suspended" { standing = "active" }
      case .suspended: standing = "suspended"
      case .removed: standing = "removed"
      case .reinstated: standing = "active"
      }
    }
    return standing == "active" && last < day ? "ended" : standing
  }

  /// What a firm is on the panel for.
  func kinds(_ firm: String, _ day: Day) -> [String] {
    acts(of: firm).compactMap { from, _, act -> String? in
      guard case .empanelled(let kind, let to) = act, from <= day, day <= to else { return nil }
      return kind
    }
  }

  /// Whether somebody holds a certificate on a day; nil of whom none was ever told.
  func isCertified(_ person: String, _ day: Day) -> Bool? {
    let spans = heard.compactMap { page -> (from: Day, to: Day)? in
      switch page.told.deed {
      case .organised(.certified(let keeper, let from, let to)) where keeper.name == person:
        return (from, to)
      case .said(let saying) where saying.type == "agent.certified" && saying.stream?.id == person:
        return (saying.day("from") ?? .none, saying.day("to") ?? .undated)
      default: return nil
      }
    }
    return spans.isEmpty ? nil : spans.contains { $0.from <= day && day <= $0.to }
  }

  // MARK: - People

  /// What was said of a person, on the person's own stream.
  func words(_ type: String, of person: String) -> [(told: NaiveDesk.Told, saying: Saying)] {
    heard.compactMap { page -> (told: NaiveDesk.Told, saying: Saying)? in
      guard let saying = page.told.said, saying.type == type, saying.stream?.id == person else {
        return nil
      }
      return (page.told, saying)
    }
  }

  /// A death as it was told last, unless that was taken back.
  func death(of person: String) -> (day: Day, isVerified: Bool)? {
    guard let (told, saying) = words("party.death_recorded", of: person).last,
      saying.text("status") != "retracted"
    else { return nil }
    return (saying.day("died_on") ?? told.on, saying.text("status") == "verified")
  }

  /// Whether a person gets no new credit on a day.
  func isCreditStopped(_ person: String, _ day: Day) -> Bool {
    words("restriction.placed", of: person).contains { told, saying in
      saying.text("kind") == "credit_stop" && saying.day("from") ?? told.on <= day
        && !isLifted(saying.text("restriction"), of: person, day)
    }
  }

  /// Whether a restriction was lifted by a day.
  func isLifted(_ restriction: String, of person: String, _ day: Day) -> Bool {
    words("restriction.lifted", of: person).contains {
      $0.told.on <= day && $0.saying.text("restriction") == restriction
    }
  }
}

// MARK: - Who holds an account

extension NaiveClerk {
  /// What may be wrong with an allocation or its end.
  func handed(_ deed: Organising) -> String? {
    if case .allocated = deed, isClosed { return "account.closed" }
    if on > page.today { return "day.future" }
    switch deed {
    case .allocated(let keeper, _):
      if let rule = NaiveClerk.holder(keeper, staff, on) { return rule }
      if hasComplaint { return "allocation.open-complaint" }
      guard let held else { return nil }
      return held == keeper.name ? "allocation.same-holder" : "allocation.one-holder"
    case .deallocated(let keeper): return held == keeper.name ? nil : "allocation.held"
    default: return nil
    }
  }

  // Firms are active and collect, staff works somewhere, and no certificate has run out.
  private static func holder(_ keeper: Keeper, _ staff: NaiveStaff, _ on: Day) -> String? {
    let standing = staff.standing(keeper.name, on)
    if keeper.kind == .agency || standing != "unknown" {
      if standing != "active" { return "allocation.holder-active" }
      let wanted =
        keeper.kind == .legal ? ["legal", "advocate"] : ["collection", "repossession", "tracing"]
      return staff.kinds(keeper.name, on).contains(where: wanted.contains) ? nil : "agency.kind"
    }
    let isHere =
      staff.holders.home(keeper.name, on) != nil || staff.holders.unit(keeper.name, on) != nil
    if !isHere { return "allocation.holder-known" }
    return staff.isCertified(keeper.name, on) == false ? "allocation.holder-certified" : nil
  }

  private var hasComplaint: Bool {
    let over = words("complaint.resolved").map { $0.text("complaint") }
    return words("complaint.received").contains { !over.contains($0.text("complaint")) }
  }

  // Who holds the account on the day, in the order of the world.
  private var held: String? {
    var held: String?
    for told in file.map(\.told).filter({ $0.on <= on }).sorted(by: { $0.precedes($1) }) {
      if case .organised(.allocated(let keeper, _)) = told.deed { held = keeper.name }
      if case .organised(.deallocated(let keeper)) = told.deed, held == keeper.name { held = nil }
    }
    return held
  }

  // MARK: - Who has a role

  private typealias Role = (party: String, role: String, from: Day, to: Day?)

  private var roles: [Role] {
    var roles: [Role] = []
    let customer = NaiveWork.customer(file.map(\.told))
    for page in file {
      if case .opened(_, _, let day, _, _) = page.told.deed {
        roles.removeAll { $0.role == "debtor" }
        roles.insert((customer, "debtor", day, nil), at: 0)
      }
    }
    for saying in file.compactMap(\.told.said) {
      let (party, role) = (saying.text("party"), saying.text("role"))
      if saying.type == "party.linked" {
        roles.append((party, role, saying.day("from") ?? .none, nil))
      }
      guard saying.type == "party.unlinked", let to = saying.day("to") else { continue }
      let last = roles.lastIndex {
        $0.party == party && $0.role == role && $0.to == nil && $0.from <= to
      }
      if let last { roles[last].to = to }
    }
    return roles
  }

  func linked(_ saying: Saying) -> String? {
    let (party, role) = (saying.text("party"), saying.text("role"))
    let from = saying.day("from") ?? .none
    let mine = roles.filter { $0.party == party && $0.to ?? .undated >= from }
    if mine.contains(where: { $0.role == role }) { return "link.overlap" }
    let owes = mine.contains { ["debtor", "co_debtor"].contains($0.role) }
    if role == "guarantor", owes { return "link.own-debt" }
    if let death = staff.death(of: party), death.isVerified, death.day <= from {
      return "link.dead"
    }
    return saying["liability_cap"] != nil && role == "debtor" ? "link.cap" : nil
  }

  func unlinked(_ saying: Saying) -> String? {
    let isHeld = roles.contains { one in
      one.party == saying.text("party") && one.role == saying.text("role") && one.to == nil
        && one.from <= saying.day("to") ?? .none
    }
    return isHeld ? nil : "link.held"
  }
}
