/// A sale to somebody who is overdue, and who was told.
package enum Booking {}

// MARK: - Events

extension Booking {
  /// Sales reported a booking.
  package struct Recorded: Hashable, Sendable {
    /// Booking id.
    package var booking: String
    /// Who booked.
    package var customer: String
    /// What.
    package var product: String?
    /// Price.
    package var amount: Money?
    /// Sales number.
    package var salesRef: String?

    /// Memberwise; what the schema does not require may be left out.
    package init(
      booking: String, customer: String, product: String? = nil, amount: Money? = nil,
      salesRef: String? = nil
    ) {
      self.booking = booking
      self.customer = customer
      self.product = product
      self.amount = amount
      self.salesRef = salesRef
    }
  }

  /// Management was told of a booking by an overdue customer.
  package struct Intimated: Hashable, Sendable {
    /// Which.
    package var booking: String
    /// Whom.
    package var to: String

    /// Memberwise; what the schema does not require may be left out.
    package init(booking: String, to: String) {
      self.booking = booking
      self.to = to
    }
  }

  /// Management decided on the booking.
  package struct Acknowledged: Hashable, Sendable {
    /// Which.
    package var booking: String
    /// Allow, block, allow with prepayment.
    package var decision: String

    /// Memberwise; what the schema does not require may be left out.
    package init(booking: String, decision: String) {
      self.booking = booking
      self.decision = decision
    }
  }
}
