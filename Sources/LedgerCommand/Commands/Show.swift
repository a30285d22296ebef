import ArgumentParser
import Journaling
import Ledger

/// Shows a book.
struct Show: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show a book: aging, card, control, anomalies.",
    discussion: """
        arrears show aging --as-of 2026-03-31 --known-at 2026-04-05 --by bucket
        arrears show card LN-000042 --as-of 2026-03-31
      """,
    subcommands: [ShowAging.self, ShowCard.self, ShowControl.self, ShowAnomalies.self])
}

extension Aging.Grouping: ExpressibleByArgument {}
extension Aging.Form: ExpressibleByArgument {}

/// Aging.
struct ShowAging: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "aging", abstract: "What is overdue and how old it is.")

  @OptionGroup var ledger: LedgerOptions
  @OptionGroup var vantage: VantageOptions
  @OptionGroup var question: QuestionOptions
  @OptionGroup var format: FormatOptions

  @Option(help: "account, bucket, customer, product, currency or payer.")
  var by: Aging.Grouping = .bucket

  @Option(help: "bucketed: the whole account by its oldest due; slotted: each due by its own age.")
  var form: Aging.Form = .bucketed

  func run() throws {
    let journal = try ledger.open()
    try journal.reading { snapshot in
      let resolved = try vantage.resolve(journal, snapshot)
      let question = try question.question(resolved.vantage)
      var bar = Progress("aging")
      let answer = try journal.answer(
        Aging(by: by, form: form, asOf: resolved.vantage.asOf), question, snapshot
      ) { bar.show($0, of: $1) }
      bar.finish()
      let names = by == .account ? try journal.accountNames(snapshot) : []
      let table = answer.book.sheet { Int($0) < names.count ? names[Int($0)] : "" }
      let reply = Reply(
        format: format, resolved: resolved,
        policies: answer.policies.label(on: resolved.vantage.asOf), journal: journal)
      try reply.print(table, snapshot)
    }
  }
}

/// The card of one account.
struct ShowCard: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "card", abstract: "One account on one page.")

  @OptionGroup var ledger: LedgerOptions
  @OptionGroup var vantage: VantageOptions
  @OptionGroup var question: QuestionOptions
  @OptionGroup var format: FormatOptions

  @Argument(help: "The account's id.")
  var account: String

  func run() throws {
    let journal = try ledger.open()
    try journal.reading { snapshot in
      let resolved = try vantage.resolve(journal, snapshot)
      let question = try question.question(resolved.vantage)
      var card = Card(account: account, asOf: resolved.vantage.asOf)
      guard let number = try snapshot.number(.account, account) else {
        throw Failure("The ledger has never heard of an account \(account).")
      }
      card.ids = try journal.obligationIDs(of: number, snapshot)
      let answer = try journal.answer(card, account: account, question, snapshot)
      guard let answer else {
        throw Failure("The ledger has never heard of an account \(account).")
      }
      let reply = Reply(
        format: format, resolved: resolved,
        policies: answer.policies.label(on: resolved.vantage.asOf), journal: journal)
      try reply.print(answer.book.sheet { _ in account }, snapshot)
    }
  }
}

/// Control of the whole book.
struct ShowControl: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "control", abstract: "Counts by event, sums by component, anomalies.")

  @OptionGroup var ledger: LedgerOptions
  @OptionGroup var vantage: VantageOptions
  @OptionGroup var question: QuestionOptions
  @OptionGroup var format: FormatOptions

  func run() throws {
    let journal = try ledger.open()
    try journal.reading { snapshot in
      let resolved = try vantage.resolve(journal, snapshot)
      let question = try question.question(resolved.vantage)
      var bar = Progress("control")
      var control = Control()
      try snapshot.bundles(to: resolved.vantage.knownAt) { (bundle) throws(JournalError) in
        control.count(bundle, upTo: resolved.vantage.knownAt)
      }
      let answer = try journal.answer(control, question, snapshot) { bar.show($0, of: $1) }
      control = answer.book
      control.anomalies = try journal.anomalies(question, snapshot) { bar.show($0, of: $1) }.counts
      bar.finish()
      let reply = Reply(
        format: format, resolved: resolved,
        policies: answer.policies.label(on: resolved.vantage.asOf), journal: journal)
      try reply.print(control.sheet { _ in "" }, snapshot)
    }
  }
}

/// What was imported although a command would have been refused.
struct ShowAnomalies: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "anomalies", abstract: "History that a command would have refused.",
    discussion: "Exit status 1 when there is any.")

  @OptionGroup var ledger: LedgerOptions
  @OptionGroup var vantage: VantageOptions
  @OptionGroup var question: QuestionOptions
  @OptionGroup var format: FormatOptions

  func run() throws {
    let journal = try ledger.open()
    let found = try journal.reading { snapshot in
      let resolved = try vantage.resolve(journal, snapshot)
      let question = try question.question(resolved.vantage)
      var bar = Progress("anomalies")
      let anomalies = try journal.anomalies(question, snapshot) { bar.show($0, of: $1) }
      bar.finish()
      let policies = try journal.policies(question, snapshot)
      let reply = Reply(
        format: format, resolved: resolved,
        policies: policies.label(on: resolved.vantage.asOf), journal: journal)
      try reply.print(anomalies.sheet(), snapshot)
      return anomalies.rows.count
    }
    if found > 0 { throw ExitCode(1) }
  }
}
