import ArgumentParser
import Journaling
import Ledger

/// Contacts by collector and day.
struct ShowContacts: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "contacts", abstract: "What collectors did on their days, against the minimum.",
    discussion: """
      The minimum is the policy `productivity_minimums`. A collector is the actor who made the contact.
        arrears show contacts --as-of 2026-03-31
        arrears show contacts --from 2026-03-01 --as-of 2026-03-31 --by collector
      """)

  @OptionGroup var ledger: LedgerOptions
  @OptionGroup var vantage: VantageOptions
  @OptionGroup var question: QuestionOptions
  @OptionGroup var format: FormatOptions

  @Option(help: "First day of the report. Default: the day asked about.")
  var from: String?

  @Option(help: "collector_day, collector, day or total. Default: collector_day.")
  var by: String?

  func run() throws {
    let journal = try ledger.open()
    try journal.reading { snapshot in
      let resolved = try vantage.resolve(journal, snapshot)
      let asOf = resolved.vantage.asOf
      var report = ContactReport(
        by: try grouping(by, else: .collectorDay, of: "contact report"),
        from: try Day.from(from, until: asOf, else: asOf), asOf: asOf)
      let question = try question.question(resolved.vantage)
      let policies = try journal.policies(question, snapshot)
      let house = PolicySubject(product: "", account: "")
      report.minimums = try policies.terms(for: house, on: asOf).productivity
      var bar = Progress(ContactReport.name)
      let answer = try journal.answer(report, question, snapshot) { bar.show($0, of: $1) }
      bar.finish()
      let reply = Reply(
        format: format, resolved: resolved, policies: answer.policies.label(on: asOf),
        journal: journal)
      try reply.print(answer.book.sheet(journal.naming), snapshot)
    }
  }
}
