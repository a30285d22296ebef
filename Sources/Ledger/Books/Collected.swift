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

  let from: Day, to: Day, asOf: Day
  private(set) var holders: Holders
  private(set) var sums: [Key: Sums] = [:]
  private var credits = Credits()

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

  /// Credits the receipts of one account in one currency, and debits what was taken back of them;
  /// see ``Credits``.
  package mutating func take(_ account: borrowing AccountView) {
    credits.read(account, asOf: asOf)
    for credit in credits.all where isInPeriod(credit.day) {
      let holder = holders.line(of: credit.held, on: Day(rawValue: credit.seen), account.house)
      let sums =
        credit.isReceipt
        ? Sums(receipts: 1, received: Int128(credit.amount))
        : Sums(takenBack: Int128(credit.amount))
      add(sums, holder, account.currency)
    }
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
