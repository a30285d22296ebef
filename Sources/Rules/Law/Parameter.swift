import Ledger

/// A parameter that a rule takes: its name, what it may hold, what it says.
package struct Parameter: Hashable, Sendable {
  /// What a parameter may hold.
  package enum Kind: String, Hashable, Sendable {
    case time, day, int, bool, code, codes, days, money, weekdays, windows, list, map

    /// The largest number that counts days, hours, times or basis points.
    static let most: Int64 = 1_000_000

    /// What a value of it is, in words.
    var words: String {
      switch self {
      case .int: "whole number from 0 to \(Kind.most)"
      case .money: "sum of 0 or more"
      case .list, .map: "\(rawValue) with numbers from 0 to \(Kind.most)"
      default: rawValue
      }
    }
  }

  /// Its name in a policy.
  package var name: String
  /// What it may hold.
  package var kind: Kind
  /// What it says, as a sentence.
  package var doc: String

  /// A parameter.
  package init(_ name: String, _ kind: Kind, _ doc: String) {
    (self.name, self.kind, self.doc) = (name, kind, doc)
  }

  /// Whether a value is of its kind.
  func fits(_ value: Value) -> Bool {
    if value == .null { return true }
    return switch kind {
    case .time: value.text.map { Values.seconds($0) != nil } ?? false
    case .day: value.text.map { Day($0) != nil } ?? false
    case .int: value.int != nil && value.isCount
    case .bool: if case .bool = value { true } else { false }
    case .code: value.text != nil
    case .codes: value.items?.allSatisfy { $0.text != nil } ?? false
    case .days: value.items?.allSatisfy { $0.text.map { Day($0) != nil } ?? false } ?? false
    case .money: value["minor"]?.int ?? -1 >= 0 && value["currency"]?.text != nil
    case .weekdays: value.items?.allSatisfy { (0...6).contains($0.int ?? -1) } ?? false
    case .windows:
      value.items?.allSatisfy { window in
        ["start", "end"].allSatisfy { window[$0]?.text.map { Values.seconds($0) != nil } ?? false }
      } ?? false
    case .list: value.items != nil && value.isCount
    case .map: if case .map = value { value.isCount } else { false }
    }
  }
}

/// A pack that cannot be used, as one sentence.
package struct PackError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The sentence.
  package var description: String
  /// An error with its sentence.
  package init(_ sentence: String) { description = sentence }
}

/// The values that a rule's parameters have in one version, ready to be taken.
package struct Values: Sendable {
  let rule: String
  private var held: [String: Value] = [:]
  /// The calendar policy that the parameter `calendar` names.
  var house: Calendar?

  init(_ rule: String) { self.rule = rule }

  /// Takes values; later ones replace earlier ones of the same name.
  mutating func take(_ values: Value) {
    for pair in values.pairs { held[pair.name] = pair.value }
  }

  /// The value of a parameter; nil when it is not given, or given as null.
  func value(_ name: String) -> Value? { held[name].flatMap { $0 == .null ? nil : $0 } }

  private func need<T>(_ name: String, _ what: T?) throws(PackError) -> T {
    guard let what else {
      throw PackError("The rule \(rule) needs its parameter `\(name)`, and no value is given.")
    }
    return what
  }

  /// A number that must be given.
  func int(_ name: String) throws(PackError) -> Int {
    Int(clamping: try need(name, value(name)?.int))
  }
  /// A time of day in seconds that must be given.
  func time(_ name: String) throws(PackError) -> Int {
    try need(name, value(name)?.text.flatMap { Values.seconds($0) })
  }
  /// A sum that must be given, in minor units.
  func money(_ name: String) throws(PackError) -> Int64 {
    try need(name, value(name)?["minor"]?.int)
  }
  /// A day, or nil.
  func day(_ name: String) -> Day? { value(name)?.text.flatMap { Day($0) } }
  /// A truth; false when it is not given.
  func bool(_ name: String) -> Bool { value(name) == .bool(true) }
  /// A text; empty when it is not given.
  func text(_ name: String) -> String { value(name)?.text ?? "" }
  /// Codes; empty when none are given.
  func codes(_ name: String) -> [TextKey] { texts(name).map { TextKey($0) } }
  /// Codes as text; empty when none are given.
  func texts(_ name: String) -> [String] {
    value(name)?.items?.compactMap(\.text) ?? value(name)?.text.map { [$0] } ?? []
  }
  /// Windows of the day in seconds.
  func windows(_ name: String) -> [(start: Int, end: Int)] {
    (value(name)?.items ?? []).compactMap { window in
      guard let start = window["start"]?.text.flatMap({ Values.seconds($0) }),
        let end = window["end"]?.text.flatMap({ Values.seconds($0) })
      else { return nil }
      return (start, end)
    }
  }
  /// Business days by the calendar policy that is named, else by `weekend` and `holidays`.
  var calendar: BusinessCalendar {
    BusinessCalendar(
      weekend: (value("weekend")?.items ?? []).compactMap { $0.int.map { Int($0) } },
      holidays: Set((value("holidays")?.items ?? []).compactMap { $0.text.flatMap { Day($0) } }),
      house: house)
  }

  /// Seconds since midnight of `HH:MM` or `HH:MM:SS`.
  static func seconds(_ text: String) -> Int? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard (2...3).contains(parts.count), parts.allSatisfy({ $0.utf8.count == 2 }),
      let hour = Int(parts[0]), let minute = Int(parts[1]), hour < 24, minute < 60
    else { return nil }
    guard parts.count == 3 else { return hour * 3600 + minute * 60 }
    guard let second = Int(parts[2]), second < 60 else { return nil }
    return hour * 3600 + minute * 60 + second
  }
}
