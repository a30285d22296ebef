/// Finds an account's first presentations of a period and what became of each, for books that add
/// them up.
struct BounceJudge: Sendable {
  /// What the account judged last presented: one tally a first presentation.
  private(set) var found: [(key: BounceRates.Key, tally: BounceRates.Tally)] = []
  private var cheques = Cheque.Lives()
  private var mandates = Mandate.Lives()

  /// Judges an account from its columns `cheques`, `mandates` and `paper`.
  mutating func judge(_ account: borrowing AccountView, from: Day, asOf: Day) {
    found.removeAll(keepingCapacity: true)
    cheques.follow(account.desk.cheques, until: asOf)
    for life in cheques.all where life.firstDeposit >= from {
      var tally = BounceRates.Tally()
      tally.presented = 1
      tally.presentedValue = Int128(life.amount)
      if life.firstBounced {
        let isIn = life.state == .cleared
        tally.bounced = 1
        tally.bouncedValue = Int128(life.amount)
        tally.technical = life.firstReason.group == "technical" ? 1 : 0
        tally.honouredLater = isIn ? 1 : 0
        let isPaid =
          account.reckoning.overdue == 0
          && account.desk.paper.credit(keptBy: life, until: asOf) == 0
        tally.cleared = isIn || isPaid ? 1 : 0
      }
      add(tally, isCheque: true, life.currency)
    }
    mandates.follow(account.desk.mandates, account.desk.paper, until: asOf)
    for one in mandates.presentations where one.attempt == 1 && one.day >= from {
      var tally = BounceRates.Tally()
      tally.presented = 1
      tally.presentedValue = Int128(one.amount)
      if one.isBounced {
        tally.bounced = 1
        tally.bouncedValue = Int128(one.amount)
        tally.technical = one.isTechnical ? 1 : 0
        let isIn = mandates.presentations.contains {
          $0.due == one.due && $0.attempt > 1 && $0.isHonoured && !$0.isBounced
        }
        tally.honouredLater = isIn ? 1 : 0
        tally.cleared = account.owes(due: one.due) ? 0 : 1
      }
      add(tally, isCheque: false, one.currency)
    }
  }

  private mutating func add(_ tally: BounceRates.Tally, isCheque: Bool, _ currency: UInt16) {
    found.append(
      (BounceRates.Key(isCheque: isCheque, currency: Currency(rawValue: currency)), tally))
  }
}
