import Ledger

extension Rule {
  static let intReceiptSequence = Rule(
    "int.receipt.sequence", "Receipts numbered without gaps or back-dating", .critical, .policy,
    by: NumbersWithoutGaps.self,
    statement:
      "The numbers of a book follow on each other, spoiled ones are recorded as void, times rise with numbers, and no number is of another book.",
    citation: "House policy.")
}

/// The leaves of one book of receipts. A leaf is missing only once a later one was seen.
struct NumbersWithoutGaps: Judge {
  static var scope: Rule.Scope { .book }
  static var selectedBy: String { "local date of the receipt" }
  static var judges: [UInt16] { [EventCode.receiptIssued, EventCode.receiptVoided] }
  static var reads: [UInt16] { [EventCode.receiptBookIssued, EventCode.receiptBookClosed] }

  init(_ values: Values) throws(PackError) {}

  static func judge(_ one: Case, _ laws: Laws<Self>, _ report: inout Report) {
    let book = one[EventCode.receiptBookIssued].first
    let range = book.flatMap { book in
      book.number(.first).flatMap { first in book.number(.last).map { (first, $0) } }
    }
    var used = one.all(EventCode.receiptIssued, EventCode.receiptVoided).filter {
      $0.has(.number)
    }
    // A number of another book says nothing of the leaves of this one.
    if let range, let book {
      let isForeign = { (act: Act) -> Bool in
        act.number(.number).map { $0 < range.0 || $0 > range.1 } ?? false
      }
      for act in used where isForeign(act) {
        guard let law = laws.on(act.day, one) else { continue }
        report.find("foreign-receipt", act, law, one, because: [book])
      }
      used.removeAll(where: isForeign)
    }
    used.sort {
      ($0.number(.number) ?? 0, $0.header.seq) < ($1.number(.number) ?? 0, $1.header.seq)
    }
    guard let first = used.first?.number(.number), let last = used.last?.number(.number) else {
      return
    }
    var expected = first
    var before: Act?
    for act in used {
      guard let number = act.number(.number), let law = laws.on(act.day, one) else { continue }
      while expected < number, number - expected < 100_000 {
        report.miss(
          "receipt-gap", near: act, law, one, part: .number(expected),
          [("book", .property(act.header.seq, "book")), ("no", .number(expected))])
        expected += 1
      }
      expected = max(expected, number + 1)
      if let before, before.number(.number) == number,
        before.type == EventCode.receiptIssued, act.type == EventCode.receiptIssued
      {
        report.find("duplicate-receipt", act, law, one, because: [before])
      } else if let before, act.at < before.at {
        report.find("receipt-out-of-order", act, law, one, because: [before])
      }
      before = act
    }
    // What a closed book used beyond the last leaf seen was never handed in.
    if let closed = one[EventCode.receiptBookClosed].last, let said = closed.number(.lastUsed),
      let law = laws.on(closed.day, one)
    {
      let end = range.map { min(said, $0.1) } ?? said
      guard end > last, end - last < 100_000 else { return }
      for number in (last + 1)...end {
        report.miss(
          "receipt-gap", near: closed, law, one, part: .number(number),
          [("book", .property(closed.header.seq, "book")), ("no", .number(number))])
      }
    }
  }
}
