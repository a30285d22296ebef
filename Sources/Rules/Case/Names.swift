package import Ledger

/// Digests of the ids behind the numbers of a ledger.
package struct Names: Sendable {
  /// Ids of accounts by number; index 0 is nobody.
  package var accounts: [String] = []
  /// Of actors by number: their id, and the agency they worked for.
  package var actors: [(id: TextKey, agency: TextKey)] = []
  /// Of parties and agencies by number.
  package var parties: [TextKey] = [], agencies: [TextKey] = []

  /// No names.
  package init() {}

  func actor(_ number: UInt32) -> (id: TextKey, agency: TextKey) {
    Int(number) < actors.count ? actors[Int(number)] : (.none, .none)
  }

  func account(_ number: UInt32) -> String {
    Int(number) < accounts.count ? accounts[Int(number)] : ""
  }
}

/// What an event is about when it is about no account.
enum Topic {
  case party(TextKey)
  case agency(TextKey)
  case other

  /// The subject that the envelope names.
  static func of(_ event: borrowing EventView, _ names: Names) throws(WireError) -> Topic {
    guard event.header.account == 0 else { return .other }
    switch try Envelope(reading: event.envelope).subject {
    case .numbered(.party, let number) where Int(number) < names.parties.count:
      return .party(names.parties[Int(number)])
    case .numbered(.agency, let number) where Int(number) < names.agencies.count:
      return .agency(names.agencies[Int(number)])
    case .other(let reference): return .party(TextKey(reference.id))
    default: return .other
    }
  }
}
