import Journaling
import Ledger

/// `promise_book`: the verdict on the account's one promised item.
enum PromiseBookProjection: Projection {
  static let name = "promise_book"

  static func answer(_ asked: Asked) throws -> [String: Value] {
    let journal = asked.history.journal
    return try journal.reading { snapshot in
      let account = try asked.account(snapshot)
      let book = PromiseBook(by: .item, asOf: asked.question.vantage.asOf)
      let answer = try journal.answer(book, account: account.id, asked.question, snapshot)
      guard let sheet = answer?.book.sheet(journal.naming), sheet.rows.count == 1 else {
        throw Inexpressible("the account has not exactly one promised item")
      }
      var fields: [String: Value] = ["not_knowable": .truth(asked.isProjected)]
      for (column, cell) in zip(sheet.columns, sheet.rows[0]) {
        switch cell {
        case .text(let text): fields[column.name] = .text(text)
        case .integer(let number): fields[column.name] = .number(number)
        case .money(let sum, let currency):
          fields[column.name] = .money(Int64(clamping: sum), currency)
        case .day(let day): fields[column.name] = .text(day.description)
        case .none: fields[column.name] = .null
        }
      }
      return fields
    }
  }
}

/// `cash_custody`: what the one holder of cash has.
enum CashCustodyProjection: Projection {
  static let name = "cash_custody"

  static func answer(_ asked: Asked) throws -> [String: Value] {
    let journal = asked.history.journal
    return try journal.reading { snapshot in
      let custody = Cash.Custody(try journal.cashMoves(asked.question.vantage, snapshot))
      guard custody.holders.count == 1, let holder = custody.holders.first else {
        throw Inexpressible("not exactly one person holds cash")
      }
      return [
        "holder": .text(holder.who),
        "in_hand": .money(Int64(clamping: holder.inHand), holder.currency),
      ]
    }
  }
}

/// `contact_rates`: what follows from counts of attempts.
enum ContactRatesFormula: FormulaCheck {
  static let name = "contact_rates"
  static func output(_ input: Value) throws -> [String: Value] {
    var tally = ContactTally()
    tally.allocated = try input.whole("allocated")
    tally.accounts = try input.whole("attempted")
    tally.attempts = try input.whole("attempts")
    tally.connected = try input.whole("connected")
    tally.thirdParty = try input.whole("third_party")
    tally.rightParty = try input.whole("right_party")
    tally.accountsReached = try input.whole("accounts_with_right_party")
    tally.promises = try input.whole("promises")
    return [
      "coverage_bp": .points(tally.coverage),
      "intensity_attempted_bp": .points(tally.intensity),
      "intensity_allocated_bp": .points(tally.intensityOfAllocated),
      "connect_bp": .points(tally.connect), "contact_bp": .points(tally.contact),
      "right_party_bp": .points(tally.rightPartyRate),
      "contactability_allocated_bp": .points(tally.contactabilityOfAllocated),
      "contactability_attempted_bp": .points(tally.contactability),
      "promise_bp": .points(tally.promiseRate),
    ]
  }
}

/// `kept_rates`: of matured promises; and the wrong rate that divides by all of them.
enum KeptRatesFormula: FormulaCheck {
  static let name = "kept_rates"
  static func output(_ input: Value) throws -> [String: Value] {
    var tally = PromiseBook.Tally()
    for (name, verdict) in [
      ("kept", Promise.Verdict.kept), ("partial", .partial), ("broken", .broken),
      ("open", .open), ("withdrawn", .withdrawn),
    ] { tally.items[Int(verdict.rawValue)] = try input.whole(name) }
    tally.promised[Int(Promise.Verdict.kept.rawValue)] = Int128(
      try input.whole("promised_matured"))
    tally.counted[Int(Promise.Verdict.kept.rawValue)] = Int128(try input.whole("counted"))
    return [
      "kept_bp": .points(tally.kept), "broken_bp": .points(tally.broken),
      "kept_value_bp": .points(tally.keptValue),
      "wrong_kept_over_all_bp": .points(Ratio(tally[.kept], of: tally.items.reduce(0, +))),
    ]
  }
}
