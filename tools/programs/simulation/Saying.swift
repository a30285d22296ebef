package import Ledger

/// One event in words: what a chapter tells that has no numbers of its own in `Deed`. Types, streams,
/// fields and codes have the names of the register; the naive models read them by these names.
package struct Saying: Sendable {
  /// Whose stream an event stands on, when it is not an account's.
  package struct Stream: Sendable {
    let kind: String, id: String

    static func party(_ id: String) -> Stream { Stream(kind: "party", id: id) }
    static func unit(_ id: String) -> Stream { Stream(kind: "unit", id: id) }
    static let book = Stream(kind: "ledger", id: "book")
  }

  /// The event's name.
  package let type: String
  let stream: Stream?
  let fields: [(name: String, word: Word)]

  init(_ type: String, on stream: Stream? = nil, _ fields: KeyValuePairs<String, Word?>) {
    (self.type, self.stream) = (type, stream)
    self.fields = fields.compactMap { name, word in word.map { (name, $0) } }
  }

  subscript(name: String) -> Word? { fields.first { $0.name == name }?.word }

  func text(_ name: String) -> String {
    if case .text(let text)? = self[name] { return text }
    return ""
  }

  func sum(_ name: String) -> Int64 {
    if case .sum(let minor)? = self[name] { return minor }
    return 0
  }

  func number(_ name: String) -> Int? {
    if case .number(let number)? = self[name] { return number }
    return nil
  }

  func day(_ name: String) -> Day? {
    switch self[name] {
    case .day(let day)?, .noon(let day)?: day
    default: nil
    }
  }

  func flag(_ name: String) -> Bool {
    if case .flag(let flag)? = self[name] { return flag }
    return false
  }

  func texts(_ name: String) -> [String] {
    guard case .list(let words)? = self[name] else { return [] }
    return words.compactMap { if case .text(let text) = $0 { text } else { nil } }
  }

  /// The items of a promise to pay: days and sums.
  var items: [(due: Day, amount: Int64)] {
    guard case .list(let words)? = self["items"] else { return [] }
    return words.compactMap { word in
      guard case .group(let pairs) = word, case .day(let due) = pairs[0].word,
        case .sum(let amount) = pairs[1].word
      else { return nil }
      return (due, amount)
    }
  }

  /// What it says to the naive model of money.
  var told: NaiveEvent.What {
    switch type {
    case "payment.received": .received(text("payment"), sum("amount"), wishes: [])
    case "payment.reversed":
      .returned(
        text("payment"), sum("amount"),
        fromOriginal: text("effective") == "from_original_value_date")
    case "settlement.executed": .forgiven(sum("waived"))
    default: .silent
    }
  }
}

/// A value of a body.
package indirect enum Word: Sendable, ExpressibleByStringInterpolation {
  case text(String), number(Int), sum(Int64), day(Day), flag(Bool)
  /// Noon of a day in India.
  case noon(Day)
  /// The id of an entry, by its number in order of making.
  case entry(Int)
  /// Something sealed to a person's key, which nobody here has.
  case sealed
  case list([Word]), group([(name: String, word: Word)])

  /// A text.
  package init(stringLiteral value: String) { self = .text(value) }

  static func texts(_ texts: [String]) -> Word { .list(texts.map { .text($0) }) }

  static func items(_ items: [(due: Day, amount: Int64)]) -> Word {
    .list(items.map { .group([("due_on", .day($0.due)), ("amount", .sum($0.amount))]) })
  }
}

extension Line {
  /// The fields of a body, without its braces.
  mutating func put(_ fields: [(name: String, word: Word)]) {
    for (index, field) in fields.enumerated() {
      put(index == 0 ? "\"" : ",\"")
      put(field.name)
      put("\":")
      put(field.word)
    }
  }

  private mutating func put(_ word: Word) {
    switch word {
    case .text(let text): quote { $0.put(text) }
    case .number(let number): put(number)
    case .sum(let amount): put(minor: amount)
    case .day(let day): quote { $0.put(day) }
    case .noon(let day):
      quote {
        $0.put(day)
        $0.put("T12:00:00+05:30")
      }
    case .flag(let flag): put(flag ? "true" : "false")
    case .entry(let number): quote { $0.putID(Int($0.life.position[number])) }
    case .sealed: put("{\"sealed\":\"GELKS06tufJ-sKcqqSUgUfODRUNBd7PmI0iLKdLrHxT87E-euZbPbrkB\"}")
    case .list(let words):
      put("[")
      for (index, word) in words.enumerated() {
        if index > 0 { put(",") }
        put(word)
      }
      put("]")
    case .group(let fields):
      put("{")
      put(fields)
      put("}")
    }
  }

  private mutating func quote(_ inside: (inout Line) -> Void) {
    put("\"")
    inside(&self)
    put("\"")
  }
}
