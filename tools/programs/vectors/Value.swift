import Foundation

/// A JSON value of a case file.
enum Value: Codable, Hashable, Sendable {
  case null
  case truth(Bool)
  case number(Int64)
  case text(String)
  case list([Value])
  case object([String: Value])

  init(from decoder: any Decoder) throws {
    let one = try decoder.singleValueContainer()
    if one.decodeNil() {
      self = .null
    } else if let value = try? one.decode(Bool.self) {
      self = .truth(value)
    } else if let value = try? one.decode(Int64.self) {
      self = .number(value)
    } else if let value = try? one.decode(String.self) {
      self = .text(value)
    } else if let value = try? one.decode([Value].self) {
      self = .list(value)
    } else {
      self = .object(try one.decode([String: Value].self))
    }
  }

  func encode(to encoder: any Encoder) throws {
    var one = encoder.singleValueContainer()
    switch self {
    case .null: try one.encodeNil()
    case .truth(let value): try one.encode(value)
    case .number(let value): try one.encode(value)
    case .text(let value): try one.encode(value)
    case .list(let value): try one.encode(value)
    case .object(let value): try one.encode(value)
    }
  }

  /// Reads JSON.
  init(json: Data) throws { self = try JSONDecoder().decode(Value.self, from: json) }

  /// One line of JSON.
  var json: String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.withoutEscapingSlashes, .sortedKeys]
    guard let data = try? encoder.encode(self) else { return "?" }
    return String(decoding: data, as: UTF8.self)
  }

  /// A property of an object.
  subscript(name: String) -> Value? {
    if case .object(let fields) = self { return fields[name] }
    return nil
  }

  /// The text, if it is one.
  var text: String? { if case .text(let value) = self { value } else { nil } }
  /// The items, if it is a list.
  var items: [Value]? { if case .list(let value) = self { value } else { nil } }
  /// The properties, if it is an object.
  var fields: [String: Value]? { if case .object(let value) = self { value } else { nil } }

  /// The first text below a property of this name, however deep.
  func first(_ name: String) -> String? {
    switch self {
    case .object(let fields):
      if let text = fields[name]?.text { return text }
      return fields.keys.sorted().lazy.compactMap { fields[$0]?.first(name) }.first
    case .list(let items): return items.lazy.compactMap { $0.first(name) }.first
    default: return nil
    }
  }
}
