/// A cheque from hand to bank to fate.
package enum Cheque {}

// MARK: - Events

extension Cheque {
  /// A cheque was taken into custody.
  package struct Received: Hashable, Sendable {
    /// Cheque id.
    package var cheque: String
    /// Date written on it.
    package var chequeDate: Day
    /// Sum on it.
    package var amount: Money
    /// Post-dated, security, current.
    package var kind: String
    /// Number; unique only with bank and drawer account.
    package var number: String
    /// Routing code and branch.
    package var bank: String?
    /// Who drew it.
    package var drawer: String?
    /// Account drawn on.
    package var drawerAccount: [UInt8]?
    /// Dues it is meant for.
    package var dues: [String]?
    /// Who holds it.
    package var custodian: String?

    /// Memberwise; what the schema does not require may be left out.
    package init(
      cheque: String, chequeDate: Day, amount: Money, kind: String, number: String,
      bank: String? = nil, drawer: String? = nil, drawerAccount: [UInt8]? = nil,
      dues: [String]? = nil, custodian: String? = nil
    ) {
      self.cheque = cheque
      self.chequeDate = chequeDate
      self.amount = amount
      self.kind = kind
      self.number = number
      self.bank = bank
      self.drawer = drawer
      self.drawerAccount = drawerAccount
      self.dues = dues
      self.custodian = custodian
    }
  }

  /// A cheque changed hands inside the house.
  package struct Moved: Hashable, Sendable {
    /// Which.
    package var cheque: String
    /// Giver.
    package var from: String
    /// Taker.
    package var to: String

    /// Memberwise; what the schema does not require may be left out.
    package init(cheque: String, from: String, to: String) {
      self.cheque = cheque
      self.from = from
      self.to = to
    }
  }

  /// A cheque was presented to the bank.
  package struct Deposited: Hashable, Sendable {
    /// Which.
    package var cheque: String
    /// Slip it went on; many cheques share one.
    package var deposit: String
    /// Sum.
    package var amount: Money
    /// First is 1.
    package var attemptNo: Int64
    /// Our account.
    package var bankAccount: String?
    /// Slip number.
    package var slipNo: String?

    /// Memberwise; what the schema does not require may be left out.
    package init(
      cheque: String, deposit: String, amount: Money, attemptNo: Int64, bankAccount: String? = nil,
      slipNo: String? = nil
    ) {
      self.cheque = cheque
      self.deposit = deposit
      self.amount = amount
      self.attemptNo = attemptNo
      self.bankAccount = bankAccount
      self.slipNo = slipNo
    }
  }

  /// A cheque was paid by the bank.
  package struct Cleared: Hashable, Sendable {
    /// Which.
    package var cheque: String
    /// Sum.
    package var amount: Money
    /// Bank reference.
    package var bankRef: String?

    /// Memberwise; what the schema does not require may be left out.
    package init(cheque: String, amount: Money, bankRef: String? = nil) {
      self.cheque = cheque
      self.amount = amount
      self.bankRef = bankRef
    }
  }

  /// A cheque came back unpaid.
  package struct Bounced: Hashable, Sendable {
    /// Which.
    package var cheque: String
    /// Sum on the cheque.
    package var amount: Money
    /// Normalised reason.
    package var reason: String
    /// Date on the return memo.
    package var memoDate: Day
    /// When we were told; starts the notice clock.
    package var memoReceivedAt: ClockTime
    /// Clearing code, as received.
    package var returnCode: String?

    /// Memberwise; what the schema does not require may be left out.
    package init(
      cheque: String, amount: Money, reason: String, memoDate: Day, memoReceivedAt: ClockTime,
      returnCode: String? = nil
    ) {
      self.cheque = cheque
      self.amount = amount
      self.reason = reason
      self.memoDate = memoDate
      self.memoReceivedAt = memoReceivedAt
      self.returnCode = returnCode
    }
  }

  /// The bank paid a part of a cheque and certified it.
  package struct PartPaid: Hashable, Sendable {
    /// Which.
    package var cheque: String
    /// Sum paid.
    package var amount: Money
    /// Bank's certificate.
    package var certificate: String?

    /// Memberwise; what the schema does not require may be left out.
    package init(cheque: String, amount: Money, certificate: String? = nil) {
      self.cheque = cheque
      self.amount = amount
      self.certificate = certificate
    }
  }

  /// The house agreed not to present a cheque for a time.
  package struct Held: Hashable, Sendable {
    /// Which.
    package var cheque: String
    /// Last day of the hold; an earlier day again releases it.
    package var until: Day
    /// Who allowed it.
    package var approver: String
    /// Why.
    package var reason: String

    /// Memberwise; what the schema does not require may be left out.
    package init(cheque: String, until: Day, approver: String, reason: String) {
      self.cheque = cheque
      self.until = until
      self.approver = approver
      self.reason = reason
    }
  }

  /// A cheque left custody unpresented: returned, replaced, lost or cancelled.
  package struct Withdrawn: Hashable, Sendable {
    /// Which.
    package var cheque: String
    /// Why.
    package var reason: String
    /// Its replacement.
    package var replacedBy: String?

    /// Memberwise; what the schema does not require may be left out.
    package init(cheque: String, reason: String, replacedBy: String? = nil) {
      self.cheque = cheque
      self.reason = reason
      self.replacedBy = replacedBy
    }
  }
}
