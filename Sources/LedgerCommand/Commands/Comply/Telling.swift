import Crypto
import Journaling
import Ledger
import Rules

/// Puts findings into words: ids, subjects, who acted, what was said about them since.
struct Telling {
  let book: Rulebook
  let journal: Journal
  /// What people said about findings, by the finding's id.
  let reviews: [String: String]
  private var actors: [UInt32: Actor] = [:]
  private var firms: Firms

  init(book: Rulebook, journal: Journal, knownAt: Position, reviews: [String: String]) {
    (self.book, self.journal, self.reviews) = (book, journal, reviews)
    firms = Firms(journal: journal, knownAt: knownAt)
  }

  /// A finding in words.
  mutating func tell(
    _ finding: Finding, of report: Report, _ snapshot: borrowing Snapshot
  ) throws -> Told {
    let rule = book.rules[finding.rule]
    var one = Told()
    (one.rule, one.version, one.pack) = (rule.id, finding.version, finding.pack)
    one.severity = finding.informs ? Rule.Severity.info.rawValue : rule.severity.rawValue
    (one.code, one.citation) = (finding.code, rule.citation)
    one.on = finding.on.description
    let events = report.events(of: finding)
    one.subject = try subject(finding, events, snapshot)
    one.event = try name(of: finding.anchor, snapshot)
    if finding.derived != .none { one.event = "derived \(finding.part.words)" }
    one.shows = try finding.extras.map { extra in
      "\(extra.name) \(Telling.words(try extra.value.spoken(journal.naming, snapshot)))"
    }.joined(separator: ", ")
    one.events = events.map { "\($0)" }.joined(separator: " ")
    let actor = try actor(finding.actorNumber, snapshot)
    one.actor = actor?.id ?? ""
    one.agency = try actor?.agency ?? firms.firm(of: finding, snapshot)
    let parts = [
      one.rule, one.version, one.code, one.subject, one.event,
      try name(of: finding.of, snapshot), finding.part.words,
    ]
    let digest = SHA256.hash(data: Array(parts.joined(separator: "\u{1F}").utf8))
    one.id = Hex.text(Array(digest.prefix(10)))
    one.review = reviews[one.id] ?? ""
    return one
  }

  private mutating func actor(_ number: UInt32, _ snapshot: borrowing Snapshot) throws -> Actor? {
    if let found = actors[number] { return found }
    let found = try snapshot.name(.actor, number).map { Actor(name: $0) }
    actors[number] = found
    return found
  }

  private func name(of seq: Position, _ snapshot: borrowing Snapshot) throws -> String {
    if seq == 0 { return "" }
    return try snapshot.event(at: seq) { (event) throws(JournalError) in
      try snapshot.eventID(of: event)
    } ?? ""
  }

  // Whose history it is: an account; else what the first event says.
  private mutating func subject(
    _ finding: Finding, _ events: ArraySlice<Position>, _ snapshot: borrowing Snapshot
  ) throws -> String {
    if finding.account != 0 {
      return "account " + (try snapshot.name(.account, finding.account) ?? "?")
    }
    guard let first = events.first else { return finding.scope.rawValue }
    if finding.scope == .book {
      let shown = Finding.Shown.property(first, "book")
      return "book " + Telling.words(try shown.spoken(journal.naming, snapshot))
    }
    let party = try snapshot.event(at: first) { (event) throws(JournalError) -> UInt32? in
      do throws(WireError) {
        guard case .numbered(.party, let number) = try Envelope(reading: event.envelope).subject
        else { return nil }
        return number
      } catch { throw .wire(error, at: first) }
    }
    if let number = party ?? nil, let name = try snapshot.name(.party, number) {
      return "party \(name)"
    }
    return "actor " + (try actor(finding.actorNumber, snapshot)?.id ?? "?")
  }

  static func words(_ shown: Finding.Shown) -> String {
    switch shown {
    case .number(let value): String(value)
    case .day(let day): day.description
    case .money(let minor, let currency): Money(minor: minor, currency: currency).description
    case .text(let text): text
    case .texts(let texts): texts.joined(separator: " ")
    case .account, .property: ""
    }
  }

