/// One version of one event, as its schema file says.
package final class EventType: Sendable {
  /// Its number, for ever (`x-code`).
  package let code: UInt16
  /// Its name: `payment.received`.
  package let name: String
  /// The noun it belongs to: `payment`.
  package let noun: String
  /// Version of the schema.
  package let version: UInt8
  /// What happened, as a sentence.
  package let title: String
  /// Kind of stream it belongs to: `account`, `party` …
  package let subject: String
  /// The money property that stands in the header.
  package let amount: Field?
  /// Where its day comes from.
  package let day: DaySource
  /// Whether a command may refuse it.
  package let isDecided: Bool
  /// Whether its day may lie ahead.
  package let isScheduled: Bool
  /// Whether it may come by import.
  package let isImported: Bool
  /// For what a command may refuse it, one sentence each.
  package let refusals: [String]
  /// Its properties.
  package let shape: Shape
  /// Whether it has properties that are about a person, and sealed.
  package let isPersonal: Bool

  /// Where the day in the header comes from (`x-day`).
  package enum DaySource: Sendable {
    /// The local date of `occurred_at`.
    case occurred
    /// The envelope's `value_date`, else the local date of `occurred_at`.
    case valueDate
    /// A date property of the body; when it is absent, the local date of `occurred_at`.
    case property(Field)
  }

  /// Its properties in the order of their keys.
  package var fields: [Field] { shape.fields }

  init(
    code: UInt16, name: String, version: UInt8, title: String, subject: String, amount: String,
    day: String, flags: String, refusals: [String], fields: [Field]
  ) {
    self.code = code
    self.name = name
    self.noun = String(name.prefix { $0 != "." })
    self.version = version
    self.title = title
    self.subject = subject
    self.shape = Shape(name: name, fields: fields)
    self.isPersonal = fields.contains { $0.isSealed }
    self.amount = shape.field(amount)
    self.day =
      switch day {
      case "occurred_at": .occurred
      case "value_date": .valueDate
      default: shape.field(day).map { .property($0) } ?? .occurred
      }
    self.isDecided = flags.contains("d")
    self.isScheduled = flags.contains("s")
    self.isImported = flags.contains("i")
    self.refusals = refusals
  }
}

/// The body of a policy of one kind, as its schema file says.
package final class PolicyType: Sendable {
  /// `policy_kind`.
  package let kind: String
  /// Version of the schema.
  package let version: UInt8
  /// What it says, as a sentence.
  package let title: String
  /// Its properties.
  package let shape: Shape

  init(kind: String, version: UInt8, title: String, fields: [Field]) {
    self.kind = kind
    self.version = version
    self.title = title
    self.shape = Shape(name: kind, fields: fields)
  }
}

/// A list of codes.
package final class CodeList: Sendable {
  /// Its name: `payment_mode`.
  package let name: String
  /// What it says about its codes; often empty.
  package let doc: String
  /// The codes in the order of the file.
  package let codes: [Code]
  private let keys: Set<UInt64>

  /// One code.
  package struct Code: Hashable, Sendable {
    /// The code as it stands in bodies.
    package var code: String
    /// What it means.
    package var title: String
    /// What else the list says of it: `reached`, `class`, `reason`, `short`.
    package var extras: [String: String]
  }

  init(name: String, doc: String, codes: [Code]) {
    self.name = name
    self.doc = doc
    self.codes = codes
    self.keys = Set(codes.map { TextKey($0.code).rawValue })
  }

  /// Whether it has the code with this key.
  package func contains(_ key: TextKey) -> Bool { keys.contains(key.rawValue) }
  /// The code of this name.
  package func code(_ name: String) -> Code? { codes.first { $0.code == name } }
  /// The code with this key.
  package func code(_ key: TextKey) -> Code? { codes.first { TextKey($0.code) == key } }

  /// The code that may have been meant: the first that begins with the same words and ends sooner
  /// or later, else one that differs in two letters at most.
  package func nearest(_ text: String) -> Code? {
    let words = text.split(separator: "_")
    if words.isEmpty { return nil }
    let begun = codes.first {
      let own = $0.code.split(separator: "_")
      return own.starts(with: words) || words.starts(with: own)
    }
    if begun != nil || text.utf8.count < 5 { return begun }
    return codes.first { CodeList.distance(Array($0.code.utf8), Array(text.utf8)) <= 2 }
  }

  // How many letters must be put in, left out or changed to make one of the other.
  private static func distance(_ a: [UInt8], _ b: [UInt8]) -> Int {
    var row = Array(0...b.count)
    for (i, letter) in a.enumerated() {
      var corner = row[0]
      row[0] = i + 1
      for j in b.indices {
        let changed = corner + (letter == b[j] ? 0 : 1)
        corner = row[j + 1]
        row[j + 1] = min(changed, row[j] + 1, row[j + 1] + 1)
      }
    }
    return row[b.count]
  }
}
