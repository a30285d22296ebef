/// Collateral: taken, valued, sold, given back.
package enum Security {}

// MARK: - Events

extension Security {
  /// Possession of collateral was taken or surrendered.
  package struct PossessionTaken: Hashable, Sendable {
    /// Symbolic, physical, surrender.
    package var kind: String
    /// Power used.
    package var under: String
    /// Who did it.
    package var agency: String?
    /// Police told before.
    package var policeBefore: Bool?
    /// Police told after.
    package var policeAfter: Bool?
    /// Digest of the inventory.
    package var inventoryHash: [UInt8]?
    /// Where it is kept.
    package var yard: String?

    /// Memberwise; what the schema does not require may be left out.
    package init(
      kind: String, under: String, agency: String? = nil, policeBefore: Bool? = nil,
      policeAfter: Bool? = nil, inventoryHash: [UInt8]? = nil, yard: String? = nil
    ) {
      self.kind = kind
      self.under = under
      self.agency = agency
      self.policeBefore = policeBefore
      self.policeAfter = policeAfter
      self.inventoryHash = inventoryHash
      self.yard = yard
    }
  }

  /// Collateral in our possession was given back.
  package struct Released: Hashable, Sendable {
    /// To whom.
    package var to: String
    /// Why.
    package var reason: String

    /// Memberwise; what the schema does not require may be left out.
    package init(to: String, reason: String) {
      self.to = to
      self.reason = reason
    }
  }

  /// Collateral was valued.
  package struct Valued: Hashable, Sendable {
    /// By whom.
    package var valuer: String
    /// Value.
    package var amount: Money
    /// Day.
    package var on: Day
    /// Digest.
    package var reportHash: [UInt8]?

    /// Memberwise; what the schema does not require may be left out.
    package init(valuer: String, amount: Money, on: Day, reportHash: [UInt8]? = nil) {
      self.valuer = valuer
      self.amount = amount
      self.on = on
      self.reportHash = reportHash
    }
  }

  /// An auction was held.
  package struct AuctionHeld: Hashable, Sendable {
    /// Day.
    package var on: Day
    /// Reserve price.
    package var reserve: Money
    /// Sold, no bid, stayed ...
    package var outcome: String
    /// Best bid.
    package var highestBid: Money?

    /// Memberwise; what the schema does not require may be left out.
    package init(on: Day, reserve: Money, outcome: String, highestBid: Money? = nil) {
      self.on = on
      self.reserve = reserve
      self.outcome = outcome
      self.highestBid = highestBid
    }
  }

  /// Collateral was sold.
  package struct Sold: Hashable, Sendable {
    /// Price.
    package var price: Money
    /// Buyer.
    package var buyer: String
    /// Auction, private treaty.
    package var method: String
    /// Surplus owed back.
    package var surplus: Money?

    /// Memberwise; what the schema does not require may be left out.
    package init(price: Money, buyer: String, method: String, surplus: Money? = nil) {
      self.price = price
      self.buyer = buyer
      self.method = method
      self.surplus = surplus
    }
  }

  /// Title papers went back to the owner.
  package struct DocumentsReleased: Hashable, Sendable {
    /// To whom.
    package var to: String?
    /// Day the registered charge was removed.
    package var chargeSatisfiedOn: Day?
    /// Who caused any delay.
    package var delayBy: String?

    /// Memberwise; what the schema does not require may be left out.
    package init(to: String? = nil, chargeSatisfiedOn: Day? = nil, delayBy: String? = nil) {
      self.to = to
      self.chargeSatisfiedOn = chargeSatisfiedOn
      self.delayBy = delayBy
    }
  }

  /// Title papers were found to be lost.
  package struct DocumentsLost: Hashable, Sendable {
    /// Which.
    package var documents: [String]?

    /// Memberwise; what the schema does not require may be left out.
    package init(documents: [String]? = nil) {
      self.documents = documents
    }
  }
}
