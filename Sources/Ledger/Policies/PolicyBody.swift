/// The body of a policy: house rules as data, read from canonical CBOR with text keys.
///
/// One kind is one file: its Swift here, its schema in `schemas/policies/`. Adding a kind adds one
/// line to `Terms` and one to `PolicyKind.all`.
package protocol PolicyBody: Sendable {
  /// The `policy_kind` code.
  static var kind: String { get }
  /// What holds when nobody adopted anything: the stated default.
  static var standard: Self { get }
  /// The one field that may stand alone: `"dpd_counting": "elapsed"` for `{"counting": "elapsed"}`.
  static var shorthand: String? { get }
  /// Fields that a body must name.
  static var required: [String] { get }
  /// Takes one field of the body; unknown fields are refused by name.
  mutating func take(_ field: String, _ body: inout CBORReader) throws(WireError)
  /// What does not fit together, as a sentence, after all fields were taken.
  var fault: String? { get }
}

extension PolicyBody {
  /// No field may stand alone.
  package static var shorthand: String? { nil }
  /// Whatever was taken fits together.
  package var fault: String? { nil }

  /// Reads a whole body; fields left out keep their default.
  package init(reading bytes: Span<UInt8>) throws(WireError) {
    self = Self.standard
    var body = CBORReader(bytes)
    if try body.peekMajor() != 5, let field = Self.shorthand {
      try take(field, &body)
    } else {
      var missing = Self.required
      for _ in 0..<(try body.map()) {
        let field = try body.text()
        missing.removeAll { $0 == field }
        try take(field, &body)
      }
      if let field = missing.first {
        throw WireError("a \(Self.kind) policy lacks `\(field)`", at: 0)
      }
    }
    guard body.isAtEnd else { throw WireError("a \(Self.kind) policy goes on too long", at: 0) }
    if let fault { throw WireError("a \(Self.kind) policy \(fault)", at: 0) }
  }

  /// The error for a field that the kind does not have.
  package static func unknown(_ field: String, _ body: borrowing CBORReader) -> WireError {
    WireError("a \(kind) policy has no field `\(field)`", at: body.position)
  }

  /// The error for a value that the field cannot have.
  package static func misfit(_ field: String, _ values: String, _ body: borrowing CBORReader)
    -> WireError
  {
    WireError("`\(field)` of a \(kind) policy is \(values)", at: body.position)
  }
}

/// The kinds whose bodies this program can judge by.
package enum PolicyKind {
  /// Their codes, in the order in which an answer names them.
  package static let all = [
    Buckets.kind, Counting.kind, DPDComponents.kind, Waterfall.kind, Grace.kind,
    Classification.kind, HoldEffects.kind, PromiseTerms.kind, DisputeTerms.kind,
    ProductivityMinimums.kind, Calendar.kind, ChequeTerms.kind, Representation.kind, Retention.kind,
    PriorityScore.kind, CashLimits.kind, LegalTerms.kind, SettlementLimits.kind, PlanTerms.kind,
    CreditLimits.kind,
  ]

  /// Checks that a body fits its kind; kinds that no book judges by yet are taken as they are.
  package static func check(_ kind: String, _ body: Span<UInt8>) throws(WireError) {
    switch kind {
    case Buckets.kind: _ = try Buckets(reading: body)
    case Counting.kind: _ = try Counting(reading: body)
    case DPDComponents.kind: _ = try DPDComponents(reading: body)
    case Waterfall.kind: _ = try Waterfall(reading: body)
    case Grace.kind: _ = try Grace(reading: body)
    case Classification.kind: _ = try Classification(reading: body)
    case HoldEffects.kind: _ = try HoldEffects(reading: body)
    case Calendar.kind: _ = try Calendar(reading: body)
    case ChequeTerms.kind: _ = try ChequeTerms(reading: body)
    case Representation.kind: _ = try Representation(reading: body)
    case Retention.kind: _ = try Retention(reading: body)
    case PromiseTerms.kind: _ = try PromiseTerms(reading: body)
    case DisputeTerms.kind: _ = try DisputeTerms(reading: body)
    case PriorityScore.kind: _ = try PriorityScore(reading: body)
    case CashLimits.kind: _ = try CashLimits(reading: body)
    case SettlementLimits.kind: _ = try SettlementLimits(reading: body)
    case PlanTerms.kind: _ = try PlanTerms(reading: body)
    case ProductivityMinimums.kind: _ = try ProductivityMinimums(reading: body)
    case LegalTerms.kind: _ = try LegalTerms(reading: body)
    case CreditLimits.kind: _ = try CreditLimits(reading: body)
    default: break
    }
  }
}
