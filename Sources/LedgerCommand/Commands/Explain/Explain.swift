import ArgumentParser
import Journaling
import Ledger

/// Says why a figure is what it is.
struct Explain: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Why a figure is what it is: accounts, events, rules, running value.",
    discussion: """
      With --account, the account's events in the order of the world, the rule that applied to each, \
      and the cell without and with it. Without, the accounts that make up the cell. The parts sum to \
      the cell.
        arrears explain aging --as-of 2026-03-31 --account LN-1 --cell overdue
        arrears explain aging --as-of 2026-03-31 --bucket 31-60 --cell overdue
        arrears explain mis roll --bucket 31-60 --cell rolled_forward
        arrears explain balance LN-1 --lang hi
      """,
    subcommands: [ExplainBalance.self] + Show.books.map(explained))

  // Every book that is shown can be explained.
  private static func explained(_ verb: any BookVerb.Type) -> any ParsableCommand.Type {
    func open<V: BookVerb>(_: V.Type) -> any ParsableCommand.Type { Explained<V>.self }
    return open(verb)
  }
}

extension Show {
  /// The verbs that show a book of whole ledgers.
  static var books: [any BookVerb.Type] {
    configuration.subcommands.compactMap { $0 as? any BookVerb.Type }
  }

  /// The verb that shows the book of a name.
  static func book(_ name: String) -> (any BookVerb.Type)? {
    func called<V: BookVerb>(_: V.Type) -> String { V.name }
    return books.first { called($0) == name }
  }
}

/// Explains a cell of one book.
struct Explained<V: BookVerb>: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: V.name, abstract: "Explain a cell of `show \(V.name)`.")
  }

  @OptionGroup var verb: V

  @Option(help: "The column of the cell, such as overdue, dpd or bucket.")
  var cell: String

  @Option(help: "The account whose cell is meant.")
  var account: String?

  @Option(help: "COLUMN=VALUE of the cell's row; may be given several times.")
  var row: [String] = []

  @Option(help: "The bucket of the cell's row; the same as --row bucket=VALUE.")
  var bucket: String?

  func run() throws {
    var verb = verb
    if account != nil { verb.narrow() }
    let choice = try choice()
    let options = verb.book
    let journal = try options.ledger.open()
    try journal.reading { snapshot in
      let resolved = try options.vantage.resolve(journal, snapshot)
      let question = try options.question.question(resolved.vantage)
      let book = try verb.make(resolved, journal, snapshot)
      var sheet: Sheet
      if let account {
        let found = try journal.explain(book, account: account, choice, question, snapshot)
        switch found {
        case .unknown: throw Failure.unheard(account)
        case .fault(let sentence): throw fault(sentence, verb)
        case .explanation(let explanation): sheet = explanation.sheet()
        }
      } else {
        var bar = Progress("explain")
        defer { bar.finish() }
        let whole = try journal.answer(book, question, snapshot) { bar.show($0, of: $1) }
          .book.sheet(journal.naming)
        guard let parts = Contributions(of: book, choice, in: whole) else {
          throw fault(choice.fault(in: whole) ?? "There is no such cell.", verb)
        }
        sheet = try journal.answer(parts, question, snapshot) { bar.show($0, of: $1) }
          .book.sheet(journal.naming)
      }
      let policies = try journal.policies(question, snapshot)
      let reply = Reply(
        format: options.format, resolved: resolved,
        policies: policies.label(on: resolved.vantage.asOf), journal: journal)
      try reply.print(sheet, snapshot)
    }
  }

  private func fault(_ sentence: String, _ verb: V) -> Failure {
    Failure([sentence, verb.pointer(to: cell)].compactMap(\.self).joined(separator: " "))
  }

  private func choice() throws -> CellChoice {
    var choice = CellChoice(cell)
    if let bucket { choice.rows.append(.init("bucket", bucket)) }
    for text in row {
      guard let cut = text.firstIndex(of: "=") else {
        throw Failure("--row \(text) names no column; write COLUMN=VALUE.")
      }
      choice.rows.append(.init(String(text[..<cut]), String(text[text.index(after: cut)...])))
    }
    return choice
  }
}
