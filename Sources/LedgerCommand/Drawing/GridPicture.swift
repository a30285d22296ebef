import Ledger

/// The bitemporal grid as a picture: days down, knowledge across, the colour being the bucket.
struct GridPicture {
  private let grid: KnowledgeGrid
  private let cell: (width: Double, height: Double)
  private let origin: (x: Double, y: Double) = (112, 118)

  /// A picture of a grid.
  init(_ grid: KnowledgeGrid) {
    self.grid = grid
    let room = 1060.0 / Double(max(1, grid.known.count))
    cell = (min(118, max(58, room)), 46)
  }

  /// The picture.
  var svg: String {
    let columns = Double(grid.known.count)
    let rows = Double(grid.days.count)
    let width = max(640, Int(origin.x + columns * cell.width + 40))
    var picture = SVG(width: width, height: Int(origin.y + rows * cell.height + 96))
    picture.text(28, 36, "Account \(grid.account)", size: 19, bold: true)
    picture.text(
      28, 58, "What each day looked like, by what was known", size: 12.5, color: Palette.soft)
    picture.text(origin.x, origin.y - 34, "known at the end of →", size: 11, color: Palette.soft)
    picture.text(
      origin.x - 14, origin.y - 10, "as of ↓", size: 11, color: Palette.soft, anchor: "end")
    for (index, column) in grid.known.enumerated() {
      let x = origin.x + (Double(index) + 0.5) * cell.width
      picture.text(x, origin.y - 10, label(column.label), size: 11.5, anchor: "middle", bold: true)
    }
    for (row, day) in grid.days.enumerated() {
      let y = origin.y + (Double(row) + 0.5) * cell.height
      picture.text(origin.x - 14, y + 4, "\(day)", size: 11.5, anchor: "end", bold: true)
      for column in grid.known.indices { draw(row, column, &picture) }
    }
    staircase(&picture)
    legend(&picture, y: origin.y + rows * cell.height + 34)
    return picture.text(title: "Account \(grid.account) by day and knowledge")
  }

  // A whole day in full, anything else as it was asked for.
  private func label(_ text: String) -> String { text.count > 10 ? String(text.prefix(10)) : text }

  private func draw(_ row: Int, _ column: Int, _ picture: inout SVG) {
    let x = origin.x + Double(column) * cell.width
    let y = origin.y + Double(row) * cell.height
    guard let seen = grid.cells[row][column] else {
      picture.rect(
        x + 1.5, y + 1.5, cell.width - 3, cell.height - 3, "#fafbfc", stroke: Palette.faint,
        radius: 5)
      picture.text(
        x + cell.width / 2, y + cell.height / 2 + 4, "–", size: 12, color: "#b8c2cc",
        anchor: "middle")
      return
    }
    let index = seen.terms.buckets.labels.firstIndex(of: seen.bucket) ?? 0
    let cause = grid.causes[row][column]
    let ink = Palette.ink(onBucket: index)
    picture.rect(
      x + 1.5, y + 1.5, cell.width - 3, cell.height - 3,
      Palette.bucket(index), radius: 5,
      title: "\(grid.days[row]) known \(grid.known[column].label): \(seen.bucket). \(cause)")
    let sum = Money(minor: seen.reckoning.overdue, currency: seen.currency).short
    let size = sum.count > 9 && cell.width < 80 ? 9.5 : 12
    picture.text(
      x + cell.width / 2, y + 20, sum, size: size, color: ink, anchor: "middle", bold: true)
    let days = seen.reckoning.dpd
    picture.text(
      x + cell.width / 2, y + 35, "\(days) \(days == 1 ? "day" : "days") · \(seen.bucket)",
      size: cell.width < 80 ? 8.5 : 10, color: ink, anchor: "middle")
    if !cause.isEmpty {
      picture.circle(
        x + 3, y + cell.height / 2, 5, fill: Palette.blue, stroke: Palette.paper, width: 1.6,
        title: cause)
    }
  }

  // Between what could be known and what could only be projected.
  private func staircase(_ picture: inout SVG) {
    var path = ""
    for row in grid.days.indices {
      let first = grid.cells[row].firstIndex { $0 != nil } ?? grid.known.count
      let x = SVG.number(origin.x + Double(first) * cell.width)
      let top = SVG.number(origin.y + Double(row) * cell.height)
      let bottom = SVG.number(origin.y + Double(row + 1) * cell.height)
      path += path.isEmpty ? "M\(x),\(top)" : "L\(x),\(top)"
      path += "L\(x),\(bottom)"
    }
    picture.path(path, stroke: Palette.ink, width: 1.6)
  }

  private func legend(_ picture: inout SVG, y: Double) {
    var met: [(index: Int, label: String)] = []
    for row in grid.cells {
      for case .some(let seen) in row {
        let index = seen.terms.buckets.labels.firstIndex(of: seen.bucket) ?? 0
        if !met.contains(where: { $0.label == seen.bucket }) { met.append((index, seen.bucket)) }
      }
    }
    var x = origin.x
    for item in met.sorted(by: { $0.index < $1.index }) {
      picture.rect(x, y - 10, 14, 14, Palette.bucket(item.index), radius: 3)
      picture.text(x + 20, y + 1, item.label, size: 11)
      x += 46 + Double(item.label.count) * 6.6
    }
    picture.circle(origin.x + 6, y + 22, 5, fill: Palette.blue, stroke: Palette.paper, width: 1.6)
    picture.text(
      origin.x + 20, y + 26, "something was learned here that changed the day", size: 11,
      color: Palette.soft)
    picture.line(origin.x + 330, y + 22, origin.x + 352, y + 22, Palette.ink, width: 1.6)
    picture.text(
      origin.x + 360, y + 26, "left of it the day was not over", size: 11, color: Palette.soft)
  }
}
