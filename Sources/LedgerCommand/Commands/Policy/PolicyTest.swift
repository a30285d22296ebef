import ArgumentParser
import Journaling
import Ledger

/// Tries a policy over the last month-ends.
struct PolicyTest: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "test", abstract: "What a draft would have changed, month-end by month-end.",
    discussion: """
      Every figure under the rules as they are and under the draft, as if it had been adopted from the \
      first of these months on, for the people it names; for mis from its eve on, since a month \
      opens there. Nothing is stored.
        arrears policy test draft.json --since 2025-04-30
        arrears policy test draft.json --by account
        arrears policy test grace.json --by promises
        arrears policy test bands.json --by mis --since 2026-03-31
        arrears policy test packs.json --by findings
      """)

  /// What is shown: figures of the money, or a book that conforms to `TrialBook`, or findings.
  enum Form: String, ExpressibleByArgument, CaseIterable {
    case bucket, roll, assetClass = "class", account, allocation, promises, mis, findings
  }

  @OptionGroup var ledger: LedgerOptions
  @OptionGroup var format: FormatOptions

  @Option(help: "First month-end. Default: twelve month-ends, the last one that is over.")
  var since: String?

  @Option(
    name: .long, help: "How much was known: a day, an instant or a position. Default: everything.")
  var knownAt: String?

  @Option(help: "bucket, roll, class, account, allocation, promises, mis or findings.")
  var by: Form = .bucket

  @Option(help: "Threads that roll accounts.")
  var threads = 2

  @Argument(help: "A draft of `policy draft`, or bodies by kind as --policy takes them.")
  var draft: String

  func validate() throws {
    guard (1...64).contains(threads) else {
      throw ValidationError("--threads \(threads) is not from 1 to 64.")
    }
  }

  func run() throws {
    let file = try PolicyDraftFile(draft)
    let journal = try ledger.open()
    try journal.reading { snapshot in
      var resolved = try VantageOptions.words(knownAt: knownAt).resolve(journal, snapshot)
      let days = try monthEnds(upTo: resolved.vantage.asOf, journal, snapshot)
      guard let first = days.first, let last = days.last else {
        throw Failure("No month has ended since \(since ?? "then").")
      }
      resolved.vantage.asOf = last
      // A month of the management report opens on the eve: by the draft too, to be compared.
      let start = by == .mis ? first.startOfMonth - 1 : first.startOfMonth
      let versions = file.items.map { $0.version(from: start) }
      var sheet = try sheet(versions, days, resolved, journal, snapshot)
      sheet.notes.append(
        "Draft: "
          + versions.map { "\($0.kind) for \($0.scope), as if from \($0.from)" }
          .joined(separator: "; ") + ".")
      let policies = try journal.policies(Question(vantage: resolved.vantage), snapshot)
      for item in file.items {
        let adopted = item.version(from: item.from ?? first.startOfMonth, to: item.to ?? .undated)
        sheet.notes += policies.overtaking(adopted).map {
          "Once the draft of \(item.kind) is adopted, \($0)"
        }
      }
      let reply = Reply(
        format: format, resolved: resolved, policies: policies.label(on: last), journal: journal)
      try reply.print(sheet, snapshot)
    }
  }

  private func sheet(
    _ draft: [PolicyVersion], _ days: [Day], _ resolved: VantageOptions.Resolved,
    _ journal: Journal, _ snapshot: borrowing Snapshot
  ) throws -> Sheet {
    let known = resolved.vantage.knownAt
    if let form = PolicyTrial.Form(rawValue: by.rawValue) {
      return try journal.trial(draft, days: days, knownAt: known, threads: max(1, threads))
        .sheet(form, journal.naming)
    }
    func trial<B: TrialBook>(of book: B.Type) throws -> Sheet {
      try journal.trial(of: book, draft, days: days, knownAt: known, snapshot)
    }
    if by == .promises { return try trial(of: PromiseBook.self) }
    if by == .mis { return try trial(of: ManagementReport.self) }
    var question = Question(vantage: resolved.vantage)
    let now = try journal.policies(question, snapshot)
    question.supposed = draft
    return try FindingTrial(days: days, resolved: resolved).sheet(
      now: now, draft: try journal.policies(question, snapshot), journal, snapshot)
  }

  private func monthEnds(
    upTo today: Day, _ journal: Journal, _ snapshot: borrowing Snapshot
  ) throws -> [Day] {
    var end = today.endOfMonth
    if end > today { end = today.startOfMonth - 1 }
    var first = (end.startOfMonth.adding(months: -11) ?? end).endOfMonth
    if let since {
      let day = try Day(since, of: "--since")
      try journal.requireBegun(day.endOfMonth, "--since", snapshot)
      first = day.endOfMonth
    }
    var days: [Day] = []
    while first <= end {
      days.append(first)
      guard days.count <= 600 else { throw Failure("--since is more than 600 months ago.") }
      first = (first + 1).endOfMonth
    }
    return days
  }
}
