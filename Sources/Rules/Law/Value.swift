package import Ledger

/// A value of a parameter: what canonical JSON can say.
package enum Value: Hashable, Sendable {
  case null
  case bool(Bool)
  case int(Int64)
  case text(String)
  case list([Value])
  case map([Pair])

  /// A property of a map.
  package struct Pair: Hashable, Sendable {
    /// Its name and what it holds.
    package var name: String, value: Value
    /// A property.
    package init(_ name: String, _ value: Value) { (self.name, self.value) = (name, value) }
  }

  /// A sum in minor units, as case files and policies write it.
  package static func money(_ minor: Int64, _ currency: String) -> Value {
    .map([Pair("minor", .int(minor)), Pair("currency", .text(currency))])
  }

  /// The property of a map; nil when it has none of that name, or is no map.
  package subscript(name: String) -> Value? {
    if case .map(let pairs) = self { return pairs.first { $0.name == name }?.value }
    return nil
  }

  /// The properties of a map, in order; empty for anything else.
  package var pairs: [Pair] { if case .map(let pairs) = self { pairs } else { [] } }
  /// The text, if it is one.
  package var text: String? { if case .text(let text) = self { text } else { nil } }
  /// The number, if it is one.
  package var int: Int64? { if case .int(let value) = self { value } else { nil } }
  /// The items, if it is a list.
  package var items: [Value]? { if case .list(let items) = self { items } else { nil } }
}

extension Value {
  /// Whether the numbers in it can count days, hours, times or basis points; those of sums of money
  /// have bounds of their own.
  var isCount: Bool {
    switch self {
    case .int(let value): (0...Parameter.Kind.most).contains(value)
    case .list(let items): items.allSatisfy(\.isCount)
    case .map(let pairs):
      self["currency"] != nil ? self["minor"]?.int ?? 0 >= 0 : pairs.allSatisfy(\.value.isCount)
    default: true
    }
  }

  /// Reads canonical CBOR with text keys.
  package init(reading bytes: Span<UInt8>) throws(WireError) {
    var reader = CBORReader(bytes)
    self = try Value(&reader, depth: 0)
  }

  private init(_ reader: inout CBORReader, depth: Int) throws(WireError) {
    guard depth < 32 else { throw WireError("it nests deeper than 32", at: reader.position) }
    switch try reader.peekMajor() {
    case 0, 1: self = .int(try reader.int())
    case 3: self = .text(try reader.text())
    case 4:
      var items: [Value] = []
      for _ in 0..<(try reader.array()) { items.append(try Value(&reader, depth: depth + 1)) }
      self = .list(items)
    case 5:
      var pairs: [Pair] = []
      for _ in 0..<(try reader.map()) {
        let name = try reader.text()
        pairs.append(Pair(name, try Value(&reader, depth: depth + 1)))
      }
      self = .map(pairs)
    default:
      if reader.bytes[reader.position] == 0xF6 {
        reader.position += 1
        self = .null
      } else {
        self = .bool(try reader.bool())
      }
    }
  }
}

extension Value: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral,
  ExpressibleByNilLiteral
{
  /// A text.
  package init(stringLiteral value: String) { self = .text(value) }
  /// A number.
  package init(integerLiteral value: Int64) { self = .int(value) }
  /// A truth.
  package init(booleanLiteral value: Bool) { self = .bool(value) }
  /// A list.
  package init(arrayLiteral items: Value...) { self = .list(items) }
  /// A map, in the order written.
  package init(dictionaryLiteral pairs: (String, Value)...) {
    self = .map(pairs.map { Pair($0.0, $0.1) })
  }
  /// Nothing.
  package init(nilLiteral: ()) { self = .null }
}

extension Value: CustomStringConvertible {
  /// JSON, as a person would write it on one line; a sum as `500.00 INR`.
  package var description: String {
    switch self {
    case .null: "null"
    case .bool(let value): value ? "true" : "false"
    case .int(let value): String(value)
    case .text(let text): "\"\(text)\""
    case .list(let items): "[" + items.map(\.description).joined(separator: ", ") + "]"
    case .map(let pairs):
      if let sum {
        sum
      } else {
        "{" + pairs.map { "\"\($0.name)\": \($0.value)" }.joined(separator: ", ") + "}"
      }
    }
  }

  private var sum: String? {
    guard let minor = self["minor"]?.int, let code = self["currency"]?.text,
      let currency = Currency(code: code)
    else { return nil }
    return "\(Money(minor: minor, currency: currency).decimal) \(code)"
  }
}
