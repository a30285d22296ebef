/// Bounce rates: of what was presented for the first time in a period, how much came back, and what
/// became of that (`domain.md` 3.6).
///
/// - *Presented*: first presentations in the period; re-presentations are not counted again.
/// - *Bounced*: those of them that came back by the end of the period.
/// - *Technical*: those of the bounced that came back for a technical reason.
/// - *Honoured later*: those of the bounced that a later presentation brought in.
/// - *Cleared*: those of the bounced of which nothing is owed at the end of the period: nothing is
///   unpaid of the due; where the due is not on the book, or for a cheque, nothing is overdue on
///   the account, and no money of the return is credited still.
package struct BounceRates: Book {
  /// `show bounce-rates`.
  package static let name = "bounce-rates"
  /// Cheques, mandates and the money they carried; and whose accounts they were.
  package var reads: Desk.Reads { leads.union(lines.by == .total ? [] : lines.reads) }
  /// Accounts with cheques or mandates.
  package var leads: Desk.Reads { [.cheques, .mandates, .paper] }
  /// By bucket, the day before the first.
  package var earlier: [Day] { lines.by == .bucket ? [lines.opening] : [] }

  /// What a period's presentations came to.
  package struct Tally: Hashable, Sendable {
    /// First presentations, and their sum in minor units.
    package var presented: Int64 = 0, presentedValue: Int128 = 0
    /// Those that came back, and their sum.
    package var bounced: Int64 = 0, bouncedValue: Int128 = 0
    /// Of the bounced: technical, brought in by a later presentation, no longer owed.
    package var technical: Int64 = 0, honouredLater: Int64 = 0, cleared: Int64 = 0

    /// Nothing presented.
    package init() {}

    /// Joins another tally.
    package mutating func add(_ other: Tally) {
      presented += other.presented
      presentedValue += other.presentedValue
      bounced += other.bounced
      bouncedValue += other.bouncedValue
      technical += other.technical
      honouredLater += other.honouredLater
      cleared += other.cleared
    }

    /// Bounced of presented, by count; basis points, half up. Nil of nothing.
    package var count: Int64? { BounceRates.share(Int128(bounced), of: Int128(presented)) }
    /// Bounced of presented, by value.
    package var value: Int64? { BounceRates.share(bouncedValue, of: presentedValue) }
    /// Without technical returns.
    package var exTechnical: Int64? {
      BounceRates.share(Int128(bounced - technical), of: Int128(presented))
    }
    /// After re-presentation.
    package var net: Int64? {
      BounceRates.share(Int128(bounced - honouredLater), of: Int128(presented))
    }
    /// Cleared of bounced.
    package var clearance: Int64? { BounceRates.share(Int128(cleared), of: Int128(bounced)) }
  }

  struct Key: Hashable, Sendable {
    var isCheque: Bool
    var currency: Currency
  }

  private struct Slot: Hashable, Sendable {
    var line: PeriodLine
    var isCheque: Bool
  }

  let from: Day
  let asOf: Day
  var lines: PeriodLines
  private var tallies: [Slot: Tally] = [:]
  private var judge = BounceJudge()

  /// No presentations yet, of a period that ends with the day asked about; an account belongs to
  /// whoever held it at the end of the day before, as in the management report.
  package init(from: Day, to asOf: Day, by: PeriodGrouping = .total) {
    self.from = from
    self.asOf = asOf
    lines = PeriodLines(by: by, opening: from - 1)
  }

  /// Counts the account's first presentations of the period.
  package mutating func take(_ account: borrowing AccountView) {
    judge.judge(account, from: from, asOf: asOf)
    if judge.found.isEmpty { return }
    let bucket =
      lines.by == .bucket ? account.passage(from: lines.opening, to: asOf).fromLabel : ""
    var line = lines.line(of: account, bucket: bucket)
    for (key, tally) in judge.found {
      line.currency = key.currency
      tallies[Slot(line: line, isCheque: key.isCheque), default: Tally()].add(tally)
    }
  }

  /// Joins the tallies of other accounts.
  package mutating func merge(_ other: BounceRates) {
    lines.merge(other.lines)
    for (slot, more) in other.tallies { tallies[slot, default: Tally()].add(more) }
  }

  /// One row an instrument and currency of each line: counts, sums, and rates in percent.
  package func sheet(_ naming: Naming) -> Sheet {
    var table = Sheet(
      title: "Bounce rates of first presentations from \(from) to \(asOf)",
      columns: lines.column + [
        .init("instrument"), .init("currency"), .init("presented", .integer),
        .init("presented_value", .money), .init("bounced", .integer),
        .init("bounced_value", .money), .init("technical", .integer),
        .init("honoured_later", .integer), .init("cleared", .integer), .init("count_pct"),
        .init("value_pct"), .init("ex_technical_pct"), .init("net_pct"), .init("clearance_pct"),
      ])
    func percent(_ share: Int64?) -> Sheet.Cell { .text(share.map(BounceRates.percent) ?? "") }
    for (line, name) in lines.ordered(Set(tallies.keys.map(\.line)), naming) {
      for isCheque in [true, false] {
        guard let tally = tallies[Slot(line: line, isCheque: isCheque)] else { continue }
        table.rows.append(
          lines.cell(name) + [
            .text(isCheque ? "cheque" : "mandate"), .text(line.currency.code),
            .integer(tally.presented), .money(tally.presentedValue, line.currency),
            .integer(tally.bounced), .money(tally.bouncedValue, line.currency),
            .integer(tally.technical), .integer(tally.honouredLater), .integer(tally.cleared),
            percent(tally.count), percent(tally.value), percent(tally.exTechnical),
            percent(tally.net), percent(tally.clearance),
          ])
      }
    }
    if lines.by != .total { table.notes.append(lines.sentence) }
    return table
  }

  /// A part of a whole in basis points, half up; nil of nothing.
  static func share(_ part: Int128, of whole: Int128) -> Int64? {
    guard whole > 0 else { return nil }
    return Int64(clamping: (part * 20_000 + whole) / (2 * whole))
  }

  /// `9.58` of 958 basis points.
  static func percent(_ basisPoints: Int64) -> String {
    let rest = basisPoints % 100
    return "\(basisPoints / 100)." + (rest < 10 ? "0" : "") + "\(rest)"
  }
}

extension AccountView {
  /// Whether something of a due is unpaid; where no due of that id is on the book, whether anything
  /// is overdue.
  func owes(due: TextKey) -> Bool {
    var isThere = false
    for index in reckoner.obligations.indices where reckoner.obligations[index].id == due {
      isThere = true
      if reckoner.unpaid(index) > 0 { return true }
    }
    return !isThere && reckoning.overdue > 0
  }
}
