import Ledger

extension Rule {
  static let inRBIPenalCharges = Rule(
    "in.rbi.penal-charges", "Penal charges are charges: no penal interest", .high, .confirmed,
    by: NoPenalInterest.self,
    selectedBy: "sanction date for new loans; first review, at the latest 2024-06-30, for others",
    defaults: ["new_loans_from": "2024-04-01", "existing_by": "2024-06-30"],
    statement:
      "A penalty is a charge and no addition to the rate; no interest is computed on it. Interest on unpaid instalments at the contracted rate is allowed.",
    citation: "RBI/2023-24/53 DoR.MCS.REC.28/01.01.001/2023-24, 18 Aug 2023; FAQs 15 Jan 2024.")
}

/// From the day on which a loan is under the rule, no interest on penal charges and no added rate.
struct NoPenalInterest: Judge {
  static var judges: [UInt16] { [EventCode.interestApplied] }
  static var reads: [UInt16] { [EventCode.accountOpened] }
  static var parameters: [Parameter] {
    [
      Parameter("new_loans_from", .day, "Loans sanctioned from this day are under it at once."),
      Parameter("existing_by", .day, "The day by which every older loan is under it."),
    ]
  }

  private let newFrom: Day, by: Day

  init(_ values: Values) throws(PackError) {
    newFrom = values.day("new_loans_from") ?? .undated
    by = values.day("existing_by") ?? .undated
  }

  static func judge(_ one: Case, _ laws: Laws<Self>, _ report: inout Report) {
    guard let opened = one[EventCode.accountOpened].first else { return }
    for applied in one[EventCode.interestApplied] {
      guard let law = laws.on(applied.counts, one) else { continue }
      let (newFrom, by) = (law.terms.newFrom, law.terms.by)
      let sanctioned = opened.day(.sanctionedOn) ?? opened.day(.openedOn) ?? opened.day
      let review = opened.day(.reviewOn).flatMap { $0 >= newFrom ? $0 : nil }
      let start = sanctioned >= newFrom ? sanctioned : min(review ?? by, by)
      guard applied.counts >= start else { continue }
      if applied.number(.basePenal) ?? 0 > 0 {
        report.find("interest-on-penal", applied, law, one, because: [opened])
      }
      if applied.number(.rateAddonBp) ?? 0 > 0 {
        report.find("penal-rate-addon", applied, law, one, because: [opened])
      }
    }
  }
}
