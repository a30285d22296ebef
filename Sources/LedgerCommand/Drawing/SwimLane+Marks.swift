import Ledger

// MARK: - What stands in the lanes

extension SwimLane {
  func drawDues(_ picture: inout SVG) {
    guard let lane = lane("dues") else { return }
    var last: Int64?
    for due in life.dues where isShown(due.day) {
      let x = x(due.day)
      let color = due.stands ? Palette.green : Palette.red
      let title =
        "due \(due.label) of \(due.day): \(sum(due.amount)), \(due.stands ? "paid since" : "unpaid")"
      picture.line(x, lane.y + 24, x, lane.y + lane.height - 6, color, width: 1.8)
      picture.circle(
        x, lane.y + 24, 4, fill: due.stands ? color : Palette.paper, stroke: color, width: 1.8,
        title: title)
      // The same sum month after month is said once.
      if last != due.amount {
        picture.text(x, lane.y + 14, sum(due.amount), size: 9.5, anchor: "middle")
      }
      last = due.amount
    }
  }

  func drawMoney(_ picture: inout SVG) {
    guard let lane = lane("money") else { return }
    let largest = Double(life.receipts.map(\.amount).max() ?? 1)
    let middle = lane.y + lane.height / 2 - 4
    let edge = Double(width) - right - 1
    for item in life.receipts where isShown(item.day) && item.recorded - item.day > 2 {
      let end = isLater(item) ? edge : x(item.recorded)
      picture.line(
        x(item.day), middle + 20, end, middle + 20, Palette.amber, width: 1.4, dash: "2 2")
      if isLater(item) {
        SwimLane.arrow(&picture, edge, middle + 20, Palette.amber)
      } else {
        picture.line(end, middle + 15, end, middle + 25, Palette.amber, width: 1.4)
      }
      picture.line(
        x(item.day), middle, x(item.day), middle + 20, Palette.amber, width: 1, dash: "2 2")
    }
    for item in life.receipts where isShown(item.day) {
      let size = 3.5 + 8 * (Double(max(0, item.amount)) / max(1, largest)).squareRoot()
      let title = "received \(sum(item.amount)) for \(item.day), told on \(item.recorded)"
      picture.circle(
        x(item.day), middle, size, fill: item.stands ? Palette.green : Palette.paper,
        stroke: item.stands ? Palette.paper : Palette.soft, width: 1.2,
        title: title + (item.stands ? "" : "; it came back"))
    }
    for item in life.returns where isShown(item.day) || isShown(item.recorded) {
      drawReturn(item, middle, edge, &picture)
    }
    let later = life.returns.filter { $0.day <= life.to && isLater($0) }
    guard let last = later.map(\.recorded).max() else { return }
    let what = later.count == 1 ? "came back, told on" : "\(later.count) came back, told by"
    picture.text(
      edge - 4, lane.y + 11, "\(what) \(Language.english.day(last))", size: 9.5, color: Palette.red,
      anchor: "end")
  }

  // An arc from the receipt to where it became known that it came back; what nobody knew yet on
  // the last day leaves the picture.
  private func drawReturn(
    _ item: Timeline.Sum, _ middle: Double, _ edge: Double, _ picture: inout SVG
  ) {
    let paid = life.receipts.first { $0.label == item.label && !item.label.isEmpty }
    let from = paid.map(\.day).flatMap { isShown($0) ? $0 : nil }
    let known = max(item.recorded, life.from)
    let title = "\(sum(item.amount)) came back; known on \(item.recorded)"
    let (b, low) = isLater(item) ? (edge, middle - 14) : (x(known), middle - 5)
    if let from, from != known {
      let (a, top) = (SVG.number(x(from)), SVG.number(middle - (isLater(item) ? 18 : 24)))
      let half = SVG.number((x(from) + b) / 2)
      picture.path(
        "M\(a),\(SVG.number(middle - 6))Q\(half),\(top) \(SVG.number(b)),\(SVG.number(low))",
        stroke: Palette.red, width: 1, dash: "3 2", title: title)
    }
    if isLater(item) {
      SwimLane.arrow(&picture, edge, low, Palette.red)
    } else {
      SwimLane.cross(&picture, b, middle, title: title)
    }
  }

