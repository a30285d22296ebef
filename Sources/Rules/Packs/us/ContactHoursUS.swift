import Ledger

extension Rule {
  static let usRegFContactHours = Rule(
    "us.regf.contact-hours", "8 a.m. to 9 p.m. in the consumer's local time", .high, .confirmed,
    by: ContactWindow.self,
    versions: [
      Version(
        "1978-03-20", "2021-11-29", ["start": "08:00", "end": "21:00", "channels": ["call"]]),
      Version(
        "2021-11-30", nil,
        ["start": "08:00", "end": "21:00", "channels": ["call", "sms", "email", "social"]]),
    ],
    defaults: ["boundary": "inclusive", "designated": []],
    statement:
      "Before 8:00 a.m. and after 9:00 p.m. at the consumer's location is inconvenient, and so is any time that the consumer designated; with several plausible zones all must be convenient.",
    citation:
      "15 USC 1692c(a)(1); 12 CFR 1006.6(b)(1) from 2021-11-30, all media at the time of sending.")
}
