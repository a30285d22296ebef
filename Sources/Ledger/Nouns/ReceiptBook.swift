/// Receipt books and the numbers in them, none missing and none twice.
package enum ReceiptBook {}

// MARK: - Events

extension ReceiptBook {
  /// A numbered receipt was given.
  package struct Issued: Hashable, Sendable {
    /// Book.
    package var book: String
    /// Leaf.
    package var number: Int64
    /// Payment receipted.
    package var payment: String?
    /// Sum on it.
    package var amount: Money?

    /// Memberwise; what the schema does not require may be left out.
    package init(book: String, number: Int64, payment: String? = nil, amount: Money? = nil) {
      self.book = book
      self.number = number
      self.payment = payment
      self.amount = amount
    }
  }

  /// A receipt leaf was cancelled; its number is never reused.
  package struct Voided: Hashable, Sendable {
    /// Book.
    package var book: String
    /// Leaf.
    package var number: Int64
    /// Why.
    package var reason: String
    /// Digest of the returned original.
    package var originalHash: [UInt8]?

    /// Memberwise; what the schema does not require may be left out.
    package init(book: String, number: Int64, reason: String, originalHash: [UInt8]? = nil) {
      self.book = book
      self.number = number
      self.reason = reason
      self.originalHash = originalHash
    }
  }

  /// A receipt book was given to a collector.
  package struct BookIssued: Hashable, Sendable {
    /// Book.
    package var book: String
    /// First leaf.
    package var first: Int64
    /// Last leaf.
    package var last: Int64

    /// Memberwise; what the schema does not require may be left out.
    package init(book: String, first: Int64, last: Int64) {
      self.book = book
      self.first = first
      self.last = last
    }
  }

  /// A receipt book was handed back.
  package struct BookClosed: Hashable, Sendable {
    /// Book.
    package var book: String
    /// Last leaf used.
    package var lastUsed: Int64?

    /// Memberwise; what the schema does not require may be left out.
    package init(book: String, lastUsed: Int64? = nil) {
      self.book = book
      self.lastUsed = lastUsed
    }
  }
}

// MARK: - State

extension ReceiptBook {
  /// One book: who holds it and what became of its leaves.
  package struct Book: Sendable {
    /// Its id, and who holds it; empty when nobody said that it was issued.
    package var id: String, holder: String
    /// First and last leaf.
    package var first: Int64, last: Int64
    /// Whether it was issued, and whether it was handed back.
    package var isIssued = false, isClosed = false
    /// Last leaf used, as stated when it was handed back.
    package var lastUsed: Int64?
    /// How often each leaf was given.
    package var given: [Int64: Int] = [:]
    /// Leaves cancelled.
    package var voided: Set<Int64> = []

    /// Whether a number is one of its leaves.
    package func has(_ number: Int64) -> Bool { isIssued && first <= number && number <= last }
    /// Whether a leaf was given or cancelled.
    package func isUsed(_ number: Int64) -> Bool {
      given[number] != nil || voided.contains(number)
    }
  }

  /// One thing told of a book; small, since receipts are as many as payments.
  package struct Word: Tidings {
    /// What was told.
    package enum What: Sendable {
      /// The book was given to somebody, from one leaf to another
      case bookIssued(to: String, first: Int64, last: Int64)
      /// It was handed back, with the last leaf used where that was stated
      case bookClosed(lastUsed: Int64?)
      /// A leaf was given, or cancelled
      case given(Int64), voided(Int64)
    }

    /// Position of the event.
    package var seq: Position
    /// When it happened, microseconds UTC.
    package var occurred: Int64
    /// The book.
    package var book: String
    /// What was told.
    package var what: What

    /// What an event tells of a book, nil for an event of another kind; `holder` is the id of its
    /// stream, and wanted for a book that is given out alone.
    package init?(_ event: borrowing EventView, holder: String) throws(WireError) {
      (seq, occurred) = (event.header.seq, event.header.occurred)
      switch try Event(reading: event) {
      case .receiptBookIssued(let issued):
        book = issued.book
        what = .bookIssued(to: holder, first: issued.first, last: issued.last)
      case .receiptBookClosed(let closed):
        (book, what) = (closed.book, .bookClosed(lastUsed: closed.lastUsed))
      case .receiptIssued(let given): (book, what) = (given.book, .given(given.number))
      case .receiptVoided(let voided): (book, what) = (voided.book, .voided(voided.number))
      default: return nil
      }
    }
  }

