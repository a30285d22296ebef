package import Ledger

/// A verdict of another fold that is handed to a run instead of being folded: what a case file
/// gives so that a rule can be tried alone.
package struct Given: Sendable {
  /// What it says.
  package var kind: Derived
  /// The account it is about, or the person.
  package var account: String?, person: String?
  /// When it became so.
  package var at: ClockTime
  /// What a finding that hangs on it is told by.
  package var id: String
  /// Further properties, by the names that rules know.
  package var values: Value

  /// A verdict that is given.
  package init(
    _ kind: Derived, account: String?, person: String?, at: ClockTime, id: String, values: Value
  ) {
    (self.kind, self.account, self.person) = (kind, account, person)
    (self.at, self.id, self.values) = (at, id, values)
  }

  func act(account number: UInt32) -> Act {
    var header = Header()
    header.type = kind.rawValue
    header.account = number
    header.occurred = at.moment.rawValue
    header.recorded = at.moment.rawValue
    header.day = at.day.rawValue
    var act = Act(header)
    act.id = TextKey(id)
    if let person { act.person = TextKey(person) }
    for pair in values.pairs {
      guard let property = Property.byName[pair.name] else { continue }
      if let text = pair.value.text {
        act.set(
          property,
          Day(text).map { Int64($0.rawValue) } ?? Int64(bitPattern: TextKey(text).rawValue))
      } else if let number = pair.value.int {
        act.set(property, number)
      }
    }
    return act
  }
}
