/// How often and how soon a debit that came back may be presented again.
///
/// NPCI allows two re-presentations, three days apart, after the customer's confirmation
/// (NPCI/2023-24/NACH/007); other rails have rules of their own, so a house adopts what holds.
package struct Representation: PolicyBody, Hashable {
  /// Presentations after the first in one due's cycle.
  package var most: Int
  /// Days from a return to the next presentation.
  package var gapDays: Int
  /// Whether the customer must confirm first.
  package var needsConfirmation: Bool

  /// Its code in `policy_kind`.
  package static let kind = "representation"
  /// Twice, three days apart, unconfirmed.
  package static let standard = Representation(most: 2, gapDays: 3, needsConfirmation: false)
  /// `"representation": 2` is enough.
  package static let shorthand: String? = "max_representations"
  /// Fields that a body must name.
  package static let required = ["max_representations"]

  /// Takes one of its fields.
  package mutating func take(_ field: String, _ body: inout CBORReader) throws(WireError) {
    switch field {
    case "max_representations": most = Int(try body.int())
    case "min_gap_days": gapDays = Int(try body.int())
    case "needs_confirmation": needsConfirmation = try body.bool()
    default: throw Self.unknown(field, body)
    }
  }

  /// Nothing may be negative or absurd.
  package var fault: String? {
    (0...100).contains(most) && (0...366).contains(gapDays)
      ? nil : "has a negative or absurd number"
  }
}
