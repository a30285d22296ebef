import Ledger

extension Rule {
  static let aeContactHours = Rule(
    "ae.cbuae.contact-hours", "Collection contact hours", .medium, .unverified,
    by: ContactWindow.self,
    versions: [
      Version("2021-12-31", nil, ["start": "09:00", "end": "20:00", "channels": ["call"]])
    ],
    defaults: ["boundary": "inclusive"],
    statement:
      "A secondary source says that the Central Bank's standards allow contact 09:00-20:00; the primary text was not found.",
    citation: "CBUAE Standards N 1158/2021 exist; the hours are from a blog and need checking.")
}
