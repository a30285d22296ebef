import Journaling
import Ledger

extension Value {
  /// A sum as case files write it.
  static func money(_ minor: Int64, _ currency: Currency) -> Value {
    .object(["minor": .number(minor), "currency": .text(currency.code)])
  }
}

/// `account_state`: the figures of one account.
enum AccountStateProjection: Projection {
  static let name = "account_state"

  /// Takes the figures of every account it is shown.
  private struct Figures: Book {
    static let name = "figures"
    var seen: [[String: Value]] = []

    mutating func take(_ account: borrowing AccountView) {
      seen.append(
        Figures.fields(
          account.reckoning, account.currency, account.bucket, account.assetClass))
    }

    static func fields(
      _ figures: Reckoning, _ currency: Currency, _ bucket: String, _ assetClass: String
    ) -> [String: Value] {
      [
        "overdue": .money(figures.overdue, currency),
        "outstanding": .money(figures.outstanding, currency),
        "credit": .money(figures.credit, currency),
        "dpd": .number(Int64(figures.dpd)),
        "past_due_days": .number(Int64(figures.pastDueDays)),
        "paused_days": .number(Int64(figures.pausedDays)),
        "oldest_unpaid": figures.oldestUnpaid.map { .text($0.description) } ?? .null,
        "bucket": .text(bucket), "class": .text(assetClass),
      ]
    }

    mutating func merge(_ other: Figures) { seen += other.seen }
    func sheet(_ naming: Naming) -> Sheet { Sheet(title: "", columns: []) }
  }

  static func answer(_ asked: Asked) throws -> [String: Value] {
    let journal = asked.history.journal
    return try journal.reading { snapshot in
      let account = try asked.account(snapshot)
      let answer = try journal.answer(
        Figures(), account: account.id, asked.question, snapshot)
      guard let answer, answer.book.seen.count <= 1 else {
        throw Inexpressible("the account has more than one currency")
      }
      // An account of which nothing was to be seen by the day has no line: all its figures are
      // zero.
      let who = PolicySubject(product: "", account: account.id)
      let terms = try answer.policies.terms(for: who, on: asked.question.vantage.asOf)
      let none = terms.buckets.index(days: 0, writtenOff: false, undated: false)
      var fields =
        answer.book.seen.first
        ?? Figures.fields(
          Reckoning(), journal.identity.currency, terms.buckets.labels[none],
          terms.classification.assetClass(days: 0, npa: false))
      fields["not_knowable"] = .truth(asked.isProjected)
      return fields
    }
  }
}

/// `aging_slotted`: each unpaid due by its own age.
enum SlottedProjection: Projection {
  static let name = "aging_slotted"
  static func answer(_ asked: Asked) throws -> [String: Value] {
    try AgingAnswer.answer(asked, form: .slotted, column: "outstanding")
  }
}

/// `aging_bucketed`: the whole account by its oldest unpaid due.
enum BucketedProjection: Projection {
  static let name = "aging_bucketed"
  static func answer(_ asked: Asked) throws -> [String: Value] {
    try AgingAnswer.answer(asked, form: .bucketed, column: "overdue")
  }
}

/// Bands of the aging book and the sums in them.
private enum AgingAnswer {
  static func answer(_ asked: Asked, form: Aging.Form, column: String) throws -> [String: Value] {
    let journal = asked.history.journal
    let sheet = try journal.reading { snapshot in
      try journal.answer(
        Aging(by: .bucket, form: form, asOf: asked.question.vantage.asOf), asked.question, snapshot
      ).book.sheet(Naming { _ in "" })
    }
    var fields: [String: Value] = ["not_knowable": .truth(asked.isProjected)]
    guard let place = sheet.columns.firstIndex(where: { $0.name == column }) else { return fields }
    for row in sheet.rows {
      guard case .text(let label) = row[0], case .money(let sum, let currency) = row[place] else {
        continue
      }
      if fields[label] != nil { throw Inexpressible("the book has more than one currency") }
      fields[label] = .money(Int64(clamping: sum), currency)
    }
    return fields
  }
}

/// `waterfall`: which due and component every sum paid, and what that leaves.
enum WaterfallProjection: Projection {
  static let name = "waterfall"

  static func answer(_ asked: Asked) throws -> [String: Value] {
    let journal = asked.history.journal
    let vantage = asked.question.vantage
    return try journal.reading { snapshot in
      let account = try asked.account(snapshot)
      let ids = try journal.obligationIDs(of: account.number, snapshot)
      let policies = try journal.policies(asked.question, snapshot)
      var state = AccountState(id: account.id)
      try snapshot.trail(of: account.number, to: vantage.knownAt) { (event) throws(JournalError) in
        do throws(WireError) { try state.evolve(event, isSubject: true) } catch {
          throw .wire(error, at: event.header.seq)
        }
      }
      let who = state.subject
      let terms = try policies.terms(for: who, on: vantage.asOf)
      let currency = state.currency ?? .none
      var reckoner = Reckoner()
      reckoner.keepsSplits = true
      let figures = reckoner.reckon(
        state.facts.rows.span, parts: state.facts.parts.span, currency: currency.rawValue,
        asOf: vantage.asOf, terms: terms)
      let splits = reckoner.splits.map { split -> Value in
        let due = reckoner.obligations[split.obligation].id
        return .object([
          "due": .text(ids[due] ?? "?"), "component": .text(split.component.code),
          "amount": .money(split.amount, currency),
        ])
      }
      return [
        "splits": .list(splits), "dpd": .number(Int64(figures.dpd)),
        "oldest_unpaid": figures.oldestUnpaid.map { .text($0.description) } ?? .null,
        "overdue": .money(figures.overdue, currency),
        "outstanding": .money(figures.outstanding, currency),
        "not_knowable": .truth(asked.isProjected),
      ]
    }
  }
}
