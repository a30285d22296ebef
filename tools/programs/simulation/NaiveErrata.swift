/// Which entries stand: each does, unless an entry that stands takes it back.
struct NaiveErrata: Sendable {
  // By the position of what was ever taken back, the positions of what took it back.
  private var takers: [UInt64: [UInt64]] = [:]

  /// Errata of entries in order of position: each with its id, and the id of what it takes back.
  init(_ told: [(id: String, seq: UInt64, undoes: String?)]) {
    var undone: [String: [UInt64]] = [:]
    for one in told {
      if let target = one.undoes { undone[target, default: []].append(one.seq) }
    }
    for one in told {
      if let by = undone[one.id] { takers[one.seq] = by.filter { $0 > one.seq } }
    }
  }

  /// Whether an entry is known at a position and stands there.
  func stands(_ seq: UInt64, _ knownAt: UInt64) -> Bool {
    guard seq <= knownAt else { return false }
    guard let by = takers[seq] else { return true }
    return !by.contains { stands($0, knownAt) }
  }
}
