import Foundation

/// One line of the table: what we did, what the anchor did, and what is asked of us.
struct Figure {
  /// How ours is held against something.
  enum Aim {
    /// Ours divided by the anchor's is at least this.
    case ratio(Double)
    /// Ours is at least, or at most, this.
    case atLeast(Double)
    case atMost(Double)
    /// Only told.
    case information
  }

  let name: String
  let unit: String
  let ours: [Double]
  let anchor: [Double]
  let anchorName: String
  let aim: Aim
  var note = ""

  /// Medians, and the median of the ratios round by round, since neighbours slow both.
  var value: Double { ours.median }
  var anchorValue: Double? { anchor.isEmpty ? nil : anchor.median }
  var ratio: Double? {
    let pairs = zip(ours, anchor).map { $0 / $1 }
    return pairs.isEmpty ? nil : pairs.median
  }

  /// What is asked, as text.
  var required: String {
    switch aim {
    case .ratio(let least): "ratio >= \(Figure.short(least))"
    case .atLeast(let least): ">= \(Figure.short(least)) \(unit)"
    case .atMost(let most): "<= \(Figure.short(most)) \(unit)"
    case .information: ""
    }
  }

  /// met, missed, told, or not measured.
  var verdict: String {
    if ours.isEmpty { return "not measured" }
    switch aim {
    case .ratio(let least): return ratio.map { $0 >= least ? "met" : "missed" } ?? "no anchor"
    case .atLeast(let least): return value >= least ? "met" : "missed"
    case .atMost(let most): return value <= most ? "met" : "missed"
    case .information: return "told"
    }
  }

  /// A number with as many digits as tell something.
  static func short(_ value: Double) -> String {
    if value.isNaN { return "-" }
    if value >= 1e6 { return String(format: "%.2f M", value / 1e6) }
    if value >= 1e4 { return String(format: "%.1f k", value / 1e3) }
    if value >= 100 { return String(format: "%.0f", value) }
    return String(format: value >= 10 ? "%.1f" : "%.2f", value)
  }

  /// The line of the table.
  var cells: [String] {
    [
      name, "\(Figure.short(value)) \(unit)",
      anchorValue.map { "\(Figure.short($0)) (\(anchorName))" } ?? "-",
      ratio.map(Figure.short) ?? "-", required, verdict + (note.isEmpty ? "" : ": " + note),
    ]
  }

  /// The line as JSON.
  var json: String {
    var fields: [String: Any] = [
      "figure": name, "unit": unit, "required": required, "verdict": verdict, "note": note,
    ]
    if !ours.isEmpty { fields["ours"] = value }
    if let anchorValue { (fields["anchor"], fields["anchor_name"]) = (anchorValue, anchorName) }
    if let ratio { fields["ratio"] = ratio }
    let options: JSONSerialization.WritingOptions = [.sortedKeys, .withoutEscapingSlashes]
    let data = try? JSONSerialization.data(withJSONObject: fields, options: options)
    return String(decoding: data ?? Data(), as: UTF8.self)
  }

  /// Every figure below a head, in columns.
  static func table(_ figures: [Figure]) -> String {
    let head = ["figure", "ours", "anchor", "ratio", "required", "verdict"]
    let rows = [head] + figures.map(\.cells)
    let widths = head.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      row.indices.map { row[$0].padding(toLength: widths[$0], withPad: " ", startingAt: 0) }
        .joined(separator: "  ")
    }.joined(separator: "\n")
  }
}
