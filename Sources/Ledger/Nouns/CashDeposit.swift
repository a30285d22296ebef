extension Cash {
  /// What was brought to the bank on one slip, and what the bank made of it.
  package struct Deposit: Sendable {
    /// What is on the slip.
    package enum Kind: String, Sendable { case cash, cheques }

    /// Where a deposit stands.
    package enum Stage: String, Sendable {
      case awaiting, confirmed, short, over, refused
    }

    /// Id of the deposit.
    package var id: String
    /// What is on the slip.
    package var kind: Kind
    /// Whose cash it was; of cheques who took the deposit down.
    package var holder: String
    /// The day it was made.
    package var day: Day
    /// Position of its event, of cheques of the first.
    package var seq: Position
    /// Sum on the slip, of cheques their sum.
    package var slip: Money
    /// Our account and the slip's number; empty when nobody said.
    package var bankAccount = "", slipNo = ""
    /// How many receipts it names, or cheques it has.
    package var papers: Int64 = 0
    /// What the holder had of the receipts named; of cheques their sum.
    package var papersSum: Int128 = 0
    /// Receipts that the holder did not have, and those in another deposit that was not refused.
    package var unknown: [String] = [], twice: [String] = []
    /// What the bank credited; nil while it has not.
    package var credited: Int128?
    /// What the bank gave back.
    package var cameBack: Int128 = 0
    /// The day of the bank's last answer.
    package var answeredOn: Day?
    /// Whether the bank refused it.
    package var isRefused = false
    /// The cash in it.
    var lots: [Lot] = []

    init(id: String, kind: Kind, holder: String, day: Day, seq: Position, slip: Money) {
      (self.id, self.kind, self.holder) = (id, kind, holder)
      (self.day, self.seq, self.slip) = (day, seq, slip)
    }

    /// Whether it is cash of which the bank has said nothing.
    package var waitsForBank: Bool { kind == .cash && credited == nil && !isRefused }

    /// Whether an answer of the bank may be about it.
    package func mayTake(_ body: DepositConfirmed) -> Bool {
      waitsForBank && (!body.accepted || body.amount.currency == slip.currency)
    }

    /// Where it stands. Cheques are awaited until each was paid or came back.
    package var stage: Stage {
      if isRefused { return .refused }
      let (sum, credit) = (Int128(slip.minor), credited ?? 0)
      if kind == .cheques {
        if credit + cameBack < sum { return .awaiting }
        return credit >= sum ? .confirmed : credit == 0 ? .refused : .short
      }
      guard credited != nil else { return .awaiting }
      return credit == sum ? .confirmed : credit < sum ? .short : .over
    }

    /// What the bank credited more than the slip says, less than it below zero, once it answered.
    package var difference: Int128? {
      stage == .awaiting || isRefused ? nil : (credited ?? 0) - Int128(slip.minor)
    }
  }
}
