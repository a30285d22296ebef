/// What became of a promise, seen from a vantage. Nothing of it is stored.
extension Promise {
  /// The verdict on one item at the end of a day.
  package enum Verdict: UInt8, CaseIterable, BitwiseCopyable, Sendable {
    case open, dueToday, inGrace, kept, partial, broken, withdrawn, superseded

    /// The name scripts use.
    package var code: String {
      switch self {
      case .open: "open"
      case .dueToday: "due_today"
      case .inGrace: "in_grace"
      case .kept: "kept"
      case .partial: "partial"
      case .broken: "broken"
      case .withdrawn: "withdrawn"
      case .superseded: "superseded"
      }
    }

    /// Whether it waits for money.
    package var isOpen: Bool { self == .open || self == .dueToday || self == .inGrace }
    /// Whether it was ended by a word, not by money or time.
    package var isEnded: Bool { self == .withdrawn || self == .superseded }
    /// Whether it counts in a kept rate: open, withdrawn and superseded items do not
    /// (`domain.md` 3.4).
    package var isMatured: Bool { self == .kept || self == .partial || self == .broken }
  }

  /// An item and what became of it.
  package struct Item: BitwiseCopyable, Sendable {
    /// What was promised.
    package var row: Row
    /// Money counted towards it, at most the sum promised.
    package var counted: Int64 = 0
    /// How often the promise was put off: the length of the chain of promises it replaces.
    package var supersessions: Int32 = 0
    /// The verdict.
    package var verdict = Verdict.open

    /// Whether money of this day may still keep it: the day is not over while decisions are made
    /// and diaries are read, although a verdict is that of its end.
    package func waits(on day: Day) -> Bool {
      day.rawValue <= row.last && verdict != .kept && !verdict.isEnded
    }

    /// Money counted in basis points of the sum promised.
    package var paid: Ratio { Ratio(counted, of: row.amount) }
  }

