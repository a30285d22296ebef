package import Ledger

/// One event of a simulated life, in numbers; `Line` writes it as JSON, `Telling` tells it to the
/// naive model.
package struct Entry: Sendable {
  /// Seconds since 1970, UTC: when the ledger learned it, and when it happened.
  package var recorded: Int64, occurred: Int64
  /// Number of the account; 0 for the book itself.
  package var account: UInt32
  /// The day from which its money counts, if it is money.
  package var valueDate: Day?
  /// Who did it.
  package var actor: Doer
  /// What happened.
  package var deed: Deed
}

/// Who did something: a role and a number.
package struct Doer: Sendable {
  /// Roles that act here.
  package enum Role: String, Sendable { case system, agent, collector, cashier, supervisor }
  /// The role.
  package var role: Role
  /// Its number among them; 0 for the system.
  package var number: UInt16

  static let system = Doer(role: .system, number: 0)
}

/// What happened. Dues, charges, payments and holds are numbered inside their account; 0 is none.
package enum Deed: Sendable {
  case opened(product: Product, principal: Int64, on: Day, debtor: UInt32, tenor: Int)
  case imported(asOn: Day, principal: Int64, interest: Int64, oldest: Day?, dpd: Int)
  case due(Int, instalment: Int, on: Day, principal: Int64, interest: Int64, version: Int)
  case cancelled(dues: ClosedRange<Int>, from: Day)
  case charged(Int, kind: ChargeKind, amount: Int64, due: Int)
  case waived(charge: Int, penal: Bool, amount: Int64, owed: Int64)
  case interest(amount: Int64, base: Int64, from: Day, to: Day)
  case received(Int, amount: Int64, mode: Mode, due: Int)
  case credited(Int, amount: Int64)
  case posted(Int)
  case returned(Int, amount: Int64, fromOriginal: Bool)
  case transferred(Int, amount: Int64, to: UInt32)
  case refunded(Int, amount: Int64, debtor: UInt32)
  case held(Int, kind: Pause, from: Day, to: Day?)
  case lifted(Int, to: Day)
  case attempted(channel: Int, result: Int, debtor: UInt32, seconds: Int)
  case flagged(Int, raised: Bool)
  case writtenOff(amount: Int64)
  case closed(foreclosed: Bool)
  case reopened
  /// The entry with this number, in order of making, was wrong.
  case mistaken(Int)
  case adopted(Int)
  case retired(policy: String, version: Int, to: Day)
  case periodClosed(from: Day, to: Day)
  case paper(PaperDeed)
  case organised(Organising)
  case desked(Desking)
  case law(LawDeed)
  case said(Saying)
}

/// Kinds of charge.
package enum ChargeKind: String, Sendable {
  case latePayment = "late_payment"
  case bounce, penal
}
