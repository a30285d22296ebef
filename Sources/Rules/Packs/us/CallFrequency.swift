import Ledger

extension Rule {
  static let usRegFCallFrequency = Rule(
    "us.regf.call-frequency", "7-in-7 and 7 days after a conversation", .presumptionHigh,
    .confirmed, by: SevenInSeven.self, versions: [Version("2021-11-30")],
    defaults: [
      "max_calls": 7, "window_days": 7,
      "excluded_parties": [
        "attorney", "creditor", "credit_bureau", "creditor_attorney", "collector_attorney",
      ],
    ],
    statement:
      "More than seven calls to a person about a debt within seven consecutive days, or a call within seven days of a telephone conversation about it, is presumed to harass; rebuttable both ways.",
    citation:
      "12 CFR 1006.14(b)(2)-(4). Days are calendar days in the consumer's zone (house reading).")
}

/// Calls to one person about one debt in rolling days of the person's calendar, the day of a
/// conversation being day one.
struct SevenInSeven: Judge {
  static var selectedBy: String { "local date of the call" }
  static var judges: [UInt16] { [EventCode.contactAttempted] }
  static var reads: [UInt16] { [EventCode.consentGiven] }
  static var parameters: [Parameter] {
    [
      Parameter("max_calls", .int, "Calls in the window that are not presumed to harass."),
      Parameter("window_days", .int, "Days of the window, and of the pause after a conversation."),
      Parameter("excluded_parties", .codes, "Roles whose calls do not count."),
    ]
  }

  private let most: Int, days: Int
  private let excluded: [TextKey]

  init(_ values: Values) throws(PackError) {
    (most, days) = (try values.int("max_calls"), try values.int("window_days"))
    excluded = values.codes("excluded_parties")
  }

  var limits: [ContactLimits.Limit] {
    [
      .init([Codes.call], .attempts(most: most, days: days, places: [], countsUnconnected: false)),
      .init([Codes.call], .rest(days: days)),
    ]
  }

  // A call placed about the debt: not one that never rang, nor one that was asked for.
  private func counts(_ call: Act, _ one: Case) -> Bool {
    guard call.isOutbound, !call.isUnconnected, !excluded.contains(call.role) else { return false }
    return !one[EventCode.consentGiven].contains { consent in
      consent[.purpose] == Codes.call && consent.precedes(call)
        && (0..<days).contains(call.day - consent.day)
        && (consent.person == .none || call[.party] == nil || consent.person == call[.party])
        && (consent.day(.until).map { call.day <= $0 } ?? true)
        && (!consent.has(.accounts)
          || one.texts(consent, .accounts).contains(TextKey(one.accountID(call.account))))
    }
  }

  static func judge(_ one: Case, _ laws: Laws<Self>, _ report: inout Report) {
    let calls = one.contacts.filter { $0[.channel] == Codes.call }
    for (index, call) in calls.enumerated() {
      guard let law = laws.on(call.day, one), law.terms.counts(call, one) else { continue }
      let before = calls[..<index].filter {
        $0.account == call.account && $0[.party] == call[.party]
      }
      let debt: Finding.Extra = ("debt", .account(call.account))
      let window = before.filter {
        $0.day > call.day - law.terms.days && law.terms.counts($0, one)
      }
      if window.count + 1 > law.terms.most {
        report.find(
          "over-frequency", call, law, one, [debt, ("count", .number(Int64(window.count + 1)))],
          because: Array(window))
      }
      let talk = before.last { $0.isConversation && call.day - $0.day < law.terms.days }
      if let talk { report.find("after-conversation", call, law, one, [debt], because: [talk]) }
    }
  }
}
