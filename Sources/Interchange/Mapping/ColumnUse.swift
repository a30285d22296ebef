/// Which columns a mapping reads for what, so that a row that is refused can be written down
/// without saying anything personal.
///
/// A column may be read in a rejects file only when the mapping reads it for something that is not
/// about a person, and for nothing that is. Whatever else a file holds the house knows nothing of.
final class ColumnUse {
  private var readable: Set<Int> = []
  private var personal: Set<Int> = []
  private var values: [String: Set<Int>] = [:]
  private var depths: [String: Int] = [:]
  private var aside: Set<Int>?
  private var depth = 0
  private var isSealing = false

  /// Whether the mapping fills anything that is about a person.
  private(set) var isPersonal = false

  /// A column is read by the formula that is being made ready.
  func note(_ column: Int) { note([column]) }

  /// A named value is read: all its columns are.
  func note(value name: String) {
    note(values[name] ?? [])
    depth = max(depth, depth(of: name) + 1)
  }

  /// How many values, one resting on the next, a named value rests on.
  func depth(of name: String) -> Int { depths[name] ?? 0 }

  private func note(_ columns: Set<Int>) {
    if aside != nil {
      aside?.formUnion(columns)
    } else if isSealing {
      personal.formUnion(columns)
    } else {
      readable.formUnion(columns)
    }
  }

  /// What is made ready inside is a personal property.
  func sealing<T>(_ body: () throws(Objection) -> T) throws(Objection) -> T {
    isPersonal = true
    isSealing = true
    defer { isSealing = false }
    return try body()
  }

  /// What is made ready inside is kept for later: a named value, or what is remembered of a case.
  func keeping<T>(_ name: String?, _ body: () throws(Objection) -> T) throws(Objection) -> T {
    aside = []
    depth = 0
    defer {
      if let name {
        values[name] = aside
        depths[name] = depth
      }
      aside = nil
    }
    return try body()
  }

  /// The columns that may be read in a rejects file.
  var open: Set<Int> { readable.subtracting(personal) }
}
