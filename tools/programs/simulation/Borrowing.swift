import Ledger

/// One account from its opening to the end of the story. It keeps only a rough idea of what is
/// owed, enough to decide what people would do next; what is owed truly is for the ledger to say.
struct Borrowing {
  let account: UInt32
  let accounts: UInt32
  let debtor: UInt32
  let product: Product
  let habit: Habit
  var chance: Chance
  var instalment: Int64
  var tenor = 0
  /// Numbers given so far.
  var (dues, charges, payments, holds, refunds) = (0, 0, 0, 0, 0)
  /// Dues unpaid by the rough idea: number, date, what is left.
  var unpaid: [(due: Int, on: Day, left: Int64)] = []
  var version = 1
  var ended = false
  let agent: Doer

  init(_ account: UInt32, of accounts: UInt32, seed: UInt64) {
    self.account = account
    self.accounts = accounts
    chance = Chance(seed: seed, stream: UInt64(account))
    // The debtor of the account before, if that one has a debtor of its own.
    func shares(_ number: UInt32) -> Bool {
      var coin = Chance(seed: seed &+ 1, stream: UInt64(number))
      return coin.happens(Rates.secondAccount)
    }
    debtor = account > 1 && shares(account) && !shares(account - 1) ? account - 1 : account
    product = chance.pick(Rates.products)
    habit = chance.pick(Rates.habits)
    instalment = Int64(chance.pick(Rates.instalment(product))) * 100
    if chance.happens(3000) { instalment += 50 }
    agent = Doer(role: .agent, number: UInt16(account % 211 + 1))
  }

  var arrears: Int64 { unpaid.reduce(0) { $0 + $1.left } }

  /// Lives through the whole story.
  mutating func live(_ scribe: inout Scribe) {
    let backBook = chance.happens(Rates.backBook)
    let days = scribe.last - scribe.first
    let opened =
      backBook
      ? scribe.first - chance.pick(20...300)
      : scribe.first + chance.pick(1...max(1, days * 4 / 5))
    let dueDay = chance.pick(Rates.dueDays)
    tenor = chance.pick([12, 18, 24, 36])
    if backBook, chance.happens(Rates.imported * 10_000 / Rates.backBook) {
      migrate(opened, dueDay, &scribe)
      return
    }
    open(opened, &scribe)
    repay(from: max(opened + 15, scribe.first), dueDay, &scribe)
    suffer(from: max(opened, scribe.first), &scribe)
  }

  /// The first fact: the account with its terms.
  mutating func open(_ day: Day, _ scribe: inout Scribe) {
    scribe.note(
      .opened(
        product: product, principal: instalment * Int64(tenor) * 80 / 100, on: day, debtor: debtor,
        tenor: tenor),
      of: account, by: .system, on: day, at: chance.pick(36_000...61_200),
      recordedAt: 300 + Int(account % 1200))
  }

  // Came from another system: a claim, and more or less of its own history.
  private mutating func migrate(_ opened: Day, _ dueDay: Int, _ scribe: inout Scribe) {
    if chance.happens(8000) { open(opened, &scribe) }
    let asOn = scribe.first + chance.pick(0...75)
    let behind = chance.pick(0...5)
    let oldest = chance.happens(2000) ? nil : asOn - chance.pick(0...150)
    let own = chance.pick(0...9)
    let claim = scribe.note(
      .imported(
        asOn: asOn, principal: instalment * Int64(behind + 1), interest: instalment / 5,
        oldest: oldest, dpd: oldest.map { asOn - $0 + 1 } ?? 0),
      of: account, by: .system, on: asOn, at: 3600, recorded: asOn + chance.pick(1...10))
    if claim != nil, chance.happens(Rates.wrongPayment.chance) {
      mistake(claim, on: asOn + 12, &scribe)
    }
    switch own {
    case 0, 1: pay(instalment, on: asOn + chance.pick(5...40), &scribe)
    case 2, 3, 4: repay(from: asOn + 1, dueDay, &scribe)
    case 5, 6:
      repay(from: asOn + 1, dueDay, &scribe)
      // History from before the claim arrives late, and replaces it.
      let old = asOn - chance.pick(1...20)
      raise(on: old, recorded: asOn + chance.pick(20...60), &scribe)
    default: repay(from: scribe.first, dueDay, &scribe)
    }
    suffer(from: asOn, &scribe)
  }

