package import Ledger

/// A second model of cash on its way to the bank: every note of money is followed by hand, from the
/// receipt to the slip. It shares no rule with the ledger.
package struct NaiveCash: Sendable {
  let desk: NaiveDesk

  /// A model of a life.
  package init(_ desk: NaiveDesk) { self.desk = desk }

  // Money of one receipt that somebody has.
  struct Note {
    var receipt: String, day: Day
    var occurred: Int64, seq: UInt64
    var left: Int64
    /// The slip on which it was named, though all of it did not go.
    var slip: Int?
  }

  struct Slip {
    var id: String, kind: String, holder: String, day: Day
    var sum: Int64, papers = 0, papersSum: Int64 = 0
    var credited: Int64?, back: Int64 = 0, answered: Day?
    var isRefused = false
    var notHeld: [String] = [], twice: [String] = []
    var gone: [Note] = []

    var status: String {
      if isRefused { return "refused" }
      if kind == "cheques" {
        if (credited ?? 0) + back < sum { return "awaiting" }
        return (credited ?? 0) >= sum ? "confirmed" : (credited ?? 0) == 0 ? "refused" : "short"
      }
      guard let credited else { return "awaiting" }
      return credited == sum ? "confirmed" : credited < sum ? "short" : "over"
    }
  }

  // What went through one pair of hands since the first day asked about.
  struct Hands {
    var notes: [Note] = []
    var owes: Int64 = 0
    var collected: Int64 = 0, takenOver: Int64 = 0, handedOver: Int64 = 0, deposited: Int64 = 0
    var cameBack: Int64 = 0, credited: Int64 = 0, withBank: Int64 = 0
    var count: (counted: Int64, expected: Int64)?

    mutating func take(_ note: Note) {
      var note = note
      let due = min(owes, note.left)
      owes -= due
      note.left -= due
      if note.left > 0 { notes.append(note) }
    }

    // Named receipts first, then the oldest; what is not there is owed.
    mutating func give(_ sum: Int64, _ named: [String], _ day: Day, _ told: NaiveDesk.Told)
      -> [Note]
    {
      notes.sort { ($0.occurred, $0.seq) < ($1.occurred, $1.seq) }
      var left = sum
      var gone: [Note] = []
      let order =
        notes.indices.filter { named.contains(notes[$0].receipt) }
        + notes.indices.filter { !named.contains(notes[$0].receipt) }
      for index in order where left > 0 {
        var part = notes[index]
        part.left = min(left, part.left)
        notes[index].left -= part.left
        left -= part.left
        gone.append(part)
      }
      notes.removeAll { $0.left == 0 }
      if left > 0 {
        owes += left
        gone.append(
          Note(receipt: "", day: day, occurred: told.occurred, seq: told.seq, left: left))
      }
      return gone
    }
  }

  struct Books {
    var hands: [String: Hands] = [:]
    private(set) var slips: [Slip] = []
    /// Where slips with one id are, of cash and of cheques.
    private(set) var places: [String: [Int]] = [:]
    var strays: [(id: String, sum: Int64, isAccepted: Bool, day: Day)] = []
    var banked: [String: Int] = [:], cheques: [String: Int] = [:]
  }

  /// Whatever moves cash or cheques, in the order of the world.
  func cash(_ knownAt: UInt64) -> [NaiveDesk.Told] {
    desk.heard(knownAt).filter { told in
      switch told.deed {
      case .received(_, _, .cash, _), .paper, .law: true
      case .said(let saying):
        saying.type.hasPrefix("cash.") || saying.type == "payment.received"
      default: false
      }
    }.sorted { $0.precedes($1) }
  }

  private func follow(from: Day, _ asOf: Day, _ knownAt: UInt64) -> Books {
    var books = Books()
    for told in cash(knownAt) {
      let isAnswer = told.said?.type == "cash.deposit_confirmed"
      let day = isAnswer ? told.valueDate ?? told.on : told.on
      if day <= asOf { books.take(told, day, counts: day >= from) }
    }
    return books
  }

  /// Custody at the end of a day: `holder,opening,collected,taken_over,handed_over,deposited,
  /// came_back,in_hand,credited,with_bank,oldest,count_difference,breach` in minor units.
  package func custody(from: Day, asOf: Day, knownAt: UInt64) -> [String] {
    follow(from: from, asOf, knownAt).hands.compactMap { who, hands -> String? in
      let inHand = hands.notes.reduce(0) { $0 + $1.left } - hands.owes
      let opening =
        inHand - hands.collected - hands.takenOver + hands.handedOver + hands.deposited
        - hands.cameBack
      let oldest = hands.notes.map(\.day).min()
      var breach: [String] = []
      if inHand > 50_000_00 { breach.append("over_limit") }
      // The next day, or the Monday after a Saturday.
      if let oldest, asOf > oldest + (NaiveCash.isSunday(oldest + 1) ? 2 : 1) {
        breach.append("too_old")
      }
      if inHand < 0 { breach.append("below_zero") }
      if let count = hands.count, count.counted < count.expected { breach.append("short_count") }
      let sums = [
        opening, hands.collected, hands.takenOver, hands.handedOver, hands.deposited,
        hands.cameBack, inHand, hands.credited, hands.withBank,
      ]
      // Whoever has nothing to show in the period is no line.
      if hands.count == nil, hands.notes.isEmpty, sums.allSatisfy({ $0 == 0 }) { return nil }
      let told = sums.map { "\($0)" }.joined(separator: ",")
      return "\(who),\(told),\(oldest.map { "\($0)" } ?? ""),"
        + "\(hands.count.map { "\($0.counted - $0.expected)" } ?? ""),"
        + breach.joined(separator: " ")
    }.sorted()
  }

  static func isSunday(_ day: Day) -> Bool { (Int(day.rawValue) + 4) % 7 == 0 }

  /// Slips: `deposit,kind,holder,day,slip,papers,papers_sum,credited,came_back,answered_on,
  /// difference,status,not_held,in_another`.
  package func deposits(asOf: Day, knownAt: UInt64) -> [String] {
    let books = follow(from: .none, asOf, knownAt)
    let slips = books.slips.map { slip -> String in
      let isOver = slip.status != "awaiting" && !slip.isRefused
      return [
        slip.id, slip.kind, slip.holder, "\(slip.day)", "\(slip.sum)", "\(slip.papers)",
        "\(slip.papersSum)", slip.credited.map { "\($0)" } ?? "",
        slip.back == 0 ? "" : "\(slip.back)", slip.answered.map { "\($0)" } ?? "",
        isOver ? "\((slip.credited ?? 0) - slip.sum)" : "", slip.status,
        slip.notHeld.sorted().joined(separator: " "), slip.twice.sorted().joined(separator: " "),
      ].joined(separator: ",")
    }
    let strays = books.strays.map { stray in
      let sum = stray.isAccepted ? "\(stray.sum)" : ""
      return "\(stray.id),,,,,,,\(sum),,\(stray.day),,no_deposit,,"
    }
    return (slips + strays).sorted()
  }
}

