import Ledger

/// One flat JSON object, property by property.
struct NDJSONText {
  private var out = JSONWriter()
  private var isEmpty = true

  /// The object.
  var line: [UInt8] { out.bytes + Array((isEmpty ? "{}" : "}").utf8) }

  private mutating func start(_ name: String) {
    out.raw(isEmpty ? "{" : ",")
    isEmpty = false
    out.text(name)
    out.raw(":")
  }

  /// A whole number.
  mutating func add(_ name: String, number: Int) {
    start(name)
    out.int(Int64(number))
  }

  /// A string.
  mutating func add(_ name: String, text: String) {
    start(name)
    out.text(text)
  }

  /// A truth value.
  mutating func add(_ name: String, truth: Bool) {
    start(name)
    out.bool(truth)
  }
}
