/// What differs between two bodies of one kind, in words.
package enum PolicyDifference {
  /// One sentence for each thing that differs; none when nothing does.
  package static func sentences(kind: String, _ a: [UInt8], _ b: [UInt8]) throws(WireError)
    -> [String]
  {
    var (old, new) = (Terms(), Terms())
    // No body at all is what judges when nothing is adopted.
    if !a.isEmpty { try old.take(kind, a.span) }
    if !b.isEmpty { try new.take(kind, b.span) }
    switch kind {
    case Buckets.kind: return buckets(old.buckets, new.buckets)
    case Counting.kind where old.counting != new.counting:
      return [
        new.counting.inclusive
          ? "Days count inclusively: the due date, unpaid at its end, becomes day 1, so every past-due "
            + "account has a day more."
          : "Days become the plain difference of dates, so every past-due account has a day less."
      ]
    case DPDComponents.kind where old.components != new.components:
      return [
        new.components.principalAndInterestOnly
          ? "Only unpaid principal and interest give days; charges are overdue without giving any."
          : "Any unpaid component gives days, charges too."
      ]
    case Waterfall.kind: return waterfall(old.waterfall(on: 0), new.waterfall(on: 0))
    case Grace.kind: return grace(old.grace, new.grace)
    case Classification.kind: return classification(old.classification, new.classification)
    case HoldEffects.kind: return holds(old.holds, new.holds)
    case Counting.kind, DPDComponents.kind: return []
    default: return a == b ? [] : ["The bodies differ."]
    }
  }

  private static func buckets(_ old: Buckets, _ new: Buckets) -> [String] {
    func label(_ scheme: Buckets, _ days: Int) -> String {
      scheme.labels[scheme.index(days: days, writtenOff: false, undated: false)]
    }
    // Every day on which either scheme begins a band begins a stretch in which both stand still.
    var starts: Set<Int> = [0, 1]
    for band in old.bands + new.bands { starts.insert(band.from) }
    let sorted = starts.sorted()
    var out: [String] = []
    for (index, from) in sorted.enumerated() {
      let (a, b) = (label(old, from), label(new, from))
      guard a != b else { continue }
      let to = index + 1 < sorted.count ? sorted[index + 1] - 1 : nil
      let range =
        to.map { $0 == from ? "\(from) days" : "\(from) to \($0) days" } ?? "\(from) days and more"
      out.append("Accounts of \(range) move from \(a) to \(b).")
    }
    if old.currentBounce != new.currentBounce {
      out.append(
        new.currentBounce.map {
          "Accounts whose presentation of this month came back, with nothing older, stand in \($0)."
        } ?? "A presentation of this month that came back gives no bucket of its own.")
    }
    if old.writtenOff != new.writtenOff {
      let name = new.writtenOff.map { "stand in \($0)" } ?? "stand in the band of their days"
      out.append("Accounts written off \(name).")
    }
    return out
  }

  private static func waterfall(_ old: Waterfall, _ new: Waterfall) -> [String] {
    var out: [String] = []
    if old.horizontal != new.horizontal {
      out.append(
        new.horizontal
          ? "Each payment goes component by component over the dues, instead of due by due."
          : "Each payment goes to the oldest due first, instead of component by component.")
    }
    if old.order != new.order {
      func words(_ rule: Waterfall) -> String { rule.order.map(\.code).joined(separator: ", ") }
      let first = zip(old.order, new.order).first { $0 != $1 }
      let head = first.map { "\($1.code) is paid before \($0.code). " } ?? ""
      out.append(head + "The order was \(words(old)); it is \(words(new)).")
    }
    if old.advanceAtOnce != new.advanceAtOnce {
      out.append(
        new.advanceAtOnce
          ? "Money beyond what is due pays dues to come at once."
          : "Money beyond what is due waits until a due falls due.")
    }
    return out
  }

  private static func grace(_ old: Grace, _ new: Grace) -> [String] {
    var out: [String] = []
    if old.days != new.days {
      out.append("Up to \(new.days) past-due days give no days; it was up to \(old.days).")
    }
    if old.tolerance != new.tolerance {
      out.append(
        "An overdue sum of up to \(new.tolerance) minor units gives no days; it was up to "
          + "\(old.tolerance).")
    }
    return out
  }

  private static func classification(_ old: Classification, _ new: Classification) -> [String] {
    var out: [String] = []
    if old.npaOver != new.npaOver {
      out.append(
        "An account is npa above \(new.npaOver) days; it was above \(old.npaOver).")
    }
    if old.sticky != new.sticky {
      out.append(
        new.sticky
          ? "Npa lasts until nothing is overdue."
          : "Npa ends as soon as the days are few enough again.")
    }
    if old.borrowerWise != new.borrowerWise {
      out.append(
        new.borrowerWise
          ? "Borrowers are classed as one: with one account npa, all of them are."
          : "Each account has a class of its own, whatever else its borrower owes.")
    }
    return out
  }

  private static func holds(_ old: HoldEffects, _ new: HoldEffects) -> [String] {
    let added = new.pausesAging.filter { !old.pausesAging.contains($0) }
    let gone = old.pausesAging.filter { !new.pausesAging.contains($0) }
    return added.map { "A hold of kind \($0) pauses aging." }
      + gone.map { "A hold of kind \($0) no longer pauses aging." }
  }
}

