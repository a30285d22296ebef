import Journaling
import Ledger
import Rules

/// What must be right about a pack before it is adopted; the core keeps bodies of this kind as they
/// are.
enum RulePackCheck {
  /// Throws a sentence about a pack that no run could use, or that starts before the ledger did.
  static func check(_ body: [UInt8], _ file: String, _ from: String, _ journal: Journal) throws {
    do throws(PackError) {
      _ = try Rulebook(.draft([("The pack file \(file)", body)]), PolicyBook(), asOf: .undated)
    } catch { throw Failure(error.description) }
    guard let first = Day(from), let began = try RulePackCheck.began(journal), first < began else {
      return
    }
    throw Failure(
      "The pack would judge from \(first), before the ledger began: its first entry is of \(began)."
    )
  }

  // The earliest local day on which anything in the ledger happened; nil while it is empty.
  private static func began(_ journal: Journal) throws -> Day? {
    try journal.reading { snapshot in
      var first: Int32?
      try snapshot.bundles { (bundle) throws(JournalError) in
        for index in 0..<bundle.count {
          let header = bundle.header(index)
          let moment = Moment(rawValue: header.occurred)
          let day = min(moment.day(offset: header.offset).rawValue, header.day)
          first = min(first ?? day, day)
        }
      }
      return first.map { Day(rawValue: $0) }
    }
  }
}
