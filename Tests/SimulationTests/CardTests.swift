import Foundation
import Journaling
import Ledger
import Simulation
import Testing

/// Cards of accounts against a model that shares no rule with the ledger.
@Suite struct `The card and the naive model` {
  @Test func `every line of a card is what the account's file says`() throws {
    let model = NaiveCard(Year.desk, Year.life)
    let met = try Year.compare("card", 12, stream: 331) { ledger, vantage, chance in
      let accounts = (0..<8).map { _ in Life.name(UInt32(chance.pick(1...Year.accounts))) }
      let foretold = model.cards(of: accounts, asOf: vantage.asOf, knownAt: vantage.knownAt)
      return try zip(accounts, foretold).map { account, foretold in
        ("card", try ledger.card(account, vantage), foretold)
      }
    }
    let never = [
      "flags", "closed", "credit", "raised", "npa", "oldest", "principal", "cancelled",
      "promise", "dispute", "SLA", "settlement", "plan", "complaint", "contact", "cheque",
      "mandate", "presentation",
    ]
    #expect(Year.never(never.map { "card \($0)" }, met) == [])
  }
}

extension Restored {
  /// `show card`, without what it says of accounts nobody opened.
  fileprivate func card(_ account: String, _ vantage: Vantage) throws -> [String] {
    try lines(["section", "item", "value"]) { journal, snapshot in
      var card = Card(account: account, asOf: vantage.asOf)
      if let number = try snapshot.number(.account, account) {
        card.ids = try journal.obligationIDs(of: number, snapshot)
      }
      return try journal.answer(card, account: account, Question(vantage: vantage), snapshot)?
        .book.sheet(journal.naming) ?? Sheet(title: "", columns: [])
    }
  }
}
