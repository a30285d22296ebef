import Ledger

/// The account swim-lane: one life on one horizontal line, lane by lane, the age of the debt
/// underneath.
struct SwimLane {
  let life: Timeline
  /// How much was known of it, in words.
  let known: String
  let width = SwimLane.width
  let left = SwimLane.left, right = SwimLane.right
  let top = 92.0
  /// Tops and heights of the lanes.
  let lanes: [(name: String, y: Double, height: Double)]
  /// Where flags, brackets of promises and names of protections stand, so that none is over
  /// another.
  let flags: Rows<Timeline.Flag>, brackets: Rows<Timeline.Bracket>, names: Rows<Timeline.Band>

  private static let width = 1280, left = 118.0, right = 28.0

  /// A picture of a life as it was known.
  init(_ life: Timeline, _ resolved: VantageOptions.Resolved) {
    self.life = life
    known =
      "known at seq \(resolved.vantage.knownAt)" + (resolved.isProjected ? ", projected" : "")
    flags = SwimLane.flags(of: life)
    brackets = SwimLane.brackets(of: life)
    names = SwimLane.names(of: life)
    var y = top
    var lanes: [(name: String, y: Double, height: Double)] = []
    func add(_ name: String, _ height: Double) {
      lanes.append((name, y, height))
      y += height + 6
    }
    add("dues", 56)
    add("money", 74)
    if !life.charges.isEmpty { add("charges", 36) }
    if !life.contacts.isEmpty { add("contacts", 40) }
    if !life.promises.isEmpty { add("promises", max(58, 14 + 18 * Double(brackets.count))) }
    if !life.flags.isEmpty { add("flags", max(50, 11 + 13 * Double(flags.count))) }
    add("days past due", 170)
    self.lanes = lanes
  }

  /// The picture.
  var svg: String {
    let bottom = (lanes.last.map { $0.y + $0.height } ?? top)
    var picture = SVG(width: width)
    header(&picture)
    for lane in lanes {
      picture.rect(
        left, lane.y, Double(width) - left - right, lane.height, Palette.lane, radius: 4)
      picture.text(
        left - 12, lane.y + lane.height / 2 + 4, lane.name, size: 11.5, color: Palette.soft,
        anchor: "end", bold: true)
    }
    months(&picture, bottom)
    protections(&picture, bottom)
    drawDues(&picture)
    drawMoney(&picture)
    drawCharges(&picture)
    drawContacts(&picture)
    drawPromises(&picture)
    drawFlags(&picture)
    drawAges(&picture)
    picture.height = Int(legend(&picture, bottom + 44)) + 32
    return picture.text(title: "Account \(life.account) from \(life.from) to \(life.to)")
  }

  /// Where a day stands.
  func x(_ day: Day) -> Double { SwimLane.x(day, in: life) }

  private static func x(_ day: Day, in life: Timeline) -> Double {
    let span = Double(max(1, life.to - life.from))
    let at = Double(day - life.from) / span
    return left + 8 + at * (Double(width) - left - right - 16)
  }

  // A flag and the words behind it; where these would leave the picture they stand before it.
  private static func flags(of life: Timeline) -> Rows<Timeline.Flag> {
    var rows = Rows<Timeline.Flag>(most: 6)
    for item in life.flags.sorted(by: { $0.day < $1.day }) {
      guard item.day >= life.from, item.day <= life.to else { continue }
      let x = x(item.day, in: life)
      let length = SVG.length(item.label, size: 9.5)
      let isLast = x + 12 + length > Double(width) - right
      rows.place(item, from: isLast ? x - 4 - length : x, to: isLast ? x + 10 : x + 14 + length)
    }
    return rows
  }

  private static func brackets(of life: Timeline) -> Rows<Timeline.Bracket> {
    var rows = Rows<Timeline.Bracket>(most: 6)
    for item in life.promises.sorted(by: { ($0.made, $0.due) < ($1.made, $1.due) }) {
      guard item.due >= life.from, item.made <= life.to else { continue }
      let (a, b) = (x(max(item.made, life.from), in: life), x(min(item.due, life.to), in: life))
      let label = Money(minor: item.amount, currency: life.standing.currency).short
      rows.place(item, from: a, to: max(b, a + 2 + SVG.length(label, size: 9)) + 4)
    }
    return rows
  }

  private static func names(of life: Timeline) -> Rows<Timeline.Band> {
    var rows = Rows<Timeline.Band>(most: 2)
    for item in life.bands.sorted(by: { $0.from < $1.from }) {
      guard item.to ?? life.to >= life.from, item.from <= life.to else { continue }
      let length = SVG.length(item.name, size: 9.5)
      let a = min(x(max(item.from, life.from), in: life) + 4, Double(width) - right - length)
      rows.place(item, from: a, to: a + length + 4)
    }
    return rows
  }

  func isShown(_ day: Day) -> Bool { day >= life.from && day <= life.to }

  func lane(_ name: String) -> (y: Double, height: Double)? {
    lanes.first { $0.name == name }.map { ($0.y, $0.height) }
  }

  private func header(_ picture: inout SVG) {
    let seen = life.standing
    picture.text(28, 38, "Account \(life.account)", size: 20, bold: true)
    let overdue = Money(minor: seen.reckoning.overdue, currency: seen.currency).short
    let owed = Money(minor: seen.reckoning.outstanding, currency: seen.currency).short
    picture.text(
      28, 62,
      "\(Language.english.day(life.from)) to \(Language.english.day(life.to))   ·   overdue \(overdue)   "
        + "·   owed in all \(owed)   ·   \(seen.reckoning.dpd) days   ·   \(seen.bucket)   ·   "
        + seen.assetClass.split(separator: "_").joined(separator: "-") + "   ·   \(known)",
      size: 12.5, color: Palette.soft)
  }

  private func months(_ picture: inout SVG, _ bottom: Double) {
    var day = life.from.startOfMonth
    let names = [
      "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
    let count = (life.to - life.from) / 30
    var isSaid = false
    while day <= life.to {
      let (year, month, _) = day.civil
      if isShown(day) { picture.line(x(day), top, x(day), bottom, Palette.faint) }
      let (first, last) = (max(day, life.from), min(day.endOfMonth, life.to))
      if last - first >= 13, count < 30 || month % 3 == 1 {
        let label = month == 1 || !isSaid ? "\(names[month - 1]) \(year)" : names[month - 1]
        isSaid = true
        picture.text(
          (x(first) + x(last)) / 2, bottom + 16, label, size: 10.5, color: Palette.soft,
          anchor: "middle")
      }
      day = day.endOfMonth + 1
    }
  }

  private func protections(_ picture: inout SVG, _ bottom: Double) {
    for band in life.bands {
      let end = band.to ?? life.to
      guard end >= life.from, band.from <= life.to else { continue }
      let (a, b) = (x(max(band.from, life.from)), x(min(end, life.to)))
      picture.rect(
        a, top - 14, max(2, b - a), bottom - top + 14, Palette.shield,
        opacity: band.pauses ? 0.42 : 0.22,
        title: "\(band.label) from \(band.from)\(band.to.map { " to \($0)" } ?? "")")
    }
    for item in names.placed {
      picture.text(
        item.from, top - 4 - 11 * Double(item.row), item.thing.name, size: 9.5, color: Palette.blue)
    }
  }
}

extension Timeline.Band {
  /// What stands at its head.
  var name: String { label + (pauses ? " (days paused)" : "") }
}
