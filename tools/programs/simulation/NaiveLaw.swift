package import Ledger

/// A second model of the legal diary, deliberately simple: words, lists, and one look at every
/// event for each question. It shares no rule with the ledger.
package struct NaiveLaw {
  private struct Told {
    var id: String, seq: UInt64, account: UInt32, day: Day, occurred: Int64
    var deed: LawDeed?
    var undoes: String?
    var back: (payment: Int, isNow: Bool, amount: Int64)?
  }

  private let told: [Told]
  private let errata: NaiveErrata

  /// A model of everything told about the law in a life.
  package init(_ life: Life) {
    told = life.entries.indices.compactMap { index in
      let entry = life.entries[index]
      let moment = Moment(rawValue: entry.occurred * 1_000_000)
      let on = moment.day(offset: life.zone.offset(at: moment))
      var one = Told(
        id: "E\(life.made[index])", seq: UInt64(index + 1), account: entry.account,
        day: entry.valueDate ?? on, occurred: entry.occurred)
      switch entry.deed {
      case .law(let deed):
        one.deed = deed
        switch deed {
        case .returned(_, _, _, let memo, _): one.day = memo
        case .heard(_, let day, _), .ended(_, let day): one.day = day
        default: break
        }
      case .returned(let payment, let amount, let fromOriginal):
        one.back = (payment, !fromOriginal, amount)
      case .mistaken(let target): one.undoes = "E\(target)"
      default: return nil
      }
      return one
    }
    errata = NaiveErrata(told.map { ($0.id, $0.seq, $0.undoes) })
  }

  private func standing(_ knownAt: UInt64, _ asOf: Day) -> [UInt32: [Told]] {
    let kept = told.filter {
      ($0.day <= asOf || $0.back?.isNow == false) && errata.stands($0.seq, knownAt)
    }
    return Dictionary(grouping: kept, by: \.account)
  }

  /// The diary with all that is over, a line a matter:
  /// `account,matter,ref,stage,clock,day,missed,next_hearing,alert`.
  package func diary(asOf: Day, knownAt: UInt64) -> [String] {
    var lines: [String] = []
    for (account, told) in standing(knownAt, asOf) where account > 0 {
      let order = told.sorted {
        ($0.day.rawValue, $0.occurred, $0.seq) < ($1.day.rawValue, $1.occurred, $1.seq)
      }
      var desk = NaiveLawyer(account: account, asOf: asOf)
      for one in order {
        if let deed = one.deed { desk.hear(deed, one.day) }
        if let back = one.back { desk.takeBack(back.payment, back.amount, back.isNow, one.day) }
      }
      lines += desk.lines
    }
    return lines.sorted()
  }
}

/// One account as a clerk of the court's desk would keep it on paper.
struct NaiveLawyer {
  struct Cheque {
    var number: Int, amount: Int64
    var state = "in_hand"
    var memo: Day?, came = Day.none, reason = ""
  }
  struct Notice {
    var number: Int, cheque: Int, amount: Int64, day: Day
    var served: Day?, hasFailed = false
  }
  struct Suit {
    var number: Int, cheque: Int, day: Day
    var hearings: [Day] = [], hasEnded = false
  }

  let account: UInt32
  let asOf: Day
  var cheques: [Cheque] = []
  var notices: [Notice] = []
  var suits: [Suit] = []
  var paid: [(number: Int, cheque: Int, amount: Int64, day: Day)] = []
  var back: [(payment: Int, amount: Int64, day: Day)] = []

  mutating func hear(_ deed: LawDeed, _ day: Day) {
    switch deed {
    case .received(let one, _, let amount), .deposited(let one, _, let amount),
      .cleared(let one, let amount), .returned(let one, let amount, _, _, _):
      if !cheques.contains(where: { $0.number == one }) {
        cheques.append(Cheque(number: one, amount: amount))
      }
      guard let at = cheques.firstIndex(where: { $0.number == one }) else { return }
      if case .deposited = deed { cheques[at].state = "deposited" }
      if case .cleared = deed { cheques[at].state = "cleared" }
      if case .returned(_, _, let reason, let memo, let came) = deed {
        cheques[at].state = "bounced"
        (cheques[at].memo, cheques[at].came, cheques[at].reason) = (memo, came, reason)
      }
    case .demanded(let notice, let cheque, let amount):
      notices.append(Notice(number: notice, cheque: cheque, amount: amount, day: day))
    case .served(let notice, let outcome):
      guard let at = notices.firstIndex(where: { $0.number == notice }) else { return }
      if outcome == "left" {
        notices[at].hasFailed = true
      } else if notices[at].served == nil {
        notices[at].served = day
      }
    case .paid(let payment, let amount, let cheque):
      paid.append((payment, cheque, amount, day))
    case .filed(let number, let cheque, let first):
      suits.append(
        Suit(number: number, cheque: cheque, day: day, hearings: first.map { [$0] } ?? []))
    case .listed(let number, let on):
      change(number) { if !$0.hasEnded { $0.hearings.append(on) } }
    case .heard(let number, let on, let next):
      change(number) {
        $0.hearings.removeAll { $0 <= on }
        if let next, !$0.hasEnded { $0.hearings.append(next) }
      }
    case .ended(let number, _): change(number) { ($0.hasEnded, $0.hearings) = (true, []) }
    }
  }

