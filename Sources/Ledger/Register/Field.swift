/// What a value of a property is: the `x-type` of its schema without list brackets.
package enum ValueKind: String, CaseIterable, Sendable {
  case text, id, code, int, bp, bool, money, date, time, instant, hash, sealed, geo, json
  /// A struct of `schemas/common.json` or of a policy's own file.
  case part
}

/// One property of an event, a struct or a policy body.
///
/// A class, so that passing one on is one reference and not a copy of all it says.
package final class Field: Sendable {
  /// Its CBOR key, and its place in the schema.
  package let key: Int
  /// Its name in JSON.
  package let name: String
  /// Its name, as bytes to compare with.
  package let utf8: [UInt8]
  /// What it holds, or what its items are.
  package let kind: ValueKind
  /// Whether it is a list.
  package let isList: Bool
  /// The struct, when `kind` is `part`.
  package let part: Shape?
  /// Whether an event without it is refused.
  package let isRequired: Bool
  /// Whether it is about a person, and sealed.
  package let isPersonal: Bool
  /// Whether it is words that no figure, rule or decision reads; a redaction destroys them.
  package let isWords: Bool
  /// Name of its code list; empty for none.
  package let list: String
  /// What an id identifies; empty for none.
  package let of: String
  /// Unit of a number; empty for none.
  package let unit: String
  /// Bounds that a policy's file sets.
  package let limits: Limits?
  /// What it says, as one line.
  package let doc: String

  init(
    key: Int, name: String, kind: ValueKind, isList: Bool, part: Shape?, isRequired: Bool,
    isPersonal: Bool, isWords: Bool, list: String, of: String, unit: String, limits: Limits?,
    doc: String
  ) {
    (self.key, self.name, self.utf8, self.kind) = (key, name, Array(name.utf8), kind)
    (self.isList, self.part) = (isList, part)
    (self.isRequired, self.isPersonal, self.isWords) = (isRequired, isPersonal, isWords)
    (self.list, self.of, self.unit, self.limits, self.doc) = (list, of, unit, limits, doc)
  }

  /// Whether it is content: what a redaction destroys.
  package var isContent: Bool { isSealed || isWords }

  /// Whether its value is stored sealed.
  package var isSealed: Bool { kind == .sealed || kind == .geo }

  /// The `x-type` of the schema: `component[]`.
  package var typeName: String {
    (kind == .part ? part?.name ?? "" : kind.rawValue) + (isList ? "[]" : "")
  }

  /// Bounds of a value.
  package struct Limits: Sendable {
    /// Smallest number.
    package var minimum: Int64?
    /// Largest number.
    package var maximum: Int64?
    /// Fewest items of a list.
    package var minItems: Int?
    /// The only codes there are; empty for any.
    package var oneOf: [String] = []
  }
}

/// The properties of an event, a struct or a policy body, in the order of their keys.
package final class Shape: Sendable {
  /// Name: `due.raised`, `component`.
  package let name: String
  /// The properties; a property's key is its index.
  package let fields: [Field]
  /// One bit a required property.
  package let required: UInt64

  /// A shape of at most 64 properties.
  package init(name: String, fields: [Field]) {
    self.name = name
    self.fields = fields
    self.required = fields.reduce(0) { $1.isRequired ? $0 | 1 << UInt64($1.key) : $0 }
  }

  /// The property of this name.
  package func field(_ name: String) -> Field? { fields.first { $0.name == name } }
}
