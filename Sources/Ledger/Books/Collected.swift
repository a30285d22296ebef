/// Collected: who is credited with the money of a period.
///
/// `domain.md`, V9: "a receipt belongs to whoever was allocated at the receipt's `occurred_at`;
/// transfers, reversals and late receipts re-credit". So a reorganisation leaves old credit where
/// it was, and an allocation or receipt that is learned late moves it. Units are those of the day
/// on which the money came.
package struct Collected: Book {
  /// `show collected`.
  package static let name = "collected"

  struct Key: Hashable, Sendable {
    var holder: Holder
    var currency: Currency
  }

  struct Sums: Hashable, Sendable {
    var receipts: Int64 = 0
    var received: Int128 = 0
    var takenBack: Int128 = 0

    mutating func add(_ other: Sums) {
      receipts += other.receipts
      received += other.received
      takenBack += other.takenBack
    }
  }

  // Money that came, and what of it has not been taken back yet.
  private struct Came {
    var id: TextKey
    var holder: Holder
    var left: Int64
    var counts: Bool
  }

  let from: Day, to: Day, asOf: Day
  private(set) var holders: Holders
  private(set) var sums: [Key: Sums] = [:]
  private var came: [Came] = []

  /// Nothing collected yet, by holders of a kind or units of a kind, with value dates from `from`
  /// to `to`, as seen at the end of `asOf`.
  package init(by grouping: HolderGrouping, from: Day, to: Day, asOf: Day) {
    holders = Holders(by: grouping)
    self.from = from
    self.to = to
    self.asOf = asOf
  }

  /// Money and allocations.
  package var reads: Desk.Reads { [.allocations, .money] }
  /// Every account is in it, held or not.
  package var leads: Desk.Reads { [] }

  /// Credits the receipts of one account in one currency, and debits what was taken back of them.
  ///
  /// What is undone from its own value date counts on that date, whenever it was undone; what is
  /// undone from a later date, or moved to another account, counts on that later one. Both go
  /// against the holder who was credited. A payment that arrives from another account is credited
  /// to whoever holds this one at that moment. Refunds are nobody's.
  package mutating func take(_ account: borrowing AccountView) {
    let rows = account.desk.allocations.rows
    let currency = account.currency
    came.removeAll(keepingCapacity: true)
    for fact in account.money where fact.currency == currency.rawValue {
      switch fact.kind {
      case .payment, .transferIn:
        guard fact.day <= asOf.rawValue else { continue }
        let held = Allocation.holder(rows, before: fact.occurred, fact.seq)
        let holder = holders.line(of: held, on: Day(rawValue: fact.seen), account.house)
        let counts = isInPeriod(fact.day)
        came.append(Came(id: fact.id, holder: holder, left: fact.amount, counts: counts))
        if counts {
          add(Sums(receipts: 1, received: Int128(fact.amount)), holder, currency)
        }
      case .reversal where fact.mark == 0:
        guard let index = take(fact), came[index].counts else { continue }
        add(Sums(takenBack: Int128(taken)), came[index].holder, currency)
      default: break
      }
    }
    let later = account.money.filter {
      ($0.kind == .transferOut || ($0.kind == .reversal && $0.mark == 1))
        && $0.currency == currency.rawValue && $0.day <= asOf.rawValue
    }
    for fact in later.sorted(by: { ($0.day, $0.occurred, $0.seq) < ($1.day, $1.occurred, $1.seq) })
    {
      guard let index = take(fact), isInPeriod(fact.day) else { continue }
      add(Sums(takenBack: Int128(taken)), came[index].holder, currency)
    }
  }

  private var taken: Int64 = 0

  // Takes from the latest payment of that id that still has something; at most what it has.
  private mutating func take(_ fact: Fact) -> Int? {
    guard let index = came.lastIndex(where: { $0.id == fact.id && $0.left > 0 }) else { return nil }
    taken = min(came[index].left, fact.amount)
    came[index].left -= taken
    return index
  }

  private func isInPeriod(_ day: Int32) -> Bool { from.rawValue <= day && day <= to.rawValue }

  private mutating func add(_ more: Sums, _ holder: Holder, _ currency: Currency) {
    sums[Key(holder: holder, currency: currency), default: Sums()].add(more)
  }

  /// Joins credits.
  package mutating func merge(_ other: Collected) {
    for (key, more) in other.sums { sums[key, default: Sums()].add(more) }
    holders.merge(other.holders)
  }

  /// The table: holder, currency, receipts, received, taken_back, collected.
  package func sheet(_ naming: Naming) -> Sheet {
    let by = holders.grouping.rawValue
    var table = Sheet(
      title: "Collected from \(from) to \(to) by \(by), as allocated when the money came",
      columns: [
        .init(by), .init("currency"), .init("receipts", .integer), .init("received", .money),
        .init("taken_back", .money), .init("collected", .money),
      ])
    let lines = sums.map { key, sum in (name: holders.name(key.holder, naming), key: key, sum: sum)
    }
    table.rows = lines.sorted {
      ($0.key.holder.line.rawValue, $0.name, $0.key.currency.code)
        < ($1.key.holder.line.rawValue, $1.name, $1.key.currency.code)
    }.map { name, key, sum in
      [
        .text(name), .text(key.currency.code), .integer(sum.receipts),
        .money(sum.received, key.currency), .money(sum.takenBack, key.currency),
        .money(sum.received - sum.takenBack, key.currency),
      ]
    }
    return table
  }
}
