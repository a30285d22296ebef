/// Why a spreadsheet cannot be written or read: what is wrong, by which rule, and what to do.
package struct SpreadsheetError: Error, Hashable, Sendable {
  /// The rule's name, such as `xlsx.encrypted`; published, scripts may match it.
  package var rule: String
  /// What is wrong, without a full stop.
  package var what: String
  /// What to do, without a full stop.
  package var remedy: String
  /// The row of the sheet, from 1; nil when the whole file is meant.
  package var row: Int?

  /// An error by `rule`.
  package init(_ rule: String, _ what: String, remedy: String, row: Int? = nil) {
    self.rule = rule
    self.what = what
    self.remedy = remedy
    self.row = row
  }
}

extension SpreadsheetError: CustomStringConvertible {
  /// What is wrong, by which rule, what to do: one sentence.
  package var description: String {
    (row.map { "row \($0): " } ?? "") + "\(what) [\(rule)]; \(remedy)."
  }
}
