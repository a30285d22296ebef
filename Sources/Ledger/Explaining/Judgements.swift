// MARK: - From figures to days, bucket and class

extension Grounds {
  /// The rules by which figures became days, bucket and class, with their versions, as far as the
  /// column depends on them: one sentence each.
  package func judgements(_ seen: Observation, _ column: String) -> [String] {
    switch column {
    case "dpd", "past_due_days", "paused_days", "oldest_due": return days(seen)
    case "bucket": return days(seen) + [bucket(seen)]
    case "class": return days(seen) + [assetClass(seen)]
    case "overdue":
      return ["Overdue is the unpaid part of what was due by \(asOf)."] + unpaid(seen)
    case "outstanding":
      return [
        "Outstanding is the unpaid part of everything raised by \(asOf), less money that waits."
      ]
    default: return []
    }
  }

  private func unpaid(_ seen: Observation) -> [String] {
    let left = seen.owed.filter { $0.unpaid > 0 && $0.obligation.due <= asOf.rawValue }
    guard !left.isEmpty else { return ["Nothing that was due by \(asOf) is unpaid."] }
    let parts = left.map { item in
      let due = Day(rawValue: item.obligation.due)
      return "\(Money(minor: item.unpaid, currency: seen.currency).decimal) of \(due)"
    }
    return ["Unpaid and due: " + parts.joined(separator: ", ") + "."]
  }

  private func days(_ seen: Observation) -> [String] {
    let result = seen.reckoning
    var out: [String] = []
    let counting = label(Counting.kind, on: asOf)
    let school =
      seen.terms.counting.inclusive
      ? "the due date, unpaid at its end, is day 1" : "the plain difference of dates"
    guard let oldest = result.oldestUnpaid else {
      return ["Nothing past due is unpaid, so there are no days."]
    }
    let sum =
      seen.terms.counting.inclusive
      ? "\(asOf) - \(oldest) + 1 = \(result.pastDueDays)"
      : "\(asOf) - \(oldest) = \(result.pastDueDays)"
    out.append(
      "\(counting): \(school). The oldest unpaid due is of \(oldest): \(sum) days.")
    if seen.terms.components.principalAndInterestOnly {
      out.append("\(label(DPDComponents.kind, on: asOf)): only principal and interest give days.")
    }
    if result.pausedDays > 0 {
      out.append(
        "\(label(HoldEffects.kind, on: asOf)): \(result.pausedDays) of them are paused, which "
          + "leaves \(result.pastDueDays - result.pausedDays).")
    }
    let grace = seen.terms.grace
    if grace.days > 0, result.pastDueDays <= grace.days {
      out.append(
        "\(label(Grace.kind, on: asOf)): within \(grace.days) days of grace there are none.")
    }
    if grace.tolerance > 0, result.overdue <= grace.tolerance {
      let limit = Money(minor: grace.tolerance, currency: seen.currency)
      out.append("\(label(Grace.kind, on: asOf)): up to \(limit) overdue gives no days.")
    }
    return out
  }

  private func bucket(_ seen: Observation) -> String {
    let name = label(Buckets.kind, on: asOf)
    if seen.reckoning.writtenOff, seen.terms.buckets.writtenOff != nil {
      return "\(name): written off goes before the days."
    }
    let band = seen.terms.buckets.bands.first { $0.label == seen.bucket }
    guard let band else { return "\(name): \(seen.reckoning.dpd) days are \(seen.bucket)." }
    let range = band.to == .max ? "\(band.from) and more" : "\(band.from) to \(band.to)"
    return "\(name): \(seen.reckoning.dpd) days are in \(band.label), \(range)."
  }

  private func assetClass(_ seen: Observation) -> String {
    let name = label(Classification.kind, on: asOf)
    let rule = seen.terms.classification
    guard let since = seen.reckoning.npaSince else {
      if let debtor = seen.classedWith {
        return "\(name): \(debtor) has an account that is npa, and borrowers are classed as one."
      }
      return
        "\(name): \(seen.reckoning.dpd) days are \(seen.assetClass); npa is above \(rule.npaOver)."
    }
    let end = rule.sticky ? "until nothing is overdue" : "until the days are fewer again"
    return "\(name): npa since \(since), above \(rule.npaOver) days, and it stays so \(end)."
  }
}
