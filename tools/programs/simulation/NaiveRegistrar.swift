import Ledger

/// Somebody who has read all that the house was told up to an entry about people, units, firms and
/// targets, and says what is wrong with the entry.
struct NaiveRegistrar {
  let page: NaiveAnomalies.Page
  /// Whose stream the entry stands on.
  let id: String
  let staff: NaiveStaff

  private var on: Day { page.told.on }

  /// The first thing that is wrong.
  var rule: String? {
    switch page.told.deed {
    case .organised(let deed): organised(deed)
    case .said(let saying): said(saying)
    default: nil
    }
  }

  private func organised(_ deed: Organising) -> String? {
    switch deed {
    case .unit(_, _, let parent, let from, let to):
      return ends(from, to) ?? overlap(from, to) ?? parent.flatMap { above($0.name, from, to) }
    case .placed(_, let place, let from, let to):
      if let rule = ends(from, to) { return rule }
      if staff.holders.unit(place.name, from) == nil { return "unit.in-force" }
      let isElsewhere = staff.holders.stretches(id).contains { other in
        other.unit != place.name && other.from <= to ?? .undated && from <= other.to ?? .undated
      }
      return isElsewhere ? "placement.overlap" : nil
    case .empanelled(_, let from, _): return empanelled(from, nil)
    case .suspended(_, let isForGood): return suspended(isForGood: isForGood)
    case .reinstated: return reinstated
    case .certified(_, let from, let to): return ends(from, to)
    case .allocated, .deallocated: return nil
    }
  }

  private func ends(_ from: Day, _ to: Day?) -> String? {
    to.map { $0 < from } ?? false ? "days.ends-after-start" : nil
  }

  // MARK: - Units

  private typealias Version = (id: String, from: Day, to: Day?)

  private var versions: [Version] {
    staff.heard.compactMap { page -> Version? in
      guard case .organised(.unit(let place, _, _, let from, let to)) = page.told.deed else {
        return nil
      }
      return (place.name, from, to)
    }
  }

  // A version with an end holds until then.
  private func overlap(_ from: Day, _ to: Day?) -> String? {
    let isInside = versions.contains { other in
      guard other.id == id, other.from != from else { return false }
      if other.from < from { return other.to.map { from <= $0 } ?? false }
      return to.map { other.from <= $0 } ?? false
    }
    return isInside ? "unit.overlap" : nil
  }

  // What is above is there, and on no day comes to be below.
  private func above(_ parent: String, _ from: Day, _ to: Day?) -> String? {
    if parent != id, staff.holders.unit(parent, from) == nil { return "unit.in-force" }
    let days = [from] + versions.map(\.from).filter { from < $0 && $0 <= to ?? .undated }
    for day in days {
      var (at, way) = (parent, [String]())
      while !at.isEmpty, !way.contains(at) {
        if at == id { return "unit.own-ancestor" }
        way.append(at)
        at = staff.holders.unit(at, day)?.parent ?? ""
      }
    }
    return nil
  }

  // MARK: - Firms

  private func empanelled(_ from: Day, _ to: Day?) -> String? {
    ends(from, to) ?? (staff.standing(id, from) == "removed" ? "agency.removed" : nil)
  }

  private func suspended(isForGood: Bool) -> String? {
    let standing = staff.standing(id, on)
    return standing == "active" || standing == "suspended" && isForGood ? nil : "agency.active"
  }

  private var reinstated: String? {
    staff.standing(id, on) == "suspended" ? nil : "agency.suspended"
  }

  private func certified(_ saying: Saying) -> String? {
    let from = saying.day("from") ?? .none
    if let rule = ends(from, saying.day("to")) { return rule }
    let firm = saying.text("agency")
    return !firm.isEmpty && staff.standing(firm, from) == "unknown" ? "agency.unknown" : nil
  }

  // MARK: - People