extension NaiveCash.Books {
  /// Follows an entry of a day.
  mutating func take(_ told: NaiveDesk.Told, _ day: Day, counts: Bool) {
    switch told.deed {
    case .received(let payment, let amount, let mode, _) where mode == .cash:
      collect("P\(told.account)-\(payment)", told.actor, amount, told, counts)
    case .paper(.deposited(let cheque, _, let amount)):
      let slip = "DS-\(told.occurred / 86_400)"
      add(cheque: "CQ\(told.account)-\(cheque)", amount, slip, told)
    case .paper(.cleared(let cheque, let amount)), .paper(.partPaid(let cheque, let amount)):
      settle(cheque: "CQ\(told.account)-\(cheque)", amount, day, isPaid: true)
    case .paper(.bounced(let cheque, let amount, _, _, _)):
      settle(cheque: "CQ\(told.account)-\(cheque)", amount, day, isPaid: false)
    case .law(.deposited(let cheque, _, let amount)):
      add(cheque: "LQ\(told.account)-\(cheque)", amount, "LD", told)
    case .law(.cleared(let cheque, let amount)):
      settle(cheque: "LQ\(told.account)-\(cheque)", amount, day, isPaid: true)
    case .law(.returned(let cheque, let amount, _, _, _)):
      settle(cheque: "LQ\(told.account)-\(cheque)", amount, day, isPaid: false)
    case .said(let saying): take(saying, told, day, counts)
    default: break
    }
  }

