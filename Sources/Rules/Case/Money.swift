import Ledger

/// Money of one account, as far as a rule needs it: receipts with what undid them, dues, and what
/// of them is unpaid, oldest first. Books use the `Reckoner`; rules with a fold of their own this.
extension Case {
  /// A receipt, and the day from which it no longer stands.
  struct Receipt {
    var act: Act
    var gone: Day?

    /// Whether it stands at the end of a day.
    func stands(on day: Day) -> Bool { act.counts <= day && gone.map { $0 > day } ?? true }
  }

  /// Receipts of an account, or of all when it is 0, in order of their value dates.
  func receipts(on account: UInt32) -> [Receipt] {
    var found: [Receipt] = []
    for act in self[EventCode.paymentReceived] where account == 0 || act.account == account {
      found.append(Receipt(act: act, gone: nil))
    }
    for undone in self[EventCode.paymentReversed] where account == 0 || undone.account == account {
      guard let index = found.firstIndex(where: { $0.act[.payment] == undone[.payment] }) else {
        continue
      }
      let fromStart = undone[.effective] == "from_original_value_date"
      let gone = fromStart ? found[index].act.counts : undone.counts
      found[index].gone = min(found[index].gone ?? gone, gone)
    }
    return found.sorted {
      ($0.act.counts.rawValue, $0.act.header.occurred, $0.act.header.seq)
        < ($1.act.counts.rawValue, $1.act.header.occurred, $1.act.header.seq)
    }
  }

  /// A sum that fell due.
  struct DueSum {
    var act: Act
    var on: Day
    var amount: Int64
    var cancelled: Day?
  }

  /// Dues of an account, oldest first.
  func dues(on account: UInt32) -> [DueSum] {
    var found = self[EventCode.dueRaised].filter { account == 0 || $0.account == account }.map {
      DueSum(act: $0, on: $0.day(.dueDate) ?? $0.counts, amount: $0.amount)
    }
    for cancelled in self[EventCode.dueCancelled] {
      let keys = texts(cancelled, .dues)
      for index in found.indices
      where found[index].act.account == cancelled.account
        && keys.contains(found[index].act[.due] ?? .none)
      {
        found[index].cancelled = cancelled.counts
      }
    }
    return found.sorted {
      ($0.on.rawValue, $0.act.header.seq) < ($1.on.rawValue, $1.act.header.seq)
    }
  }
}

/// Dues against receipts, oldest first, at the end of a day.
struct Arrears {
  let dues: [Case.DueSum]
  let receipts: [Case.Receipt]

  init(_ one: Case, _ account: UInt32) {
    dues = one.dues(on: account)
    receipts = one.receipts(on: account)
  }

  /// What was received and stands.
  func received(by day: Day) -> Int64 {
    receipts.reduce(0) { $1.stands(on: day) ? $0 + $1.act.amount : $0 }
  }

  /// The oldest due that is not paid in full, and the sum of what is unpaid.
  func unpaid(on day: Day) -> (oldest: Day?, sum: Int64) {
    var money = received(by: day)
    var oldest: Day?
    var sum: Int64 = 0
    for due in dues where due.on <= day && due.cancelled.map({ $0 > day }) ?? true {
      let paid = min(money, due.amount)
      money -= paid
      if paid < due.amount {
        if oldest == nil { oldest = due.on }
        sum += due.amount - paid
      }
    }
    return (oldest, sum)
  }

  /// Days on which something changes, ascending.
  func turns(until day: Day) -> [Day] {
    var days: Set<Day> = []
    for due in dues { days.insert(due.on) }
    for receipt in receipts {
      days.insert(receipt.act.counts)
      if let gone = receipt.gone { days.insert(gone) }
    }
    return days.filter { $0 <= day }.sorted()
  }
}
