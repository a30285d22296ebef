/// Who holds how much cash since when, and what went to the bank. Computed; nothing of it is
/// stored.
extension Cash {
  /// One thing that happened to cash, or to a cheque on a deposit slip.
  package struct Move: Tidings {
    /// What happened.
    package enum What: Sendable {
      /// Cash was taken from a customer; the receipt's number, or the payment's id without one
      case collected(receipt: String)
      /// It passed on, went to the bank, was answered by the bank, was counted
      case handedOver(HandedOver), deposited(Deposited), confirmed(DepositConfirmed)
      case counted(Counted)
      /// A cheque went to the bank on a slip, was paid, came back
      case chequeDeposited(cheque: String, Cheque.Deposited)
      case chequePaid(cheque: String), chequeReturned(cheque: String)
    }

    /// Position of the event.
    package var seq: Position
    /// When it happened, microseconds UTC.
    package var occurred: Int64
    /// Local date on which it happened; of the bank's answer the day from which it counts.
    package var day: Day
    /// Who took the cash; of other moves the stream on which it stands, or who took it down.
    package var who: String
    /// The sum.
    package var amount: Money
    /// What happened.
    package var what: What

    /// A move.
    package init(
      seq: Position, occurred: Int64, day: Day, who: String, amount: Money, what: What
    ) {
      (self.seq, self.occurred, self.day) = (seq, occurred, day)
      (self.who, self.amount, self.what) = (who, amount, what)
    }
  }

  /// What is left of cash that came in at once.
  package struct Lot: Sendable {
    /// Number of its receipt; empty for cash that went out without having come in.
    package var receipt: String
    /// The day the customer paid it: its age goes on when it changes hands.
    package var day: Day
    /// What is left, minor units.
    package var left: Int64
    /// Index of the deposit that names the receipt and took only a part of it.
    var deposit: Int?
    var occurred: Int64
    /// The entry it came in by.
    package var seq: Position
  }

  /// Somebody's cash in one currency.
  package struct Holder: Sendable {
    /// Who holds it.
    package let who: String
    /// The currency.
    package let currency: Currency
    /// The cash there is, oldest first.
    package fileprivate(set) var lots: [Lot] = []
    /// What went out beyond what had come in.
    package fileprivate(set) var missing: Int128 = 0
    /// Sums of the period asked about: taken from customers, taken over from others, handed over,
    /// brought to the bank, refused by the bank, credited by the bank.
    package fileprivate(set) var collected: Int128 = 0, takenOver: Int128 = 0
    /// See `collected`.
    package fileprivate(set) var handedOver: Int128 = 0, deposited: Int128 = 0
    /// See `collected`.
    package fileprivate(set) var cameBack: Int128 = 0, credited: Int128 = 0
    /// What is with the bank and unanswered.
    package fileprivate(set) var withBank: Int128 = 0
    /// The last count.
    package fileprivate(set) var count: (day: Day, body: Counted)?

    fileprivate init(_ who: String, _ currency: Currency) {
      (self.who, self.currency) = (who, currency)
    }

    /// What the holder has; below zero when more went out than had come in.
    package var inHand: Int128 { lots.reduce(0) { $0 + Int128($1.left) } - missing }
    /// What the holder had before the period.
    package var opening: Int128 {
      inHand - collected - takenOver + handedOver + deposited - cameBack
    }

    // Cash that comes in makes up first for what went out without having come in.
    fileprivate mutating func add(_ lot: Lot) {
      var lot = lot
      let part = Int64(min(missing, Int128(lot.left)))
      missing -= Int128(part)
      lot.left -= part
      guard lot.left > 0 else { return }
      // Most cash that comes in is the newest there is.
      var at = lots.count
      while at > 0, (lots[at - 1].occurred, lots[at - 1].seq) >= (lot.occurred, lot.seq) { at -= 1 }
      if at < lots.count, lots[at].seq == lot.seq, lots[at].receipt == lot.receipt {
        lots[at].left += lot.left
      } else {
        lots.insert(lot, at: at)
      }
    }

    // Cash goes out by the receipts that are named, then oldest first.
    fileprivate mutating func take(_ move: Move, _ named: Set<String>) -> [Lot] {
      var rest = move.amount.minor
      var out: [Lot] = []
      for mustBeNamed in [true, false] {
        for index in lots.indices where rest > 0 && lots[index].left > 0 {
          if mustBeNamed, !named.contains(lots[index].receipt) { continue }
          var lot = lots[index]
          lot.left = min(rest, lot.left)
          lots[index].left -= lot.left
          rest -= lot.left
          out.append(lot)
        }
      }
      lots.removeAll { $0.left == 0 }
      if rest > 0 {
        missing += Int128(rest)
        out.append(
          Lot(receipt: "", day: move.day, left: rest, occurred: move.occurred, seq: move.seq))
      }
      return out
    }
  }

