/// The promise book: what became of every promised sum, and how much of what matured was kept.
///
/// Kept rates are over matured items only (kept, partial, broken), by count and by value: open,
/// withdrawn and superseded items are in no denominator (`domain.md` 3.4, V5).
package struct PromiseBook: Book {
  /// The name scripts use.
  package static let name = "promise_book"

  /// What a line stands for.
  package enum Grouping: String, Sendable, CaseIterable {
    case item, account, collector, verdict, total
  }

  /// Promises put off so often are rolling (`domain.md` 3.7).
  package static let rolling: Int32 = 3

  /// Counts and sums of items by verdict.
  package struct Tally: Hashable, Sendable {
    /// Items of each verdict, in the order of `Promise.Verdict`.
    package var items = [Int64](repeating: 0, count: Promise.Verdict.allCases.count)
    /// Sums promised and counted of each verdict, minor units.
    package var promised = [Int128](repeating: 0, count: Promise.Verdict.allCases.count)
    /// Money counted.
    package var counted = [Int128](repeating: 0, count: Promise.Verdict.allCases.count)
    /// Items of promises that were put off three times or more.
    package var rolling: Int64 = 0

    /// Nothing counted.
    package init() {}

    /// Counts an item.
    package mutating func add(_ item: Promise.Item) {
      let index = Int(item.verdict.rawValue)
      items[index] += 1
      promised[index] += Int128(item.row.amount)
      counted[index] += Int128(item.counted)
      if item.supersessions >= PromiseBook.rolling { rolling += 1 }
    }

    mutating func add(_ other: Tally) {
      for index in items.indices {
        items[index] += other.items[index]
        promised[index] += other.promised[index]
        counted[index] += other.counted[index]
      }
      rolling += other.rolling
    }

    /// Items of a verdict.
    package subscript(verdict: Promise.Verdict) -> Int64 { items[Int(verdict.rawValue)] }

    private func sum(_ values: [Int128]) -> Int128 {
      Promise.Verdict.allCases.filter(\.isMatured).reduce(0) { $0 + values[Int($1.rawValue)] }
    }

    /// Items kept, partly kept or broken.
    package var matured: Int64 { self[.kept] + self[.partial] + self[.broken] }
    /// Sums promised by them.
    package var maturedPromised: Int128 { sum(promised) }
    /// Money counted towards them.
    package var maturedCounted: Int128 { sum(counted) }
    /// Kept of matured, by count.
    package var kept: Ratio { Ratio(self[.kept], of: matured) }
    /// Broken of matured, by count.
    package var broken: Ratio { Ratio(self[.broken], of: matured) }
    /// Counted of promised, of what has matured.
    package var keptValue: Ratio { Ratio(maturedCounted, of: maturedPromised) }
  }

  struct Line: Sendable {
    var account: UInt32
    var item: Promise.Item
  }

  let by: Grouping
  let asOf: Day
  let onlyRolling: Bool
  var lines: [Line] = []
  var tallies: [UInt64: Tally] = [:]
  private var judge = Promise.Judge()

  /// An empty book as it will stand at the end of a day; with `onlyRolling`, of rolling promises.
  package init(by: Grouping, asOf: Day, onlyRolling: Bool = false) {
    self.by = by
    self.asOf = asOf
    self.onlyRolling = onlyRolling
  }

  /// Promises, and how money came.
  package var reads: Desk.Reads { [.promises, .tenders] }
  /// Accounts with promises.
  package var leads: Desk.Reads { .promises }

  /// Judges the promises of an account.
  package mutating func take(_ account: borrowing AccountView) {
    judge.judge(account, asOf: asOf)
    for item in judge.items where !onlyRolling || item.supersessions >= PromiseBook.rolling {
      let key: UInt32 =
        switch by {
        case .item, .total: 0
        case .account: account.number
        case .collector: item.row.actor
        case .verdict: UInt32(item.verdict.rawValue)
        }
      tallies[UInt64(key) << 32 | UInt64(item.row.currency), default: Tally()].add(item)
      if by == .item { lines.append(Line(account: account.number, item: item)) }
    }
  }

  /// Joins the items and tallies of other accounts.
  package mutating func merge(_ other: PromiseBook) {
    lines += other.lines
    for (key, tally) in other.tallies { tallies[key, default: Tally()].add(tally) }
  }
}

// MARK: - Sheet

extension PromiseBook {
  /// By item: promise, item, account, due_on and the verdict. By anything else: items of each
  /// verdict, what matured, and the rates. By verdict: items and sums.
  package func sheet(_ naming: Naming) -> Sheet {
    switch by {
    case .item: itemSheet(naming)
    case .verdict: verdictSheet()
    default: rateSheet(naming)
    }
  }

