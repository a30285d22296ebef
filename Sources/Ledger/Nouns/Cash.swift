/// Cash in somebody's custody, from hand to bank.
package enum Cash {}

// MARK: - Events

extension Cash {
  /// Cash passed from one holder to another.
  package struct HandedOver: Hashable, Sendable {
    /// Giver.
    package var from: String
    /// Taker.
    package var to: String
    /// Sum.
    package var amount: Money
    /// Receipt numbers it covers.
    package var receipts: [String]?

    /// Memberwise; what the schema does not require may be left out.
    package init(from: String, to: String, amount: Money, receipts: [String]? = nil) {
      self.from = from
      self.to = to
      self.amount = amount
      self.receipts = receipts
    }
  }

  /// Cash was paid into the bank.
  package struct Deposited: Hashable, Sendable {
    /// Deposit id.
    package var deposit: String
    /// Whose cash.
    package var holder: String
    /// Sum on the slip.
    package var amount: Money
    /// Receipt numbers it covers.
    package var receipts: [String]
    /// Our account.
    package var bankAccount: String?
    /// Slip.
    package var slipNo: String?
    /// Digest of the slip.
    package var slipHash: [UInt8]?

    /// Memberwise; what the schema does not require may be left out.
    package init(
      deposit: String, holder: String, amount: Money, receipts: [String],
      bankAccount: String? = nil, slipNo: String? = nil, slipHash: [UInt8]? = nil
    ) {
      self.deposit = deposit
      self.holder = holder
      self.amount = amount
      self.receipts = receipts
      self.bankAccount = bankAccount
      self.slipNo = slipNo
      self.slipHash = slipHash
    }
  }

  /// The bank accepted or refused a deposit.
  package struct DepositConfirmed: Hashable, Sendable {
    /// Which.
    package var deposit: String
    /// False means refused.
    package var accepted: Bool
    /// Sum credited.
    package var amount: Money
    /// Reference.
    package var bankRef: String?

    /// Memberwise; what the schema does not require may be left out.
    package init(deposit: String, accepted: Bool, amount: Money, bankRef: String? = nil) {
      self.deposit = deposit
      self.accepted = accepted
      self.amount = amount
      self.bankRef = bankRef
    }
  }

  /// A holder's cash was counted.
  package struct Counted: Hashable, Sendable {
    /// Whose cash.
    package var holder: String
    /// Sum found.
    package var counted: Money
    /// Sum the book showed.
    package var expected: Money
    /// Who counted.
    package var countedBy: String

    /// Memberwise; what the schema does not require may be left out.
    package init(holder: String, counted: Money, expected: Money, countedBy: String) {
      self.holder = holder
      self.counted = counted
      self.expected = expected
      self.countedBy = countedBy
    }
  }
}
