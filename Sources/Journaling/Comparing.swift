package import Ledger

/// One account at several vantages: what was learned, state by state, day by knowledge.
extension Journal {
  /// What became known of an account between two positions, for the question's day; nil when the
  /// ledger has never heard of it.
  package func learning(
    of account: String, _ question: Question, from first: Position, to last: Position,
    _ snapshot: borrowing Snapshot
  ) throws(JournalError) -> Learning? {
    guard let history = try history(of: account, to: last, snapshot) else { return nil }
    let then = try rules(question, at: first, snapshot)
    let now = try rules(question, at: last, snapshot)
    do throws(WireError) {
      return try Learning(history, question, from: first, to: last, then: then, now: now)
    } catch { throw .wire(error, at: first) }
  }

  /// The grid of an account; nil when the ledger has never heard of it.
  package func grid(
    of account: String, days: [Day], known: [KnowledgeGrid.Knowledge], _ question: Question,
    _ snapshot: borrowing Snapshot
  ) throws(JournalError) -> KnowledgeGrid? {
    guard let history = try history(of: account, to: .max, snapshot) else { return nil }
    var rules: [Position: (PolicyBook, House)] = [:]
    for column in known where rules[column.position] == nil {
      rules[column.position] = try self.rules(question, at: column.position, snapshot)
    }
    do throws(WireError) {
      return try KnowledgeGrid(history, days: days, known: known, question) { position in
        rules[position] ?? (PolicyBook(), House())
      }
    } catch { throw .wire(error, at: 0) }
  }

  /// An account's states, one after each entry: the figures at the end of the day it was recorded,
  /// with everything recorded so far; nil when the ledger has never heard of the account.
  package func states(
    of account: String, _ question: Question, zone: Zone, _ snapshot: borrowing Snapshot
  ) throws(JournalError) -> [AccountStep]? {
    let last = question.vantage.knownAt
    guard let history = try history(of: account, to: last, snapshot) else { return nil }
    let (policies, _) = try rules(question, at: last, snapshot)
    var steps: [AccountStep] = []
    do throws(WireError) {
      var replay = try AccountReplay(history)
      for index in history.events.indices {
        let header = history.header(index)
        let day = zone.day(of: Moment(rawValue: header.recorded))
        let seen = try replay.state(after: index, on: day, policies, question)
        let what = try history.event(index) { (event) throws(WireError) in
          Register.event(code: header.type, version: header.version)
            .map { Summary.line(event.body, as: $0) } ?? "?"
        }
        steps.append(
          AccountStep(
            seq: header.seq, event: Register.name(of: header.type), what: what,
            recorded: day, day: Day(rawValue: header.day), state: seen))
      }
    } catch { throw .wire(error, at: 0) }
    return steps
  }

  /// Policies and house facts as known at a position.
  package func rules(_ question: Question, at position: Position, _ snapshot: borrowing Snapshot)
    throws(JournalError) -> (PolicyBook, House)
  {
    var question = question
    question.vantage.knownAt = position
    let shared = try shared(question, snapshot)
    return (shared.policies, shared.house)
  }
}

/// An account right after one of its entries.
package struct AccountStep: Sendable {
  /// The entry's position, name and body in short.
  package var seq: Position, event: String, what: String
  /// The day it was recorded, and the day from which it counts.
  package var recorded: Day, day: Day
  /// The account at the end of the day it was recorded.
  package var state: Observation
}
