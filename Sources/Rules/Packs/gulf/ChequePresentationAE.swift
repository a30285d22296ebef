import Ledger

extension Rule {
  static let aeChequePresentation = Rule(
    "ae.cheque.presentation", "Present on or after the date, within six months", .high,
    .confirmed, by: ChequeWindow.self,
    versions: [Version("2022-01-02", nil, ["validity_months": 6])],
    statement:
      "A cheque is payable on the date shown, is not presented before it, and is presented within six months.",
    citation:
      "UAE Decree-Law 14/2020, re-enacted in Decree-Law 50/2022 from 2023-01-02 (that date is from memory)."
  )
}
