import Ledger

extension Rule {
  static let inRBINPAUpgrade = Rule(
    "in.rbi.irac.npa-upgrade", "NPA upgraded only when all arrears are paid", .critical,
    .confirmed, by: UpgradeWithoutArrears.self,
    defaults: [
      "effective_from": [
        "bank": "2021-11-12", "nbfc": "2022-10-01", "nbfc_bl": "2022-10-01",
        "nbfc_ml": "2022-10-01", "nbfc_ul": "2022-10-01",
      ]
    ],
    statement:
      "An NPA becomes standard only when the entire arrears of interest and principal on all the borrower's accounts with the lender are paid.",
    citation:
      "RBI DOR.STR.REC.68/21.04.048/2021-22, 12 Nov 2021 and 15 Feb 2022; NBFCs had until 30 Sep 2022."
  )
}

/// When a class is recorded that leaves NPA, nothing is overdue on any account of the borrower.
struct UpgradeWithoutArrears: Judge {
  static var scope: Rule.Scope { .person }
  static var selectedBy: String { "date for which the class was recorded" }
  static var judges: [UInt16] { [EventCode.accountClassified] }
  static var reads: [UInt16] {
    [
      EventCode.accountOpened, EventCode.dueRaised, EventCode.dueCancelled,
      EventCode.paymentReceived, EventCode.paymentReversed,
    ]
  }
  static var parameters: [Parameter] {
    [Parameter("effective_from", .map, "From which day each class of lender must comply.")]
  }

  private let starts: [(lender: TextKey, from: Day)]

  init(_ values: Values) throws(PackError) {
    starts = (values.value("effective_from")?.pairs ?? []).compactMap { pair in
      pair.value.text.flatMap { Day($0) }.map { (TextKey(pair.name), $0) }
    }
  }

  static func judge(_ one: Case, _ laws: Laws<Self>, _ report: inout Report) {
    for claim in one[EventCode.accountClassified]
    where claim[.previousClass] == "npa" && claim[.class] != "npa" {
      guard let day = claim.day(.forDate), let law = laws.on(day, one) else { continue }
      let opened = one.on(claim.account, EventCode.accountOpened).first
      let lender = claim[.lenderClass] ?? opened?[.lenderClass]
      guard let start = law.terms.starts.first(where: { $0.lender == lender }), day >= start.from
      else { continue }
      let named = one.texts(claim, .borrowerAccounts)
      var accounts = Set(one[EventCode.dueRaised].map(\.account))
      if !named.isEmpty {
        accounts = accounts.filter { named.contains(TextKey(one.accountID($0))) }
      }
      let sum = accounts.reduce(Int64(0)) { $0 + Arrears(one, $1).unpaid(on: day).sum }
      if sum > 0 {
        let due = one[EventCode.dueRaised].first
        let shown = due?.shown(sum) ?? claim.shown(sum)
        report.find("upgrade-with-arrears", claim, law, one, on: day, [("arrears", shown)])
      }
    }
  }
}
