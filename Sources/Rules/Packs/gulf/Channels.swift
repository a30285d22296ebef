import Ledger

extension Rule {
  static let saChannels = Rule(
    "sa.sama.channels", "Only authenticated channels", .medium, .confirmed,
    by: OnlyChannels.self,
    versions: [
      Version(
        "2018-04-11", "2025-03-05",
        ["channels": ["email", "registered_mail", "national_address", "sms", "call"]]),
      Version(
        "2025-03-06", nil,
        ["channels": ["email", "registered_mail", "sms", "call", "app", "court_notice"]]),
    ],
    statement:
      "Contact goes by the listed channels only; WhatsApp and social media are on neither list.",
    citation: "SAMA rulebook, collection rules of 2018 and regulations of 2025.")
}

/// Outbound contact only by listed channels.
struct OnlyChannels: Judge {
  static var selectedBy: String { "local date of the contact" }
  static var judges: [UInt16] { [EventCode.contactAttempted] }
  static var parameters: [Parameter] { [Parameter("channels", .codes, "Channels allowed.")] }

  private let channels: [TextKey]

  init(_ values: Values) throws(PackError) { channels = values.codes("channels") }

  var limits: [ContactLimits.Limit] { [.init(channels, .only)] }

  static func judge(_ one: Case, _ laws: Laws<Self>, _ report: inout Report) {
    for contact in one.contacts where contact.isOutbound {
      guard let law = laws.on(contact.day, one), let channel = contact[.channel],
        !law.terms.channels.contains(channel)
      else { continue }
      report.find("channel-not-allowed", contact, law, one)
    }
  }
}
