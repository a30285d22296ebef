import ArgumentParser
import Journaling
import Ledger

/// What became known of an account between two moments.
struct Diff: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "What became known of an account between two moments, and what it changed.",
    discussion: """
      The figures of one day as known at --known-at and at --and, and each entry learned in between \
      with what it changed. Exit status 1 when a figure changed.
        arrears diff LN-000042 --as-of 2026-02-10 --known-at 2026-02-10 --and 2026-02-12
      """)

  @OptionGroup var ledger: LedgerOptions
  @OptionGroup var vantage: VantageOptions
  @OptionGroup var question: QuestionOptions
  @OptionGroup var format: FormatOptions

  @Option(help: "How much was known later: a day, an instant or a position. Default: everything.")
  var and: String?

  @Argument(help: "The account's id.")
  var account: String

  func run() throws {
    let journal = try ledger.open()
    let changed = try journal.reading { snapshot in
      guard vantage.knownAt != nil else {
        throw Failure("Say with --known-at how much was known before.")
      }
      let first = try vantage.resolve(journal, snapshot)
      let later = VantageOptions.words(asOf: first.vantage.asOf.description, knownAt: and)
      let resolved = try later.resolve(journal, snapshot, of: "--and")
      guard resolved.vantage.knownAt >= first.vantage.knownAt else {
        throw Failure("--and is before --known-at; exchange them.")
      }
      let found = try journal.learning(
        of: account, try question.question(resolved.vantage), from: first.vantage.knownAt,
        to: resolved.vantage.knownAt, snapshot)
      guard let found else { throw Failure.unheard(account) }
      var sheet = found.sheet(resolved.zone)
      sheet.notes.append(
        "Before: known at seq \(first.vantage.knownAt)"
          + (first.isProjected ? ", when the day was not over or nothing known: projected." : "."))
      let (policies, _) = try journal.rules(
        Question(vantage: resolved.vantage), at: resolved.vantage.knownAt, snapshot)
      let reply = Reply(
        format: format, resolved: resolved,
        policies: policies.label(on: resolved.vantage.asOf), journal: journal)
      try reply.print(sheet, snapshot)
      return !found.before.changes(to: found.after).isEmpty
    }
    if changed { throw ExitCode(1) }
  }
}
