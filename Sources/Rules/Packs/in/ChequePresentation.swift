import Ledger

extension Rule {
  static let inNI138Presentation = Rule(
    "in.ni138.presentation", "Cheque presented within validity and not before its date", .high,
    .confirmed, by: ChequeWindow.self,
    versions: [
      Version("1989-04-01", "2012-03-31", ["validity_months": 6]),
      Version("2012-04-01", nil, ["validity_months": 3]),
    ],
    statement:
      "A cheque is presented not before its date and within its validity of calendar months; otherwise section 138 is lost.",
    citation:
      "Negotiable Instruments Act s.138(a); RBI/2011-12/251 DBOD.AML BC.No.47/14.01.001/2011-12: three months for cheques dated from 2012-04-01."
  )
}
