package import Ledger

/// What collectors achieve by the day and by the hour, person by person.
extension NaiveOffice {
  private struct Work {
    var days: Set<Day> = [], minutes: Int64 = 0
    var attempts: Int64 = 0, visits: Int64 = 0, right: Int64 = 0, promises: Int64 = 0
    var money: (receipts: Int64, sum: Int64)?
  }

  /// A line a collector and currency, with all columns of the register in its order.
  package func productivity(from: Day, asOf: Day, knownAt: UInt64) -> [String] {
    var work: [String: Work] = [:]
    for one in desk.heard(knownAt) where one.on <= asOf {
      if let saying = one.said, saying.type == "unit.shift_worked", let day = saying.day("on"),
        from <= day, day <= asOf
      {
        let who = saying.stream?.id ?? ""
        work[who, default: Work()].days.insert(day)
        work[who, default: Work()].minutes += Int64(saying.number("minutes") ?? 0)
      }
      guard from <= one.on else { continue }
      if case .desked(.promised) = one.deed { work[one.actor, default: Work()].promises += 1 }
      guard let touch = NaiveDesk.touch(one.deed) else { continue }
      var mine = work[one.actor] ?? Work()
      if !touch.inbound {
        mine.attempts += 1
        mine.visits += touch.channel == "visit" ? 1 : 0
        mine.right += (touch.reached ?? NaiveDesk.fixed(touch.result)) == "right_party" ? 1 : 0
      }
      work[one.actor] = mine
    }
    for credit in desk.model.holders(knownAt).credits(asOf: asOf)
    where credit.held?.kind == "collector" && from <= credit.day && credit.day <= asOf {
      let who = credit.held?.name ?? ""
      let old = work[who]?.money ?? (0, 0)
      let sum = credit.isReceipt ? credit.amount : -credit.amount
      work[who, default: Work()].money = (old.receipts + (credit.isReceipt ? 1 : 0), old.sum + sum)
    }
    return work.map { NaiveOffice.line($0, $1) }.sorted()
  }

  private static func line(_ who: String, _ work: Work) -> String {
    // Half a hundredth, and half a paisa, up.
    func half(_ part: Int64, _ whole: Int64) -> Int64 {
      (abs(part) * 2 + whole) / (2 * whole) * (part < 0 ? -1 : 1)
    }
    func rate(_ part: Int64, _ whole: Int64) -> String {
      guard whole > 0 else { return "" }
      let hundredths = half(part * 100, whole)
      return "\(hundredths / 100).\(hundredths % 100 / 10)\(hundredths % 10)"
    }
    let days = Int64(work.days.count)
    func share(_ whole: Int64) -> String {
      guard let money = work.money, whole > 0 else { return "" }
      return "\(half(money.sum, whole))"
    }
    return [
      who, work.money == nil ? "" : "INR", "\(days)",
      work.days.isEmpty ? "" : rate(work.minutes, 60), rate(work.attempts, days),
      rate(work.visits, days), rate(work.right * 60, work.minutes), rate(work.promises, days),
      "\(work.money?.receipts ?? 0)", rate(work.money?.receipts ?? 0, days),
      work.money.map { "\($0.sum)" } ?? "", share(days), share(work.right),
    ].joined(separator: ",")
  }
}