  private mutating func change(_ number: Int, _ change: (inout Suit) -> Void) {
    guard let at = suits.firstIndex(where: { $0.number == number }) else { return }
    change(&suits[at])
  }

  mutating func takeBack(_ payment: Int, _ amount: Int64, _ isNow: Bool, _ day: Day) {
    back.append((payment, amount, isNow ? day : .none))
  }

  private func money(for cheque: Int, from first: Day, until last: Day) -> Int64 {
    paid.filter { $0.cheque == cheque && $0.day >= first && $0.day <= last }.reduce(0) { sum, one in
      let gone = back.filter { $0.payment == one.number && $0.day <= last }
        .reduce(0) { $0 + $1.amount }
      return sum + max(0, one.amount - gone)
    }
  }

  /// The account's lines of the diary.
  var lines: [String] {
    var lines: [String] = []
    var taken: [Int] = []
    for cheque in cheques.sorted(by: { $0.number < $1.number }) {
      guard let memo = cheque.memo, let found = matter(cheque, memo) else { continue }
      if let suit = found.suit { taken.append(suit) }
      lines.append(found.line)
    }
    for suit in suits where !taken.contains(suit.number) {
      let stage = suit.hasEnded ? "withdrawn" : "filed"
      lines.append(line("case", LawDeed.id("LS", account, suit.number), stage, [], suit, nil))
    }
    for notice in notices
    where !cheques.contains(where: { $0.number == notice.cheque && $0.memo != nil }) {
      let stage =
        notice.served != nil ? "served" : notice.hasFailed ? "unserved" : "notice_sent"
      lines.append(line("notice", LawDeed.id("LO", account, notice.number), stage, [], nil, notice))
    }
    return lines
  }

  private typealias Clock = (name: String, day: Day, done: Day?)

  private func matter(_ cheque: Cheque, _ memo: Day) -> (line: String, suit: Int?)? {
    let id = LawDeed.id("LQ", account, cheque.number)
    let lastNotice = cheque.came + 30
    guard let notice = notices.first(where: { $0.cheque == cheque.number && $0.day >= memo })
    else {
      guard cheque.reason == "insufficient_funds", cheque.state != "cleared" else { return nil }
      if money(for: cheque.number, from: memo, until: asOf) >= cheque.amount {
        return (line("s138", id, "paid", [], nil, nil), nil)
      }
      let stage = asOf > lastNotice ? "time_barred" : "notice_due"
      return (line("s138", id, stage, [("notice_by", lastNotice, nil)], nil, nil), nil)
    }
    var clocks: [Clock] = [("notice_by", lastNotice, notice.day)]
    let isLate = notice.day > lastNotice
    guard let served = notice.served else {
      let isPaid =
        cheque.state == "cleared"
        || money(for: cheque.number, from: memo, until: asOf) >= cheque.amount
      let stage =
        isPaid
        ? "paid" : isLate ? "time_barred" : notice.hasFailed ? "unserved" : "notice_sent"
      return (line("s138", id, stage, clocks, nil, notice), nil)
    }
    let (payBy, last) = (served + 15, NaiveLawyer.month(after: served + 16))
    let suit = suits.first { $0.cheque == cheque.number && $0.day >= served }
    if money(for: cheque.number, from: notice.day, until: min(asOf, payBy)) >= notice.amount {
      return (line("s138", id, "paid_in_time", clocks, suit, notice), suit?.number)
    }
    let later: [Clock] = [
      ("pay_by", payBy, suit.map { min($0.day, payBy) }), ("complaint_by", last, suit?.day),
    ]
    if let suit {
      clocks += later
      let stage = suit.hasEnded ? "withdrawn" : "filed"
      return (line("s138", id, stage, clocks, suit, notice), suit.number)
    }
    if isLate { return (line("s138", id, "time_barred", clocks, nil, notice), nil) }
    clocks += later
    let stage = asOf <= payBy ? "waiting" : asOf > last ? "time_barred" : "cause_of_action"
    return (line("s138", id, stage, clocks, nil, notice), nil)
  }

  /// A calendar month later, and on a Sunday the Monday after it.
  static func month(after day: Day) -> Day {
    let (year, month, date) = day.civil
    var last = date
    let (y, m) = month == 12 ? (year + 1, 1) : (year, month + 1)
    while Day(year: y, month: m, day: last) == nil { last -= 1 }
    let end = Day(year: y, month: m, day: last) ?? day
    return (Int(end.rawValue) + 4) % 7 == 0 ? end + 1 : end
  }

  private func line(
    _ matter: String, _ ref: String, _ stage: String, _ clocks: [Clock], _ suit: Suit?,
    _ notice: Notice?
  ) -> String {
    let running = clocks.filter { $0.done == nil && asOf <= $0.day }.min { $0.day < $1.day }
    let missed = clocks.filter { $0.name != "pay_by" && ($0.done ?? asOf) > $0.day }
      .map { "\($0.name) \($0.day)" }.joined(separator: " ")
    let next = suit?.hearings.filter { $0 >= asOf }.min().map { "\($0)" } ?? ""
    var alert = ""
    if let day = suit?.hearings.filter({ $0 < asOf }).min() {
      alert = "no outcome of \(day)"
    } else if let notice, notice.hasFailed, notice.served == nil {
      alert = "not served"
    }
    return [
      Life.name(account), matter, ref, stage, running?.name ?? "",
      running.map { "\($0.day)" } ?? "", missed, next, alert,
    ].joined(separator: ",")
  }
}