extension PolicyDifference {
  /// From when a version judges, whom, and whether it reaches back: what a body does not say.
  package struct Reach: Hashable, Sendable {
    /// First and last day; nil where nobody says.
    package var from: Day?, to: Day?
    /// For whom.
    package var scope: PolicyScope
    /// Whether it is retroactive.
    package var retroactive: Bool

    /// The reach of an adoption, or of a draft of one.
    package init(from: Day?, to: Day?, scope: PolicyScope, retroactive: Bool) {
      (self.from, self.to) = (from, to == .undated ? nil : to)
      (self.scope, self.retroactive) = (scope, retroactive)
    }

    /// That of the stated defaults: always, for all.
    package static let standard = Reach(
      from: nil, to: nil, scope: PolicyScope(terms: [.all]), retroactive: false)
  }

  /// One sentence for each thing in which the reaches of two versions of a kind differ.
  package static func sentences(kind: String, _ old: Reach, _ new: Reach) -> [String] {
    var out: [String] = []
    func day(_ day: Day?) -> String { day?.description ?? "the beginning" }
    if old.from != new.from {
      out.append("It judges from \(day(new.from)) on; it was from \(day(old.from)) on.")
    }
    if old.to != new.to {
      out.append(
        (new.to.map { "It ends on \($0); " } ?? "It has no last day; ")
          + (old.to.map { "it was to end on \($0)." } ?? "it had none."))
    }
    if old.scope != new.scope { out.append("It is for \(new.scope); it was for \(old.scope).") }
    guard old.retroactive != new.retroactive else { return out }
    if kind == Waterfall.kind {
      out.append(
        new.retroactive
          ? "It is retroactive: while it is in force it also judges money of earlier days."
          : "It is not retroactive: it judges only money of its own days.")
    } else {
      out.append(
        "It is \(new.retroactive ? "" : "not ")called retroactive, which changes nothing: a rule of "
          + "this kind judges an account's whole past while it is in force.")
    }
    return out
  }
}

extension PolicyBook {
  /// What goes before a version from a later first day on, a sentence each: versions for the same
  /// people, of any id where a book judges by the kind, else of its own.
  package func overtaking(_ version: PolicyVersion) -> [String] {
    versions.filter {
      $0.rivals(version) && $0.from > version.from && $0.from <= version.to
    }.sorted { ($0.from.rawValue, $0.seq) < ($1.from.rawValue, $1.seq) }
      .map { "\($0.label) goes before it from its own first day on, \($0.from)." }
  }

  /// The last version of the same policy, if it says the same as `version` for the same people and
  /// days: another adoption of it would change nothing.
  package func twin(of version: PolicyVersion) -> PolicyVersion? {
    guard let last = versions.last(where: { $0.policy == version.policy }) else { return nil }
    return last.kind == version.kind && last.scope == version.scope && last.from == version.from
      && last.to == version.to && last.retroactive == version.retroactive
      && last.body == version.body ? last : nil
  }
}
