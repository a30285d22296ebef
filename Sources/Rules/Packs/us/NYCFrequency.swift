import Ledger

extension Rule {
  static let usNYCContactFrequency = Rule(
    "us.nyc.contact-frequency", "New York City: three contacts per seven days, all channels",
    .high, .confirmed, by: ContactFrequency.self,
    versions: [
      Version(
        "2026-09-01", nil,
        [
          "limits": [
            [
              "channels": ["call", "sms", "email", "letter", "social"], "days": 7, "max": 3,
            ]
          ]
        ])
    ],
    statement:
      "No more than three communications or attempts per account in seven days, whatever the channel.",
    citation:
      "NYC DCWP debt collection rule as amended, effective 2026-09-01 after four postponements.")
}
