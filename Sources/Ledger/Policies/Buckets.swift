/// Bands of delinquent days, and what reports call them.
package struct Buckets: PolicyBody, Hashable {
  /// A band of days.
  package struct Band: Hashable, Sendable {
    /// What reports call it.
    package var label: String
    /// First and last day; the last band is open.
    package var from: Int, to: Int
    /// A band.
    package init(label: String, from: Int, to: Int = .max) {
      self.label = label
      self.from = from
      self.to = to
    }
  }

  /// Label of accounts with nothing overdue; nil puts them into the band that holds 0.
  package private(set) var current: String?
  /// The bands, ascending.
  package private(set) var bands: [Band]
  /// Label of accounts whose presentation of this month came back and that owe nothing older; nil
  /// leaves them in the band of their days.
  package private(set) var currentBounce: String?
  /// Label of accounts written off; nil leaves them in the band of their days.
  package private(set) var writtenOff: String?
  /// Label of accounts that owe only what has no due date yet.
  package let undated = "undated"
  /// The labels in the order of a report: undated, current, current bounce, the bands, written off.
  package private(set) var labels: [String] = []

  /// Its code in `policy_kind`.
  package static let kind = "buckets"
  /// current, 1-30, 31-60 … 151-180, 180+, written_off: the scheme of the field.
  package static let standard = Buckets(
    current: "current",
    bands: [
      Band(label: "1-30", from: 1, to: 30), Band(label: "31-60", from: 31, to: 60),
      Band(label: "61-90", from: 61, to: 90), Band(label: "91-120", from: 91, to: 120),
      Band(label: "121-150", from: 121, to: 150), Band(label: "151-180", from: 151, to: 180),
      Band(label: "180+", from: 181),
    ], writtenOff: "written_off")

  private init(current: String?, bands: [Band], writtenOff: String?) {
    (self.current, self.bands, self.writtenOff) = (current, bands, writtenOff)
    label()
  }

  private mutating func label() {
    labels = [undated] + [current, currentBounce].compactMap(\.self) + bands.map(\.label)
    if let writtenOff { labels.append(writtenOff) }
  }

  /// Where a row of a report belongs among those of several schemes: undated, current, current
  /// bounce, the bands by their first and last days, written off.
  package struct Place: Hashable, Comparable, Sendable {
    private var kind: Int, from = 0, to = 0
    fileprivate init(kind: Int) { self.kind = kind }
    fileprivate init(_ band: Band) { (kind, from, to) = (3, band.from, band.to) }
    /// The order of a report.
    package static func < (a: Place, b: Place) -> Bool {
      (a.kind, a.from, a.to) < (b.kind, b.from, b.to)
    }
  }

  /// The places of `labels`.
  package var places: [Place] {
    var places = [Place(kind: 0)]
    if current != nil { places.append(Place(kind: 1)) }
    if currentBounce != nil { places.append(Place(kind: 2)) }
    places += bands.map { Place($0) }
    if writtenOff != nil { places.append(Place(kind: 4)) }
    return places
  }

  /// Index into `labels` for an account of so many delinquent days; `bounced` when a presentation
  /// of this month came back and nothing older is owed.
  package func index(
    days: Int, writtenOff isWrittenOff: Bool, undated isUndated: Bool, bounced: Bool = false
  ) -> Int {
    let shift = 1 + (current == nil ? 0 : 1) + (currentBounce == nil ? 0 : 1)
    if isWrittenOff, writtenOff != nil { return shift + bands.count }
    if isUndated { return 0 }
    if bounced, currentBounce != nil { return shift - 1 }
    if days <= 0, current != nil { return 1 }
    return shift + (bands.firstIndex { days <= $0.to } ?? bands.count - 1)
  }

  /// Fields that a body must name.
  package static let required = ["bands"]

  /// Takes `current`, `current_bounce`, `written_off` or `bands`.
  package mutating func take(_ field: String, _ body: inout CBORReader) throws(WireError) {
    defer { label() }
    switch field {
    case "current": current = try body.text()
    case "current_bounce": currentBounce = try body.text()
    case "written_off": writtenOff = try body.text()
    case "bands":
      // Naming the bands names the whole scheme: labels left out are gone.
      if bands == Self.standard.bands { (current, writtenOff) = (nil, nil) }
      bands = []
      for _ in 0..<(try body.array()) { bands.append(try Buckets.band(&body)) }
    default: throw Self.unknown(field, body)
    }
  }

  private static func band(_ body: inout CBORReader) throws(WireError) -> Band {
    var band = Band(label: "", from: -1)
    for _ in 0..<(try body.map()) {
      switch try body.text() {
      case "label": band.label = try body.text()
      case "from": band.from = Int(try body.int())
      case "to": band.to = Int(try body.int())
      case let other: throw Self.unknown(other, body)
      }
    }
    return band
  }

  /// Bands must follow on each other without gaps, the last one open.
  package var fault: String? {
    guard let first = bands.first else { return "needs at least one band" }
    if bands.contains(where: { $0.label.isEmpty || $0.from < 0 || $0.to < $0.from }) {
      return "has a band without label, or one that ends before it starts"
    }
    if current == nil, first.from != 0 { return "names no `current` and has no band from 0" }
    if current != nil, first.from > 1 { return "leaves out the days from 1 to \(first.from - 1)" }
    if let twice = labels.first(where: { label in labels.count { $0 == label } > 1 }) {
      return "calls two of its rows `\(twice)`"
    }
    for (a, b) in zip(bands, bands.dropFirst()) where a.to == .max || b.from != a.to + 1 {
      return "has a gap or an overlap between `\(a.label)` and `\(b.label)`"
    }
    return bands.last?.to == .max ? nil : "has no open last band; leave out its `to`"
  }
}