  /// Everybody's cash, and every deposit, as far as moves were taken.
  package struct Custody: Chronicle {
    /// Types of events that make a move.
    package static let reads = Cash.judged.union(
      TypeMask([
        EventCode.paymentReceived, EventCode.chequeDeposited, EventCode.chequeCleared,
        EventCode.chequeBounced, EventCode.chequePartPaid,
      ]))
    /// Those of them that decisions of this noun judge on import.
    package static let judged = Cash.judged
    /// Cash is taken and cheques go to the bank on accounts.
    package static let isOnAccounts = true

    private struct Place: Hashable {
      var who: String
      var currency: Currency
    }

    /// The holders, in order of first mention.
    package private(set) var holders: [Holder] = []
    /// The deposits, in the order in which they were made; cheques of one slip are one.
    package private(set) var deposits: [Deposit] = []
    /// Answers of the bank about deposits that nobody made.
    package private(set) var strays: [(move: Move, body: DepositConfirmed)] = []
    private var holdersAt: [Place: Int] = [:]
    private var depositsAt: [String: [Int]] = [:]
    private var banked: [String: Int] = [:]
    // Receipts of which a deposit was the first.
    private var firsts: [Int: [String]] = [:]
    private var cheques: [String: Int] = [:]

    /// Nobody holds anything.
    package init() {}

    /// Everybody's cash after all these moves in the order of the world; sums of the period count
    /// from a day on.
    package init(_ moves: [Move], from: Day) {
      for move in moves.sorted(on: \.order, by: <) {
        take(move, counts: move.day >= from)
      }
    }

    /// What somebody holds; nil for somebody who never held any.
    package func holder(_ who: String, _ currency: Currency) -> Holder? {
      holdersAt[Place(who: who, currency: currency)].map { holders[$0] }
    }

    /// The deposits of an id.
    package func deposits(_ id: String) -> [Deposit] {
      (depositsAt[id] ?? []).map { deposits[$0] }
    }

    /// The deposit with which a receipt went to the bank and that was not refused.
    package func deposit(of receipt: String, heldBy holder: Holder?) -> Deposit? {
      if let lot = holder?.lots.first(where: { $0.receipt == receipt }) {
        return lot.deposit.map { deposits[$0] }
      }
      return banked[receipt].map { deposits[$0] }
    }

    /// Who else holds the cash of a receipt.
    package func whoHolds(_ receipt: String) -> String? {
      holders.first { $0.lots.contains { $0.receipt == receipt } }?.who
    }

    /// Takes a move; one without a sum above zero changes nothing but counts and refusals.
    package mutating func take(_ move: Move) { take(move, counts: true) }

    private mutating func take(_ move: Move, counts: Bool) {
      let sum = counts ? Int128(move.amount.minor) : 0
      switch move.what {
      case .confirmed(let body): answer(body, move, counts)
      case .counted(let body):
        holders[index(body.holder, move.amount.currency)].count = (move.day, body)
      case .chequePaid(let cheque): settle(cheque: cheque, move, paid: true)
      case .chequeReturned(let cheque): settle(cheque: cheque, move, paid: false)
      case _ where move.amount.minor <= 0: break
      case .collected(let receipt):
        let at = index(move.who, move.amount.currency)
        holders[at].collected += sum
        holders[at].add(
          Lot(
            receipt: receipt, day: move.day, left: move.amount.minor, occurred: move.occurred,
            seq: move.seq))
      case .handedOver(let body):
        let currency = move.amount.currency
        let (from, to) = (index(body.from, currency), index(body.to, currency))
        let lots = holders[from].take(move, Set(body.receipts ?? []))
        holders[from].handedOver += sum
        holders[to].takenOver += sum
        for lot in lots { holders[to].add(lot) }
      case .deposited(let body): deposit(body, move, sum, counts)
      case .chequeDeposited(let cheque, let body): deposit(cheque, body, move)
      }
    }

    private mutating func index(_ who: String, _ currency: Currency) -> Int {
      let place = Place(who: who, currency: currency)
      if let index = holdersAt[place] { return index }
      holdersAt[place] = holders.count
      holders.append(Holder(who, currency))
      return holders.count - 1
    }

    private mutating func deposit(_ body: Deposited, _ move: Move, _ sum: Int128, _ counts: Bool) {
      let at = index(body.holder, move.amount.currency)
      let named = Set(body.receipts)
      let held = holders[at].lots.filter { named.contains($0.receipt) }
      let here = Set(held.map(\.receipt))
      var made = Deposit(
        id: body.deposit, kind: .cash, holder: body.holder, day: move.day, seq: move.seq,
        slip: move.amount)
      (made.bankAccount, made.slipNo) = (body.bankAccount ?? "", body.slipNo ?? "")
      made.papers = Int64(named.count)
      made.papersSum = held.reduce(0) { $0 + Int128($1.left) }
      for name in named.sorted() {
        if held.contains(where: { $0.receipt == name && $0.deposit != nil }) {
          made.twice.append(name)
        } else if !here.contains(name) {
          if banked[name] != nil { made.twice.append(name) } else { made.unknown.append(name) }
        }
      }
      made.lots = holders[at].take(move, named)
      holders[at].deposited += sum
      holders[at].withBank += Int128(move.amount.minor)
      let number = deposits.count
      for lot in holders[at].lots.indices where named.contains(holders[at].lots[lot].receipt) {
        holders[at].lots[lot].deposit = holders[at].lots[lot].deposit ?? number
      }
      let new = here.filter { banked[$0] == nil }
      for name in new { banked[name] = number }
      if !new.isEmpty { firsts[number] = Array(new) }
      deposits.append(made)
      depositsAt[body.deposit, default: []].append(number)
      if let early = strays.firstIndex(where: { $0.body.deposit == body.deposit }) {
        let stray = strays.remove(at: early)
        settle(number, stray.body, stray.move, counts)
      }
    }

    private mutating func answer(_ body: DepositConfirmed, _ move: Move, _ counts: Bool) {
      let mine = depositsAt[body.deposit] ?? []
      if let waiting = mine.first(where: { deposits[$0].mayTake(body) }) {
        settle(waiting, body, move, counts)
      } else if !mine.contains(where: { deposits[$0].kind == .cheques }) {
        strays.append((move, body))
      }
    }

    private mutating func settle(
      _ number: Int, _ body: DepositConfirmed, _ move: Move, _ counts: Bool
    ) {
      let at = index(deposits[number].holder, deposits[number].slip.currency)
      holders[at].withBank -= Int128(deposits[number].slip.minor)
      deposits[number].answeredOn = move.day
      guard body.accepted else {
        deposits[number].isRefused = true
        deposits[number].cameBack = Int128(deposits[number].slip.minor)
        for lot in holders[at].lots.indices where holders[at].lots[lot].deposit == number {
          holders[at].lots[lot].deposit = nil
        }
        for name in firsts.removeValue(forKey: number) ?? [] { banked[name] = nil }
        for lot in deposits[number].lots { holders[at].add(lot) }
        if counts { holders[at].cameBack += Int128(deposits[number].slip.minor) }
        return
      }
      deposits[number].credited = Int128(body.amount.minor)
      if counts { holders[at].credited += Int128(body.amount.minor) }
    }

    // A slip of cheques grows by one cheque after the other.
    private mutating func deposit(_ cheque: String, _ body: Cheque.Deposited, _ move: Move) {
      let mine = depositsAt[body.deposit] ?? []
      if let slip = mine.first(where: {
        deposits[$0].kind == .cheques && deposits[$0].slip.currency == move.amount.currency
      }) {
        let (sum, over) = deposits[slip].slip.minor.addingReportingOverflow(move.amount.minor)
        if over { return }
        deposits[slip].slip.minor = sum
        deposits[slip].papers += 1
        deposits[slip].papersSum += Int128(move.amount.minor)
        cheques[cheque] = slip
        return
      }
      var made = Deposit(
        id: body.deposit, kind: .cheques, holder: move.who, day: move.day, seq: move.seq,
        slip: move.amount)
      made.bankAccount = body.bankAccount ?? ""
      (made.papers, made.papersSum) = (1, Int128(move.amount.minor))
      cheques[cheque] = deposits.count
      depositsAt[body.deposit, default: []].append(deposits.count)
      deposits.append(made)
    }

    private mutating func settle(cheque: String, _ move: Move, paid: Bool) {
      guard let slip = cheques[cheque] else { return }
      deposits[slip].answeredOn = max(deposits[slip].answeredOn ?? move.day, move.day)
      if paid {
        deposits[slip].credited = (deposits[slip].credited ?? 0) + Int128(move.amount.minor)
      } else {
        deposits[slip].cameBack += Int128(move.amount.minor)
        cheques[cheque] = nil
      }
    }
  }
}
