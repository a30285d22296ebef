import Ledger

/// Contacts only inside a window of the person's day.
///
/// The window is closed at both ends unless `boundary` is `exclusive`. If several zones are
/// plausible for a person, the contact must be inside on all of their clocks. A window that the
/// person designated as inconvenient starts inclusive and ends exclusive.
struct ContactWindow: Judge {
  static var selectedBy: String { "local date of the contact" }
  static var judges: [UInt16] { [EventCode.contactAttempted] }
  static var parameters: [Parameter] {
    [
      Parameter("start", .time, "First time of day at which contact is allowed."),
      Parameter("end", .time, "Last time of day at which contact is allowed."),
      Parameter("boundary", .code, "inclusive or exclusive: whether both ends are allowed."),
      Parameter("channels", .codes, "Channels it covers."),
      Parameter("products", .codes, "Products it covers; empty for all."),
      Parameter("exclude_products", .codes, "Products it does not cover."),
      Parameter("designated", .windows, "Windows that the person called inconvenient."),
      Parameter("closed", .weekdays, "Weekdays without contact, Monday 0 to Sunday 6."),
      Parameter("ran_over", .bool, "Whether a contact that ends after the window is told."),
    ]
  }

  private let start: Int64, end: Int64
  private let isExclusive: Bool
  private let channels: [TextKey]
  private let products: [TextKey], excluded: [TextKey]
  private let designated: [(start: Int64, end: Int64)]
  private let closed: [Int64]
  private let tellsRunningOver: Bool

  init(_ values: Values) throws(PackError) {
    start = Int64(try values.time("start")) * 1_000_000
    end = Int64(try values.time("end")) * 1_000_000
    isExclusive = values.text("boundary") == "exclusive"
    channels = values.codes("channels")
    products = values.codes("products")
    excluded = values.codes("exclude_products")
    designated = values.windows("designated").map {
      (Int64($0.start) * 1_000_000, Int64($0.end) * 1_000_000)
    }
    closed = values.value("closed")?.items?.compactMap(\.int) ?? []
    tellsRunningOver = values.bool("ran_over")
  }

  var limits: [ContactLimits.Limit] {
    func minutes(_ span: (start: Int64, end: Int64)) -> ContactLimits.Minutes {
      (Int(span.start / 60_000_000), Int(span.end / 60_000_000))
    }
    let hours = ContactLimits.Limit.Kind.hours(
      minutes((start, end)), but: designated.map(minutes), closed: closed.map { Int($0) })
    return [.init(channels, hours, products: products, excluded: excluded)]
  }

  private func covers(_ product: TextKey) -> Bool {
    (products.isEmpty || products.contains(product)) && !excluded.contains(product)
  }

  private func allows(_ day: Day, _ clock: Int64) -> Bool {
    let isInside = isExclusive ? clock > start && clock < end : clock >= start && clock <= end
    return isInside && !closed.contains(Int64(day.weekday))
      && !designated.contains { clock >= $0.start && clock < $0.end }
  }

  static func judge(_ one: Case, _ laws: Laws<Self>, _ report: inout Report) {
    for contact in one.contacts where contact.isOutbound {
      guard let law = laws.on(contact.day, one), let channel = contact[.channel],
        law.terms.channels.contains(channel), law.terms.covers(one.product)
      else { continue }
      let clocks = one.clocks(contact)
      let bar = one.bars.first { $0.forbids(contact, one, clocks) }
      if let bar {
        report.find("outside-hours", contact, law, one, because: [bar.act])
      } else if clocks.contains(where: { !law.terms.allows($0.day, $0.clock) }) {
        report.find("outside-hours", contact, law, one)
      } else if law.terms.tellsRunningOver, let seconds = contact.number(.durationS),
        contact.clock + seconds * 1_000_000 > law.terms.end
      {
        report.find("ran-over", contact, law, one, informs: true)
      }
    }
  }
}

extension Bar {
  /// Whether it is a time that the person called inconvenient, and a contact fell into it.
  func forbids(_ contact: Act, _ one: Case, _ clocks: [(day: Day, clock: Int64)]) -> Bool {
    guard kind == "inconvenient_time", binds(contact), protects(contact, one) else { return false }
    return one.windows(act).contains { window in
      clocks.contains {
        $0.clock >= window.start * 60_000_000 && $0.clock < window.end * 60_000_000
      }
    }
  }
}
