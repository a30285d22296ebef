import ArgumentParser
import Glibc
import Journaling
import Ledger

/// Steps through the states of an account.
struct Replay: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay",
    abstract: "Step through the states of one account, entry by entry.",
    discussion: """
      After each entry, the account at the end of the day it was recorded. With --step one state at a \
      time, what changed marked; on a terminal, Return goes on and q ends.
        arrears replay LN-000042
        arrears replay LN-000042 --step
      """)

  @OptionGroup var ledger: LedgerOptions
  @OptionGroup var vantage: VantageOptions
  @OptionGroup var question: QuestionOptions
  @OptionGroup var format: FormatOptions

  @Flag(help: "One state at a time, on a page of its own.")
  var step = false

  @Argument(help: "The account's id.")
  var account: String

  func run() throws {
    let journal = try ledger.open()
    try journal.reading { snapshot in
      let resolved = try vantage.resolve(journal, snapshot)
      let question = try question.question(resolved.vantage)
      let steps = try journal.states(of: account, question, zone: resolved.zone, snapshot)
      guard let steps else { throw Failure.unheard(account) }
      if step { return pages(steps) }
      let policies = try journal.policies(question, snapshot)
      let reply = Reply(
        format: format, resolved: resolved,
        policies: policies.label(on: resolved.vantage.asOf), journal: journal)
      try reply.print(sheet(steps), snapshot)
    }
  }

  private func sheet(_ steps: [AccountStep]) -> Sheet {
    let names = ["overdue", "outstanding", "credit", "dpd", "bucket", "class", "state"]
    var sheet = Sheet(
      title: "States of account \(account), one after each entry",
      columns: [.init("seq", .integer), .init("recorded", .day), .init("event")]
        + names.map {
          .init($0, $0 == "dpd" ? .integer : $0.first == "o" || $0 == "credit" ? .money : .text)
        }
    )
    for item in steps {
      let figures = item.state.figures
      sheet.rows.append(
        [.integer(Int64(item.seq)), .day(item.recorded), .text(item.event)]
          + names.map { name in figures.first { $0.name == name }?.cell ?? .none })
    }
    return sheet
  }

  private func pages(_ steps: [AccountStep]) {
    let waits = isatty(0) == 1 && Terminal.isScreen
    var before = Observation()
    for (index, item) in steps.enumerated() {
      var page = "\(index + 1) of \(steps.count)   seq \(item.seq)   \(item.event)   "
      page += "for \(item.day), recorded \(item.recorded)\n\(item.what)\n\n"
      for (old, new) in zip(before.figures, item.state.figures) {
        let (a, b) = (old.cell.plain, new.cell.plain)
        let name = new.name + String(repeating: " ", count: max(0, 12 - new.name.count))
        page +=
          a == b ? "    \(name) \(b)\n" : "  > \(name) \(b)   (\(a.isEmpty ? "nothing" : a))\n"
      }
      Terminal.out(page + "\n")
      before = item.state
      if waits, let line = readLine(), line.hasPrefix("q") { return }
    }
  }
}
