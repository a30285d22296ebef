/// Two writings of the same stretch.
extension Stretch {
  /// Whether both say the same of every account. Texts are compared as texts: their numbers follow
  /// the order in which they were met. Words that are no stretch are the same as none.
  package static func same(
    _ one: Span<UInt64>, _ oneTexts: Interned, _ other: Span<UInt64>, _ otherTexts: Interned
  ) -> Bool {
    guard isWhole(one), isWhole(other) else { return false }
    var (a, b) = (Tray(), Tray())
    for slot in 0..<UInt32(width) {
      a.clear()
      b.clear()
      unpack(one, slot, upTo: .max, to: &a)
      unpack(other, slot, upTo: .max, to: &b)
      let isSame =
        a.parts.elementsEqual(b.parts) {
          $0.due == $1.due && $0.amount == $1.amount && $0.component == $1.component
        }
        && a.rows.elementsEqual(b.rows) { $0.says(oneTexts, sameAs: $1, otherTexts) }
      guard isSame else { return false }
    }
    return true
  }

  // Whether `unpack` stays inside the words.
  private static func isWhole(_ words: Span<UInt64>) -> Bool {
    if words.count == 0 { return true }
    guard words.count >= front else { return false }
    var at = front
    guard begin(words, 0) == at else { return false }
    for slot in 0..<width {
      let end = begin(words, slot + 1)
      guard end >= at, end <= words.count else { return false }
      while at < end {
        let head = words[at]
        at += Slip.length(head)
        guard at <= end else { return false }
        if Slip.count(head) == Slip.outside { at += 3 * Int(words[at - 1] & 0xFFFF) }
        guard at <= end else { return false }
      }
    }
    return true
  }
}

extension Fact {
  fileprivate func says(_ texts: Interned, sameAs other: Fact, _ otherTexts: Interned) -> Bool {
    guard seq == other.seq, occurred == other.occurred, amount == other.amount,
      day == other.day, seen == other.seen, self.other == other.other, parts == other.parts,
      partCount == other.partCount, currency == other.currency, kind == other.kind,
      mark == other.mark
    else { return false }
    func same(_ a: UInt64, _ b: UInt64) -> Bool {
      texts[UInt32(truncatingIfNeeded: a)] == otherTexts[UInt32(truncatingIfNeeded: b)]
    }
    // What stands in `id` and `link` by number: the product, portfolio and debtor of an account, a
    // flag, the payer of a due.
    switch kind {
    case .opened:
      return same(id.rawValue, other.id.rawValue) && same(link, other.link)
        && same(link >> 32, other.link >> 32)
    case .flagged, .due: return id == other.id && same(link, other.link)
    default: return id == other.id && link == other.link
    }
  }
}
