import Ledger

extension Rule {
  static let ukContactHours = Rule(
    "uk.conc.contact-hours", "Not at unreasonable times; respect requests", .medium, .confirmed,
    by: ContactWindow.self,
    versions: [
      Version(
        "2014-04-01", nil,
        ["start": "08:00", "end": "21:00", "channels": ["call", "sms", "visit"]])
    ],
    defaults: ["boundary": "inclusive", "designated": []],
    statement:
      "Customers are not contacted at unreasonable times, and reasonable requests about when, where and how are regarded. There are no statutory hours: the window is the house's.",
    citation: "FCA CONC 7.9.4R.")
}