  private mutating func take(
    _ saying: Saying, _ told: NaiveDesk.Told, _ day: Day, _ counts: Bool
  ) {
    let (sum, holder) = (saying.sum("amount"), saying.text("holder"))
    switch saying.type {
    case "payment.received" where saying.text("mode") == "cash":
      let (number, collector) = (saying.text("receipt_no"), saying.text("collector"))
      collect(
        number.isEmpty ? saying.text("payment") : number,
        collector.isEmpty ? told.actor : collector, sum, told, counts)
    case "cash.handed_over":
      let (from, to) = (saying.text("from"), saying.text("to"))
      let gone = hands[from, default: .init()].give(sum, saying.texts("receipts"), day, told)
      if counts { hands[from]?.handedOver += sum }
      if counts { hands[to, default: .init()].takenOver += sum }
      for note in gone { hands[to, default: .init()].take(note) }
    case "cash.counted":
      hands[holder, default: .init()].count = (saying.sum("counted"), saying.sum("expected"))
    case "cash.deposited": deposit(saying, holder, sum, told, counts)
    case "cash.deposit_confirmed":
      let id = saying.text("deposit")
      let waiting = places["cash " + id]?.first {
        slips[$0].credited == nil && !slips[$0].isRefused
      }
      if let waiting {
        answer(waiting, sum, saying.flag("accepted"), day, counts)
      } else {
        strays.append((id, sum, saying.flag("accepted"), day))
      }
    default: break
    }
  }

  private mutating func collect(
    _ receipt: String, _ who: String, _ sum: Int64, _ told: NaiveDesk.Told, _ counts: Bool
  ) {
    if counts { hands[who, default: .init()].collected += sum }
    hands[who, default: .init()].take(
      .init(
        receipt: receipt, day: told.on, occurred: told.occurred, seq: told.seq, left: sum))
  }

  private mutating func deposit(
    _ saying: Saying, _ holder: String, _ sum: Int64, _ told: NaiveDesk.Told, _ counts: Bool
  ) {
    let number = slips.count
    var slip = NaiveCash.Slip(
      id: saying.text("deposit"), kind: "cash", holder: holder, day: told.on, sum: sum)
    let names = Set(saying.texts("receipts")).sorted()
    var mine = hands[holder] ?? .init()
    slip.papers = names.count
    var here: [String] = []
    for name in names {
      let notes = mine.notes.filter { $0.receipt == name }
      slip.papersSum += notes.reduce(0) { $0 + $1.left }
      if !notes.isEmpty { here.append(name) }
      if notes.contains(where: { $0.slip != nil }) || notes.isEmpty && banked[name] != nil {
        slip.twice.append(name)
      } else if notes.isEmpty {
        slip.notHeld.append(name)
      }
    }
    slip.gone = mine.give(sum, names, told.on, told)
    if counts { mine.deposited += sum }
    mine.withBank += sum
    for index in mine.notes.indices
    where names.contains(mine.notes[index].receipt) && mine.notes[index].slip == nil {
      mine.notes[index].slip = number
    }
    hands[holder] = mine
    for name in here where banked[name] == nil { banked[name] = number }
    add(slip)
    if let early = strays.firstIndex(where: { $0.id == slip.id }) {
      let stray = strays.remove(at: early)
      answer(number, stray.sum, stray.isAccepted, stray.day, counts)
    }
  }

  private mutating func answer(
    _ number: Int, _ sum: Int64, _ isAccepted: Bool, _ day: Day, _ counts: Bool
  ) {
    var mine = hands[slips[number].holder] ?? .init()
    mine.withBank -= slips[number].sum
    slips[number].answered = day
    if isAccepted {
      slips[number].credited = sum
      if counts { mine.credited += sum }
    } else {
      slips[number].isRefused = true
      slips[number].back = slips[number].sum
      for index in mine.notes.indices where mine.notes[index].slip == number {
        mine.notes[index].slip = nil
      }
      for (name, slip) in banked where slip == number { banked[name] = nil }
      for note in slips[number].gone { mine.take(note) }
      if counts { mine.cameBack += slips[number].sum }
    }
    hands[slips[number].holder] = mine
  }

  private mutating func add(_ slip: NaiveCash.Slip) {
    places["\(slip.kind) \(slip.id)", default: []].append(slips.count)
    slips.append(slip)
  }

  // A slip of cheques is all of one deposit.
  private mutating func add(
    cheque: String, _ sum: Int64, _ id: String, _ told: NaiveDesk.Told
  ) {
    if places["cheques " + id] == nil {
      add(.init(id: id, kind: "cheques", holder: told.actor, day: told.on, sum: 0))
    }
    guard let at = places["cheques " + id]?.first else { return }
    slips[at].sum += sum
    slips[at].papers += 1
    slips[at].papersSum += sum
    cheques[cheque] = at
  }

  private mutating func settle(cheque: String, _ sum: Int64, _ day: Day, isPaid: Bool) {
    guard let at = cheques[cheque] else { return }
    slips[at].answered = max(slips[at].answered ?? day, day)
    if isPaid {
      slips[at].credited = (slips[at].credited ?? 0) + sum
    } else {
      slips[at].back += sum
      cheques[cheque] = nil
    }
  }
}