  /// Judges the promises of one account after another, and allocates nothing an item once its rooms
  /// have grown.
  ///
  /// An item counts receipts with a value date from the day the promise was made to the end of its
  /// grace. A receipt counts once: first to the item due first, then to the promise made first. An
  /// item is withdrawn or superseded only by what was said up to its own day; later words change no
  /// verdict. The end of a day is asked about: at the end of the last day of grace the verdict is
  /// final, until something is learned about the days before (`domain.md` 2.13, V14).
  package struct Judge: Sendable {
    /// The items made by the day, in the order in which money finds them: by promised day, then by
    /// promise.
    package private(set) var items: ContiguousArray<Item> = []
    private var ends: ContiguousArray<Row> = []
    private var depths: [TextKey: Int32] = [:]

    /// Nothing judged yet.
    package init() {}

    /// Judges an account's promises at the end of a day.
    package mutating func judge(_ account: borrowing AccountView, asOf: Day) {
      judge(
        account.desk, account.reckoner.receipts, currency: account.currency.rawValue, asOf: asOf,
        provisionalCounts: account.terms.promises.provisionalCounts)
    }

    mutating func judge(
      _ desk: borrowing Desk, _ receipts: ContiguousArray<Reckoner.Receipt>, currency: UInt16,
      asOf: Day, provisionalCounts: Bool
    ) {
      gather(desk.promises.rows, asOf.rawValue)
      guard !items.isEmpty else { return }
      if !ends.isEmpty { end() }
      let tenders = desk.tenders.rows
      for receipt in receipts where receipt.applied && receipt.live > 0 && receipt.id != .none {
        count(receipt, tenders, currency, asOf.rawValue, provisionalCounts)
      }
      for index in items.indices { conclude(index, asOf.rawValue) }
    }

    private mutating func gather(_ rows: ContiguousArray<Row>, _ asOf: Int32) {
      items.removeAll(keepingCapacity: true)
      ends.removeAll(keepingCapacity: true)
      for row in rows where row.made <= asOf {
        guard row.kind == .item else {
          ends.append(row)
          continue
        }
        items.append(Item(row: row))
        if row.supersedes != .none, row.item == 1 {
          var end = row
          (end.kind, end.promise) = (.replaced, row.supersedes)
          ends.append(end)
        }
      }
      if ends.contains(where: { $0.supersedes != .none }) { chain() }
      items.sort { $0.row.precedes($1.row) }
    }

    // Items stand in log order here: what a promise replaces was heard before it.
    private mutating func chain() {
      depths.removeAll(keepingCapacity: true)
      for index in items.indices {
        let row = items[index].row
        if row.supersedes != .none, row.supersedes != row.promise {
          items[index].supersessions = 1 + (depths[row.supersedes] ?? 0)
        }
        depths[row.promise] = items[index].supersessions
      }
    }

    // The first word said between the promise and its day ends an item.
    private mutating func end() {
      ends.sort {
        ($0.promise.rawValue, $0.occurred, $0.seq) < ($1.promise.rawValue, $1.occurred, $1.seq)
      }
      for index in items.indices {
        let row = items[index].row
        var (low, high) = (0, ends.count)
        while low < high {
          let middle = (low + high) / 2
          if ends[middle].promise.rawValue < row.promise.rawValue {
            low = middle + 1
          } else {
            high = middle
          }
        }
        while low < ends.count, ends[low].promise == row.promise {
          let end = ends[low]
          if end.made >= row.made, end.made <= row.due, end.seq != row.seq {
            items[index].verdict = end.kind == .replaced ? .superseded : .withdrawn
            break
          }
          low += 1
        }
      }
    }

    private mutating func count(
      _ receipt: Reckoner.Receipt, _ tenders: ContiguousArray<Payment.Tender>, _ currency: UInt16,
      _ asOf: Int32, _ provisionalCounts: Bool
    ) {
      var tag = TextKey.none
      if let tender = Promise.tender(of: receipt.seq, in: tenders) {
        tag = tender.promise
        if tender.provisional, !provisionalCounts,
          !Promise.hasCleared(tender, by: asOf, in: tenders)
        {
          return
        }
      }
      var left = receipt.live
      for index in items.indices where left > 0 && items[index].verdict == .open {
        let row = items[index].row
        guard row.made <= receipt.day, receipt.day <= row.last, row.currency == currency,
          !row.taggedOnly || row.promise == tag
        else { continue }
        let part = min(left, max(0, row.amount - items[index].counted))
        items[index].counted += part
        left -= part
      }
    }

    private mutating func conclude(_ index: Int, _ asOf: Int32) {
      let item = items[index]
      guard item.verdict == .open else { return }
      let row = item.row
      let wanted = Int128(row.amount) * Int128(10_000 - Int(row.tolerance))
      items[index].verdict =
        if row.amount > 0, Int128(item.counted) * 10_000 >= wanted {
          .kept
        } else if asOf >= row.last {
          item.counted > 0 ? .partial : .broken
        } else if asOf < row.due {
          .open
        } else {
          asOf == row.due ? .dueToday : .inGrace
        }
    }
  }

  // Rows stand in log order.
  static func tender(of seq: Position, in rows: ContiguousArray<Payment.Tender>)
    -> Payment.Tender?
  {
    var (low, high) = (0, rows.count)
    while low < high {
      let middle = (low + high) / 2
      if rows[middle].seq < seq { low = middle + 1 } else { high = middle }
    }
    guard low < rows.count, rows[low].seq == seq, rows[low].kind == .received else { return nil }
    return rows[low]
  }

  // The bank credited the payment, or paid the cheque that carried it, by the day.
  static func hasCleared(
    _ tender: Payment.Tender, by asOf: Int32, in rows: ContiguousArray<Payment.Tender>
  ) -> Bool {
    rows.contains { row in
      guard row.day <= asOf else { return false }
      switch row.kind {
      case .received: return false
      case .credited: return row.id == tender.id
      case .cleared: return tender.cheque != .none && row.id == tender.cheque
      }
    }
  }
}

extension Promise.Row {
  /// The order in which money finds items: due first, made first, heard first.
  func precedes(_ other: Promise.Row) -> Bool {
    if due != other.due { return due < other.due }
    if occurred != other.occurred { return occurred < other.occurred }
    if seq != other.seq { return seq < other.seq }
    return item < other.item
  }
}
