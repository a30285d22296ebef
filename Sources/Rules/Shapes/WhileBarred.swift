import Ledger

/// No contact while something known stands against it: a cease request, an attorney, an open
/// dispute, a moratorium, a death.
///
/// Each bar that binds is a finding of its own. A bar that stood in the world and was not known yet
/// is told as information when the rule names a code for it.
struct WhileBarred: Judge {
  static var selectedBy: String { "local date of the contact" }
  static var judges: [UInt16] { [EventCode.contactAttempted] }
  static var reads: [UInt16] {
    [
      EventCode.restrictionPlaced, EventCode.restrictionLifted, EventCode.disputeRaised,
      EventCode.disputeResolved, EventCode.holdPlaced, EventCode.holdLifted,
    ]
  }
  static var parameters: [Parameter] {
    [
      Parameter("bars", .codes, "Kinds of restriction, hold or status that bar contact."),
      Parameter("finding", .code, "Code of the finding."),
      Parameter("finding_unknown", .code, "Code when the bar was not known yet; none tells none."),
      Parameter("allowed_purposes", .codes, "Purposes that stay allowed."),
      Parameter("blocked_purposes", .codes, "Purposes that are blocked; empty for all."),
      Parameter("forms", .codes, "Forms of the request that bind; empty for all."),
      Parameter("places", .codes, "Places that are barred; empty for all."),
      Parameter("days", .int, "Days after which the bar ends by itself."),
      Parameter("roles", .codes, "Roles that are protected; empty for all."),
    ]
  }

  private let bars: [TextKey]
  private let finding: String, unknown: String
  private let allowed: [TextKey], blocked: [TextKey]
  private let forms: [TextKey], places: [TextKey], roles: [TextKey]
  private let days: Int?

  init(_ values: Values) throws(PackError) {
    bars = values.codes("bars")
    (finding, unknown) = (values.text("finding"), values.text("finding_unknown"))
    allowed = values.codes("allowed_purposes")
    blocked = values.codes("blocked_purposes")
    (forms, places) = (values.codes("forms"), values.codes("places"))
    roles = values.codes("roles")
    days = values.value("days")?.int.map { Int(clamping: $0) }
  }

  // A bar of places or addresses leaves other ways to keep a duty; all others forbid contact.
  static func forbids(_ values: Value) -> [String] {
    guard values["places"] == nil else { return [] }
    return values["bars"]?.items?.compactMap(\.text) ?? []
  }

  private func judges(_ contact: Act) -> Bool {
    guard contact.isOutbound else { return false }
    let purpose = contact.purpose
    if allowed.contains(purpose) || !blocked.isEmpty && !blocked.contains(purpose) { return false }
    if !roles.isEmpty, !roles.contains(contact.role) { return false }
    return places.isEmpty || contact[.place].map { places.contains($0) } ?? false
  }

  private func covers(_ bar: Bar, _ contact: Act, _ one: Case) -> Bool {
    guard bars.contains(bar.kind), bar.protects(contact, one) else { return false }
    if !forms.isEmpty, let form = bar.act[.form], !forms.contains(form) { return false }
    if let channel = bar.act[.channel], bar.kind == "medium", channel != contact[.channel] {
      return false
    }
    if let days, contact.header.occurred >= bar.from + Int64(days) * 86_400_000_000 {
      return false
    }
    return true
  }

  static func judge(_ one: Case, _ laws: Laws<Self>, _ report: inout Report) {
    let bars = one.bars
    if bars.isEmpty { return }
    for contact in one.contacts {
      guard let law = laws.on(contact.day, one), law.terms.judges(contact) else { continue }
      for bar in bars where law.terms.covers(bar, contact, one) {
        if bar.binds(contact) {
          report.find(law.terms.finding, contact, law, one, of: bar.act)
        } else if !law.terms.unknown.isEmpty, bar.stood(contact) {
          report.find(law.terms.unknown, contact, law, one, of: bar.act, informs: true)
        }
      }
    }
  }
}
