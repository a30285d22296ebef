/// Everything that policy says about one account on one day, ready for a reckoning.
package struct Terms: Sendable {
  /// Bands and labels.
  package var buckets = Buckets.standard
  /// How days are counted.
  package var counting = Counting.standard
  /// Which components give days.
  package var components = DPDComponents.standard
  /// Grace and tolerance.
  package var grace = Grace.standard
  /// When an account is npa.
  package var classification = Classification.standard
  /// Which holds pause.
  package var holds = HoldEffects.standard {
    didSet { pausing = holds.pausesAging.map(TextKey.init) }
  }
  /// When banks work.
  package var calendar = Calendar.standard
  /// When cheques go to the bank and go stale.
  package var cheques = ChequeTerms.standard
  /// How often a debit is presented.
  package var representation = Representation.standard
  /// On what terms promises are taken.
  package var promises = PromiseTerms.standard
  /// How long a dispute may stay open.
  package var disputes = DisputeTerms.standard
  /// What a collector does at least on a day.
  package var productivity = ProductivityMinimums.standard
  /// What makes an account urgent.
  package var priority = PriorityScore.standard
  /// How much cash may be held, and how long.
  package var cash = CashLimits.standard
  /// How long legal clocks run.
  package var legal = LegalTerms.standard
  /// Who may give up how much in a settlement.
  package var settlements = SettlementLimits.standard
  /// Who approves a plan, and when it is broken.
  package var plans = PlanTerms.standard
  /// From when a customer gets no new credit.
  package var credit = CreditLimits.standard
  /// How long personal data must be kept.
  package var retention = Retention.standard
  /// Which waterfall applies from which day, ascending; the first from the beginning of time.
  package var waterfalls: [(from: Int32, rule: Waterfall)] = [(.min, .standard)]
  /// Whether age runs from the invoice date instead of the due date.
  package var fromInvoiceDate = false
  /// Keys of the hold kinds that pause.
  package private(set) var pausing = HoldEffects.standard.pausesAging.map(TextKey.init)

  /// The stated defaults.
  package init() {}

  /// The waterfall for money of a day: the one in force then, so that a later policy does not
  /// rewrite what a customer was already told.
  package func waterfall(on day: Int32) -> Waterfall {
    var index = waterfalls.count - 1
    while index > 0, waterfalls[index].from > day { index -= 1 }
    return waterfalls[index].rule
  }

  /// Whether any of the waterfalls pays dues before their day.
  var paysInAdvance: Bool {
    for index in waterfalls.indices where waterfalls[index].rule.advanceAtOnce { return true }
    return false
  }

  /// Index of the bucket of some figures in the labels of these terms.
  func bucketIndex(of reckoning: Reckoning) -> Int {
    buckets.index(
      days: reckoning.dpd, writtenOff: reckoning.writtenOff,
      undated: reckoning.undated && !fromInvoiceDate, bounced: reckoning.isCurrentBounce)
  }

  /// Takes a body of a kind; nil when no book judges by the kind.
  mutating func take(_ kind: String, _ body: Span<UInt8>) throws(WireError) {
    switch kind {
    case Buckets.kind: buckets = try Buckets(reading: body)
    case Counting.kind: counting = try Counting(reading: body)
    case DPDComponents.kind: components = try DPDComponents(reading: body)
    case Waterfall.kind: waterfalls = [(.min, try Waterfall(reading: body))]
    case Grace.kind: grace = try Grace(reading: body)
    case Classification.kind: classification = try Classification(reading: body)
    case HoldEffects.kind: holds = try HoldEffects(reading: body)
    case Calendar.kind: calendar = try Calendar(reading: body)
    case ChequeTerms.kind: cheques = try ChequeTerms(reading: body)
    case Representation.kind: representation = try Representation(reading: body)
    case Retention.kind: retention = try Retention(reading: body)
    case PromiseTerms.kind: promises = try PromiseTerms(reading: body)
    case DisputeTerms.kind: disputes = try DisputeTerms(reading: body)
    case PriorityScore.kind: priority = try PriorityScore(reading: body)
    case CashLimits.kind: cash = try CashLimits(reading: body)
    case SettlementLimits.kind: settlements = try SettlementLimits(reading: body)
    case PlanTerms.kind: plans = try PlanTerms(reading: body)
    case ProductivityMinimums.kind: productivity = try ProductivityMinimums(reading: body)
    case LegalTerms.kind: legal = try LegalTerms(reading: body)
    case CreditLimits.kind: credit = try CreditLimits(reading: body)
    default: break
    }
  }
}
