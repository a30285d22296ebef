import ArgumentParser
import Journaling
import Ledger

/// Asks a published report again.
struct Restate: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "restate",
    abstract: "What a published report would say now, and why it differs.",
    discussion: """
      The same book of the same day, with what is known now: each figure as published and restated, \
      and the difference by cause. Later reports of the same book open on this one, so they stand \
      below it.
        arrears restate AGING-2026-03
        arrears restate AGING-2026-03 --by event
      Exit status 1 when anything differs.
      """)

  @OptionGroup var ledger: LedgerOptions
  @OptionGroup var format: FormatOptions

  enum Form: String, CaseIterable, ExpressibleByArgument { case cause, event }

  @Option(help: "cause: each figure with its causes; event: what each later event did.")
  var by: Form = .cause

  @Option(name: .long, help: "How much is known now: a day, an instant or a position.")
  var knownAt: String?

  @Flag(help: "Leave out the later reports that open on this one.")
  var only = false

  @Argument(help: "The report's id.")
  var report: String

  func run() throws {
    let journal = try ledger.open()
    let differs = try journal.reading { snapshot in
      let (publication, bytes) = try journal.report(report, snapshot)
      let now = VantageOptions.words(
        asOf: publication.vantage.asOf.description, knownAt: knownAt)
      let resolved = try now.resolve(journal, snapshot)
      guard resolved.vantage.knownAt >= publication.vantage.knownAt else {
        throw Failure(
          "--known-at \(resolved.vantage.knownAt) is before the report's own position, "
            + "\(publication.vantage.knownAt).")
      }
      let main = try restatement(publication, bytes, resolved, journal, snapshot)
      var sheet =
        by == .event ? main.byEvent() : main.byCause([("report", publication.report)])
      let differs = !main.differences.isEmpty
      if !only, by == .cause {
        try cascade(publication, bytes, resolved, journal, snapshot, &sheet)
      }
      if !differs { sheet.notes.append("Nothing that is known since changes this report.") }
      let policies = try journal.policies(Question(vantage: resolved.vantage), snapshot)
      let reply = Reply(
        format: format, resolved: resolved,
        policies: policies.label(on: resolved.vantage.asOf), journal: journal)
      try reply.print(sheet, snapshot)
      return differs
    }
    if differs { throw ExitCode(1) }
  }

  // Later reports of the same words, and what they are off by.
  private func cascade(
    _ first: Publication, _ bytes: [UInt8], _ resolved: VantageOptions.Resolved,
    _ journal: Journal, _ snapshot: borrowing Snapshot, _ sheet: inout Sheet
  ) throws {
    let words = PublishedText(bytes)?.words
    let all = try journal.publications(to: resolved.vantage.knownAt, snapshot)
    for item in all where item.vantage.asOf > first.vantage.asOf {
      guard !all.contains(where: { $0.supersedes == item.report }),
        case .whole(let kept) = journal.kept(item.digest), PublishedText(kept)?.words == words
      else { continue }
      let later = try restatement(item, kept, resolved, journal, snapshot)
      let rows = later.byCause([("report", item.report)])
      for name in rows.columns where !sheet.columns.contains(name) {
        sheet.columns.append(name)
        for index in sheet.rows.indices { sheet.rows[index].append(.none) }
      }
      for row in rows.rows {
        sheet.rows.append(
          sheet.columns.map { column in
            rows.columns.firstIndex(of: column).map { row[$0] } ?? .none
          })
      }
      sheet.notes.append(
        later.differences.isEmpty
          ? "\(item.report) of \(item.vantage.asOf) is unchanged."
          : "\(item.report) of \(item.vantage.asOf) opens on restated figures; it stands above.")
    }
  }

  private func restatement(
    _ publication: Publication, _ bytes: [UInt8], _ resolved: VantageOptions.Resolved,
    _ journal: Journal, _ snapshot: borrowing Snapshot
  ) throws -> Restatement {
    guard let text = PublishedText(bytes), let name = text.words.first,
      let verb = Show.book(name)
    else {
      throw Failure("Report \(publication.report) is of a book this version does not have.")
    }
    var then = resolved
    then.vantage = publication.vantage
    func open<V: BookVerb>(_: V.Type) throws -> Restatement {
      let verb = try V.parse(Array(text.words.dropFirst()))
      let again = try ReportText.make(verb, then, journal, snapshot)
      guard again.text.text == text.text else {
        if let why = try snapshot.redacted(since: publication) {
          throw Failure(
            "Report \(publication.report) cannot be made again as it was published. \(why)",
            status: 1)
        }
        throw Failure(
          "Report \(publication.report), made again at its own vantage, has other bytes than were "
            + "published; this version of Arrears reckons differently.", status: 1)
      }
      var bar = Progress("restate")
      defer { bar.finish() }
      let question = try verb.book.question.question(publication.vantage)
      return try journal.restate(
        try verb.make(then, journal, snapshot), question, knownNow: resolved.vantage.knownAt,
        snapshot
      ) { bar.show($0, of: $1) }
    }
    return try open(verb)
  }
}
