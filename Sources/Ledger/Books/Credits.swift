/// Who is credited with the money of one account (`domain.md`, V9): whoever held it when the money
/// came.
///
/// What is undone from its own value date counts on that date, whenever it was undone; what is
/// undone from a later date, or moved to another account, counts on that later one. Both go against
/// the holder who was credited. A payment that arrives from another account is credited to whoever
/// holds this one at that moment. Refunds are nobody's.
struct Credits: Sendable {
  /// Money credited, or taken back from the credit.
  struct Credit: Sendable {
    /// Who held the account when the money came; nil for nobody.
    var held: Allocation.Row?
    /// Day on which it counts, and day on which the money was seen.
    var day: Int32, seen: Int32
    /// Minor units.
    var amount: Int64
    /// Whether the money came; else it was taken back.
    var isReceipt: Bool
  }

  // Money that came, and what of it has not been taken back yet.
  private struct Came {
    var id: TextKey
    var credit: Credit
    var left: Int64
  }

  /// The credits of the account read last.
  private(set) var all: ContiguousArray<Credit> = []
  private var came: ContiguousArray<Came> = []

  /// Reads an account in one currency, up to the end of a day.
  mutating func read(_ account: borrowing AccountView, asOf: Day) {
    let rows = account.desk.allocations.rows
    let currency = account.currency.rawValue
    var early: [(fact: Fact, left: Int64)] = []
    all.removeAll(keepingCapacity: true)
    came.removeAll(keepingCapacity: true)
    for fact in account.money where fact.currency == currency {
      switch fact.kind {
      case .payment, .transferIn:
        guard fact.day <= asOf.rawValue else { continue }
        let held = Allocation.holder(rows, before: fact.occurred, fact.seq)
        let credit = Credit(
          held: held, day: fact.day, seen: fact.seen, amount: fact.amount, isReceipt: true)
        came.append(Came(id: fact.id, credit: credit, left: fact.amount))
        all.append(credit)
      case .reversal where fact.mark == 0:
        // A payment may be told after its dishonour.
        let left = takeBack(fact, on: nil)
        if left > 0 { early.append((fact, left)) }
      default: break
      }
    }
    for (fact, left) in early { takeBack(fact, of: left, on: nil) }
    let later = account.money.filter {
      ($0.kind == .transferOut || ($0.kind == .reversal && $0.mark == 1))
        && $0.currency == currency && $0.day <= asOf.rawValue
    }
    for fact in later.sorted(by: { ($0.day, $0.occurred, $0.seq) < ($1.day, $1.occurred, $1.seq) })
    { takeBack(fact, on: fact.day) }
  }

  // From the payments of that id, the latest that still has something first, at most what they
  // have; on the day of the payment itself when no other is named. What none of them has is left.
  @discardableResult
  private mutating func takeBack(_ fact: Fact, of sum: Int64? = nil, on day: Int32?) -> Int64 {
    var left = sum ?? fact.amount
    repeat {
      guard let index = came.lastIndex(where: { $0.id == fact.id && $0.left > 0 }) else { break }
      var credit = came[index].credit
      credit.amount = min(came[index].left, left)
      credit.isReceipt = false
      if let day { credit.day = day }
      came[index].left -= credit.amount
      left -= credit.amount
      all.append(credit)
    } while left > 0
    return left
  }
}
