import Ledger

/// At most so many attempts on an account in a window of days that ends on the day of the attempt.
///
/// Days are the person's, D-N+1 to D. Every attempt counts, whatever its result; call-backs that
/// the person asked for and inbound contacts do not. Each attempt beyond the limit is a finding.
struct ContactFrequency: Judge {
  static var selectedBy: String { "local date of the contact" }
  static var judges: [UInt16] { [EventCode.contactAttempted] }
  static var parameters: [Parameter] {
    [
      Parameter("limits", .list, "Limits: channels, places (empty for all), days, max."),
      Parameter("counts_unconnected", .bool, "Whether a call that never rang counts."),
    ]
  }

  private struct Limit {
    var channels: [TextKey], places: [TextKey]
    var days: Int, max: Int

    func covers(_ contact: Act) -> Bool {
      guard let channel = contact[.channel], channels.isEmpty || channels.contains(channel) else {
        return false
      }
      return places.isEmpty || contact[.place].map { places.contains($0) } ?? false
    }
  }

  private let counts: [Limit]
  private let countsUnconnected: Bool

  init(_ values: Values) throws(PackError) {
    var limits: [Limit] = []
    for item in values.value("limits")?.items ?? [] {
      guard let days = item["days"]?.int, let max = item["max"]?.int, days > 0, max >= 0 else {
        throw PackError("A limit of \(values.rule) needs `days` of 1 or more and `max`.")
      }
      func keys(_ name: String) -> [TextKey] {
        item[name]?.items?.compactMap { $0.text.map { TextKey($0) } } ?? []
      }
      limits.append(
        Limit(
          channels: keys("channels"), places: keys("places"), days: Int(clamping: days),
          max: Int(clamping: max)))
    }
    counts = limits
    countsUnconnected = values.value("counts_unconnected") != .bool(false)
  }

  var limits: [ContactLimits.Limit] {
    counts.map {
      .init(
        $0.channels,
        .attempts(
          most: $0.max, days: $0.days, places: $0.places, countsUnconnected: countsUnconnected))
    }
  }

  private func counts(_ contact: Act) -> Bool {
    contact.isOutbound && !contact.isRequested && (countsUnconnected || !contact.isUnconnected)
  }

  static func judge(_ one: Case, _ laws: Laws<Self>, _ report: inout Report) {
    let contacts = one.contacts
    for (index, contact) in contacts.enumerated() {
      guard let law = laws.on(contact.day, one), law.terms.counts(contact) else { continue }
      for limit in law.terms.counts where limit.covers(contact) {
        var found: [Act] = []
        var before = index - 1
        while before >= 0, contacts[before].day > contact.day - limit.days {
          if law.terms.counts(contacts[before]), limit.covers(contacts[before]) {
            found.append(contacts[before])
          }
          before -= 1
        }
        guard found.count + 1 > limit.max else { continue }
        report.find(
          "over-frequency", contact, law, one, [("count", .number(Int64(found.count + 1)))],
          because: found.reversed())
        break
      }
    }
  }
}
