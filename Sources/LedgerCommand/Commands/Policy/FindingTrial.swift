import Journaling
import Ledger
import Rules

/// Findings of `comply` by rule and month, under the rules as they are and under a draft.
struct FindingTrial {
  /// The month-ends, ascending.
  let days: [Day]
  /// Where the history is seen from.
  let resolved: VantageOptions.Resolved

  /// Judges the months twice; a side by whose policies no rule judges finds nothing.
  func sheet(
    now: PolicyBook, draft: PolicyBook, _ journal: Journal, _ snapshot: borrowing Snapshot
  ) throws -> Sheet {
    var trial = SideBySide(title: "Findings by rule and month", keys: 1)
    let sides = try [now, draft].map { try count($0, journal, snapshot) }
    guard sides.contains(where: { $0 != nil }) else {
      throw Failure(
        "No rule pack is in force here, neither now nor by the draft; adopt one with "
          + "`arrears policy adopt rule_pack FILE`.")
    }
    for index in days.indices {
      let sheets = sides.map { counts in
        var sheet = Sheet(
          title: "", columns: [.init("rule"), .init("findings", .integer)])
        for rule in Catalogue.rules {
          let ours = counts?[rule.id]?[index] ?? 0
          // A rule with a finding on either side is told on both.
          guard sides.contains(where: { $0?[rule.id]?[index] ?? 0 > 0 }) else { continue }
          sheet.rows.append([.text(rule.id), .integer(ours)])
        }
        return sheet
      }
      trial.add(days[index], now: sheets[0], draft: sheets[1])
    }
    return trial.sheet
  }

  // Findings by rule, each month's; nil when no rule judges.
  private func count(
    _ policies: PolicyBook, _ journal: Journal, _ snapshot: borrowing Snapshot
  ) throws -> [String: [Int64]]? {
    guard let first = days.first, let last = days.last else { return nil }
    let book: Rulebook
    do throws(PackError) { book = try Rulebook(.then, policies, asOf: last) } catch {
      throw Failure(error.description)
    }
    if book.rules.isEmpty { return nil }
    let end = resolved.zone.endOfDay(last)
    var hearing = Hearing(
      book, knownAt: resolved.vantage.knownAt, now: min(end, resolved.learned),
      days: first.startOfMonth...last, zone: resolved.zone)
    hearing.policies = policies
    var counts: [String: [Int64]] = [:]
    for finding in try hearing.run(journal, snapshot, threads: 2).findings {
      guard let month = days.firstIndex(where: { finding.on <= $0 }) else { continue }
      let rule = book.rules[finding.rule].id
      counts[rule, default: Array(repeating: 0, count: days.count)][month] += 1
    }
    return counts
  }
}
