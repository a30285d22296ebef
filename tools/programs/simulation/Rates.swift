import Ledger

/// Every rate of a simulated life, in one table. Chances are per ten thousand; days, hours and sums
/// are ranges drawn evenly.
package enum Rates {
  // MARK: Who there is

  /// Products and their shares.
  static let products: [(Product, share: Int)] = [
    (.twoWheeler, 4500), (.personal, 2500), (.microfinance, 3000),
  ]
  /// How debtors pay, and their shares.
  static let habits: [(Habit, share: Int)] = [
    (.prompt, 6200), (.slow, 2100), (.poor, 1200), (.gone, 500),
  ]
  /// Accounts that were running before the first day.
  static let backBook = 8500
  /// Accounts that share their debtor with the account before.
  static let secondAccount = 1800
  /// Accounts that came with a claim of a source system.
  static let imported = 200
  /// Days of the month on which instalments fall due.
  static let dueDays = [2, 5, 7, 10, 15, 20, 28, 31]

  // MARK: What falls due

  /// Whole currency units of an instalment, by product.
  static func instalment(_ product: Product) -> ClosedRange<Int> {
    switch product {
    case .twoWheeler: 3000...7000
    case .personal: 5000...15_000
    case .microfinance: 2000...4000
    }
  }
  /// Days by which a due is announced; chance and days of dues that are recorded too late.
  static let announced = 7
  static let lateDue = (chance: 150, days: 1...10)
  /// Dues restructured once in a life; backdating of their cancellation.
  static let restructure = (chance: 200, backdated: 0...10)
  /// Dues typed wrongly and taken back.
  static let wrongDue = 30

  // MARK: Money in

  /// Chance that an instalment is paid at all, days of delay, chance of paying a part only, chance
  /// of clearing the arrears with it.
  static func paying(_ habit: Habit) -> (chance: Int, delay: ClosedRange<Int>, part: Int, all: Int)
  {
    switch habit {
    case .prompt: (9600, 0...4, 100, 9000)
    case .slow: (9000, 1...34, 900, 7500)
    case .poor: (6600, 3...55, 2000, 4000)
    case .gone: (900, 10...80, 4000, 500)
    }
  }
  /// Modes of payment and their shares.
  static let modes: [(Mode, share: Int)] = [
    (.nach, 3400), (.upi, 3000), (.cash, 2300), (.neft, 800), (.cheque, 500),
  ]
  /// Cash brought in by agents without a network, and days until they have one.
  static let offline = (chance: 2600, days: 1...20)
  /// Returned by the bank, by mode; days until the memo comes; chance of paying again.
  static let bounce: [Mode: Int] = [.nach: 550, .cheque: 900]
  static let bounceMemo = 1...7
  static let paysAgain = 6800
  /// Taken back by the payer's bank from the day of the taking.
  static let chargeback = (chance: 45, days: 8...45)
  /// Moved to the account it was meant for.
  static let transfer = (chance: 40, days: 2...15)
  /// Twice what was due; refunds of the rest.
  static let overpaid = (chance: 150, refund: 3500, days: 4...20)
  /// The payer says what it is for.
  static let instructed = 60
  /// Keyed wrongly; days until somebody sees it; reversals that were themselves mistakes.
  static let wrongPayment = (chance: 80, days: 1...6, again: 1200)
  /// The bank's word and the account's.
  static let credited = 1200, posted = 600

  // MARK: What is added and given up

  /// For each month with arrears: chance, chance that it names its due, days until recorded.
  static let latePayment = (chance: 3800, named: 7500, recorded: 0...3)
  static let penal = (chance: 1200, named: 8500)
  static let bounceCharge = (chance: 8000, named: 5000)
  /// Charges taken back as typed wrongly, and charges given up.
  static let wrongCharge = 120
  static let waived = (chance: 500, named: 8500, days: 10...40)
  /// Interest applied, per account.
  static let interest = 250

  // MARK: What happens to an account

  /// Pauses, per account: chance, backdating, length, open ended, a second one over it.
  static let hold = (chance: 350, backdated: 0...20, days: 15...60, open: 3500, again: 2500)
  /// Kinds of pause and their shares; the last does not stop the clock.
  static let holds: [(Pause, share: Int)] = [
    (.loanMoratorium, 6000), (.disaster, 1500), (.courtStay, 1000), (.dispute, 1500),
  ]
  /// Flags, closures, their undoing, write-offs of accounts with six instalments unpaid.
  static let flagged = 180, unflagged = 3000
  static let foreclosed = 700, reopened = 500
  static let writtenOff = 1600
  /// Attempts for each month in arrears, and how many reach the debtor.
  static let attempts = 0...2
  static let reached = 4200
}

/// What was lent for.
package enum Product: String, Sendable {
  case twoWheeler = "two_wheeler"
  case personal, microfinance
}

/// How a debtor pays.
package enum Habit: Sendable { case prompt, slow, poor, gone }

/// How money came.
package enum Mode: String, Sendable { case nach, upi, cash, neft, cheque }

/// Kinds of hold.
package enum Pause: String, Sendable {
  case loanMoratorium = "loan_moratorium"
  case courtStay = "court_stay"
  case disaster, dispute
}
