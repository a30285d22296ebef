import Ledger

// MARK: - What the shapes and colours are

extension SwimLane {
  /// Draws the legend of what there is, and gives where its last line stands.
  func legend(_ picture: inout SVG, _ y: Double) -> Double {
    var (at, y) = (left, y)
    func item(_ label: String, _ draw: (inout SVG, Double) -> Void) {
      let length = 40 + Double(label.count) * 5.7
      if at + length > Double(width) - right { (at, y) = (left, y + 20) }
      draw(&picture, at)
      picture.text(at + 18, y + 4, label, size: 10.5, color: Palette.soft)
      at += length
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
    if (life.receipts + life.returns).contains(where: { $0.day <= life.to && isLater($0) }) {
      item("told after \(Language.english.day(life.to))") { picture, x in
        picture.line(x, y, x + 12, y, Palette.amber, width: 1.4, dash: "2 2")
        SwimLane.arrow(&picture, x + 13, y, Palette.amber)
      }
    }
    item("came back") { SwimLane.cross(&$0, $1 + 6, y) }
    if !life.charges.isEmpty {
      item("charge") { $0.path(SwimLane.wedge($1 + 6, y, up: true), fill: Palette.amber) }
      item("waived") { $0.path(SwimLane.wedge($1 + 6, y, up: false), fill: Palette.green) }
    }
    if !life.contacts.isEmpty {
      item("call") { SwimLane.glyph(&$0, "call", $1 + 6, y, reached: true) }
      item("visit") { SwimLane.glyph(&$0, "visit", $1 + 6, y, reached: true) }
      item("message") { SwimLane.glyph(&$0, "sms", $1 + 6, y, reached: true) }
      item("nobody reached") { SwimLane.glyph(&$0, "call", $1 + 6, y, reached: false) }
    }
    for verdict in Timeline.Bracket.Verdict.allCases
    where brackets.placed.contains(where: { $0.thing.verdict == verdict }) {
      item("promise \(verdict)") {
        SwimLane.bracket(&$0, $1, $1 + 13, y - 3, SwimLane.color(of: verdict))
      }
    }
    if !flags.placed.isEmpty {
      item("notice, legal step, flag") { picture, x in
        picture.line(x + 2, y - 5, x + 2, y + 6, Palette.ink, width: 1.2)
        SwimLane.pennant(&picture, x + 2, y - 5)
      }
    }
    item("as known that day") { picture, x in
      picture.line(x, y, x + 13, y, Palette.ink, width: 1.3, dash: "4 2")
    }
    if !life.bands.isEmpty {
      item("protection") { $0.rect($1, y - 6, 13, 12, Palette.shield, opacity: 0.6) }
    }
    return y
  }

  /// Whether it was told after the last day, so that nobody knew it then.
  func isLater(_ item: Timeline.Sum) -> Bool { item.recorded > life.to }

  /// The colour of a promise.
  static func color(of verdict: Timeline.Bracket.Verdict) -> String {
    switch verdict {
    case .kept: Palette.green
    case .broken: Palette.red
    case .open: Palette.blue
    case .withdrawn: Palette.soft
    }
  }

  /// A bracket that is open below.
  static func bracket(
    _ picture: inout SVG, _ left: Double, _ right: Double, _ y: Double, _ color: String,
    title: String? = nil
  ) {
    let (l, r) = (SVG.number(left), SVG.number(right))
    let (t, b) = (SVG.number(y), SVG.number(y + 7))
    picture.path(
      "M\(l),\(b)L\(l),\(t)L\(r),\(t)L\(r),\(b)", stroke: color, width: 2, title: title)
  }

  /// A small flag to the right of its pole.
  static func pennant(_ picture: inout SVG, _ x: Double, _ y: Double, title: String? = nil) {
    picture.path(
      "M\(SVG.number(x)),\(SVG.number(y))l9,3.5l-9,3.5Z", fill: Palette.red, title: title)
  }

  /// The head of an arrow that leaves the picture.
  static func arrow(_ picture: inout SVG, _ x: Double, _ y: Double, _ color: String) {
    let (back, tip) = (SVG.number(x - 6), SVG.number(x))
    picture.path(
      "M\(back),\(SVG.number(y - 4))L\(tip),\(SVG.number(y))L\(back),\(SVG.number(y + 4))",
      stroke: color, width: 1.4)
  }
}
