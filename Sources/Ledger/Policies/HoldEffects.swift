/// What holds do to a reckoning.
package struct HoldEffects: PolicyBody, Hashable {
  /// Kinds of hold whose days are not counted as delinquent.
  package var pausesAging: [String]

  /// Its code in `policy_kind`.
  package static let kind = "hold_effects"
  /// Moratorium, court stay and disaster pause.
  package static let standard = HoldEffects(
    pausesAging: ["loan_moratorium", "court_stay", "disaster"])

  /// Fields that a body must name.
  package static let required = ["pauses_aging"]

  /// Takes `pauses_aging`.
  package mutating func take(_ field: String, _ body: inout CBORReader) throws(WireError) {
    guard field == "pauses_aging" else { throw Self.unknown(field, body) }
    pausesAging = []
    for _ in 0..<(try body.array()) { pausesAging.append(try body.text()) }
  }
}
