import Ledger

extension Rule {
  static let inRBIMicrofinanceContactHours = Rule(
    "in.rbi.mfi.contact-hours", "Microfinance recovery 09:00-18:00", .high, .partly,
    by: ContactWindow.self,
    versions: [
      Version(
        "2022-04-01", nil, ["start": "09:00", "end": "18:00", "channels": ["call", "visit"]])
    ],
    defaults: ["boundary": "inclusive", "products": ["microfinance"]],
    statement:
      "For microfinance loans borrowers are not called or visited for recovery before 9:00 a.m. or after 6:00 p.m.",
    citation:
      "RBI Microfinance Loans Directions 2022 (the direction is confirmed; the clause number is from memory)."
  )
}
