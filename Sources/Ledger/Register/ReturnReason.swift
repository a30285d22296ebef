/// Why a cheque or a debit came back: an index into the list `return_reason`, which is data.
package struct ReturnReason: BitwiseCopyable, Hashable, Sendable {
  private var index: UInt8

  private static let codes = Register.codes["return_reason"]?.codes ?? []
  private static let keys = codes.map { TextKey($0.code) }
  private static let classes = codes.map { $0.extras["class"] ?? "other" }

  /// A code that the list does not have.
  package static let unknown = ReturnReason(index: .max)

  private init(index: UInt8) { self.index = index }

  /// The reason of a code's key.
  package init(_ key: TextKey) {
    let found = ReturnReason.keys.firstIndex(of: key)
    self.init(index: found.map { UInt8(clamping: $0) } ?? .max)
  }

  /// The reason of a code.
  package init(code: String) { self.init(TextKey(code)) }

  /// Its class: financial, technical, stopped, legal, deceased, account_closed, mandate_invalid,
  /// other; `unknown` for a code that the list does not have.
  package var group: String {
    Int(index) < ReturnReason.classes.count ? ReturnReason.classes[Int(index)] : "unknown"
  }

  /// Whether what came back may be presented again: only for want of funds or a technical fault.
  package var allowsRepresentation: Bool { group == "financial" || group == "technical" }

  /// Its code; empty for an unknown one, whose text is in the log.
  package var code: String {
    Int(index) < ReturnReason.codes.count ? ReturnReason.codes[Int(index)].code : ""
  }
}
