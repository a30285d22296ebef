package import Ledger

/// An event as the naive model hears it: words, days and sums, nothing packed.
package struct NaiveEvent: Sendable {
  /// Its id, its position, the account it is about ("" for the book).
  package var id: String, seq: UInt64, account: String
  /// When it happened, in seconds, and the date on the clock of the place.
  package var occurred: Int64, on: Day
  /// The day from which its money counts, if that was said.
  package var valueDate: Day?
  /// Code of its currency, if it is money.
  package var currency: String
  /// What it says.
  package var what: What

  /// An event.
  package init(
    id: String, seq: UInt64, account: String, occurred: Int64, on: Day, valueDate: Day? = nil,
    currency: String = "INR", _ what: What
  ) {
    self.id = id
    self.seq = seq
    self.account = account
    self.occurred = occurred
    self.on = on
    self.valueDate = valueDate
    self.currency = currency
    self.what = what
  }

  /// What an event can say that matters to aging.
  package enum What: Sendable {
    case opened(product: String, on: Day)
    case imported(asOn: Day, parts: [NaivePart], oldest: Day?)
    case due(String, on: Day, parts: [NaivePart])
    case cancelled([String], from: Day)
    case charged(String, NaivePart, due: String?)
    case waived(charge: String?, NaivePart)
    case interest(Int64)
    case received(String, Int64, wishes: [NaiveWish])
    case returned(String, Int64, fromOriginal: Bool)
    case transferred(String, Int64, from: String, to: String)
    case refunded(Int64)
    case held(String, kind: String, from: Day, to: Day?)
    case lifted(String, to: Day)
    case writtenOff
    /// Given up of whatever is owed.
    case forgiven(Int64)
    case mistaken(String)
    case adopted(NaivePolicy)
    case retired(policy: String, version: Int, to: Day)
    /// A cheque or debit came back; on its memo's date, if it has one.
    case bounced(on: Day?)
    /// Who works where, and who holds the account.
    case organised(NaiveHouse)
    /// Something about the account that moves no figure: a flag, a closing.
    case noted
    /// Nothing that aging looks at.
    case silent
  }

  /// The day from which it counts: its own date, else the value date, else the day it happened.
  package var day: Day {
    switch what {
    case .opened(_, let day), .imported(let day, _, _), .due(_, let day, _),
      .cancelled(_, let day), .held(_, _, let day, _), .lifted(_, let day),
      .retired(_, _, let day):
      day
    case .adopted(let policy): policy.from
    case .bounced(let memo?): memo
    default: valueDate ?? on
    }
  }
}

/// A sum of one component.
package struct NaivePart: Hashable, Sendable {
  /// Components in the order in which those come that a policy does not name.
  package enum Kind: String, CaseIterable, Sendable {
    case principal, interest, charge, penal, tax
    case subsidyShare = "subsidy_share"
    case insuranceShare = "insurance_share"
    case goods, other
  }
  /// Which component, and how much.
  package var kind: Kind, amount: Int64
  /// A part.
  package init(_ kind: Kind, _ amount: Int64) {
    self.kind = kind
    self.amount = amount
  }
}

/// What a payer wants paid: a due, a component, or neither.
package struct NaiveWish: Hashable, Sendable {
  /// The due and component meant, if any, and how much.
  package var due: String?, kind: NaivePart.Kind?, amount: Int64
  /// A wish.
  package init(due: String? = nil, kind: NaivePart.Kind? = nil, amount: Int64) {
    self.due = due
    self.kind = kind
    self.amount = amount
  }
}

/// What aging says of one account.
package struct NaiveRow: Hashable, Sendable {
  /// Account and currency code.
  package var account: String, currency: String
  /// Minor units.
  package var overdue: Int64 = 0, outstanding: Int64 = 0, credit: Int64 = 0
  /// Delinquent days; past-due days before pauses; days paused.
  package var dpd = 0, pastDueDays = 0, pausedDays = 0
  /// Labels.
  package var bucket = "current", assetClass = "standard"

  /// A row in which nothing is owed.
  package init(account: String, currency: String) {
    self.account = account
    self.currency = currency
  }

  /// `account,currency,overdue,outstanding,dpd,bucket,class,credit`.
  package var line: String {
    let money = Currency(code: currency) ?? .none
    let (overdue, outstanding, credit) = (
      Money(minor: overdue, currency: money).decimal,
      Money(minor: outstanding, currency: money).decimal,
      Money(minor: credit, currency: money).decimal
    )
    return
      "\(account),\(currency),\(overdue),\(outstanding),\(dpd),\(bucket),\(assetClass),\(credit)"
  }
}
