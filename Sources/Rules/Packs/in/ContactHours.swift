import Ledger

extension Rule {
  static let inRBIContactHours = Rule(
    "in.rbi.contact-hours", "Recovery calls only 08:00-19:00", .high, .confirmed,
    by: ContactWindow.self,
    versions: [
      Version("2022-08-12", nil, ["start": "08:00", "end": "19:00", "channels": ["call"]])
    ],
    defaults: ["boundary": "inclusive", "exclude_products": ["microfinance"]],
    statement:
      "A regulated lender or its agent must not call a borrower for recovery of overdue loans before 8:00 a.m. or after 7:00 p.m.; both instants are permitted, and the time of dialling counts.",
    citation:
      "RBI/2022-23/108 DOR.ORG.REC.65/21.04.158/2022-23, 12 Aug 2022; before it no hours were fixed for most lenders. Re-housed with the same words in the 2025 Directions from 2025-11-28."
  )
}
