import Ledger

/// A picture in SVG, written shape by shape: no fonts, scripts or files of others are needed to see
/// it.
struct SVG {
  private var body = ""
  let width: Int
  /// Pixels from top to bottom, which may turn out when all is drawn.
  var height: Int

  /// An empty picture of so many pixels.
  init(width: Int, height: Int = 0) { (self.width, self.height) = (width, height) }

  /// About how wide a text is, rather more than less.
  static func length(_ text: String, size: Double) -> Double { Double(text.count) * size * 0.6 }

  /// The whole picture. `title` is what a reader of the screen is told.
  func text(title: String) -> String {
    """
    <svg xmlns="http://www.w3.org/2000/svg" width="\(width)" height="\(height)" \
    viewBox="0 0 \(width) \(height)" role="img" \
    font-family="'Noto Sans','DejaVu Sans',Helvetica,Arial,sans-serif">
    <title>\(SVG.escape(title))</title>
    <rect width="\(width)" height="\(height)" fill="\(Palette.paper)"/>
    \(body)</svg>

    """
  }

  mutating func line(
    _ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ color: String, width: Double = 1,
    dash: String? = nil
  ) {
    let dashes = dash.map { " stroke-dasharray=\"\($0)\"" } ?? ""
    body +=
      "<line x1=\"\(n(x1))\" y1=\"\(n(y1))\" x2=\"\(n(x2))\" y2=\"\(n(y2))\" stroke=\"\(color)\" "
      + "stroke-width=\"\(n(width))\"\(dashes)/>\n"
  }

  mutating func rect(
    _ x: Double, _ y: Double, _ width: Double, _ height: Double, _ fill: String,
    stroke: String? = nil, radius: Double = 0, opacity: Double = 1, title: String? = nil
  ) {
    let edge = stroke.map { " stroke=\"\($0)\"" } ?? ""
    let round = radius > 0 ? " rx=\"\(n(radius))\"" : ""
    let clear = opacity < 1 ? " fill-opacity=\"\(n(opacity))\"" : ""
    body +=
      "<rect x=\"\(n(x))\" y=\"\(n(y))\" width=\"\(n(width))\" height=\"\(n(height))\" "
      + "fill=\"\(fill)\"\(edge)\(round)\(clear)"
    body += title.map { "><title>\(SVG.escape($0))</title></rect>\n" } ?? "/>\n"
  }

  mutating func circle(
    _ x: Double, _ y: Double, _ r: Double, fill: String, stroke: String, width: Double = 1.2,
    title: String? = nil
  ) {
    body +=
      "<circle cx=\"\(n(x))\" cy=\"\(n(y))\" r=\"\(n(r))\" fill=\"\(fill)\" stroke=\"\(stroke)\" "
      + "stroke-width=\"\(n(width))\""
    body += title.map { "><title>\(SVG.escape($0))</title></circle>\n" } ?? "/>\n"
  }

  mutating func path(
    _ points: String, fill: String = "none", stroke: String = "none", width: Double = 1.2,
    dash: String? = nil, opacity: Double = 1, title: String? = nil
  ) {
    let dashes = dash.map { " stroke-dasharray=\"\($0)\"" } ?? ""
    let clear = opacity < 1 ? " fill-opacity=\"\(n(opacity))\"" : ""
    body +=
      "<path d=\"\(points)\" fill=\"\(fill)\" stroke=\"\(stroke)\" stroke-width=\"\(n(width))\" "
      + "stroke-linejoin=\"round\"\(dashes)\(clear)"
    body += title.map { "><title>\(SVG.escape($0))</title></path>\n" } ?? "/>\n"
  }

  mutating func text(
    _ x: Double, _ y: Double, _ text: String, size: Double = 11, color: String = Palette.ink,
    anchor: String = "start", bold: Bool = false
  ) {
    let weight = bold ? " font-weight=\"600\"" : ""
    body +=
      "<text x=\"\(n(x))\" y=\"\(n(y))\" font-size=\"\(n(size))\" fill=\"\(color)\" "
      + "text-anchor=\"\(anchor)\"\(weight)>\(SVG.escape(text))</text>\n"
  }

  /// A coordinate with at most one digit behind the point, so that bytes do not depend on the
  /// machine.
  private func n(_ value: Double) -> String { SVG.number(value) }

  static func number(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    let (whole, rest) = (abs(tenths) / 10, abs(tenths) % 10)
    return (tenths < 0 ? "-" : "") + (rest == 0 ? "\(whole)" : "\(whole).\(rest)")
  }

  /// Text as it stands in markup.
  static func escape(_ text: String) -> String {
    var out = ""
    for character in text {
      switch character {
      case "&": out += "&amp;"
      case "<": out += "&lt;"
      case ">": out += "&gt;"
      case "\"": out += "&quot;"
      default: out.append(character)
      }
    }
    return out
  }
}

/// The colours of all pictures.
enum Palette {
  static let paper = "#ffffff", ink = "#1f2933", soft = "#7b8794", faint = "#e4e7eb"
  static let lane = "#f7f9fb", green = "#2f855a", red = "#c53030", blue = "#2b6cb0"
  static let amber = "#b7791f", shield = "#bcd4f0"

  /// A bucket's colour by its place: undated and current are calm, the tenth and all
  /// behind it are dark.
  static func bucket(_ index: Int) -> String {
    let scale = [
      "#eef2f5", "#cfe8d5", "#fde9b8", "#fbc98a", "#f4a06b", "#e5714f", "#cb4335", "#a93226",
      "#7b241c", "#4a1a16",
    ]
    return scale[min(index, scale.count - 1)]
  }

  /// The colour of words on a bucket's colour.
  static func ink(onBucket index: Int) -> String { index > 4 ? "#ffffff" : ink }
}

extension Money {
  /// Without the fraction when there is none: pictures have little room. Lakh and crore for rupees.
  var short: String {
    let text = Language.english.sum(minor, currency)
    return text.hasSuffix(".00") ? String(text.dropLast(3)) : text
  }
}