  private func itemSheet(_ naming: Naming) -> Sheet {
    var table = Sheet(
      title: "Promise book",
      columns: [
        .init("promise"), .init("item", .integer), .init("account"), .init("currency"),
        .init("made_on", .day), .init("due_on", .day), .init("last_day", .day),
        .init("promised", .money), .init("counted", .money), .init("paid_bp", .integer),
        .init("verdict"), .init("supersessions", .integer), .init("collector"),
      ])
    var actors: [UInt32: String] = [:]
    let named = lines.map { (naming.account($0.account), $0.item) }
      .sorted(on: { ($0.1.row.due, $0.0, $0.1.row.seq, $0.1.row.item) }, by: <)
    for (account, item) in named {
      let row = item.row
      let currency = Currency(rawValue: row.currency)
      let actor = actors[row.actor] ?? naming.actor(row.actor)
      actors[row.actor] = actor
      table.rows.append([
        .text(naming.text(row.seq, Key.PromiseMade.promise)), .integer(Int64(row.item)),
        .text(account), .text(currency.code), .day(Day(rawValue: row.made)),
        .day(Day(rawValue: row.due)), .day(Day(rawValue: row.last)),
        .money(Int128(row.amount), currency), .money(Int128(item.counted), currency),
        .integer(item.paid.basisPoints ?? 0), .text(item.verdict.code),
        .integer(Int64(item.supersessions)),
        .text(actor),
      ])
    }
    table.notes = tallies.sorted { $0.key < $1.key }.map { key, tally in
      PromiseBook.sentence(tally, Currency(rawValue: UInt16(truncatingIfNeeded: key)))
    }
    return table
  }

  private static func sentence(_ tally: Tally, _ currency: Currency) -> String {
    var text = Promise.Verdict.allCases.filter { tally[$0] > 0 }.map {
      "\(tally[$0]) \($0.code)"
    }.joined(separator: ", ")
    if tally.matured > 0 {
      text += "; of the \(tally.matured) matured \(tally.kept.percent) % kept by count, "
      text += "\(tally.keptValue.percent) % by value"
    } else {
      text += "; nothing has matured"
    }
    if tally.rolling > 0 { text += "; \(tally.rolling) rolling" }
    return "\(currency.code): \(text)."
  }

  private func verdictSheet() -> Sheet {
    var table = Sheet(
      title: "Promise book by verdict",
      columns: [
        .init("verdict"), .init("currency"), .init("items", .integer), .init("promised", .money),
        .init("counted", .money), .init("matured"),
      ])
    for (key, tally) in tallies.sorted(by: { $0.key < $1.key }) {
      guard let verdict = Promise.Verdict(rawValue: UInt8(truncatingIfNeeded: key >> 32)) else {
        continue
      }
      let currency = Currency(rawValue: UInt16(truncatingIfNeeded: key))
      let at = Int(verdict.rawValue)
      table.rows.append([
        .text(verdict.code), .text(currency.code), .integer(tally.items[at]),
        .money(tally.promised[at], currency), .money(tally.counted[at], currency),
        .text(verdict.isMatured ? "yes" : "no"),
      ])
    }
    return table
  }

  private func rateSheet(_ naming: Naming) -> Sheet {
    var table = Sheet(
      title: by == .total ? "Promise book" : "Promise book by \(by.rawValue)",
      columns: (by == .total ? [] : [.init(by.rawValue)]) + [.init("currency")]
        + Promise.Verdict.allCases.map { .init($0.code, .integer) } + [
          .init("rolling", .integer), .init("matured", .integer), .init("promised_matured", .money),
          .init("counted", .money), .init("kept_bp", .integer, ratio: ["kept", "matured"]),
          .init("broken_bp", .integer, ratio: ["broken", "matured"]),
          .init("kept_value_bp", .integer, ratio: ["counted", "promised_matured"]),
        ])
    // Several actor numbers may be one person in several roles.
    var named: [String: [UInt16: Tally]] = [:]
    for (key, tally) in tallies {
      let number = UInt32(truncatingIfNeeded: key >> 32)
      let name = by == .account ? naming.account(number) : by == .total ? "" : naming.actor(number)
      named[name, default: [:]][UInt16(truncatingIfNeeded: key), default: Tally()].add(tally)
    }
    for (name, currencies) in named.sorted(by: { $0.key < $1.key }) {
      for (number, tally) in currencies.sorted(by: { $0.key < $1.key }) {
        let currency = Currency(rawValue: number)
        func rate(_ ratio: Ratio) -> Sheet.Cell { ratio.basisPoints.map { .integer($0) } ?? .none }
        table.rows.append(
          (by == .total ? [] : [.text(name)]) + [.text(currency.code)]
            + tally.items.map { .integer($0) } + [
              .integer(tally.rolling), .integer(tally.matured),
              .money(tally.maturedPromised, currency), .money(tally.maturedCounted, currency),
              rate(tally.kept), rate(tally.broken), rate(tally.keptValue),
            ])
      }
    }
    return table
  }
}