  private func said(_ saying: Saying) -> String? {
    switch saying.type {
    case "agency.empanelled":
      return empanelled(saying.day("from") ?? .none, saying.day("to"))
    case "agency.suspended": return suspended(isForGood: saying.flag("permanent"))
    case "agency.reinstated": return reinstated
    case "agent.certified": return certified(saying)
    case "target.set": return aimed(saying)
    case "restriction.lifted": return lifted(saying)
    case "party.onboarded": return isErased ? "party.erased" : isOnFile ? "party.exists" : nil
    case let type where type.hasPrefix("party."):
      if !isOnFile { return "party.unknown" }
      return isErased ? "party.erased" : person(saying)
    default: return nil
    }
  }

  private var isOnFile: Bool { !staff.words("party.onboarded", of: id).isEmpty }
  private var isErased: Bool { !staff.words("party.data_erased", of: id).isEmpty }

  // What is wrong with what is told of a person who is on file.
  private func person(_ saying: Saying) -> String? {
    let (status, kind) = (saying.text("status"), saying.text("kind"))
    func last(_ type: String) -> String? {
      staff.words(type, of: id).last { $0.saying.text("kind") == kind }?.saying.text("status")
    }
    switch saying.type {
    case "party.contact_point_added": return has(saying) ? "contact-point.exists" : nil
    case "party.contact_point_checked": return has(saying) ? nil : "contact-point.unknown"
    case "party.financial_status_recorded":
      return saying.day("as_on") ?? .none > page.today ? "party.day-ahead" : nil
    case "party.death_recorded": return died(saying, status)
    case "party.insolvency_recorded":
      let isRunning = last(saying.type) == "started"
      if status == "started" { return isRunning ? "insolvency.running" : nil }
      return isRunning ? nil : "insolvency.not-running"
    case "party.vulnerability_recorded":
      if let review = saying.day("review_on"), review < on { return "vulnerability.review" }
      return status == "cleared" && last(saying.type) != "active" ? "vulnerability.active" : nil
    default: return nil
    }
  }

  private func has(_ saying: Saying) -> Bool {
    staff.words("party.contact_point_added", of: id).contains {
      $0.saying.text("contact_point") == saying.text("contact_point")
    }
  }

  private func died(_ saying: Saying, _ status: String) -> String? {
    if let day = saying.day("died_on"), day > page.today { return "party.day-ahead" }
    let death = staff.death(of: id)
    switch status {
    case "retracted": return death == nil ? "death.reported" : nil
    case "claimed": return death == nil ? nil : "death.known"
    default:
      if death?.isVerified ?? false { return "death.known" }
      return saying.text("evidence_kind") == "claim" ? "death.certificate" : nil
    }
  }

  private func lifted(_ saying: Saying) -> String? {
    let restriction = saying.text("restriction")
    let isPlaced = staff.words("restriction.placed", of: id).contains { told, placed in
      placed.text("restriction") == restriction && placed.text("kind") == saying.text("kind")
        && placed.day("from") ?? told.on <= on
    }
    return isPlaced && !staff.isLifted(restriction, of: id, on) ? nil : "restriction.in-force"
  }

  // MARK: - Targets

  // Money is aimed at in money, while the period runs, by who is there in it.
  private func aimed(_ saying: Saying) -> String? {
    if saying["value_money"] == nil { return "target.value-kind" }
    let (period, scope) = (saying.text("period"), saying.text("scope"))
    guard let from = saying.day("period_start") else { return nil }
    if period != "day", from.civil.day != 1 { return "target.period-start" }
    let months = ["month": 1, "quarter": 3, "year": 12][period]
    let end = months.flatMap { from.adding(months: $0) }.map { $0 - 1 } ?? from
    if on > end { return "target.period-over" }
    let isThere =
      switch saying.text("scope_kind") {
      case "unit": staff.holders.unit(scope, from) != nil
      case "agency": staff.standing(scope, from) == "active"
      default:
        staff.holders.stretches(scope).contains { $0.from <= end && from <= $0.to ?? .undated }
      }
    return isThere ? nil : "target.scope"
  }
}
