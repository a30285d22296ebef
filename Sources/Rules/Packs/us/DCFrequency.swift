import Ledger

extension Rule {
  static let usDCCallFrequency = Rule(
    "us.dc.call-frequency", "District of Columbia: 3, then 4 calls per seven days", .high,
    .confirmed, by: ContactFrequency.self,
    versions: [
      Version(
        "2021-09-23", "2022-12-31",
        ["limits": [["channels": ["call"], "days": 7, "max": 3]]]),
      Version(
        "2023-01-01", nil,
        [
          "limits": [
            ["channels": ["call"], "days": 7, "max": 4],
            ["channels": ["sms", "email", "social"], "days": 7, "max": 5],
          ]
        ]),
    ],
    statement:
      "Calls per account in any seven days are limited, and so are electronic messages; the limit was relaxed in 2023.",
    citation: "D.C. temporary act from 2021-09-23; permanent act from 2023-01-01 (enrolled text).")
}
