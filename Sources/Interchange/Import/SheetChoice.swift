import Spreadsheet

/// Which sheet of a workbook is imported, and what of it is taken that is refused otherwise.
package struct SheetChoice: Hashable, Sendable {
  /// The sheet's name; nil for the only one that is in sight.
  package var name: String?
  /// Takes what a formula gave last, which may be out of date.
  package var takesFormulas = false
  /// Takes rows and columns that are hidden, by hand or by a filter.
  package var takesHidden = false

  /// The only sheet in sight, and nothing that is hidden or computed.
  package init() {}

  /// What makes the same file another import; empty for the usual choice.
  var words: String {
    guard self != SheetChoice() else { return "" }
    return "\nsheet \(name ?? "")\nformulas \(takesFormulas)\nhidden \(takesHidden)"
  }
}

extension Import {
  /// Whether a file is a spreadsheet, or an older or an encrypted one, by its first bytes.
  package static func isWorkbook(_ start: [UInt8]) -> Bool { Workbook.isOne(start) }
}
