import ArgumentParser
import Journaling
import Ledger
import Rules

/// Judges the history by rules.
struct Comply: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "comply",
    abstract: "Judge the history by the rule packs in force.",
    discussion: """
      Each finding has an id that is the same in every run, the rule and its version, where that \
      stands, how bad it is, the events that made it. Acts are judged by the law of their own day \
      (--law then), by today's (--law now), or by a pack that nobody adopted (--law draft:FILE).
        arrears policy adopt rule_pack in-rbi.json --id in.rbi --from 2024-01-01
        arrears comply --from 2026-01-01 --to 2026-03-31 --by rule
        arrears comply --account LN-42 --known-at 2026-02-01 --format ndjson > before.ndjson
        arrears comply --account LN-42 --compare before.ndjson
        arrears record ledger.finding_reviewed finding=ID verdict=excused reason=…
      Exit: 0 nothing found, 1 findings, 2 wrong use.
      """)

  /// Sums of findings instead of the findings.
  enum Grouping: String, ExpressibleByArgument, CaseIterable { case rule, agency, collector }

  @OptionGroup var ledger: LedgerOptions
  @OptionGroup var vantage: VantageOptions
  @OptionGroup var format: FormatOptions

  @Option(help: "First day of what is told. Default: the first there is.")
  var from: String?

  @Option(help: "Last day of what is told. Default: the day asked about.")
  var to: String?

  @Option(help: "then, now or draft:FILE.")
  var law = "then"

  @Option(help: "Only rules of this pack, this authority, or of this id; may be given again.")
  var pack: [String] = []

  @Option(help: "Only this account, and the people on it.")
  var account: String?

  @Option(
    help: """
      Sum findings up by rule, collector (who acted) or agency: that of who acted, else the one that \
      the event names or gives the account to, else the one that held the account on the day.
      """)
  var by: Grouping?

  @Option(help: "What differs from a run: a file of --format ndjson, or a --known-at of then.")
  var compare: String?

  @Option(help: "Threads that share the accounts, once their acts are kept in views.")
  var threads = 2

  func validate() throws {
    guard (1...64).contains(threads) else {
      throw ValidationError("--threads \(threads) is not from 1 to 64.")
    }
  }

  func run() throws {
    guard compare == nil || by == nil else {
      throw Failure("--compare tells what differs and --by sums up; leave one of them out.")
    }
    let journal = try ledger.open()
    let isClean = try journal.reading { snapshot in
      let resolved = try view.resolve(journal, snapshot)
      let days = try span(resolved.vantage.asOf)
      let (report, book) = try hear(resolved, days, journal, snapshot)
      var telling = Telling(
        book: book, journal: journal, knownAt: resolved.vantage.knownAt,
        reviews: try Telling.reviews(resolved.vantage, snapshot))
      let told = try report.findings.map { try telling.tell($0, of: report, snapshot) }.sorted()
      var sheet: Sheet
      if let compare {
        let before = try earlier(compare, days, journal, snapshot)
        sheet = Comparison(before, told).sheet
      } else if told.isEmpty {
        sheet = Telling.examined(report, book)
      } else if let by {
        sheet = Telling.sums(told, by, report, book)
      } else {
        sheet = Telling.sheet(told)
      }
      if compare == nil {
        sheet.notes += Telling.citations(told) + telling.astray(told)
        if account != nil { sheet.notes += Telling.unasked(book) }
      }
      let packs = book.packs.joined(separator: ", ")
      let reply = Reply(format: format, resolved: resolved, policies: packs, journal: journal)
      try reply.print(sheet, snapshot)
      return !report.findings.contains { !$0.informs }
    }
    if !isClean { throw ExitCode(1) }
  }

  // Then is seen from the last day told; now is now, whatever days are told.
  private var view: VantageOptions {
    var view = vantage
    if view.asOf == nil, law != "now" { view.asOf = to }
    return view
  }

  private func span(_ asOf: Day) throws -> ClosedRange<Day> {
    let first = try from.map { try Day($0, of: "--from") } ?? Day(rawValue: -719_162)
    let last = try to.map { try Day($0, of: "--to") } ?? asOf
    guard first <= last else { throw Failure("--from \(first) is after --to \(last).") }
    return first...last
  }

  private func rulebook(
    _ resolved: VantageOptions.Resolved, _ journal: Journal,
    _ snapshot: borrowing Snapshot
  ) throws -> Rulebook {
    for word in pack where !Catalogue.rules.contains(where: { $0.isNamed(word) }) {
      let packs = Catalogue.packs.joined(separator: ", ")
      throw Failure("No rule or pack is called \(word); there are the packs \(packs).")
    }
    let policies = try journal.policies(Question(vantage: resolved.vantage), snapshot)
    do throws(PackError) {
      let book = try Rulebook(try chosen(), policies, asOf: resolved.vantage.asOf, only: pack)
      guard !book.rules.isEmpty else {
        throw PackError(
          "No rule pack is in force here; adopt one with `arrears policy adopt rule_pack FILE`, "
            + "or try one with --law draft:FILE.")
      }
      return book
    } catch { throw Failure(error.description) }
  }

  private func chosen() throws(PackError) -> Rulebook.Law {
    switch law {
    case "then": return .then
    case "now": return .now
    case let text where text.hasPrefix("draft:"):
      let path = String(text.dropFirst(6))
      do { return .draft(try PackFile.read(path)) } catch let failure as Failure {
        throw PackError(failure.description)
      } catch { throw PackError("The file \(path) cannot be read: \(error).") }
    default: throw PackError("--law \(law) is none of then, now and draft:FILE.")
    }
  }

  private func hear(
    _ resolved: VantageOptions.Resolved, _ days: ClosedRange<Day>, _ journal: Journal,
    _ snapshot: borrowing Snapshot
  ) throws -> (Report, Rulebook) {
    let book = try rulebook(resolved, journal, snapshot)
    if let account, try snapshot.number(.account, account) == nil {
      throw Failure("The ledger has never heard of account \(account).")
    }
    // Deadlines are judged at the earlier of the day asked about and the knowledge.
    let end = resolved.zone.endOfDay(resolved.vantage.asOf)
    var hearing = Hearing(
      book, knownAt: resolved.vantage.knownAt, now: min(end, resolved.learned), days: days,
      zone: resolved.zone)
    hearing.account = account
    hearing.policies = try journal.policies(Question(vantage: resolved.vantage), snapshot)
    var bar = Progress("comply")
    let report = try hearing.run(journal, snapshot, threads: threads) {
      bar.show($0, of: $1)
    }
    bar.finish()
    return (report, book)
  }

  // A run to compare with: the lines of a file, or the same question with the knowledge of then.
  private func earlier(
    _ name: String, _ days: ClosedRange<Day>, _ journal: Journal, _ snapshot: borrowing Snapshot
  ) throws -> [Told] {
    if Position(name) == nil, Day(name) == nil, ClockTime(name) == nil {
      return try Told.lines(of: name)
    }
    var view = view
    view.knownAt = name
    let resolved = try view.resolve(journal, snapshot, of: "--compare")
    let (report, book) = try hear(resolved, days, journal, snapshot)
    var telling = Telling(
      book: book, journal: journal, knownAt: resolved.vantage.knownAt, reviews: [:])
    return try report.findings.map { try telling.tell($0, of: report, snapshot) }.sorted()
  }
}

/// A JSON file with one rule pack, or with several under `packs`.
enum PackFile {
  /// The bodies, as canonical CBOR, each with the name that a sentence calls it by.
  static func read(_ path: String) throws -> [(name: String, body: [UInt8])] {
    let body = try Edge.json(path, "The pack file")
    var reader = CBORReader(body.span)
    do throws(WireError) {
      guard try reader.map() == 1, try reader.text() == "packs" else {
        return [("The pack file \(path)", body)]
      }
      var found: [(name: String, body: [UInt8])] = []
      for number in 0..<(try reader.array()) {
        let start = reader.position
        try reader.skip()
        let item = reader.array(start..<reader.position)
        found.append(("Pack \(number + 1) of the file \(path)", item))
      }
      return found
    } catch { throw Failure("The pack file \(path) cannot be read: \(error.what).") }
  }
}
