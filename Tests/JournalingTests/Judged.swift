import Journaling
import Ledger
import Testing

/// How a journal judges one event, both ways in.
extension Journal {
  /// The rule by which a command is refused; `-` when it passes.
  func refusal(of draft: Draft) throws -> String {
    do throws(JournalError) {
      try rehearse(draft, zone: try zone())
      return "-"
    } catch {
      guard case .refused(let refusal) = error else { throw error }
      return refusal.rule
    }
  }

  /// Whatever is flagged of the history that is known.
  func flagged() throws -> [Anomalies.Row] {
    try read { (snapshot) throws(JournalError) in
      try anomalies(
        Question(vantage: Vantage(asOf: .undated, knownAt: snapshot.head)), snapshot)
    }.rows
  }

  /// Stores an event as history and answers the rules by which it is flagged.
  func flags(of draft: Draft) throws -> [String] {
    let seq = try write { (batch: inout Batch) throws(JournalError) in try batch.append(draft) }
    return try flagged().filter { $0.seq == seq }.map(\.rule)
  }
}
