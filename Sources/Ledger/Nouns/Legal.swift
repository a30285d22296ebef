/// Notices, cases, hearings and orders.
package enum Legal {}

// MARK: - Events

extension Legal {
  /// A legal notice went out.
  package struct NoticeSent: Hashable, Sendable {
    /// Notice id.
    package var notice: String
    /// Which notice.
    package var kind: String
    /// Addressee.
    package var to: String?
    /// How.
    package var mode: String?
    /// Sum demanded.
    package var amount: Money?
    /// Cheque behind it.
    package var cheque: String?
    /// Representation it answers.
    package var answers: String?
    /// Class the notice states; checked against the fold.
    package var statedClass: String?
    /// For a sale notice.
    package var auctionOn: Day?
    /// Postal number.
    package var trackingNo: String?
    /// Digest.
    package var textHash: [UInt8]?

    /// Memberwise; what the schema does not require may be left out.
    package init(
      notice: String, kind: String, to: String? = nil, mode: String? = nil, amount: Money? = nil,
      cheque: String? = nil, answers: String? = nil, statedClass: String? = nil,
      auctionOn: Day? = nil, trackingNo: String? = nil, textHash: [UInt8]? = nil
    ) {
      self.notice = notice
      self.kind = kind
      self.to = to
      self.mode = mode
      self.amount = amount
      self.cheque = cheque
      self.answers = answers
      self.statedClass = statedClass
      self.auctionOn = auctionOn
      self.trackingNo = trackingNo
      self.textHash = textHash
    }
  }

  /// A legal notice reached its addressee, or failed to.
  package struct NoticeServed: Hashable, Sendable {
    /// Which.
    package var notice: String
    /// Delivered, refused, unclaimed ...
    package var outcome: String
    /// Digest of the proof.
    package var proofHash: [UInt8]?

    /// Memberwise; what the schema does not require may be left out.
    package init(notice: String, outcome: String, proofHash: [UInt8]? = nil) {
      self.notice = notice
      self.outcome = outcome
      self.proofHash = proofHash
    }
  }

  /// The other side answered a notice.
  package struct ReplyReceived: Hashable, Sendable {
    /// Reply id.
    package var reply: String
    /// Representation, reply, seeking advice ...
    package var kind: String
    /// What it answers.
    package var notice: String?
    /// Digest.
    package var textHash: [UInt8]?

    /// Memberwise; what the schema does not require may be left out.
    package init(reply: String, kind: String, notice: String? = nil, textHash: [UInt8]? = nil) {
      self.reply = reply
      self.kind = kind
      self.notice = notice
      self.textHash = textHash
    }
  }

  /// A proceeding was filed.
  package struct CaseFiled: Hashable, Sendable {
    /// Case id.
    package var `case`: String
    /// Before whom.
    package var forum: String
    /// Complaint, suit, arbitration, execution, appeal ...
    package var proceeding: String
    /// Court.
    package var court: String?
    /// Case number.
    package var number: String?
    /// Sum claimed.
    package var claim: Money?
    /// Cheque behind it.
    package var cheque: String?
    /// Who acts.
    package var advocate: String?
    /// Case appealed.
    package var appealFrom: String?
    /// First date.
    package var firstHearingOn: Day?

    /// Memberwise; what the schema does not require may be left out.
    package init(
      case: String, forum: String, proceeding: String, court: String? = nil, number: String? = nil,
      claim: Money? = nil, cheque: String? = nil, advocate: String? = nil,
      appealFrom: String? = nil, firstHearingOn: Day? = nil
    ) {
      self.case = `case`
      self.forum = forum
      self.proceeding = proceeding
      self.court = court
      self.number = number
      self.claim = claim
      self.cheque = cheque
      self.advocate = advocate
      self.appealFrom = appealFrom
      self.firstHearingOn = firstHearingOn
    }
  }

  /// The advocate reported on a case.
  package struct UpdateReceived: Hashable, Sendable {
    /// Which.
    package var `case`: String
    /// Who.
    package var advocate: String?
    /// Digest.
    package var textHash: [UInt8]?

    /// Memberwise; what the schema does not require may be left out.
    package init(case: String, advocate: String? = nil, textHash: [UInt8]? = nil) {
      self.case = `case`
      self.advocate = advocate
      self.textHash = textHash
    }
  }

  /// A hearing was fixed.
  package struct HearingListed: Hashable, Sendable {
    /// Which.
    package var `case`: String
    /// Day.
    package var on: Day
    /// For what.
    package var stage: String?

    /// Memberwise; what the schema does not require may be left out.
    package init(case: String, on: Day, stage: String? = nil) {
      self.case = `case`
      self.on = on
      self.stage = stage
    }
  }

  /// A hearing took place.
  package struct HearingHeld: Hashable, Sendable {
    /// Which.
    package var `case`: String
    /// Day.
    package var on: Day
    /// What happened.
    package var outcome: String
    /// Next date.
    package var nextOn: Day?
    /// Stage after it.
    package var stage: String?

    /// Memberwise; what the schema does not require may be left out.
    package init(case: String, on: Day, outcome: String, nextOn: Day? = nil, stage: String? = nil) {
      self.case = `case`
      self.on = on
      self.outcome = outcome
      self.nextOn = nextOn
      self.stage = stage
    }
  }

  /// A court or tribunal made, or extended, an order.
  package struct OrderPassed: Hashable, Sendable {
    /// Order id.
    package var order: String
    /// Case.
    package var `case`: String
    /// Stay, attachment, interim compensation, decree ...
    package var kind: String
    /// Day.
    package var on: Day
    /// Sum ordered.
    package var amount: Money?
    /// Last day to obey.
    package var complyBy: Day?
    /// Order whose time it extends.
    package var extends: String?
    /// What it does to collection.
    package var effect: String?

    /// Memberwise; what the schema does not require may be left out.
    package init(
      order: String, case: String, kind: String, on: Day, amount: Money? = nil,
      complyBy: Day? = nil, extends: String? = nil, effect: String? = nil
    ) {
      self.order = order
      self.case = `case`
      self.kind = kind
      self.on = on
      self.amount = amount
      self.complyBy = complyBy
      self.extends = extends
      self.effect = effect
    }
  }

  /// A case ended.
  package struct CaseEnded: Hashable, Sendable {
    /// Which.
    package var `case`: String
    /// Day.
    package var on: Day
    /// How.
    package var outcome: String

    /// Memberwise; what the schema does not require may be left out.
    package init(case: String, on: Day, outcome: String) {
      self.case = `case`
      self.on = on
      self.outcome = outcome
    }
  }

  /// A legal cost arose.
  package struct FeeIncurred: Hashable, Sendable {
    /// To whom.
    package var payee: String
    /// Sum.
    package var amount: Money
    /// Put on the account too.
    package var charged: Bool
    /// Case.
    package var `case`: String?

    /// Memberwise; what the schema does not require may be left out.
    package init(payee: String, amount: Money, charged: Bool, case: String? = nil) {
      self.payee = payee
      self.amount = amount
      self.charged = charged
      self.case = `case`
    }
  }

  /// The last day to sue was computed and noted with its basis.
  package struct LimitationRecorded: Hashable, Sendable {
    /// Last day.
    package var expiresOn: Day
    /// Law applied.
    package var law: String
    /// Digest of the computation.
    package var basisHash: [UInt8]?

    /// Memberwise; what the schema does not require may be left out.
    package init(expiresOn: Day, law: String, basisHash: [UInt8]? = nil) {
      self.expiresOn = expiresOn
      self.law = law
      self.basisHash = basisHash
    }
  }
}
