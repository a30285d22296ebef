import Journaling
import Ledger
import LedgerTesting
import Testing

private func day(_ text: String) -> Day { Day(text) ?? .none }

@Suite struct `Receipt books` {
  private func on(_ holder: String, _ body: some EventBody, actor: String? = nil, _ on: String)
    -> Draft
  {
    Draft(
      body, subject: Reference(kind: "party", id: holder), day: day(on), actor: actor ?? holder)
  }

  private func leaf(
    _ number: Int64, book: String = "B1", holder: String = "u1", actor: String? = nil,
    _ on: String = "2026-04-02"
  ) -> Draft {
    self.on(holder, ReceiptBook.Issued(book: book, number: number), actor: actor, on)
  }

  private func voided(_ number: Int64) -> Draft {
    on("u1", ReceiptBook.Voided(book: "B1", number: number, reason: "spoiled"), "2026-04-02")
  }

  private func closed(_ book: String, _ last: Int64) -> Draft {
    on("u1", ReceiptBook.BookClosed(book: book, lastUsed: last), "2026-04-03")
  }

  private func shelf(_ bench: PaperBench, asOf: String = "2026-04-20", known: Position? = nil)
    throws -> Sheet
  {
    try bench.journal.read { (snapshot) throws(JournalError) in
      let vantage = Vantage(asOf: day(asOf), knownAt: known ?? snapshot.head)
      return ReceiptBookRegister(try bench.journal.shelf(vantage, snapshot)).sheet
    }
  }

  private func table(_ sheet: Sheet) -> String {
    sheet.rows.map { $0.map { $0.plain.isEmpty ? "-" : $0.plain }.joined(separator: " ") + "\n" }
      .joined()
  }

  @Test func `a number is given once, from his book, by who holds it`() throws {
    let bench = try PaperBench()
    var answers = ""
    func attempt(_ what: String, _ draft: Draft) throws {
      answers += "\(what): \(try bench.record(draft) ?? "ok")\n"
    }
    func book(_ id: String, _ first: Int64, _ last: Int64) -> Draft {
      on("u1", ReceiptBook.BookIssued(book: id, first: first, last: last), "2026-04-01")
    }
    try attempt("a leaf before the book", leaf(1))
    try attempt("the book", book("B1", 1, 50))
    try attempt("the book again", book("B1", 1, 50))
    try attempt("a book over it", book("B2", 50, 60))
    try attempt("a book backwards", book("B3", 70, 61))
    try attempt("the next book", book("B2", 51, 100))
    try attempt("a leaf", leaf(1))
    try attempt("the same leaf", leaf(1))
    try attempt("a leaf ahead", leaf(5))
    try attempt("a leaf of the next book", leaf(51))
    try attempt("a leaf by another", leaf(2, actor: "u2"))
    try attempt("cancelling a leaf", voided(3))
    try attempt("cancelling it again", voided(3))
    try attempt("cancelling a leaf of the next book", voided(51))
    try attempt("a cancelled leaf", leaf(3))
    try attempt("handing back with fewer leaves used than given", closed("B1", 4))
    try attempt("handing back with more leaves used than it has", closed("B1", 51))
    try attempt("handing back a book nobody has", closed("B9", 7))
    try attempt("handing back", closed("B1", 7))
    try attempt("handing back again", closed("B1", 7))
    try attempt("a leaf of a book handed back", leaf(6))
    #expect(
      answers == """
        a leaf before the book: receipt.book
        the book: ok
        the book again: receipt.book-exists
        a book over it: receipt.overlap
        a book backwards: receipt.leaves
        the next book: ok
        a leaf: ok
        the same leaf: receipt.used
        a leaf ahead: ok
        a leaf of the next book: receipt.outside
        a leaf by another: receipt.holder
        cancelling a leaf: ok
        cancelling it again: receipt.voided
        cancelling a leaf of the next book: receipt.voided
        a cancelled leaf: receipt.used
        handing back with fewer leaves used than given: receipt.last-used
        handing back with more leaves used than it has: receipt.last-used
        handing back a book nobody has: receipt.book
        handing back: ok
        handing back again: receipt.book
        a leaf of a book handed back: receipt.book

        """)
    #expect(
      table(try shelf(bench)) == """
        B1 u1 1 50 handed back 2 1 - 2, 4, 6-7 - -
        B2 u1 51 100 out 0 0 51 - - -

        """)
    #expect(
      table(try shelf(bench, asOf: "2026-04-02")) == """
        B1 u1 1 50 out 2 1 6 2, 4 - -
        B2 u1 51 100 out 0 0 51 - - -

        """)
  }

  @Test func `what is refused of a book is kept and flagged when it is history`() throws {
    let bench = try PaperBench()
    try bench.bring(
      on("u1", ReceiptBook.BookIssued(book: "B1", first: 1, last: 50), "2026-04-01"))
    try bench.bring(leaf(5))
    for (index, draft) in [
      voided(3), voided(3), voided(51), closed("B1", 4), closed("B9", 7), closed("B1", 7),
    ].enumerated() {
      var brought = draft
      brought.eventID = "said \(index)"
      try bench.bring(brought)
    }
    #expect(
      try bench.journal.flagged().map { "\($0.seq) \($0.event) \($0.rule)\n" }.joined() == """
        4 receipt.voided receipt.voided
        5 receipt.voided receipt.voided
        6 receipt.book_closed receipt.last-used
        7 receipt.book_closed receipt.book
        8 receipt.book_closed receipt.book

        """)
  }

  @Test func `a number brought in twice is kept and flagged, until one is taken back`() throws {
    let bench = try PaperBench()
    try bench.bring(
      on("u1", ReceiptBook.BookIssued(book: "B1", first: 1, last: 50), "2026-04-01"))
    try bench.bring(leaf(1))
    var again = leaf(1)
    again.eventID = "again"
    try bench.bring(again)
    try bench.bring(leaf(99))
    let before = try bench.journal.read { (snapshot) throws(JournalError) in snapshot.head }
    #expect(
      try bench.journal.flagged().map { "\($0.seq) \($0.event) \($0.rule)\n" }.joined() == """
        3 receipt.issued receipt.used
        4 receipt.issued receipt.outside

        """)
    #expect(table(try shelf(bench)) == "B1 u1 1 50 out 2 0 2 - 1 99\n")
    var wrong = on(
      "u1", Correction.Reversed(reverses: "again", reason: "duplicate"), "2026-04-05")
    wrong.subject = Reference(kind: "event", id: "again")
    wrong.target = "again"
    try bench.bring(wrong)
    #expect(table(try shelf(bench)) == "B1 u1 1 50 out 2 0 2 - - 99\n")
    #expect(table(try shelf(bench, known: before)) == "B1 u1 1 50 out 2 0 2 - 1 99\n")
  }
}
