import Ledger

/// How a chapter tells what happens: with a chance of its own, some of it late, some of it wrong and
/// taken back, and now and then the taking back was wrong.
struct Teller {
  var chance: Chance
  /// Chances in ten thousand that an entry comes late, and that it is taken back.
  private let late: Int, wrong: Int
  static let clerk = Doer(role: .supervisor, number: 7)

  init(_ chance: Chance, late: Int = 1200, wrong: Int = 150) {
    (self.chance, self.late, self.wrong) = (chance, late, wrong)
  }

  /// Tells of something that happened on a day; its number, or nil if it came too late to be known.
  @discardableResult mutating func tell(
    _ saying: Saying, of account: UInt32 = 0, by doer: Doer, on day: Day, value: Day? = nil,
    _ scribe: inout Scribe
  ) -> Int? {
    let delay = chance.happens(late) ? chance.pick(1...15) : 0
    let made = scribe.note(
      .said(saying), of: account, by: doer, on: day, at: chance.pick(30_000...70_000),
      recorded: day + delay, valueDate: value)
    guard let made, chance.happens(wrong) else { return made }
    let seen = day + delay + chance.pick(1...20)
    let undone = scribe.note(
      .mistaken(made), of: account, by: Teller.clerk, on: seen, at: 71_000)
    if let undone, chance.happens(2000) {
      scribe.note(
        .mistaken(undone), of: account, by: Teller.clerk, on: seen + 3, at: 71_000)
    }
    return made
  }

  /// A digest of nothing.
  mutating func hash() -> Word {
    var text = ""
    for _ in 0..<4 {
      let digits = String(chance.next(), radix: 16)
      text += String(repeating: "0", count: 16 - digits.utf8.count) + digits
    }
    return .text(text)
  }
}

extension Doer {
  /// `collector-0007`; the system is `core`.
  var id: String {
    let digits = String(number)
    let padded = String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits
    return role == .system ? "core" : "\(role.rawValue)-\(padded)"
  }
}
