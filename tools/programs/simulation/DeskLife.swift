import Ledger

/// What a desk does about one account, beside its money: promises that are kept, broken, put off
/// and taken back, some told late; disputes; visits and calls. Its chance is its own.
struct DeskLife {
  private let account: UInt32
  private let debtor: UInt32
  private var chance: Chance
  // What is said in a contact: drawn apart, so that money and promises stay what they were.
  private var talk: Chance
  // Promises that nobody should have taken down: drawn apart as well.
  private var slips: Chance
  private let agent: Doer
  private var (vows, payments, disputes) = (0, 0, 0)

  init(_ account: UInt32, seed: UInt64) {
    self.account = account
    debtor = account
    chance = Chance(seed: seed ^ 0xDE5C, stream: UInt64(account))
    talk = Chance(seed: seed ^ 0x7A1C, stream: UInt64(account))
    slips = Chance(seed: seed ^ 0x511B, stream: UInt64(account))
    agent = Doer(role: .collector, number: UInt16(account % 37 + 1))
  }

  /// Lives through the whole story.
  mutating func live(_ scribe: inout Scribe) {
    let days = scribe.last - scribe.first
    for _ in 0..<chance.pick(0...3) {
      let day = scribe.first + chance.pick(1...max(2, days - 5))
      promise(on: day, replacing: nil, depth: 0, &scribe)
    }
    for _ in 0..<chance.pick(0...4) {
      touch(on: scribe.first + chance.pick(1...max(2, days)), &scribe)
    }
    if chance.happens(2500) { dispute(on: scribe.first + chance.pick(1...max(2, days)), &scribe) }
    // Drawn last, so that what comes before stays as it was.
    if days > 80, chance.happens(800) {
      undo(on: scribe.first + chance.pick(1...days - 70), &scribe)
    }
  }

  private mutating func late(_ most: Int) -> Int {
    chance.happens(2000) ? chance.pick(1...most) : 0
  }

  private mutating func promise(
    on day: Day, replacing old: Int?, depth: Int, _ scribe: inout Scribe
  ) {
    vows += 1
    let number = vows
    var due = day + chance.pick(0...14)
    if slips.happens(300) { due = slips.happens(5000) ? due + 95 : day - 2 }
    // Small sums too: of a large one more is promised than most owe.
    let unit: Int64 = slips.happens(5000) ? 100 : 10_000
    let isTwice = slips.happens(1000)
    var items: [(due: Day, amount: Int64)] = []
    for _ in 0..<(chance.happens(2500) ? 2 : 1) {
      items.append((due, Int64(chance.pick(5...60)) * unit))
      let later = chance.pick(1...20)
      if !isTwice { due = due + later }
    }
    let first = items[0].due
    let vow = Desking.Vow(
      number: number, items: items, grace: chance.pick([0, 0, 2, 3, 5]),
      tolerance: chance.pick([0, 500, 1000]), tagged: chance.happens(2000), supersedes: old)
    let known = day + late(6)
    let entry = scribe.note(
      .desked(.promised(vow, debtor: debtor)), of: account, by: agent, on: day,
      at: chance.pick(30_000...66_000), recorded: known)
    if chance.happens(300) { mistake(entry, on: known + chance.pick(1...9), &scribe) }
    if chance.happens(6000) { pay(items[0].amount, for: number, near: first, &scribe) }
    if chance.happens(900) {
      // Up to its day, and sometimes too late.
      let act = day + chance.pick(0...max(1, first - day + 2))
      scribe.note(
        .desked(.withdrew(number, superseded: chance.happens(3000))), of: account, by: agent,
        on: act, at: chance.pick(30_000...66_000), recorded: act + late(4))
    }
    if depth < 4, chance.happens(3500) {
      let act = day + chance.pick(0...max(1, first - day + 1))
      promise(on: act, replacing: number, depth: depth + 1, &scribe)
    }
  }

  // Money tagged to a promise, more or less of it, more or less in time.
  private mutating func pay(
    _ sum: Int64, for vow: Int, near due: Day, _ scribe: inout Scribe
  ) {
    payments += 1
    let number = payments
    let amount = sum * Int64(chance.pick(40...110)) / 100
    let provisional = chance.happens(4000)
    let day = due + chance.pick(-3...6)
    let known = day + late(12)
    let entry = scribe.note(
      .desked(.paid(number, amount: amount, tag: vow, provisional: provisional)), of: account,
      by: agent, on: day, at: chance.pick(32_000...64_000), recorded: known, valueDate: day)
    guard entry != nil else { return }
    if provisional, chance.happens(7000) {
      let cleared = day + chance.pick(0...4)
      scribe.note(
        .desked(.credited(number, amount: amount)), of: account, by: .system, on: cleared,
        at: 70_000, recorded: max(known, cleared), valueDate: cleared)
    }
    if chance.happens(2500) {
      let memo = known + chance.pick(1...40)
      let back = scribe.note(
        .desked(.returned(number, amount: amount)), of: account, by: .system, on: memo, at: 64_000,
        valueDate: day)
      if chance.happens(1500) { mistake(back, on: memo + 2, &scribe) }
    }
  }