  /// Month after month: a due, and what becomes of it.
  private mutating func repay(from start: Day, _ dueDay: Int, _ scribe: inout Scribe) {
    let (year, month, _) = start.civil
    guard let base = Day(year: year, month: month, day: 1) else { return }
    let restructured = chance.happens(Rates.restructure.chance) ? chance.pick(3...9) : -1
    let foreclosed =
      habit == .prompt && chance.happens(Rates.foreclosed) ? chance.pick(4...11) : -1
    var turn = 0
    for index in 0...tenor where !ended {
      guard let first = base.adding(months: index) else { return }
      let on = first + (min(dueDay, first.endOfMonth - first + 1) - 1)
      if on < start { continue }
      if on - Rates.announced > scribe.last { return }
      turn += 1
      if turn == foreclosed {
        foreclose(on, &scribe)
        return
      }
      if turn == restructured {
        restructure(on, &scribe)
        continue
      }
      instalment(due: on, &scribe)
    }
  }

  private mutating func instalment(due on: Day, _ scribe: inout Scribe) {
    let late = chance.happens(Rates.lateDue.chance)
    raise(on: on, recorded: late ? on + chance.pick(Rates.lateDue.days) : nil, &scribe)
    let habits = Rates.paying(habit)
    var paidOn: Day?
    if chance.happens(habits.chance) {
      let day = on + chance.pick(habits.delay)
      var sum = instalment
      if chance.happens(habits.part) {
        sum = sum * Int64(chance.pick(30...80)) / 100
      } else if arrears > instalment, chance.happens(habits.all) {
        sum = arrears
      } else if chance.happens(Rates.overpaid.chance) {
        sum *= 2
      }
      paidOn = pay(sum, on: day, &scribe) ? day : nil
    }
    if arrears > 0 || (paidOn ?? on) - on > 5 {
      chase(since: on, until: paidOn ?? on + 30, &scribe)
    }
    let six = Int64(6) * instalment
    if arrears >= six, habit == .gone || habit == .poor, chance.happens(Rates.writtenOff) {
      scribe.note(
        .writtenOff(amount: arrears), of: account, by: Doer(role: .supervisor, number: 1),
        on: on + 20, at: 64_000, valueDate: on + 20)
      ended = true
    }
  }

  /// Raises one instalment, announced a week ahead unless it is recorded late.
  mutating func raise(on day: Day, recorded late: Day? = nil, _ scribe: inout Scribe) {
    dues += 1
    let share = Int64(max(500, 3000 - 90 * dues))
    let interest = instalment * share / 10_000
    let shown = late ?? max(day - Rates.announced, scribe.first)
    let deed = Deed.due(
      dues, instalment: dues, on: day, principal: instalment - interest, interest: interest,
      version: version)
    guard
      let entry = scribe.note(
        deed, of: account, by: .system, on: shown, at: chance.pick(1800...7200))
    else { return }
    if chance.happens(Rates.wrongDue) {
      mistake(entry, on: max(shown, scribe.first) + chance.pick(1...9), &scribe)
    } else {
      unpaid.append((dues, day, instalment))
    }
  }

  /// Takes an entry back on a later day; now and then the taking back was itself the mistake.
  @discardableResult mutating func mistake(
    _ entry: Int?, on day: Day, again: Int = 0, _ scribe: inout Scribe
  ) -> Bool {
    guard let entry else { return false }
    let clerk = Doer(role: .supervisor, number: UInt16(account % 17 + 1))
    let taken = scribe.note(
      .mistaken(entry), of: account, by: clerk, on: day, at: chance.pick(36_000...64_800))
    guard let taken, chance.happens(again) else { return taken != nil }
    return scribe.note(
      .mistaken(taken), of: account, by: clerk, on: day + 2, at: chance.pick(36_000...64_800))
      == nil
  }
}
