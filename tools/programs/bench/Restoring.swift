import Foundation
import Interchange
import Journaling
import Ledger

/// Making ledgers of files.
enum Restoring {
  static func restore(_ path: String, _ file: String) throws -> [String: Double] {
    let data = try Data(contentsOf: URL(fileURLWithPath: file), options: .alwaysMapped)
    let journal = try Journal.create(path, Appending.identity)
    let begun = Clock.seconds
    var count = 0
    try journal.write { (batch: inout Batch) throws(JournalError) in
      for line in data.split(separator: 10) {
        let bytes = Array(line)
        do {
          let event = try EventJSON(bytes.span)
          var draft = event.draft
          draft.recorded = event.recorded
          try batch.append(draft)
        } catch let error as JournalError { throw error } catch { throw .invalid("\(error)") }
        count += 1
      }
    }
    try journal.close()
    return ["rate": Double(count) / (Clock.seconds - begun), "events": Double(count)]
  }
}
