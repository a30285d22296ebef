/// What can be asked. A new projection, rule or formula is one file and one line here.
enum Catalogue {
  /// Projections by name.
  static var projections: [any Projection.Type] {
    [
      AccountStateProjection.self, SlottedProjection.self, BucketedProjection.self,
      WaterfallProjection.self, PromiseBookProjection.self, LegalClocksProjection.self,
      NextCallProjection.self, CashCustodyProjection.self,
    ]
  }
  /// Calculators by the id they have in `rule`; every other rule is one of the catalogue.
  static var rules: [any RuleCheck.Type] {
    [
      BucketCalculator.self, DPDCalculator.self, WaterfallCalculator.self,
      LateChargeCalculator.self,
    ]
  }
  /// Formulas by name.
  static var formulas: [any FormulaCheck.Type] {
    [
      RatioFormula.self, DSOFormula.self, CountbackFormula.self, DaysLateFormula.self,
      EffectivenessFormula.self, TargetsFormula.self, VintageFormula.self, PriorityFormula.self,
      MovementFormula.self, ClosingFormula.self, FlowFormula.self, CureFormula.self,
      EfficiencyFormula.self, AtRiskFormula.self, BounceRatesFormula.self,
      ContactRatesFormula.self, KeptRatesFormula.self,
    ]
  }
}

/// Answers one projection of `projection-vectors.json` from a book.
protocol Projection {
  /// Its name in `ask.projection`.
  static var name: String { get }
  /// The answer's fields.
  static func answer(_ asked: Asked) throws -> [String: Value]
}

/// Answers the questions of one calculator of `rule-vectors.json`.
protocol RuleCheck {
  /// Its id in `rule`.
  static var name: String { get }
  /// The findings of a case.
  static func findings(_ case: Value, _ history: History) throws -> [Value]
}

/// Calculates one formula.
protocol FormulaCheck {
  /// Its name in `formula`.
  static var name: String { get }
  /// The output's fields.
  static func output(_ input: Value) throws -> [String: Value]
}
