import Interchange
import Journaling
import Ledger

/// Rows that read files.
enum Restoring {
  /// Restores events with `recorded_at` into a new ledger; events a second.
  static func restore(_ path: String, _ file: String) throws -> [String: Double] {
    let journal = try Journal.create(path, Appending.identity)
    let begun = Clock.seconds
    let report = try Restore(try ByteFile(path: file)).run(into: journal)
    try journal.close()
    return [
      "rate": Double(report.events) / (Clock.seconds - begun), "events": Double(report.events),
    ]
  }

  /// Imports receipts through a mapping into a new ledger, durable and indexed; rows a second.
  static func receipts(_ path: String, _ file: String, _ mapping: String) throws -> [String: Double]
  {
    let journal = try Journal.create(path, Appending.identity)
    let mapping = try Mapping(path: mapping)
    let begun = Clock.seconds
    var task = Import(try ByteFile(path: file), mapping: mapping)
    let report = try task.run(into: journal)
    try journal.close()
    return [
      "rate": Double(report.rows) / (Clock.seconds - begun), "rows": Double(report.rows),
      "rejected": Double(report.rejected),
    ]
  }
}
