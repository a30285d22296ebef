/// A figure with a name and the sentence that defines it, computed from a tally of a report. A
/// figure without its definition says nothing: whoever prints the one prints the other.
package struct Metric<Tally>: Sendable {
  /// What its parts are.
  package enum Unit: Sendable { case count, money, dayMoney, none }

  /// The name scripts use.
  package let name: String
  /// Its definition.
  package let definition: String
  /// What its parts are.
  package let unit: Unit
  /// Whether it is a ratio; else it is its part alone.
  package let isRatio: Bool
  /// The figure; a ratio without a denominator is nothing.
  package let value: @Sendable (Tally) -> Ratio

  /// A sum or count.
  package static func sum(
    _ name: String, _ unit: Unit, _ definition: String,
    _ value: @escaping @Sendable (Tally) -> Int128
  ) -> Metric {
    Metric(name: name, definition: definition, unit: unit, isRatio: false) {
      Ratio(value($0), of: 1)
    }
  }

  /// A ratio of counts.
  package static func count(
    _ name: String, _ definition: String, _ value: @escaping @Sendable (Tally) -> Ratio
  ) -> Metric {
    Metric(name: name, definition: definition, unit: .count, isRatio: true, value: value)
  }

  /// A ratio of sums of money.
  package static func money(
    _ name: String, _ definition: String, _ value: @escaping @Sendable (Tally) -> Ratio
  ) -> Metric {
    Metric(name: name, definition: definition, unit: .money, isRatio: true, value: value)
  }

  /// A ratio that is computed from ratios: it has no parts of its own.
  package static func rate(
    _ name: String, _ definition: String, _ value: @escaping @Sendable (Tally) -> Ratio
  ) -> Metric {
    Metric(name: name, definition: definition, unit: .none, isRatio: true, value: value)
  }

  /// A sum of money times days, over a sum of money: days.
  package static func days(
    _ name: String, _ definition: String, _ value: @escaping @Sendable (Tally) -> Ratio
  ) -> Metric {
    Metric(name: name, definition: definition, unit: .dayMoney, isRatio: true, value: value)
  }

  /// Columns of a table of figures.
  package static var columns: [Sheet.Column] {
    [
      .init("currency"), .init("metric"), .init("part", .integer), .init("whole", .integer),
      .init("bp", .integer, ratio: ["part", "whole"]),
    ]
  }

  /// A row of it: the parts as they are, and the ratio in ten-thousandths.
  package func cells(_ tally: Tally, _ currency: Currency) -> [Sheet.Cell] {
    let ratio = value(tally)
    let points: Sheet.Cell = ratio.basisPoints.map { .integer($0) } ?? .none
    if unit == .none {
      return [.text(currency.code), .text(name), .none, .none, points]
    }
    func cell(_ value: Int128, _ isDays: Bool) -> Sheet.Cell {
      unit == .count ? .integer(Int64(clamping: value)) : .money(value, currency)
    }
    guard isRatio else {
      return [.text(currency.code), .text(name), cell(ratio.part, false), .none, .none]
    }
    return [
      .text(currency.code), .text(name), cell(ratio.part, unit == .dayMoney),
      cell(ratio.whole, false), points,
    ]
  }
}
