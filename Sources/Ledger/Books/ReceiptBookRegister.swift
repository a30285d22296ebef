/// The register of receipt books: every leaf accounted for, none missing and none twice.
///
/// It is no fold of accounts: receipts stand on the streams of those who hold the books.
package struct ReceiptBookRegister: Sendable {
  /// `show receipt-books`.
  package static let name = "receipt-books"
  private let shelf: ReceiptBook.Shelf

  /// The register of a shelf.
  package init(_ shelf: ReceiptBook.Shelf) { self.shelf = shelf }

  /// The books by id, with the leaves that are missing below the last one used, given more than
  /// once, or none of the book's.
  package var sheet: Sheet {
    var table = Sheet(
      title: "Receipt books",
      columns: [
        .init("book"), .init("holder"), .init("first", .integer), .init("last", .integer),
        .init("state"), .init("given", .integer), .init("voided", .integer),
        .init("next", .integer), .init("missing"), .init("twice"), .init("outside"),
      ])
    var open = 0
    for book in shelf.books.values.sorted(by: { $0.id < $1.id }) {
      let used = Set(book.given.keys).union(book.voided).sorted()
      let mine = used.filter(book.has)
      let missing = book.isIssued ? ReceiptBookRegister.missing(book, mine) : []
      let twice = book.given.filter { $0.value > 1 }.keys.sorted()
      let outside = used.filter { !book.has($0) }
      if !missing.isEmpty || !twice.isEmpty || !outside.isEmpty { open += 1 }
      let next = ReceiptBookRegister.next(book, after: mine.last)
      let isOut = book.isIssued && !book.isClosed
      table.rows.append([
        .text(book.id), .text(book.holder), book.isIssued ? .integer(book.first) : .none,
        book.isIssued ? .integer(book.last) : .none,
        .text(!book.isIssued ? "never issued" : book.isClosed ? "handed back" : "out"),
        .integer(Int64(book.given.count)), .integer(Int64(book.voided.count)),
        isOut ? next.map(Sheet.Cell.integer) ?? .none : .none,
        .text(ReceiptBookRegister.ranges(missing)),
        .text(ReceiptBookRegister.ranges(twice.map { $0...$0 })),
        .text(ReceiptBookRegister.ranges(outside.map { $0...$0 })),
      ])
    }
    if open > 0 {
      table.notes.append(
        "\(open) books have leaves that are missing, given twice, or none of theirs.")
    }
    return table
  }

  // Leaves neither given nor cancelled below the last one used, or below the one with which the
  // book was handed back.
  private static func missing(_ book: ReceiptBook.Book, _ used: [Int64]) -> [ClosedRange<Int64>] {
    var gaps: [ClosedRange<Int64>] = []
    var after: Int64?
    for number in used {
      let next = next(book, after: after) ?? number
      if number > next { gaps.append(next...number - 1) }
      after = number
    }
    if book.isClosed, let next = next(book, after: after), let stated = book.lastUsed {
      if min(stated, book.last) >= next { gaps.append(next...min(stated, book.last)) }
    }
    return gaps
  }

  // The leaf behind one of the book's, or its first; nil behind its last.
  private static func next(_ book: ReceiptBook.Book, after leaf: Int64?) -> Int64? {
    guard let leaf else { return book.first <= book.last ? book.first : nil }
    return leaf < book.last ? leaf + 1 : nil
  }

  // `17, 23-25`.
  private static func ranges(_ ranges: [ClosedRange<Int64>]) -> String {
    ranges.map {
      $0.lowerBound == $0.upperBound ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)"
    }.joined(separator: ", ")
  }
}
