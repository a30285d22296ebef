/// One piece of testimony about an account's money, small enough to keep millions of in memory.
///
/// Nouns make facts of events (`note`), reckoning makes conclusions of facts. A fact never holds a
/// verdict. Ids are compared by key; the texts stay in the log.
package struct Fact: BitwiseCopyable, Sendable {
  /// What kind of testimony.
  package enum Kind: UInt8, BitwiseCopyable, Sendable {
    /// account.opened · account.imported, the claim of a source system
    case opened, opening
    /// account.closed · account.reopened · account.written_off · account.flagged
    case closed, reopened, writtenOff, flagged
    /// due.raised · one due of a due.cancelled
    case due, dueCancelled
    /// charge.levied · charge.waived · interest.applied
    case charge, waiver, interest
    /// payment.received · payment.reversed · payment.refunded · payment.transferred, both sides
    case payment, reversal, refund, transferOut, transferIn
    /// hold.placed · hold.lifted
    case hold, holdLifted
    /// cheque.bounced, mandate.bounced: moves no money, and decides a bucket
    case bounce
    /// event.reversed: the entry at `link` was wrong
    case entryReversed
  }

  /// Position of the event.
  package var seq: Position
  /// Microseconds UTC.
  package var occurred: Int64
  /// Minor units; what kind of sum depends on `kind`.
  package var amount: Int64 = 0
  /// Key of the due, charge, payment or hold.
  package var id: TextKey = .none
  /// Key of a second id (the due a charge belongs to), a position, or an interned number.
  package var link: UInt64 = 0
  /// The day from which it counts.
  package var day: Int32
  /// Local date of the occurrence: the day from which a due is shown.
  package var seen: Int32
  /// Hold: its end. Due: the invoice date. Opening: the oldest due date. `Int32.min` when absent.
  package var other: Int32 = .min
  /// First of its parts.
  package var parts: UInt32 = 0
  /// How many parts it has.
  package var partCount: UInt16 = 0
  /// ISO 4217 number; 0 for facts without money.
  package var currency: UInt16 = 0
  /// What kind of testimony.
  package var kind: Kind
  /// Component of a charge; 1 for a reversal from its own date, for a raised flag, for a claim;
  /// bit of a hold's kind.
  package var mark: UInt8 = 0

  /// Where its parts stand.
  @inlinable var partRange: Range<Int> { Int(parts)..<Int(parts) + Int(partCount) }

  /// A fact of an event, with what its header says.
  package init(_ kind: Kind, _ header: Header) {
    self.kind = kind
    self.seq = header.seq
    self.occurred = header.occurred
    self.amount = header.amount
    self.currency = header.currency
    self.day = header.day
    self.seen =
      ClockTime(moment: Moment(rawValue: header.occurred), offset: header.offset).day.rawValue
  }
}

/// A piece of a fact: a component of a due, or an instruction of a payer.
package struct Piece: BitwiseCopyable, Sendable {
  /// Key of the due an instruction names; `.none` for a component.
  package var due: TextKey = .none
  /// Minor units.
  package var amount: Int64
  /// Which component; 255 when an instruction names none.
  package var component: UInt8

  /// No component named.
  @inlinable package static var anyComponent: UInt8 { 255 }

  /// A piece.
  package init(due: TextKey = .none, amount: Int64, component: UInt8) {
    self.due = due
    self.amount = amount
    self.component = component
  }
}
