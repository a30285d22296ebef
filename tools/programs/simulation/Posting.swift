import Ledger

/// The back office of a house with a desk: what came in is on the customer's account by the next
/// morning, but for a few receipts that nobody carried over. Its chance is its own.
struct Posting {
  private var chance: Chance

  init(seed: UInt64) { chance = Chance(seed: seed ^ 0x9057, stream: 0) }

  /// Posts what the borrowers' lives left unposted.
  mutating func live(_ scribe: inout Scribe) {
    var posted: Set<UInt64> = []
    for entry in scribe.entries {
      if case .posted(let payment) = entry.deed { posted.insert(Posting.key(entry, payment)) }
    }
    for entry in scribe.entries {
      guard case .received(let payment, _, let mode, _) = entry.deed,
        mode == .cash || mode == .cheque,
        !posted.contains(Posting.key(entry, payment)), !chance.happens(200)
      else { continue }
      let local = entry.recorded + Int64(scribe.offset(at: entry.recorded)) * 60
      let morning = Day(rawValue: Int32(local / 86_400)) + 1
      scribe.note(.posted(payment), of: entry.account, by: .system, on: morning, at: 28_800)
    }
  }

  private static func key(_ entry: Entry, _ payment: Int) -> UInt64 {
    UInt64(entry.account) << 32 | UInt64(payment)
  }
}
