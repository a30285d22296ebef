import Ledger

extension Rule {
  static let usRegFSocialMedia = Rule(
    "us.regf.social-media", "No public or disguised social contact", .high, .memory,
    by: PrivateSocial.self, versions: [Version("2021-11-30")],
    statement:
      "No message that the public or the person's contacts can see; a private request to connect says that it is from a debt collector.",
    citation: "12 CFR 1006.22(f)(4), 1006.18(d); from memory.")
}

/// Messages on social media are private and say who sends them.
struct PrivateSocial: Judge {
  static var selectedBy: String { "local date of the message" }
  static var judges: [UInt16] { [EventCode.contactAttempted] }

  init(_ values: Values) throws(PackError) {}

  static func judge(_ one: Case, _ laws: Laws<Self>, _ report: inout Report) {
    for message in one.contacts where message.isOutbound && message[.channel] == "social" {
      guard let law = laws.on(message.day, one), let seen = message[.visibility] else { continue }
      if seen != "private" {
        report.find("social-public", message, law, one)
      } else if !message.says(.disclosesCollector) {
        report.find("social-disguised", message, law, one)
      }
    }
  }
}
