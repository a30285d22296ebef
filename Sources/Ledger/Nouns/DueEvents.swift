/// A sum that falls due on a date.
package enum Due {}

// MARK: - Events

extension Due {
  /// A sum fell, or will fall, due.
  package struct Raised: Hashable, Sendable {
    /// Due id.
    package var due: String
    /// Instalment, invoice, fee, call.
    package var kind: String
    /// Day it must be paid.
    package var dueDate: Day
    /// Total of the due.
    package var amount: Money
    /// Split; must add up to the amount.
    package var components: [Parts.Component]?
    /// Number in the schedule.
    package var instalmentNo: Int64?
    /// For invoice ageing.
    package var invoiceDate: Day?
    /// Third party that should pay it.
    package var payer: String?
    /// Schedule it belongs to.
    package var scheduleVersion: Int64?

    /// Memberwise; what the schema does not require may be left out.
    package init(
      due: String, kind: String, dueDate: Day, amount: Money, components: [Parts.Component]? = nil,
      instalmentNo: Int64? = nil, invoiceDate: Day? = nil, payer: String? = nil,
      scheduleVersion: Int64? = nil
    ) {
      self.due = due
      self.kind = kind
      self.dueDate = dueDate
      self.amount = amount
      self.components = components
      self.instalmentNo = instalmentNo
      self.invoiceDate = invoiceDate
      self.payer = payer
      self.scheduleVersion = scheduleVersion
    }
  }

  /// Dues were withdrawn; new ones may follow in a new schedule.
  package struct Cancelled: Hashable, Sendable {
    /// Which.
    package var dues: [String]
    /// Restructure, moratorium, court order, correction.
    package var reason: String
    /// Day the new schedule counts from.
    package var from: Day
    /// Sanction reference.
    package var authority: String

    /// Memberwise; what the schema does not require may be left out.
    package init(dues: [String], reason: String, from: Day, authority: String) {
      self.dues = dues
      self.reason = reason
      self.from = from
      self.authority = authority
    }
  }
}
