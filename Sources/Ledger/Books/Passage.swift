/// One account's way from an opening day-end to the closing one: where it stood, where it stands.
///
/// Days past due are counted at each end under the terms of that day; both are put into the buckets
/// of the closing day, so that like is compared with like.
struct Passage {
  /// Label of what was not open at the opening, of what was closed, of what was sold or moved.
  static let notOpen = "not_open"
  static let closed = "closed"
  static let exited = "exited"

  /// The figures at both ends.
  let opening: Reckoning, closing: Reckoning
  /// How many buckets above current it stood; nil when it was not open then.
  let from: Int?
  /// Where it stands.
  let to: Movement.Closing
  /// The labels of both.
  let fromLabel: String, toLabel: String

  /// How it moved; nil for what was not open at the opening.
  var move: Movement.Move? { from.map { Movement.move(from: $0, to: to) } }

  /// Whether it is on the book at the closing: neither closed nor sold.
  var isOpen: Bool {
    if case .bucket = to { !closing.closed } else { false }
  }
}

extension AccountView {
  /// The way from the end of `opening`, which is one of the book's earlier days, the first if no
  /// other, to the end of `day`. Reads the column `endings`.
  func passage(from opening: Day, at place: Int = 0, to day: Day) -> Passage {
    let before = earlier[place]
    let labels = terms.buckets.labels
    let rows = desk.endings.rows
    let index = bucketIndex(of: before)
    let wasOpen =
      before.exists && !before.closed && Ending.standing(rows, on: opening) != .exited
    var to = Movement.Closing.bucket(Buckets.rank(bucketIndex))
    var label = bucket
    let ending = Ending.standing(rows, on: day)
    if ending == .exited {
      (to, label) = (.exited, Passage.exited)
    } else if reckoning.closed, ending == .writtenOff || reckoning.writtenOff {
      let last = labels.count - 1
      to = .bucket(Buckets.rank(last))
      label = labels[last]
    } else if reckoning.closed {
      (to, label) = (.closed, Passage.closed)
    }
    return Passage(
      opening: before, closing: reckoning, from: wasOpen ? Buckets.rank(index) : nil, to: to,
      fromLabel: wasOpen ? labels[index] : Passage.notOpen, toLabel: label)
  }
}

extension Buckets {
  /// How many buckets above current a label's index is; what owes nothing dated is current.
  static func rank(_ index: Int) -> Int { max(0, index - 1) }
}

// MARK: - Lines

/// By what a report on a period adds accounts up.
package enum PeriodGrouping: String, CaseIterable, Sendable {
  case total, product, bucket
  case zone, state, region, area, branch, team, collector, agency, legal
}

/// A line of a report on a period, in one currency.
struct PeriodLine: Hashable, Sendable {
  var label = ""
  var holder = Holder.nobody
  var currency: Currency
}

/// Finds the line that an account belongs to, and gives lines their names and order.
///
/// An account belongs to whoever held it at the end of the opening day, whoever holds it later: a
/// month's figures are those of the people who were given its accounts.
struct PeriodLines: Sendable {
  let by: PeriodGrouping
  let opening: Day
  private(set) var holders: Holders?
  /// Bucket labels in the order of the schemes met.
  private(set) var labels: [String] = []

  init(by: PeriodGrouping, opening: Day) {
    self.by = by
    self.opening = opening
    holders = HolderGrouping(rawValue: by.rawValue).map(Holders.init(by:))
  }

  /// The columns a report needs for it.
  var reads: Desk.Reads { holders == nil ? [.endings] : [.endings, .allocations] }

  /// The line of an account that stood in a bucket at the opening.
  mutating func line(of account: borrowing AccountView, bucket: String) -> PeriodLine {
    note(account.terms.buckets.labels)
    switch by {
    case .total: return PeriodLine(currency: account.currency)
    case .product: return PeriodLine(label: account.product, currency: account.currency)
    case .bucket: return PeriodLine(label: bucket, currency: account.currency)
    default: break
    }
    let held = Allocation.holder(account.desk.allocations.rows, on: opening)
    let holder = holders?.line(of: held, on: opening, account.house)
    return PeriodLine(holder: holder ?? .nobody, currency: account.currency)
  }

  private mutating func note(_ new: [String]) {
    if labels == new { return }
    if labels.isEmpty { labels = new }
    for label in new where !labels.contains(label) { labels.append(label) }
  }

  mutating func merge(_ other: PeriodLines) {
    note(other.labels)
    if let more = other.holders { holders?.merge(more) }
  }

  /// The lines by name: buckets in their order, holders as `Holders` has them, the rest by name.
  func ordered(_ lines: some Sequence<PeriodLine>, _ naming: Naming) -> [(PeriodLine, String)] {
    func name(_ line: PeriodLine) -> String { holders?.name(line.holder, naming) ?? line.label }
    func place(_ line: PeriodLine) -> Int {
      if by != .bucket { return Int(line.holder.line.rawValue) }
      return labels.firstIndex(of: line.label) ?? labels.count
    }
    return lines.map { ($0, name($0)) }.sorted {
      (place($0.0), $0.1, $0.0.currency.code) < (place($1.0), $1.1, $1.0.currency.code)
    }
  }

  /// The column that tells lines apart, or none for the total.
  var column: [Sheet.Column] { by == .total ? [] : [.init(by.rawValue)] }
  /// Its cell.
  func cell(_ name: String) -> [Sheet.Cell] { by == .total ? [] : [.text(name)] }

  /// Who a line's accounts belong to, in words.
  var sentence: String {
    switch by {
    case .total: "All accounts."
    case .product: "By the product of the account."
    case .bucket: "By the bucket at the end of \(opening); not_open was no open account then."
    default:
      "Accounts belong to whoever held them at the end of \(opening), units as the tree stood then; "
        + "what came later is unallocated."
    }
  }
}
