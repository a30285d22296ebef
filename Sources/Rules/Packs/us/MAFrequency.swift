import Ledger

extension Rule {
  static let usMAContactFrequency = Rule(
    "us.ma.contact-frequency", "Massachusetts: two calls or texts per seven days", .high,
    .confirmed, by: ContactFrequency.self, versions: [Version("2012-01-01")],
    defaults: [
      "limits": [
        ["channels": ["call", "sms"], "places": ["home", "mobile"], "days": 7, "max": 2],
        ["channels": ["call", "sms"], "places": ["work"], "days": 30, "max": 2],
      ]
    ],
    statement:
      "At most two telephone communications per debt in each seven days to home, mobile or personal numbers, and two per thirty days elsewhere.",
    citation: "940 CMR 7.04; 209 CMR 18.16 (the exact start is to be checked).")
}
