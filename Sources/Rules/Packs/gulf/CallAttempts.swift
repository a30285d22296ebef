import Ledger

extension Rule {
  static let saCallAttempts = Rule(
    "sa.sama.call-attempts", "At most ten call attempts in 30 days", .high, .confirmed,
    by: ContactFrequency.self,
    versions: [
      Version(
        "2018-04-11", "2025-03-05",
        ["limits": [["channels": ["call"], "days": 30, "max": 10]]])
    ],
    statement:
      "Attempts to contact a consumer by phone do not exceed ten in 30 days; any dial is an attempt.",
    citation:
      "SAMA collection rules of 2018; replaced from 2025-03-06 by a text whose number was not found, so that nothing is carried over."
  )
}
