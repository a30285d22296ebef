/// What an event can be about, and what the ledger keeps a number for.
///
/// Accounts, actors, imports, parties, agencies, units and policies get a dense number the first
/// time an event names them; that event's envelope carries the id (`names`), so numbers can be
/// rebuilt from the log alone: the n-th id introduced of a kind has number n, from 1.
package enum NameKind: UInt8, CaseIterable, Sendable {
  case account = 0, actor, `import`, party, agency, unit, policy

  /// The kind as it stands in JSON: `account`, `party` …
  package var name: String {
    switch self {
    case .account: "account"
    case .actor: "actor"
    case .import: "import"
    case .party: "party"
    case .agency: "agency"
    case .unit: "unit"
    case .policy: "policy"
    }
  }

  /// The kind with this JSON name.
  package init?(name: some StringProtocol) {
    guard let kind = NameKind.allCases.first(where: { $0.name == name }) else { return nil }
    self = kind
  }
}
