package import Ledger

/// A customer's statement, by taking the entries of an account one by one: each line is what the
/// account owes with an entry, less what it owes without it.
extension NaivePeriod {
  // An entry that moves money, the day from which it counts, and its turn on that day.
  private struct Move {
    var told: NaiveEvent, counts: Day, turn: Int

    func precedes(_ other: Move) -> Bool {
      (counts.rawValue, turn, told.occurred, told.seq)
        < (other.counts.rawValue, other.turn, other.told.occurred, other.told.seq)
    }
  }

  /// Statements of some accounts: `date,value_date,debit,credit,balance,ref` of each entry, with
  /// the opening and the closing balance.
  package func statements(
    of accounts: [String], from: Day, to: Day, knownAt: UInt64
  ) -> [[String]] {
    let known = known(knownAt)
    return accounts.map { account in
      let told = known.stories[account] ?? []
      let product = NaivePeriod.product(told)
      let terms = known.policies.terms(account: account, product: product, asOf: to, drafts: [])
      func balance(_ told: [NaiveEvent]) -> Int64 {
        let row = NaiveAccount(account, told, terms).row(asOf: to)
        return row.outstanding - row.credit
      }
      return statement(account, told, from: from, to: to, balance)
    }
  }

  private func statement(
    _ account: String, _ told: [NaiveEvent], from: Day, to: Day, _ balance: ([NaiveEvent]) -> Int64
  ) -> [String] {
    let all = told.compactMap { NaivePeriod.move($0, of: account, among: told) }
    let moves = all.filter { $0.counts <= to }.sorted { $0.precedes($1) }
    // What the account is, whenever it was told; and what counted before the first day.
    let moving = Set(all.map(\.told.seq))
    var read = told.filter { !moving.contains($0.seq) }
    read += moves.filter { $0.counts < from }.map(\.told)
    func inOrder() -> [NaiveEvent] { read.sorted { $0.seq < $1.seq } }
    var last = balance(inOrder())
    var lines = ["\(from),,,,\(last),"]
    for move in moves where move.counts >= from {
      read.append(move.told)
      let now = balance(inOrder())
      let (more, less) = (max(0, now - last), max(0, last - now))
      lines.append(
        "\(move.told.on),\(move.told.day),\(more > 0 ? "\(more)" : ""),"
          + "\(less > 0 ? "\(less)" : ""),\(now),\(move.told.seq)")
      last = now
    }
    return (lines + ["\(to),,,,\(last),"]).sorted()
  }

  /// What was lent, by the last word about it.
  static func product(_ told: [NaiveEvent]) -> String {
    var product = ""
    for event in told { if case .opened(let name, _) = event.what { product = name } }
    return product
  }

  // Dues count from the day they are shown; money taken back as if it had never come, from the day
  // it came. On one day dues come first, then charges, then money, then what is taken back.
  private static func move(_ event: NaiveEvent, of account: String, among told: [NaiveEvent])
    -> Move?
  {
    switch event.what {
    case .imported: return Move(told: event, counts: event.day, turn: 0)
    case .due: return Move(told: event, counts: min(event.day, event.on), turn: 0)
    case .charged, .waived, .interest, .cancelled, .forgiven:
      return Move(told: event, counts: event.day, turn: 1)
    case .transferred(_, _, let from, let to) where from == to: return nil
    case .received, .transferred, .refunded:
      return Move(told: event, counts: event.day, turn: 2)
    case .returned(let id, _, let fromOriginal):
      let came = told.last { other in
        guard other.seq < event.seq else { return false }
        switch other.what {
        case .received(id, _, _), .transferred(id, _, _, account): return true
        default: return false
        }
      }
      return Move(
        told: event, counts: fromOriginal ? came?.day ?? event.day : event.day, turn: 3)
    default: return nil
    }
  }
}
