/// What a unit or person is to reach in a period.
package enum Target {}

// MARK: - Events

extension Target {
  /// A target was set for a unit, party or agency.
  package struct Set: Hashable, Sendable {
    /// Unit, party or agency.
    package var scopeKind: String
    /// Whose.
    package var scope: String
    /// What is measured.
    package var metric: String
    /// Day, month, quarter, year.
    package var period: String
    /// First day.
    package var periodStart: Day
    /// Bucket label.
    package var bucket: String?
    /// Target, when it is money.
    package var valueMoney: Money?
    /// Target, when it is a count.
    package var valueCount: Int64?
    /// Target, when it is a ratio.
    package var valueBp: Int64?

    /// Memberwise; what the schema does not require may be left out.
    package init(
      scopeKind: String, scope: String, metric: String, period: String, periodStart: Day,
      bucket: String? = nil, valueMoney: Money? = nil, valueCount: Int64? = nil,
      valueBp: Int64? = nil
    ) {
      self.scopeKind = scopeKind
      self.scope = scope
      self.metric = metric
      self.period = period
      self.periodStart = periodStart
      self.bucket = bucket
      self.valueMoney = valueMoney
      self.valueCount = valueCount
      self.valueBp = valueBp
    }
  }
}
