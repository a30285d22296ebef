import Journaling
import Ledger

extension Words {
  /// Writes the terms of the policy into a promise that states none: a promise is kept or broken on
  /// the terms it was made on, so they stand in the event. A JSON object is taken as it is.
  mutating func freezeTerms(_ journal: Journal, _ zone: Zone) throws {
    guard !given.isEmpty, !given.contains("terms") else { return }
    let today = zone.day(of: Journal.systemClock())
    let terms = try journal.terms(of: subject, on: today).promises
    body.removeLast()
    body += ",\"terms\":{\"grace_days\":\(terms.graceDays),\"tolerance_bp\":\(terms.toleranceBP),"
    body += "\"counting\":\(Rendering.quote(terms.counting))}}"
  }
}
