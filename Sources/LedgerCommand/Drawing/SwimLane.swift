import Ledger

/// The account swim-lane: one life on one horizontal line, lane by lane, the age of the debt
/// underneath.
struct SwimLane {
  let life: Timeline
  /// How much was known of it, in words.
  let known: String
  let width = 1280
  let left = 118.0, right = 28.0
  let top = 92.0
  /// Tops and heights of the lanes.
  let lanes: [(name: String, y: Double, height: Double)]

  /// A picture of a life as it was known.
  init(_ life: Timeline, _ resolved: VantageOptions.Resolved) {
    self.life = life
    known =
      "known at seq \(resolved.vantage.knownAt)" + (resolved.isProjected ? ", projected" : "")
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
    if !life.promises.isEmpty { add("promises", 58) }
    if !life.flags.isEmpty { add("flags", 50) }
    add("days past due", 170)
    self.lanes = lanes
  }

  /// The picture.
  var svg: String {
    let bottom = (lanes.last.map { $0.y + $0.height } ?? top)
    var picture = SVG(width: width, height: Int(bottom) + 96)
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
    legend(&picture, bottom + 44)
    return picture.text(title: "Account \(life.account) from \(life.from) to \(life.to)")
  }

  /// Where a day stands.
  func x(_ day: Day) -> Double {
    let span = Double(max(1, life.to - life.from))
    let at = Double(day - life.from) / span
    return left + 8 + at * (Double(width) - left - right - 16)
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
      picture.text(
        min(a + 4, Double(width) - right - 120), top - 4,
        band.label + (band.pauses ? " (days paused)" : ""), size: 9.5, color: Palette.blue)
    }
  }

  private func legend(_ picture: inout SVG, _ y: Double) {
    var at = left
    var y = y
    func item(_ label: String, _ draw: (inout SVG, Double) -> Void) {
      if at + 40 + Double(label.count) * 5.7 > Double(width) - right {
        at = left
        y += 20
      }
      draw(&picture, at)
      picture.text(at + 18, y + 4, label, size: 10.5, color: Palette.soft)
      at += 40 + Double(label.count) * 5.7
    }
    item("due, paid since") { $0.circle($1 + 6, y, 4, fill: Palette.green, stroke: Palette.green) }
    item("due, unpaid") {
      $0.circle($1 + 6, y, 4, fill: Palette.paper, stroke: Palette.red, width: 1.8)
    }
    item("received") { $0.circle($1 + 6, y, 5, fill: Palette.green, stroke: Palette.paper) }
    item("told late") { picture, x in
      picture.line(x, y, x + 12, y, Palette.amber, width: 1.4, dash: "2 2")
      picture.line(x + 12, y - 4, x + 12, y + 4, Palette.amber, width: 1.4)
    }
    if !life.charges.isEmpty {
      item("charge") { $0.path(SwimLane.wedge($1 + 6, y, up: true), fill: Palette.amber) }
      item("waived") { $0.path(SwimLane.wedge($1 + 6, y, up: false), fill: Palette.green) }
    }
    item("came back") { SwimLane.cross(&$0, $1 + 6, y) }
    if !life.contacts.isEmpty {
      item("call") { SwimLane.glyph(&$0, "call", $1 + 6, y, reached: true) }
      item("visit") { SwimLane.glyph(&$0, "visit", $1 + 6, y, reached: true) }
      item("message") { SwimLane.glyph(&$0, "sms", $1 + 6, y, reached: true) }
      item("nobody reached") { SwimLane.glyph(&$0, "call", $1 + 6, y, reached: false) }
    }
    item("as known that day") { picture, x in
      picture.line(x, y, x + 13, y, Palette.ink, width: 1.3, dash: "4 2")
    }
    if !life.bands.isEmpty {
      item("protection") { $0.rect($1, y - 6, 13, 12, Palette.shield, opacity: 0.6) }
    }
  }
}
