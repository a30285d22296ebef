/// A statement as it was issued.
package enum Statement {}

// MARK: - Events

extension Statement {
  /// A statement went out, frozen as issued.
  package struct Issued: Hashable, Sendable {
    /// Statement id.
    package var statement: String
    /// Account, foreclosure, credit-department brief ...
    package var kind: String
    /// Business date.
    package var asOf: Day
    /// Journal position read.
    package var knownAt: Int64
    /// Policy set.
    package var rules: String
    /// Digest.
    package var sha256: [UInt8]
    /// Balance shown.
    package var balance: Money?
    /// To whom.
    package var addressee: String?
    /// How.
    package var channel: String?
    /// Statement it replaces.
    package var supersedes: String?
    /// First day shown; the last is as_of.
    package var from: Day?
    /// Language it is written in, BCP 47.
    package var language: String?

    /// Memberwise; what the schema does not require may be left out.
    package init(
      statement: String, kind: String, asOf: Day, knownAt: Int64, rules: String, sha256: [UInt8],
      balance: Money? = nil, addressee: String? = nil, channel: String? = nil,
      supersedes: String? = nil, from: Day? = nil, language: String? = nil
    ) {
      self.statement = statement
      self.kind = kind
      self.asOf = asOf
      self.knownAt = knownAt
      self.rules = rules
      self.sha256 = sha256
      self.balance = balance
      self.addressee = addressee
      self.channel = channel
      self.supersedes = supersedes
      self.from = from
      self.language = language
    }
  }
}

// MARK: - State

extension Statement {
  /// A statement that went out, and the one that took its place.
  package struct Copy: Sendable {
    /// Position of the event.
    package var seq: Position
    /// The day on which it went out.
    package var day: Day
    /// What was said of it.
    package var issued: Issued
    /// Id and day of the first that replaces it; nil while it is the last word.
    package var replaced: (by: String, on: Day)?
  }

  /// The copies among events told of an account, in log order; the first that takes an id has it.
  package static func copies(_ told: [(seq: Position, day: Day, issued: Issued)]) -> [Copy] {
    var copies: [Copy] = []
    for (seq, day, issued) in told
    where !copies.contains(where: { $0.issued.statement == issued.statement }) {
      copies.append(Copy(seq: seq, day: day, issued: issued))
    }
    for index in copies.indices {
      let id = copies[index].issued.statement
      let next = copies.first { $0.issued.supersedes == id && $0.issued.statement != id }
      copies[index].replaced = next.map { ($0.issued.statement, $0.day) }
    }
    return copies
  }
}

// MARK: - Decisions

extension Statement.Issued: Decided {
  /// Refused for an id taken twice, when it replaces what was not issued on the account or was
  /// replaced already, for a day ahead, and when it ends before it begins.
  package func decide(_ scene: inout Scene) throws(Refusal) {
    try scene.requireKnown()
    let (account, shelf) = (
      scene.account.id, Document.Shelf(scene.account.desk.papers.rows, asOf: .undated)
    )
    guard shelf.issued(TextKey(statement)) == nil else {
      throw Refusal(
        rule: "statement.exists", "Account \(account) has a statement \(statement) already.",
        remedy: "Choose another id; one that replaces another names it in `supersedes`.")
    }
    if let supersedes {
      guard shelf.issued(TextKey(supersedes)) != nil else {
        throw Refusal(
          rule: "statement.unknown",
          "No statement \(supersedes) was issued on account \(account).",
          remedy: "`arrears show correspondence \(account)` lists what went out.")
      }
      guard shelf.reissue(of: TextKey(supersedes)) == nil else {
        throw Refusal(
          rule: "statement.superseded", "Statement \(supersedes) was replaced already.",
          remedy: "Replace the last one: statements form a chain.")
      }
    }
    guard asOf <= scene.today else {
      throw Refusal(
        rule: "statement.future", "The statement is as of \(asOf), after today, \(scene.today).",
        remedy: "A statement says what is; issue it when the day has come.")
    }
    if let from, from > asOf {
      throw Refusal(
        rule: "statement.period", "The statement begins on \(from), after its last day, \(asOf).",
        remedy: "Give `from` on or before `as_of`.")
    }
  }
}
