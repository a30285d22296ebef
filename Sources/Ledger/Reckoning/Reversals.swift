/// Which entries were taken back, asked of single ones and as known at any position.
struct Reversals: Sendable {
  private var byTarget: [Position: [Position]] = [:]

  /// Notes that the entry at a position takes back an earlier one.
  mutating func note(_ seq: Position, of target: Position) {
    if seq > target { byTarget[target, default: []].append(seq) }
  }

  /// Who takes back what, in log order.
  var links: [(seq: Position, target: Position)] {
    byTarget.flatMap { target, all in all.map { (seq: $0, target: target) } }
      .sorted { $0.seq < $1.seq }
  }

  /// Whether an entry stands by what was heard up to `known`. The latest reversal is judged first:
  /// one that was itself taken back takes nothing back.
  func stands(_ seq: Position, upTo known: Position = .max) -> Bool {
    guard byTarget[seq] != nil else { return true }
    var links: [(seq: Position, target: Position)] = []
    var open = [seq]
    while let target = open.popLast() {
      for reversal in byTarget[target] ?? [] where reversal <= known {
        links.append((reversal, target))
        open.append(reversal)
      }
    }
    links.sort { $0.seq > $1.seq }
    var dead: Set<Position> = []
    for link in links where !dead.contains(link.seq) { dead.insert(link.target) }
    return !dead.contains(seq)
  }
}