  /// What people said about findings, as known at the vantage; the last word stands.
  static func reviews(_ vantage: Vantage, _ snapshot: borrowing Snapshot) throws -> [String: String]
  {
    var reviews: [String: String] = [:]
    let code = EventCode.ledgerFindingReviewed
    try snapshot.bundles(to: vantage.knownAt, wanted: TypeMask([code])) {
      (bundle) throws(JournalError) in
      for index in 0..<bundle.count {
        let header = bundle.header(index)
        guard header.type == code, header.seq <= vantage.knownAt else { continue }
        do throws(WireError) {
          var body = CBORReader(bundle.event(index).body)
          let said = try LedgerFact.FindingReviewed(reading: &body)
          reviews[said.finding] = said.verdict + (said.reason.map { ": \($0)" } ?? "")
        } catch { throw .wire(error, at: header.seq) }
      }
    }
    return reviews
  }

  /// Reviews that no finding of a run has: of other days, rules or accounts, or of none at all.
  func astray(_ told: [Told]) -> [String] {
    let lost = Set(reviews.keys).subtracting(told.map(\.id)).sorted()
    if lost.isEmpty { return [] }
    let names = lost.prefix(5).joined(separator: ", ")
    return [
      (lost.count == 1 ? "1 review names" : "\(lost.count) reviews name")
        + " no finding of this run: \(names)"
        + (lost.count > 5 ? " and \(lost.count - 5) more." : ".")
    ]
  }

  /// What is not asked of one account: rules that need the history of others.
  static func unasked(_ book: Rulebook) -> [String] {
    let rules = book.rules.filter { [.collector, .book, .house].contains($0.scope) }.map(\.id)
    return rules.isEmpty
      ? []
      : [
        "Staff, books and the house are not judged with --account, so these rules were not asked: "
          + rules.joined(separator: ", ") + "."
      ]
  }

  // MARK: Tables

  /// The findings, a row each; a page has no room for all of it.
  static func sheet(_ told: [Told]) -> Sheet {
    let columns: [(name: String, value: (Told) -> String)] = [
      ("id", { $0.id }), ("rule", { $0.rule }), ("version", { $0.version }),
      ("severity", { $0.severity }), ("code", { $0.code }), ("subject", { $0.subject }),
      ("on", { $0.on }), ("event", { $0.event }), ("shows", { $0.shows }),
      ("actor", { $0.actor }), ("agency", { $0.agency }), ("review", { $0.review }),
      ("events", { $0.events }), ("pack", { $0.pack }), ("citation", { $0.citation }),
    ]
    var sheet = Sheet(
      title: told.count == 1 ? "1 finding" : "\(told.count) findings",
      columns: columns.map {
        .init($0.name, isWide: ["pack", "citation", "agency"].contains($0.name))
      })
    sheet.rows = told.map { one in columns.map { .text($0.value(one)) } }
    return sheet
  }

  /// Where the rules stand that found something.
  static func citations(_ told: [Told]) -> [String] {
    var seen: [String] = []
    for one in told where !seen.contains(one.rule) { seen.append(one.rule) }
    return seen.sorted().compactMap { id in
      told.first { $0.rule == id }.map { "\(id): \($0.citation)" }
    }
  }

  /// How many events each rule judged.
  static func examined(_ report: Report, _ book: Rulebook) -> Sheet {
    var sheet = Sheet(
      title: "No finding", columns: [.init("rule"), .init("examined", .integer), .init("title")])
    for (index, rule) in book.rules.enumerated() {
      sheet.rows.append([
        .text(rule.id), .integer(Int64(report.examined[index])), .text(rule.title),
      ])
    }
    return sheet
  }

  /// Findings summed up.
  static func sums(_ told: [Told], _ by: Comply.Grouping, _ report: Report, _ book: Rulebook)
    -> Sheet
  {
    let severities = ["critical", "high", "presumption-high", "medium", "low", "info"]
    var columns: [Sheet.Column] = [.init(by.rawValue), .init("findings", .integer)]
    columns += severities.map { .init($0, .integer) }
    if by == .rule { columns.append(.init("examined", .integer)) }
    var sheet = Sheet(title: "Findings by \(by.rawValue)", columns: columns)
    func key(_ one: Told) -> String {
      switch by {
      case .rule: one.rule
      case .agency: one.agency.isEmpty ? "no agency" : one.agency
      case .collector: one.actor.isEmpty ? "nobody" : one.actor
      }
    }
    let groups = Dictionary(grouping: told, by: key)
    let names = by == .rule ? book.rules.map(\.id) : groups.keys.sorted()
    for (index, name) in names.enumerated() {
      let mine = groups[name] ?? []
      var row: [Sheet.Cell] = [.text(name), .integer(Int64(mine.count))]
      row += severities.map { severity in
        .integer(Int64(mine.count { $0.severity == severity }))
      }
      if by == .rule { row.append(.integer(Int64(report.examined[index]))) }
      sheet.rows.append(row)
    }
    return sheet
  }
}
