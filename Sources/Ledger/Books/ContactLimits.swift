/// By which channels, in which hours and how often somebody may still be contacted about an account
/// on a day: what the rules in force, the person's own words and the attempts made leave over.
///
/// A day has no hour: the hours are told, on the person's clock, and whether it is that time is for
/// whoever reads them. What a rule judges of a contact that was made, `comply` finds; this says the
/// same of one that was not made yet, as far as channel, hour and count go.
package struct ContactLimits: Sendable {
  /// Minutes of a day, from and to.
  package typealias Minutes = (from: Int, to: Int)

  /// One thing that a rule says of some channels.
  package struct Limit: Sendable {
    /// What it says.
    package enum Kind: Sendable {
      /// Only between two minutes of the day and in none of the other spans, and not on some
      /// weekdays, Monday 0.
      case hours(Minutes, but: [Minutes], closed: [Int])
      /// At most so many attempts in so many days, of which the day asked about is the last; to
      /// some places, or to any when none is named.
      case attempts(most: Int, days: Int, places: [TextKey], countsUnconnected: Bool)
      /// Not in so many days from a conversation on.
      case rest(days: Int)
      /// By no other channels.
      case only
    }

    /// Keys of the channels; empty for all.
    package var channels: [TextKey]
    /// Keys of the products it is about, empty for all, and of those it is not about.
    package var products: [TextKey], excluded: [TextKey]
    /// What it says.
    package var kind: Kind

    /// A limit of channels.
    package init(
      _ channels: [TextKey], _ kind: Kind, products: [TextKey] = [], excluded: [TextKey] = []
    ) {
      (self.channels, self.kind) = (channels, kind)
      (self.products, self.excluded) = (products, excluded)
    }

    fileprivate func isAbout(_ product: TextKey) -> Bool {
      (products.isEmpty || products.contains(product)) && !excluded.contains(product)
    }

    fileprivate func covers(_ channel: TextKey) -> Bool {
      channels.isEmpty || channels.contains(channel)
    }

    private func isIn(_ row: Contact.Row, _ days: Int, _ asOf: Day) -> Bool {
      (0..<days).contains(asOf - Day(rawValue: row.day))
        && (channels.isEmpty || row.went(by: channels))
    }

    // Call-backs that the person asked for, and whoever calls us, do not count.
    fileprivate func isMade(
      by row: Contact.Row, _ days: Int, _ asOf: Day, _ places: [TextKey], _ unconnected: Bool
    ) -> Bool {
      isIn(row, days, asOf) && row.traits.contains(.outbound) && !row.traits.contains(.requested)
        && (unconnected || !row.traits.contains(.unconnected))
        && (places.isEmpty || row.went(to: places))
    }

    fileprivate func isTalk(_ row: Contact.Row, _ days: Int, _ asOf: Day) -> Bool {
      isIn(row, days, asOf) && row.traits.contains(.conversation)
    }
  }

  /// What a rule says of whoever fits a scope.
  package struct Edition: Sendable {
    /// Whom it is about; nil for everybody.
    package var scope: PolicyScope?
    /// Its limits.
    package var limits: [Limit]

    /// An edition.
    package init(scope: PolicyScope?, limits: [Limit]) {
      (self.scope, self.limits) = (scope, limits)
    }
  }

  /// The rules in force on the day, each with its editions; the first that fits an account holds.
  package var rules: [[Edition]] = []
  /// What consent was taken back.
  package var withdrawn = Consent.Withdrawals()

  /// No limits.
  package init() {}

  private static let all = ["call", "sms", "whatsapp", "email", "letter", "visit"]
    .map { (name: $0, key: TextKey($0)) }
  private static let electronic = ["sms", "whatsapp", "email"].map { TextKey($0) }
  private static let barring = ["cease", "attorney", "occasion"].map { TextKey($0) }
  private static let medium = TextKey("medium"), optOut = TextKey("opt_out")
  private static let electronically = TextKey("electronic")

  /// What the column says, as a sentence.
  package static let definition =
    "by what the person may be contacted on that day: the hours on the person's clock that rules in "
    + "force leave, `but` times the person called inconvenient, `left` the attempts left of the "
    + "strictest count; not there what a rule, the person or a consent taken back bars"
}