  /// All books as heard so far, with what the register needs of their leaves.
  package struct Shelf: Chronicle {
    /// Types of events that make the shelf.
    package static let reads = TypeMask([
      EventCode.receiptIssued, EventCode.receiptVoided, EventCode.receiptBookIssued,
      EventCode.receiptBookClosed,
    ])
    /// All of them are judged on import.
    package static let judged = reads
    /// They stand with those who hold the books.
    package static let isOnAccounts = false
    /// The books by id.
    package private(set) var books: [String: Book] = [:]

    /// No books.
    package init() {}

    /// Takes the next thing told of a book.
    package mutating func take(_ word: Word) {
      let id = word.book
      var book = books.removeValue(forKey: id) ?? Book(id: id, holder: "", first: 0, last: 0)
      switch word.what {
      case .bookIssued(let holder, let first, let last):
        (book.holder, book.first, book.last) = (holder, first, last)
        (book.isIssued, book.isClosed) = (true, false)
      case .bookClosed(let lastUsed): (book.isClosed, book.lastUsed) = (true, lastUsed)
      case .given(let leaf): book.given[leaf, default: 0] += 1
      case .voided(let leaf): book.voided.insert(leaf)
      }
      books[id] = book
    }
  }
}

// MARK: - Decisions

extension ReceiptBook.Issued: Decided {
  /// Refused when the book is not issued to the actor, or the number is used or outside it.
  package func decide(_ scene: inout Scene) throws(Refusal) {
    guard let shelved = scene.shelf.books[book], shelved.isIssued, !shelved.isClosed else {
      throw Refusal(
        rule: "receipt.book", "Receipt book \(book) is not issued, or was handed back.",
        remedy: "Record receipt.book_issued first, or check the book.")
    }
    guard shelved.holder == scene.whoActs else {
      throw Refusal(
        rule: "receipt.holder",
        "Receipt book \(book) is issued to \(shelved.holder), not to \(scene.whoActs).",
        remedy: "Who holds the book gives its receipts; name the actor by the holder's id.")
    }
    guard shelved.has(number) else {
      throw Refusal(
        rule: "receipt.outside",
        "Book \(book) has the leaves \(shelved.first) to \(shelved.last), not \(number).",
        remedy: "Check book and number.")
    }
    guard !shelved.isUsed(number) else {
      throw Refusal(
        rule: "receipt.used", "Leaf \(number) of book \(book) was given or cancelled already.",
        remedy: "Use the next leaf; a number is never used again.")
    }
  }
}

extension ReceiptBook.Voided: Decided {
  /// Refused when the leaf is outside the book or cancelled already. A leaf that was given may be
  /// cancelled, and so may one of a book that was handed back.
  package func decide(_ scene: inout Scene) throws(Refusal) {
    guard let shelved = scene.shelf.books[book], shelved.has(number),
      !shelved.voided.contains(number)
    else {
      throw Refusal(
        rule: "receipt.voided",
        "Leaf \(number) of book \(book) is none of its leaves, or was cancelled already.",
        remedy: "Check book and number.")
    }
  }
}

extension ReceiptBook.BookIssued: Decided {
  /// Refused when the id is taken, the leaves run backwards, or they overlap another book.
  package func decide(_ scene: inout Scene) throws(Refusal) {
    guard scene.shelf.books[book]?.isIssued != true else {
      throw Refusal(
        rule: "receipt.book-exists", "There is a receipt book \(book) already.",
        remedy: "Choose another id for another book.")
    }
    guard first >= 0, first <= last, last - first < 1_000_000 else {
      throw Refusal(
        rule: "receipt.leaves", "A book with the leaves \(first) to \(last) cannot be.",
        remedy: "Give the first and the last number printed in it.")
    }
    let others = scene.shelf.books.values.filter {
      $0.isIssued && $0.first <= last && first <= $0.last
    }
    if let other = others.min(by: { ($0.first, $0.id) < ($1.first, $1.id) }) {
      throw Refusal(
        rule: "receipt.overlap",
        "The leaves \(first) to \(last) overlap those of book \(other.id), "
          + "\(other.first) to \(other.last).",
        remedy: "Check the numbers; each is printed once.")
    }
  }
}

extension ReceiptBook.BookClosed: Decided {
  /// Refused when no such book is out, or the last leaf used is none of its leaves or before one
  /// that was given.
  package func decide(_ scene: inout Scene) throws(Refusal) {
    guard let shelved = scene.shelf.books[book], shelved.isIssued, !shelved.isClosed else {
      throw Refusal(
        rule: "receipt.book", "Receipt book \(book) is not issued, or was handed back.",
        remedy: "Check the book.")
    }
    guard let lastUsed else { return }
    let given = shelved.given.keys.filter(shelved.has).max() ?? shelved.first - 1
    guard lastUsed >= given, lastUsed <= shelved.last, lastUsed >= shelved.first - 1 else {
      throw Refusal(
        rule: "receipt.last-used",
        "Leaf \(lastUsed) is said to be the last one used of book \(book), which has the leaves "
          + "\(shelved.first) to \(shelved.last)"
          + (given < shelved.first ? "." : " and gave leaf \(given)."),
        remedy: "Count the leaves; the first unused one less one is the last used.")
    }
  }
}