  // A word kept by one tagged payment, all of which comes back after the verdict.
  private mutating func undo(on day: Day, _ scribe: inout Scribe) {
    vows += 1
    payments += 1
    let due = day + 7
    let amount = Int64(chance.pick(5...60)) * 10_000
    let vow = Desking.Vow(
      number: vows, items: [(due, amount)], grace: 0, tolerance: 0, tagged: true, supersedes: nil)
    scribe.note(
      .desked(.promised(vow, debtor: debtor)), of: account, by: agent, on: day, at: 40_000)
    let paid = scribe.note(
      .desked(.paid(payments, amount: amount, tag: vows, provisional: false)), of: account,
      by: agent, on: due, at: 41_000, valueDate: due)
    guard paid != nil else { return }
    scribe.note(
      .desked(.returned(payments, amount: amount)), of: account, by: .system,
      on: due + chance.pick(20...60), at: 64_000, valueDate: due)
  }

  private mutating func touch(on day: Day, _ scribe: inout Scribe) {
    var touch = Desking.Touch()
    touch.channel = chance.pick(["call", "visit", "email"])
    touch.inbound = chance.happens(1500)
    touch.joint = touch.channel == "visit" && chance.happens(3000)
    let said: [(String?, String?)] = [
      ("right_party", "conversation"), (nil, "promise"), (nil, "left_message"), (nil, "voicemail"),
      ("nobody", "voicemail"), ("third_party", nil), (nil, "door_locked"), (nil, "code_of_ours"),
      (nil, nil), ("right_party", "code_of_ours"),
    ]
    (touch.reached, touch.result) = chance.pick(said)
    touch.seconds = chance.pick(0...300)
    hear(&touch, on: day)
    let number = UInt16(chance.pick(1...5))
    let actor = chance.happens(2000) ? Doer(role: .agent, number: number) : agent
    let known = day + late(5)
    let entry = scribe.note(
      .desked(.contacted(touch, debtor: debtor)), of: account, by: actor, on: day,
      at: chance.pick(30_000...66_000), recorded: known)
    if chance.happens(300) { mistake(entry, on: known + 1, &scribe) }
    if chance.happens(2500) { self.touch(on: day, &scribe) }
  }

  // Why it is unpaid, what is to be done next, and what could be done about it.
  private mutating func hear(_ touch: inout Desking.Touch, on day: Day) {
    let who = touch.reached ?? NaiveDesk.fixed(touch.result)
    if who != "nobody" {
      touch.reason = talk.pick([
        "salary_delay", "salary_delay", "job_loss", "medical", "business_slow", "over_leverage",
        "dispute_amount", "reason_of_ours",
      ])
    }
    if talk.happens(4000) {
      let what = talk.pick(["call", "visit", "send_reminder", "escalate", "wait"])
      touch.next = (what, day + talk.pick(0...20))
    }
    guard who == "right_party", talk.happens(4000) else { return }
    let count = talk.pick(2...4)
    let total = Int64(talk.pick(5...300)) * 10_000
    touch.options = [
      Desking.Option(kind: "pay_now", total: total),
      Desking.Option(
        kind: "plan", total: total + total / 9, instalments: count, until: day + 30 * count),
      Desking.Option(
        kind: "settlement", total: total * 2 / 3, instalments: 1, until: day + talk.pick(0...40)),
    ]
    if talk.happens(3000) { touch.options.remove(at: talk.pick(0...2)) }
    if talk.happens(8000) { touch.options[talk.pick(0...touch.options.count - 1)].advised = true }
  }

  private mutating func dispute(on day: Day, _ scribe: inout Scribe) {
    disputes += 1
    let first = disputes
    let boss = Doer(role: .supervisor, number: 6)
    let entry = scribe.note(
      .desked(
        .disputed(
          first, amount: chance.happens(6000) ? Int64(chance.pick(1...500)) * 1000 : nil,
          reopens: nil)),
      of: account, by: agent, on: day, at: 41_000, recorded: day + late(10))
    if chance.happens(700) { mistake(entry, on: day + 12, &scribe) }
    var end = day
    for _ in 0..<chance.pick(0...2) {
      end = end + chance.pick(1...50)
      let outcome = chance.pick(Desking.Outcome.allCases)
      scribe.note(
        .desked(.decided(first, outcome: outcome, credit: Int64(chance.pick(0...50)) * 100)),
        of: account, by: boss, on: end, at: 42_000, recorded: end + late(10))
    }
    if end > day, chance.happens(4000) {
      disputes += 1
      scribe.note(
        .desked(.disputed(disputes, amount: nil, reopens: first)), of: account, by: agent,
        on: end + 5, at: 41_000)
    }
  }

  private mutating func mistake(_ entry: Int?, on day: Day, _ scribe: inout Scribe) {
    guard let entry else { return }
    let clerk = Doer(role: .supervisor, number: 7)
    let taken = scribe.note(.mistaken(entry), of: account, by: clerk, on: day, at: 50_000)
    if let taken, chance.happens(2000) {
      scribe.note(.mistaken(taken), of: account, by: clerk, on: day + 3, at: 50_000)
    }
  }
}
