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