  func drawCharges(_ picture: inout SVG) {
    guard let lane = lane("charges") else { return }
    for item in life.charges where isShown(item.day) {
      let (name, color) = item.stands ? ("charge", Palette.amber) : ("waived", Palette.green)
      picture.path(
        SwimLane.wedge(x(item.day), lane.y + lane.height / 2, up: item.stands), fill: color,
        title: "\(name) \(sum(item.amount)) on \(item.day)")
    }
  }

  /// A wedge: up for a charge, down for what was given up.
  static func wedge(_ x: Double, _ y: Double, up: Bool) -> String {
    let tip = up ? -7.0 : 7.0
    return "M\(SVG.number(x - 5)),\(SVG.number(y - tip / 2))L\(SVG.number(x + 5)),"
      + "\(SVG.number(y - tip / 2))L\(SVG.number(x)),\(SVG.number(y + tip))Z"
  }

  func drawContacts(_ picture: inout SVG) {
    guard let lane = lane("contacts") else { return }
    var used: [Int: Int] = [:]
    for item in life.contacts where isShown(item.day) {
      let slot = used[Int(item.day.rawValue), default: 0]
      used[Int(item.day.rawValue)] = slot + 1
      let y = lane.y + 12 + Double(slot % 3) * 11
      SwimLane.glyph(
        &picture, item.channel, x(item.day), y, reached: item.reached,
        title: "\(item.channel) on \(item.day), \(item.reached ? "reached" : "not reached")")
    }
  }

  func drawPromises(_ picture: inout SVG) {
    guard let lane = lane("promises") else { return }
    for place in brackets.placed {
      let item = place.thing
      let (a, b) = (x(max(item.made, life.from)), x(min(item.due, life.to)))
      let y = lane.y + 16 + Double(place.row) * 18
      let (label, color) = (sum(item.amount), SwimLane.color(of: item.verdict))
      SwimLane.bracket(
        &picture, a, max(b, a + 3), y, color,
        title: "promised \(label) on \(item.made) for \(item.due): \(item.verdict)")
      picture.text(a + 2, y - 3, label, size: 9, color: color)
    }
    drawMore(brackets.more, lane.y + 16 + Double(brackets.count - 1) * 18, &picture)
  }

  // The poles first: words stand before those of other flags.
  func drawFlags(_ picture: inout SVG) {
    guard let lane = lane("flags") else { return }
    func y(_ row: Int) -> Double { lane.y + 5 + Double(row) * 13 }
    for place in flags.placed {
      let x = x(place.thing.day)
      picture.line(x, y(place.row), x, lane.y + lane.height - 4, Palette.ink, width: 1.2)
    }
    for place in flags.placed {
      let (item, x, y) = (place.thing, x(place.thing.day), y(place.row))
      let isLast = place.from < x
      let start = isLast ? place.from : x + 11
      let words = start...start + SVG.length(item.label, size: 9.5)
      if flags.placed.contains(where: {
        $0.row < place.row && words.contains(self.x($0.thing.day))
      }) {
        picture.rect(start, y - 1, words.upperBound - start, 11, Palette.lane)
      }
      SwimLane.pennant(&picture, x, y, title: "\(item.label) on \(item.day)")
      picture.text(
        isLast ? x - 4 : x + 12, y + 7, item.label, size: 9.5, anchor: isLast ? "end" : "start")
    }
    drawMore(flags.more, y(flags.count - 1) + 7, &picture)
  }

  // What has no place in the rows above.
  private func drawMore(_ more: [(from: Double, count: Int)], _ y: Double, _ picture: inout SVG) {
    for item in more {
      picture.text(item.from + 2, y, "+\(item.count)", size: 9.5, color: Palette.soft)
    }
  }

