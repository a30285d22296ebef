/// What a sum is made of: the kinds of `component_kind`, by which a waterfall tells money apart.
package enum Component: UInt8, CaseIterable, BitwiseCopyable, Sendable {
  case principal = 0, interest, charge, penal, tax, subsidyShare, insuranceShare, goods
  /// A code that the list does not have: kept, flagged, and paid last.
  case other

  /// How many there are; the width of every per-component array.
  @inlinable package static var count: Int { 9 }

  /// The code as it stands in bodies.
  package var code: String {
    switch self {
    case .principal: "principal"
    case .interest: "interest"
    case .charge: "charge"
    case .penal: "penal"
    case .tax: "tax"
    case .subsidyShare: "subsidy_share"
    case .insuranceShare: "insurance_share"
    case .goods: "goods"
    case .other: "other"
    }
  }

  /// The component of a code; `.other` when it is none of the list.
  package init(code: some StringProtocol) {
    self = Component.allCases.first { $0.code == code } ?? .other
  }

  /// The component whose code has this key; `.other` when none has.
  package init(key: TextKey) {
    let index = Component.keys.firstIndex(of: key.rawValue)
    self = index.flatMap { Component(rawValue: UInt8($0)) } ?? .other
  }

  private static let keys: [UInt64] = Component.allCases.map { TextKey($0.code).rawValue }
}
