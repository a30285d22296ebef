/// What events are made of besides plain values: one struct each in `schemas/common.json`.
package enum Parts {
  /// One part of a sum: what kind of money it is, and how much.
  package struct Component: Hashable, Sendable {
    /// What kind of money the part is.
    package var kind: String
    /// Sum of the part.
    package var amount: Money

    /// Memberwise; what the schema does not require may be left out.
    package init(kind: String, amount: Money) {
      self.kind = kind
      self.amount = amount
    }
  }

  /// One sum of a schedule and the day it falls due.
  package struct Item: Hashable, Sendable {
    /// Day the sum falls due.
    package var dueOn: Day
    /// Sum falling due.
    package var amount: Money

    /// Memberwise; what the schema does not require may be left out.
    package init(dueOn: Day, amount: Money) {
      self.dueOn = dueOn
      self.amount = amount
    }
  }

  /// How a promise is judged.
  package struct PromiseTerms: Hashable, Sendable {
    /// Days after the promised day on which payment still keeps it.
    package var graceDays: Int64
    /// Share of the sum that may be missing.
    package var toleranceBp: Int64
    /// Which receipts count towards it.
    package var counting: String

    /// Memberwise; what the schema does not require may be left out.
    package init(graceDays: Int64, toleranceBp: Int64, counting: String) {
      self.graceDays = graceDays
      self.toleranceBp = toleranceBp
      self.counting = counting
    }
  }

  /// A span of the local day, from start to end.
  package struct Window: Hashable, Sendable {
    /// First minute of the span.
    package var start: Int64
    /// First minute after the span.
    package var end: Int64

    /// Memberwise; what the schema does not require may be left out.
    package init(start: Int64, end: Int64) {
      self.start = start
      self.end = end
    }
  }

  /// One check made before a word may be given, and how it came out.
  package struct Check: Hashable, Sendable {
    /// Published name of the check.
    package var name: String
    /// How it came out.
    package var result: String

    /// Memberwise; what the schema does not require may be left out.
    package init(name: String, result: String) {
      self.name = name
      self.result = result
    }
  }

  /// What the payer asked a sum to be put to.
  package struct Instruction: Hashable, Sendable {
    /// Sum to be put there.
    package var amount: Money
    /// Account the payer named; absent means the subject.
    package var account: String?
    /// Due the payer named.
    package var due: String?
    /// Component the payer named.
    package var component: String?

    /// Memberwise; what the schema does not require may be left out.
    package init(
      amount: Money, account: String? = nil, due: String? = nil, component: String? = nil
    ) {
      self.amount = amount
      self.account = account
      self.due = due
      self.component = component
    }
  }

  /// What a sum was put to.
  package struct Split: Hashable, Sendable {
    /// Component it was put to.
    package var component: String
    /// Sum put there.
    package var amount: Money
    /// Account the sum went to; absent means the subject.
    package var account: String?
    /// Due it was put to.
    package var due: String?

    /// Memberwise; what the schema does not require may be left out.
    package init(component: String, amount: Money, account: String? = nil, due: String? = nil) {
      self.component = component
      self.amount = amount
      self.account = account
      self.due = due
    }
  }

  /// One way to repay that was put to a person.
  package struct Option: Hashable, Sendable {
    /// Which way.
    package var kind: String
    /// What it costs the person in all.
    package var total: Money
    /// In how many payments.
    package var instalments: Int64?
    /// Day of the last payment.
    package var until: Day?
    /// Whether it is the one advised.
    package var advised: Bool?

    /// Memberwise; what the schema does not require may be left out.
    package init(
      kind: String, total: Money, instalments: Int64? = nil, until: Day? = nil,
      advised: Bool? = nil
    ) {
      self.kind = kind
      self.total = total
      self.instalments = instalments
      self.until = until
      self.advised = advised
    }
  }

  /// One figure of a published report.
  package struct Total: Hashable, Sendable {
    /// Name of the figure.
    package var name: String
    /// The figure, when it is money.
    package var amount: Money?
    /// The figure, when it counts things.
    package var count: Int64?

    /// Memberwise; what the schema does not require may be left out.
    package init(name: String, amount: Money? = nil, count: Int64? = nil) {
      self.name = name
      self.amount = amount
      self.count = count
    }
  }
}
