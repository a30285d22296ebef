import ArgumentParser
import Interchange
import Journaling
import Ledger

/// Publishes a book, and shows what was published.
struct Publish: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "publish",
    abstract: "Publish a book: parameters and digest become an event, the bytes are kept.",
    discussion: """
      The bytes stand in the ledger's folder `published` under their SHA-256. The same words, day and \
      position give the same bytes for ever; `arrears restate ID` says what is known since.
        arrears publish aging --by bucket --as-of 2026-03-31 --id AGING-2026-03
        arrears publish list
        arrears publish show AGING-2026-03
      """,
    subcommands: [PublishList.self, PublishShow.self] + Show.books.map(published))

  private static func published(_ verb: any BookVerb.Type) -> any ParsableCommand.Type {
    func open<V: BookVerb>(_: V.Type) -> any ParsableCommand.Type { Published<V>.self }
    return open(verb)
  }
}

/// Publishes one book.
struct Published<V: BookVerb>: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(commandName: V.name, abstract: "Publish `show \(V.name)`.")
  }

  @OptionGroup var verb: V

  @Option(help: "The report's id. Default: the book and the day.")
  var id: String?

  @Option(help: "The unit that publishes.")
  var unit = "house"

  @Option(help: "The report it replaces.")
  var supersedes: String?

  @Option(help: "The role in which it is done.")
  var role: String?

  @Option(help: "Who publishes.")
  var actor = "cli"

  func run() throws {
    try AccessRole.require(.write, of: role)
    let options = verb.book
    guard options.question.policy.isEmpty else {
      throw Failure("A report is published under adopted policies; leave --policy out.")
    }
    let journal = try options.ledger.open(writing: "publish")
    let zone = try journal.zone()
    let text = try journal.reading { snapshot in
      if let supersedes { _ = try journal.publication(supersedes, snapshot) }
      let resolved = try options.vantage.resolve(journal, snapshot)
      guard !resolved.isProjected else {
        throw Failure(
          "\(resolved.vantage.asOf) was not over at the knowledge it is asked with; "
            + "what is projected is not published.")
      }
      return (resolved.vantage, try ReportText.make(verb, resolved, journal, snapshot))
    }
    let (vantage, report) = text
    let name = id ?? "\(V.name)-\(vantage.asOf)"
    let bytes = Array(report.text.text.utf8)
    let digest = try journal.keep(bytes)
    var body = "\"report\":\(Rendering.quote(name)),\"kind\":\(Rendering.quote(kind))"
    body += ",\"as_of\":\"\(vantage.asOf)\",\"known_at\":\(vantage.knownAt)"
    body += ",\"rules\":\(Rendering.quote(report.rules)),\"sha256\":\"\(Hex.text(digest))\""
    body += ",\"totals\":[\(ReportText.totals(report.sheet))]"
    if let supersedes { body += ",\"supersedes\":\(Rendering.quote(supersedes))" }
    let words = ([V.name] + verb.words).map(Rendering.quote).joined(separator: ",")
    body += ",\"words\":[\(words)]"
    let draft = try Edge.draft(
      "report.published", subject: ("unit", unit), by: (actor, role), body: "{" + body + "}", zone)
    let seq = try journal.publish(draft, id: name)
    Terminal.out("report.published  \(name)  seq \(seq)  sha256 \(Hex.text(digest))\n")
    try journal.close()
  }

  // The code of the list, if it has the book's name.
  private var kind: String {
    Register.codes["report_kind"]?.code(V.name) == nil ? "other" : V.name
  }
}

/// The bytes of a report, made from the log.
enum ReportText {
  /// A book at a vantage as it is published.
  static func make<V: BookVerb>(
    _ verb: V, _ resolved: VantageOptions.Resolved, _ journal: Journal,
    _ snapshot: borrowing Snapshot
  ) throws -> (text: PublishedText, sheet: Sheet, rules: String) {
    var bar = Progress(V.name)
    let question = try verb.book.question.question(resolved.vantage)
    let answer = try journal.answer(
      try verb.make(resolved, journal, snapshot), question, snapshot
    ) {
      bar.show($0, of: $1)
    }
    bar.finish()
    let sheet = answer.book.sheet(journal.naming)
    let rules = answer.policies.label(on: resolved.vantage.asOf)
    let text = PublishedText(
      words: [V.name] + verb.words, resolved.vantage, rules: rules,
      zone: journal.identity.zone, csv: Rendering.csv(sheet))
    return (text, sheet, rules)
  }

  /// The text of a published report, made again from the log at its own vantage; nil when its words
  /// were not recorded, or are of a book that this version does not have.
  static func again(
    _ publication: Publication, _ journal: Journal, _ snapshot: borrowing Snapshot
  ) throws -> String? {
    guard let name = publication.words.first, let verb = Show.book(name) else { return nil }
    let (day, known) = (publication.vantage.asOf, publication.vantage.knownAt)
    let resolved = try VantageOptions.words(asOf: day.description, knownAt: "\(known)")
      .resolve(journal, snapshot)
    func open<V: BookVerb>(_: V.Type) throws -> String {
      let verb = try V.parse(Array(publication.words.dropFirst()))
      return try make(verb, resolved, journal, snapshot).text.text
    }
    return try open(verb)
  }

  /// Sums of every column of numbers, as JSON of the schema's `total`.
  static func totals(_ sheet: Sheet) -> String {
    var order: [(key: String, name: String)] = []
    var sums: [String: Sheet.Cell] = [:]
    for row in sheet.rows {
      for (column, cell) in zip(sheet.columns, row) {
        guard let number = cell.number else { continue }
        var key = column.name
        if case .money(_, let currency) = cell { key += "\n" + currency.code }
        if sums[key] == nil { order.append((key, column.name)) }
        sums[key] = cell.with(number + (sums[key]?.number ?? 0))
      }
    }
    return order.map { key, name in
      var item = "{\"name\":\(Rendering.quote(name))"
      switch sums[key] {
      case .money(let minor, let currency):
        item +=
          ",\"amount\":{\"minor\":\(Int64(clamping: minor)),\"currency\":\"\(currency.code)\"}"
      case .integer(let count): item += ",\"count\":\(count)"
      default: break
      }
      return item + "}"
    }.joined(separator: ",")
  }
}

extension Edge {
  /// An event that this program says of itself, now, as a draft.
  static func draft(
    _ type: String, subject: (kind: String, id: String), by: (actor: String, role: String?),
    body: String, _ zone: Zone
  ) throws -> Draft {
    let now = Journal.systemClock()
    let occurred = ClockTime(moment: now, offset: zone.offset(at: now))
    let quote = Rendering.quote
    var json = "{\"event_id\":\(quote(uuid(at: now))),\"type\":\(quote(type)),\"v\":1"
    json += ",\"subject\":{\"kind\":\(quote(subject.kind)),\"id\":\(quote(subject.id))}"
    json += ",\"occurred_at\":\(quote(occurred.description)),\"actor\":{\"id\":\(quote(by.actor))"
    if let role = by.role { json += ",\"role\":\(quote(role))" }
    json += "},\"source\":{\"kind\":\"cli\"},\"body\":\(body)}"
    do throws(Objection) { return try EventJSON(json).draft } catch {
      throw Failure("\(type) cannot be recorded: \(error)")
    }
  }
}