extension ContactLimits {
  /// The channels left for an account on a day: `call 08:00-19:00 3 left; sms; visit`.
  func channels(_ account: borrowing AccountView, _ asOf: Day) -> String {
    let (who, product) = (account.subject, TextKey(account.product))
    var limits: [Limit] = []
    for rule in rules {
      let edition = rule.first { $0.scope.map { $0.rank(for: who) != nil } ?? true }
      limits += edition?.limits.filter { $0.isAbout(product) } ?? []
    }
    let person = TextKey(account.debtor)
    let bars = account.house.limits(on: person, asOf).filter {
      $0.account == .none || $0.account == account.key
    }
    let purposes = withdrawn.purposes(of: person)
    let contacts = account.desk.contacts.rows
    let words = ContactLimits.all.compactMap { name, channel -> String? in
      if ContactLimits.isBarred(channel, bars, purposes) { return nil }
      return ContactLimits.words(name, channel, limits, bars, contacts, asOf)
    }
    return words.isEmpty ? "none" : words.joined(separator: "; ")
  }

  private static func isBarred(
    _ channel: TextKey, _ bars: [Restriction.Row], _ purposes: Set<TextKey>
  ) -> Bool {
    let isElectronic = electronic.contains(channel)
    if purposes.contains(isElectronic ? electronically : channel) { return true }
    return bars.contains { bar in
      if barring.contains(bar.kind) { return true }
      guard bar.kind == medium || bar.kind == optOut, !bar.isOfOnePoint else { return false }
      return bar.channel == channel
        || bar.channel == .none && bar.kind == optOut && isElectronic
    }
  }

  // The channel with its hours and what is left of its counts; nil when it is none to use.
  private static func words(
    _ name: String, _ channel: TextKey, _ limits: [Limit], _ bars: [Restriction.Row],
    _ contacts: ContiguousArray<Contact.Row>, _ asOf: Day
  ) -> String? {
    var hours: Minutes?
    var but: [Minutes] = []
    var left: Int?
    // Of counts for some places another place may be left.
    var elsewhere: Int?
    for limit in limits {
      guard limit.covers(channel) else {
        if case .only = limit.kind { return nil }
        continue
      }
      switch limit.kind {
      case .hours(let span, let never, let closed):
        if closed.contains(asOf.weekday) { return nil }
        let before = hours ?? span
        hours = (max(before.from, span.from), min(before.to, span.to))
        but += never
      case .attempts(let most, let days, let places, let countsUnconnected):
        let made = contacts.count {
          limit.isMade(by: $0, days, asOf, places, countsUnconnected)
        }
        let rest = max(0, most - made)
        if places.isEmpty {
          left = min(left ?? rest, rest)
        } else {
          elsewhere = max(elsewhere ?? rest, rest)
        }
      case .rest(let days):
        if contacts.contains(where: { limit.isTalk($0, days, asOf) }) { return nil }
      case .only: break
      }
    }
    if let elsewhere { left = min(left ?? elsewhere, elsewhere) }
    if left == 0 { return nil }
    for bar in bars where bar.opens < bar.closes && (bar.channel == .none || bar.channel == channel)
    { but.append((Int(bar.opens), Int(bar.closes))) }
    var parts = [name]
    if let hours { parts.append(span(hours)) }
    for one in but { parts.append("but " + span(one)) }
    if let left { parts.append("\(left) left") }
    return parts.joined(separator: " ")
  }

  // `08:00-19:00`.
  private static func span(_ span: Minutes) -> String {
    func clock(_ minutes: Int) -> String {
      let (hour, minute) = minutes.quotientAndRemainder(dividingBy: 60)
      return (hour < 10 ? "0" : "") + "\(hour):" + (minute < 10 ? "0" : "") + "\(minute)"
    }
    return clock(span.from) + "-" + clock(span.to)
  }
}
