import ArgumentParser
import Journaling
import Ledger

/// The statement of one account.
struct ShowStatement: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "statement", abstract: "The figures of a customer's statement.",
    discussion: """
      Every entry that moved the balance, with its position in the ledger as ref. The balance is what \
      is outstanding, below zero what is in the customer's favour. --to is the day asked about. With \
      --as-issued it is the statement of that id, with what was known when it went out: its digest is \
      compared with the one that statement.issued recorded.
        arrears show statement LN-000042 --from 2026-01-01 --to 2026-03-31 --language hi
        arrears show statement LN-000042 --as-issued ST-1
      """)

  @OptionGroup var ledger: LedgerOptions
  @OptionGroup var vantage: VantageOptions
  @OptionGroup var period: PeriodOptions
  @OptionGroup var question: QuestionOptions
  @OptionGroup var format: FormatOptions

  @Option(help: "en or hi. Default: that in which it was issued, else en.")
  var language: Language?

  @Option(help: "The statement with this id, as it went out.")
  var asIssued: String?

  @Argument(help: "The account's id.")
  var account: String

  func validate() throws {
    guard asIssued != nil else { return }
    guard period.to == nil, vantage.asOf == nil, question.policy.isEmpty else {
      throw ValidationError("--as-issued says the day and the rules; leave --to and --policy out.")
    }
  }

  func run() throws {
    var vantage = vantage
    if let to = period.to {
      guard vantage.asOf == nil || vantage.asOf == to else {
        throw Failure("--to is the day asked about; give it or --as-of, not two days.")
      }
      vantage.asOf = to
    }
    let journal = try ledger.open()
    try journal.reading { snapshot in
      var resolved = try vantage.resolve(journal, snapshot)
      var period = period
      var copy: Statement.Copy?
      if let asIssued {
        let found = try self.copy(asIssued, resolved, journal, snapshot)
        let words = VantageOptions.words(
          asOf: "\(found.issued.asOf)", knownAt: "\(found.issued.knownAt)")
        resolved = try words.resolve(journal, snapshot)
        period.from = period.from ?? found.issued.from?.description
        guard period.from != nil else {
          throw Failure("Statement \(asIssued) does not say on which day it begins; give --from.")
        }
        copy = found
      }
      let (from, _) = try period.days(resolved)
      let question = try question.question(resolved.vantage)
      let language = language ?? copy?.issued.language.flatMap(Language.init) ?? .english
      guard
        let (statement, policies) = try journal.statement(
          of: account, from: from, language: language, question, snapshot)
      else { throw Failure.unheard(account) }
      let reply = Reply(
        format: format, resolved: resolved, policies: policies.label(on: resolved.vantage.asOf),
        journal: journal)
      var sheet = statement.sheet()
      if let copy { sheet.notes += notes(copy, Reply.digest(sheet), language) }
      try reply.print(sheet, snapshot)
    }
  }

  private func copy(
    _ id: String, _ resolved: VantageOptions.Resolved, _ journal: Journal,
    _ snapshot: borrowing Snapshot
  ) throws -> Statement.Copy {
    guard
      let copies = try journal.statements(of: account, to: resolved.vantage.knownAt, snapshot)
    else { throw Failure.unheard(account) }
    guard let copy = copies.first(where: { $0.issued.statement == id }) else {
      let ids = copies.map(\.issued.statement).joined(separator: ", ")
      throw Failure(
        "No statement \(id) was issued on account \(account)"
          + (ids.isEmpty ? "." : "; there are \(ids)."))
    }
    return copy
  }

  // How it went out, what took its place, and whether this is what was sent.
  private func notes(_ copy: Statement.Copy, _ digest: [UInt8], _ language: Language) -> [String] {
    let issued = copy.issued
    let to = issued.addressee.map { " to \($0)" } ?? ""
    var notes = [
      language.say(
        "Issued as \(issued.statement) on \(copy.day)\(to), seq \(copy.seq).",
        "\(copy.day) को \(issued.statement) के रूप में जारी, seq \(copy.seq)।")
    ]
    if let old = issued.supersedes {
      notes.append(language.say("It replaced \(old).", "इसने \(old) का स्थान लिया।"))
    }
    if let next = copy.replaced {
      notes.append(
        language.say(
          "It was replaced by \(next.by) on \(next.on).",
          "\(next.on) को \(next.by) ने इसका स्थान लिया।"))
    }
    notes.append(
      digest == issued.sha256
        ? language.say(
          "These are the figures that went out: the digest agrees.",
          "यही आँकड़े भेजे गए थे: अंक-छाप मिलती है।")
        : language.say(
          "What went out had another form or other figures: its digest was "
            + "\(Hex.text(issued.sha256)).",
          "भेजे गए विवरण का रूप या आँकड़े अलग थे: उसकी अंक-छाप \(Hex.text(issued.sha256)) थी।"))
    return notes
  }
}