  func drawAges(_ picture: inout SVG) {
    guard let lane = lane("days past due") else { return }
    let highest = max(31, life.ages.map { max($0.now, $0.then) }.max() ?? 0)
    let scale = (lane.height - 22) / Double(highest)
    let base = lane.y + lane.height - 6
    func y(_ days: Int) -> Double { base - Double(max(0, days)) * scale }
    // One shape a stretch of days in one bucket.
    var start = 0
    for index in life.ages.indices {
      let isLast = index == life.ages.count - 1
      guard isLast || life.ages[index + 1].bucket != life.ages[start].bucket else { continue }
      let stretch = life.ages[start...index]
      let end = isLast ? x(life.ages[index].day) : x(life.ages[index + 1].day)
      if stretch.contains(where: { $0.now > 0 }) {
        var path = "M\(SVG.number(x(life.ages[start].day))),\(SVG.number(base))"
        for age in stretch { path += "L\(SVG.number(x(age.day))),\(SVG.number(y(age.now)))" }
        let last = y(life.ages[index].now)
        path += "L\(SVG.number(end)),\(SVG.number(last))L\(SVG.number(end)),\(SVG.number(base))Z"
        let labels = life.standing.terms.buckets.labels
        let bucket = life.ages[start].bucket
        picture.path(
          path, fill: Palette.bucket(bucket),
          title: "\(bucket < labels.count ? labels[bucket] : "") from \(life.ages[start].day)")
      }
      start = index + 1
    }
    for band in life.standing.terms.buckets.bands where band.from > 1 && band.from <= highest {
      picture.line(left, y(band.from), Double(width) - right, y(band.from), "#c9d2da", dash: "1 3")
      picture.text(left + 5, y(band.from) - 3, band.label, size: 9, color: Palette.soft)
    }
    picture.line(left, base, Double(width) - right, base, Palette.soft, width: 0.8)
    var path = ""
    for (index, age) in life.ages.enumerated() {
      path += "\(index == 0 ? "M" : "L")\(SVG.number(x(age.day))),\(SVG.number(y(age.then)))"
    }
    picture.path(path, stroke: Palette.ink, width: 1.3, dash: "4 2")
    if let top = life.ages.max(by: { $0.now < $1.now }), top.now > 0 {
      picture.text(
        min(x(top.day), Double(width) - right - 30), y(top.now) - 5, "\(top.now) days", size: 10,
        anchor: "middle", bold: true)
    }
  }

  private func sum(_ minor: Int64) -> String {
    Money(minor: minor, currency: life.standing.currency).short
  }

  /// A small cross: money that came back.
  static func cross(_ picture: inout SVG, _ x: Double, _ y: Double, title: String? = nil) {
    let (l, r, t, b) = (SVG.number(x - 5), SVG.number(x + 5), SVG.number(y - 5), SVG.number(y + 5))
    picture.path(
      "M\(l),\(t)L\(r),\(b)M\(r),\(t)L\(l),\(b)", stroke: Palette.red, width: 2.2, title: title)
  }

  /// A contact by its channel: call a disc, visit a square, anything written a diamond.
  static func glyph(
    _ picture: inout SVG, _ channel: String, _ x: Double, _ y: Double, reached: Bool,
    title: String? = nil
  ) {
    let fill = reached ? Palette.blue : Palette.paper
    switch channel {
    case "call", "ivr": picture.circle(x, y, 3.6, fill: fill, stroke: Palette.blue, title: title)
    case "visit":
      picture.rect(x - 3.6, y - 3.6, 7.2, 7.2, fill, stroke: Palette.blue, title: title)
    default:
      picture.path(
        "M\(SVG.number(x)),\(SVG.number(y - 4.6))l4.6,4.6l-4.6,4.6l-4.6,-4.6Z", fill: fill,
        stroke: Palette.blue, title: title)
    }
  }
}
