import Ledger

extension Rule {
  static let usRegFElectronicOptout = Rule(
    "us.regf.electronic-optout", "Opt-out notice in every e-message; opt-outs honoured", .high,
    .partly, by: OptOut.self, versions: [Version("2021-11-30")],
    defaults: ["channels": ["sms", "email", "social", "whatsapp"]],
    statement:
      "Each electronic message says how to opt out of that address or number; after an opt-out only one confirmation goes to it.",
    citation: "12 CFR 1006.6(e), 1006.14(h); the one confirmation is from memory.")
}

/// Electronic messages carry an opt-out, and none goes to an address that opted out.
struct OptOut: Judge {
  static var selectedBy: String { "local date of the message" }
  static var judges: [UInt16] { [EventCode.contactAttempted] }
  static var reads: [UInt16] { [EventCode.restrictionPlaced, EventCode.restrictionLifted] }
  static var parameters: [Parameter] { [Parameter("channels", .codes, "Electronic channels.")] }

  private let channels: [TextKey]

  init(_ values: Values) throws(PackError) { channels = values.codes("channels") }

  static func judge(_ one: Case, _ laws: Laws<Self>, _ report: inout Report) {
    var confirmed: Set<Position> = []
    for message in one.contacts where message.isOutbound {
      guard let law = laws.on(message.day, one), let channel = message[.channel],
        law.terms.channels.contains(channel)
      else { continue }
      if !message.says(.optoutNotice) { report.find("no-optout-notice", message, law, one) }
      for bar in one.bars
      where bar.kind == "opt_out" && bar.binds(message) && bar.protects(message, one)
        && bar.act[.contactPoint] == message[.contactPoint]
      {
        let isConfirmation = message.purpose == "optout_confirmation"
        if isConfirmation, confirmed.insert(bar.act.header.seq).inserted { continue }
        report.find("after-optout", message, law, one, of: bar.act)
      }
    }
  }
}
