/// A report that was published: its parameters and the digest of the bytes that went out.
package struct Publication: Hashable, Sendable {
  /// Position of the event, and its report id.
  package var seq: Position, report: String
  /// The book, as a code of `report_kind`.
  package var kind: String
  /// The day-end shown, and the position that was known.
  package var vantage: Vantage
  /// The policies, as the answer named them.
  package var rules: String
  /// SHA-256 of the bytes kept.
  package var digest: [UInt8]
  /// The report it replaces or withdraws.
  package var supersedes: String?
  /// Whether it withdraws the other without replacing it.
  package var withdraws = false
  /// The words that ask for the book again, its name first; empty where nobody recorded them.
  package var words: [String] = []

  /// Reads a `report.published`.
  package init(reading event: borrowing EventView) throws(WireError) {
    (seq, report, kind, rules, digest) = (event.header.seq, "", "", "", [])
    vantage = Vantage(asOf: Day(rawValue: event.header.day), knownAt: 0)
    var body = CBORReader(event.body)
    for _ in 0..<(try body.map()) {
      switch try body.uint() {
      case Key.ReportPublished.report: report = try body.text()
      case Key.ReportPublished.kind: kind = try body.text()
      case Key.ReportPublished.asOf: vantage.asOf = try body.date()
      case Key.ReportPublished.knownAt: vantage.knownAt = Position(clamping: try body.int())
      case Key.ReportPublished.rules: rules = try body.text()
      case Key.ReportPublished.sha256: digest = try body.data()
      case Key.ReportPublished.supersedes: supersedes = try body.text()
      case Key.ReportPublished.withdraws: withdraws = try body.bool()
      case Key.ReportPublished.words:
        for _ in 0..<(try body.array()) { words.append(try body.text()) }
      default: try body.skip()
      }
    }
  }
}

/// The bytes of a published report: what it was asked with, then its rows as CSV.
///
/// Everything in it depends on the log up to `known_at` and on the words of the question, so the
/// same question gives the same bytes whenever it is asked. It is read by people and programs:
///
/// ```
/// # Arrears report 1
/// # book aging --by bucket --form bucketed
/// # as_of 2026-03-31
/// # known_at seq 11
/// # policies buckets@2, else stated defaults
/// # zone Asia/Kolkata
/// bucket,currency,accounts,…
/// ```
package struct PublishedText: Sendable {
  /// The words that ask for the book again.
  package var words: [String]
  /// The whole text.
  package let text: String

  private static let mark = "# Arrears report 1"

  /// A text of a book's rows, `csv` being their canonical form.
  package init(words: [String], _ vantage: Vantage, rules: String, zone: String, csv: String) {
    self.words = words
    text = """
      \(PublishedText.mark)
      # book \(words.joined(separator: " "))
      # as_of \(vantage.asOf)
      # known_at seq \(vantage.knownAt)
      # policies \(rules)
      # zone \(zone)
      \(csv)
      """
  }

  /// Reads kept bytes; nil when they are no report of this form.
  package init?(_ bytes: [UInt8]) {
    let text = String(decoding: bytes, as: UTF8.self)
    let lines = text.split(separator: "\n", maxSplits: 3, omittingEmptySubsequences: false)
    guard lines.count > 2, lines[0] == PublishedText.mark, lines[1].hasPrefix("# book ") else {
      return nil
    }
    words = lines[1].dropFirst(7).split(separator: " ").map(String.init)
    self.text = text
  }
}
