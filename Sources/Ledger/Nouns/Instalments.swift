/// Sums that somebody agreed to pay on days, and the money that counts towards them: what
/// settlements and plans share.
///
/// Money counts from a day on, oldest sum first, once it has cleared; what was taken back does not.
/// A sum paid after its last day is paid, and was missed all the same. The end of a day is asked
/// about, as for promises.
package struct Instalments: Sendable {
  /// One sum.
  package struct Item: BitwiseCopyable, Sendable {
    /// The day it falls due, and the last on which it is in time.
    package var due: Int32, last: Int32
    /// What is to be paid, minor units.
    package var amount: Int64
    /// What was paid of it, and what of that in time.
    package var paid: Int64 = 0, inTime: Int64 = 0

    /// Whether it is paid.
    package var isPaid: Bool { paid >= amount }
    /// Whether it was not paid in time, seen at the end of a day.
    package func isMissed(_ asOf: Day) -> Bool { asOf.rawValue >= last && inTime < amount }
  }

  /// The sums in the order in which money finds them.
  package private(set) var items: [Item] = []

  /// Nothing to pay.
  package init() {}

  /// Adds a sum with days of grace; sums of one day keep their order.
  mutating func add(due: Int32, amount: Int64, grace: Int) {
    let last = Int32(clamping: Int64(due) + Int64(grace))
    let at = items.firstIndex { $0.due > due } ?? items.count
    items.insert(Item(due: due, last: last, amount: max(0, amount)), at: at)
  }

  /// Counts the money of an account received between two days.
  mutating func count(
    _ receipts: ContiguousArray<Reckoner.Receipt>, _ tenders: ContiguousArray<Payment.Tender>,
    from: Int32, to: Int32, asOf: Day
  ) {
    for receipt in receipts
    where receipt.applied && receipt.live > 0 && receipt.id != .none && receipt.day >= from
      && receipt.day <= to
    {
      if let tender = Promise.tender(of: receipt.seq, in: tenders), tender.provisional,
        !Promise.hasCleared(tender, by: asOf.rawValue, in: tenders)
      {
        continue
      }
      var left = receipt.live
      for index in items.indices where left > 0 && !items[index].isPaid {
        let part = min(left, items[index].amount - items[index].paid)
        items[index].paid += part
        if receipt.day <= items[index].last { items[index].inTime += part }
        left -= part
      }
    }
  }

  /// What is to be paid, and what was paid of it.
  package var total: Int128 { items.reduce(0) { $0 + Int128($1.amount) } }
  /// See `total`.
  package var paid: Int128 { items.reduce(0) { $0 + Int128($1.paid) } }
  /// Whether all of it is paid.
  package var isPaid: Bool { items.allSatisfy(\.isPaid) }
  /// The first sum that is not paid.
  package var next: Item? { items.first { !$0.isPaid } }
  /// The first sum that was not paid in time.
  package func missed(_ asOf: Day) -> Item? { items.first { $0.isMissed(asOf) } }
  /// How many sums were not paid in time and are not paid now.
  package func behind(_ asOf: Day) -> Int { items.count { !$0.isPaid && $0.isMissed(asOf) } }
}
