import ArgumentParser
import Glibc
import Journaling
import Ledger

/// Which ledger: `--ledger DIR`, else the environment.
struct LedgerOptions: ParsableArguments {
  @Option(name: .long, help: "Folder of the ledger; without it, ARREARS_LEDGER.")
  var ledger: String?

  /// The folder, or a sentence that says how to name one.
  func path() throws -> String {
    if let ledger, !ledger.isEmpty { return ledger }
    if let value = unsafe getenv("ARREARS_LEDGER") {
      let path = unsafe String(cString: value)
      if !path.isEmpty { return path }
    }
    throw Failure("No ledger is named; give --ledger DIR or set ARREARS_LEDGER.")
  }

  /// Opens it for reading, or for writing as `command`.
  func open(writing command: String? = nil) throws -> Journal {
    var options = Journal.Options()
    options.readOnly = command == nil
    options.command = "arrears " + (command ?? "")
    Damage.listen()
    return try Journal(try path(), options)
  }
}

extension Format: ExpressibleByArgument {}

/// How an answer is written.
struct FormatOptions: ParsableArguments {
  @Option(name: .long, help: "text, csv, json, ndjson or xlsx.")
  var format: Format = .text

  @Option(help: "Write the answer to this new file.")
  var out: String?

  @Option(help: "Only these columns, separated by commas, in this order.")
  var columns: String?

  func validate() throws {
    guard format == .xlsx, out == nil, Terminal.outIsScreen else { return }
    throw ValidationError("A spreadsheet is no text for a screen; add --out FILE.xlsx")
  }
}

/// From where one looks: the day, the knowledge, and rules tried without adopting them.
struct VantageOptions: ParsableArguments {
  @Option(
    name: .long,
    help: """
      The day-end asked about, YYYY-MM-DD. Default: the day of --known-at (of a position, the day it \
      was recorded), or today.
      """)
  var asOf: String?

  @Option(
    name: .long, parsing: .unconditional,
    help: """
      How much was known: a day (its end in the ledger's zone), an instant with offset, or a position. \
      Default: everything.
      """)
  var knownAt: String?

  /// Options as if these words had been given.
  static func words(asOf: String? = nil, knownAt: String? = nil) -> VantageOptions {
    var options = VantageOptions()
    (options.asOf, options.knownAt) = (asOf, knownAt)
    return options
  }

  /// A vantage, and whether the day asked about was not over at the knowledge it is asked with, or
  /// nothing was known of what is known now.
  struct Resolved {
    var vantage: Vantage
    var isProjected: Bool
    var zone: Zone
    /// The last moment at which no more was known.
    var learned: Moment
  }

  /// Turns words into a day and a position; `option` is where the words of `knownAt` stood.
  func resolve(
    _ journal: Journal, _ snapshot: borrowing Snapshot, of option: String = "--known-at"
  ) throws -> Resolved {
    let zone = try journal.zone()
    let day = try asOf.map { try Day($0, of: "--as-of") }
    let (position, named, learned) = try known(zone, snapshot, option)
    let vantage = Vantage(asOf: day ?? zone.day(of: named), knownAt: position)
    let isBlank = position == 0 && snapshot.head > 0
    return Resolved(
      vantage: vantage, isProjected: isBlank || vantage.asOf > zone.day(of: learned), zone: zone,
      learned: learned)
  }

  // The position, the moment whose day is asked about unless another is named, and the last moment
  // at which no more than the position was known. Of what is still to come nobody knows anything:
  // it is never later than now, or than the last entry where a clock ran ahead.
  private func known(_ zone: Zone, _ snapshot: borrowing Snapshot, _ option: String) throws
    -> (position: Position, named: Moment, learned: Moment)
  {
    let head = snapshot.head
    let clock = Journal.systemClock()
    guard let knownAt else { return (head, clock, clock) }
    let now = max(clock, try snapshot.recorded(at: head) ?? clock)
    if let position = Position(knownAt) {
      guard position <= head else {
        throw Failure(
          "\(option) \(position) is beyond the ledger's last position, \(head).")
      }
      let next = try snapshot.recorded(at: position + 1)
      return (
        position, try snapshot.recorded(at: position) ?? clock,
        next.map { Moment(rawValue: $0.rawValue - 1) } ?? now
      )
    }
    if let day = Day(knownAt) {
      let end = zone.endOfDay(day)
      return (try snapshot.position(knownAt: end), end, min(end, now))
    }
    if let time = ClockTime(knownAt) {
      return (try snapshot.position(knownAt: time.moment), time.moment, min(time.moment, now))
    }
    throw Failure(
      "\(option) \(knownAt) is neither a day (YYYY-MM-DD), nor an instant with offset "
        + "(2026-01-05T10:00:00+05:30), nor a position.")
  }
}

/// Rules and filters of a question.
struct QuestionOptions: ParsableArguments {
  @Option(
    name: .long, help: "JSON file of policy bodies by kind, tried instead of what is adopted.")
  var policy: [String] = []

  @Option(name: .long, help: "Age from due_date or invoice_date.")
  var basis: Basis = .dueDate

  @Option(name: .long, help: "Only accounts with this flag raised.")
  var withFlag: String?

  @Option(name: .long, help: "Only accounts without this flag.")
  var withoutFlag: String?

  /// What an age counts from.
  enum Basis: String, ExpressibleByArgument, CaseIterable {
    case dueDate = "due_date"
    case invoiceDate = "invoice_date"
  }

  /// The question these options ask from a vantage.
  func question(_ vantage: Vantage) throws -> Question {
    var question = Question(vantage: vantage)
    question.fromInvoiceDate = basis == .invoiceDate
    question.withFlag = withFlag
    question.withoutFlag = withoutFlag
    for item in try policy.flatMap(PolicyDraftFile.tried) {
      guard !question.drafts.contains(where: { $0.kind == item.kind }) else {
        throw Failure("--policy tries two bodies of kind \(item.kind); give one of them.")
      }
      question.drafts.append(item)
    }
    return question
  }
}

extension Day {
  /// The day that an option names.
  init(_ text: String, of option: String) throws {
    guard let day = Day(text) else {
      throw Failure("\(option) \(text) is no day; write YYYY-MM-DD.")
    }
    self = day
  }

  /// The day that `--from` names, `first` without it; refused behind the day asked about.
  static func from(_ text: String?, until last: Day, else first: Day) throws -> Day {
    guard let text else { return first }
    let day = try Day(text, of: "--from")
    guard day <= last else { throw Failure("--from \(day) is after the day asked about, \(last).") }
    return day
  }
}

/// The grouping that --by names, `standard` without it. Where another book adds the same figures up
/// by holders, units or buckets, its name is told: `mis`.
func grouping<C: RawRepresentable<String> & CaseIterable>(
  _ by: String?, else standard: C, of book: String
) throws -> C {
  guard let by else { return standard }
  if let choice = C(rawValue: by) { return choice }
  let all = C.allCases.map(\.rawValue).joined(separator: ", ")
  var sentence = "--by \(by) is none of those of the \(book): \(all)."
  if PeriodGrouping(rawValue: by) != nil {
    sentence += " Its rates by \(by) are in `arrears show mis --by \(by)`."
  }
  throw Failure(sentence)
}
