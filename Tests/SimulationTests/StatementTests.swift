import Foundation
import Journaling
import Ledger
import Simulation
import Testing

/// Statements of simulated accounts, line by line.
@Suite struct `A customer's statement` {
  @Test func `has a line for each entry that moved the balance, and the balance after it`() throws {
    let model = NaivePeriod(Year.desk)
    let met = try Year.compare("statement", 5, stream: 330) { ledger, vantage, chance in
      let (to, known) = (vantage.asOf, vantage.knownAt)
      let from = to - chance.pick(0...200)
      let accounts = (0..<4).map { _ in Life.name(UInt32(chance.pick(1...Year.accounts))) }
      let foretold = model.statements(of: accounts, from: from, to: to, knownAt: known)
      return try zip(accounts, foretold).map { account, foretold in
        let told = try ledger.lines(
          ["date", "value_date", "debit", "credit", "balance", "ref"]
        ) { journal, snapshot in
          try journal.statement(of: account, from: from, Question(vantage: vantage), snapshot)?
            .statement.sheet() ?? Sheet(title: "", columns: [])
        }
        return ("statement", told, foretold)
      }
    }
    #expect(met.count > 100, "\(met.count) words of statements were compared")
  }

  @Test func `opens and closes with the figures of the book, and adds up in between`() throws {
    let (life, ledger) = (Year.life, try Year.ledger.get())
    var chance = Chance(seed: Year.seed, stream: 79)
    var (wrong, lines) = ([String](), 0)
    for _ in 0..<6 {
      let first = Year.from + chance.pick(0...200)
      let last = first + chance.pick(0...150)
      let known = UInt64(chance.pick(life.entries.count / 2...life.entries.count))
      let before = try ledger.balances(asOf: first - 1, knownAt: known)
      let after = try ledger.balances(asOf: last, knownAt: known)
      for account in after.keys.sorted() {
        let question = Question(vantage: Vantage(asOf: last, knownAt: known))
        let found = try ledger.journal.read { (snapshot) throws(JournalError) in
          try ledger.journal.statement(of: account, from: first, question, snapshot)
        }
        let statement = try #require(found).statement
        lines += statement.lines.count
        let moved = statement.lines.reduce(0) { $0 + $1.change }
        if statement.opening != before[account] ?? 0
          || statement.closing != after[account]
          || statement.opening + moved != statement.closing
        {
          wrong.append(
            "\(account) \(first)-\(last) known \(known): opens \(statement.opening), "
              + "book \(before[account] ?? 0); closes \(statement.closing), "
              + "book \(after[account] ?? 0)")
        }
        // Every line of money has words.
        if statement.lines.contains(where: { $0.particulars.isEmpty }) {
          wrong.append("\(account): a line without words")
        }
      }
    }
    #expect(lines > 1000)
    #expect(wrong.isEmpty, "\(wrong.count):\n\(wrong.prefix(12).joined(separator: "\n"))")
  }
}

extension Restored {
  /// What is outstanding less what is in credit, by account, minor units.
  func balances(asOf: Day, knownAt: Position) throws -> [String: Int64] {
    let book = Aging(by: .account, form: .bucketed, asOf: asOf)
    let vantage = Vantage(asOf: asOf, knownAt: knownAt)
    var balances: [String: Int64] = [:]
    for line in try lines(book, vantage, ["account", "outstanding", "credit"]) {
      let cells = line.split(separator: ",").map(String.init)
      balances[cells[0]] = try #require(Int64(cells[1])) - #require(Int64(cells[2]))
    }
    return balances
  }
}
