package import Ledger

/// A second model of cheques and mandates, deliberately simple: words, lists, and one look at every
/// event for each question. It shares no rule with the ledger.
package struct NaivePaper {
  /// House rules that the registers look at.
  package struct Rules {
    /// Working days ahead, months of validity, days of "stale soon", days for the notice.
    package var lead = 0, months = 3, soon = 15, notice = 30
    /// Whether banks work on a day; Sundays off unless said otherwise.
    package var works: (Day) -> Bool = { (Int($0.rawValue) - 3 + 7_000_000) % 7 != 0 }
    /// The stated defaults.
    package init() {}
  }

  struct Told {
    var id: String, seq: UInt64, account: String, day: Day, occurred: Int64
    var deed: PaperDeed?
    var undoes: String?
    var payment: (id: Int, isNow: Bool, amount: Int64)?
  }

  struct Cheque {
    var account: String, number: Int
    var state = "in_hand"
    var received = false, security = false
    var date = Day.none, held = Day.none, deposited = Day.none, firstDeposit = Day.none
    var attempts = 0, bounces = 0, paid: Int64 = 0
    var holder = "", reason = "", firstReason: String?
    var came = Day.none
    var noticed = false
    var twin = ""
    var amount: Int64 = 0
  }

  private let told: [Told]
  private let errata: NaiveErrata

  /// A model of everything told about paper in a life.
  package init(_ life: Life) {
    told = life.entries.indices.compactMap { index in
      let entry = life.entries[index]
      let offset = life.zone.offset(at: Moment(rawValue: entry.occurred * 1_000_000))
      let on = Moment(rawValue: entry.occurred * 1_000_000).day(offset: offset)
      var one = Told(
        id: "E\(life.made[index])", seq: UInt64(index + 1), account: Life.name(entry.account),
        day: entry.valueDate ?? on, occurred: entry.occurred)
      switch entry.deed {
      case .paper(let deed): (one.deed, one.day) = (deed, NaivePaper.day(deed, one.day, on))
      case .law(let law):
        guard let deed = NaivePaper.deed(law) else { return nil }
        (one.deed, one.day) = (deed, NaivePaper.day(deed, one.day, on))
      case .returned(let payment, let amount, let fromOriginal):
        one.payment = (payment, !fromOriginal, amount)
      case .mistaken(let target): one.undoes = "E\(target)"
      default: return nil
      }
      return one
    }
    errata = NaiveErrata(told.map { ($0.id, $0.seq, $0.undoes) })
  }

  // The day on which a deed counts.
  static func day(_ deed: PaperDeed, _ value: Day, _ on: Day) -> Day {
    switch deed {
    case .bounced(_, _, _, let memo, _): memo
    case .received, .moved, .held, .withdrawn, .noticed, .ended: on
    case .registered(_, _, let from): from
    default: value
    }
  }

  // A cheque of the legal desk is a cheque, with a number below zero; each is of another bank.
  static func deed(_ law: LawDeed) -> PaperDeed? {
    switch law {
    case .received(let one, let date, let amount):
      .received(cheque: -one, number: 0, bank: 0, date: date, amount: amount, security: false)
    case .deposited(let one, let attempt, let amount):
      .deposited(-one, attempt: attempt, amount: amount)
    case .cleared(let one, let amount): .cleared(-one, amount: amount)
    case .returned(let one, let amount, let reason, let memo, let came):
      .bounced(-one, amount: amount, reason: reason, memo: memo, came: came)
    case .demanded(_, let one, let amount): .noticed(-one, amount: amount)
    case .paid(let payment, let amount, let one):
      .paid(payment: payment, amount: amount, cheque: -one, presentation: 0)
    default: nil
    }
  }

  // Events known and not taken back, in the order of the world.
  func standing(_ knownAt: UInt64) -> [Told] {
    told.filter { errata.stands($0.seq, knownAt) }.sorted {
      ($0.day.rawValue, $0.occurred, $0.seq) < ($1.day.rawValue, $1.occurred, $1.seq)
    }
  }

  private static let over = [
    "cleared", "returned_to_drawer", "replaced", "lost", "cancelled", "paid_otherwise",
  ]

  // Every cheque as it stands at the end of a day.
  func cheques(_ standing: [Told], _ asOf: Day) -> [Cheque] {
    var all: [String: Cheque] = [:]
    for one in standing where one.day <= asOf {
      guard let deed = one.deed, let number = NaivePaper.number(deed) else { continue }
      let key = "\(one.account)-\(number)"
      if all[key] == nil {
        if case .noticed = deed { continue }
        all[key] = Cheque(account: one.account, number: number)
      }
      guard var cheque = all[key] else { continue }
      NaivePaper.live(&cheque, deed, one.day)
      all[key] = cheque
    }
    return all.values.sorted { ($0.account, $0.number) < ($1.account, $1.number) }
  }

  static func number(_ deed: PaperDeed) -> Int? {
    switch deed {
    case .received(let cheque, _, _, _, _, _): cheque
    case .moved(let cheque, _, _), .deposited(let cheque, _, _), .cleared(let cheque, _),
      .bounced(let cheque, _, _, _, _), .partPaid(let cheque, _), .held(let cheque, _),
      .withdrawn(let cheque, _, _), .noticed(let cheque, _):
      cheque
    default: nil
    }
  }

  static func live(_ cheque: inout Cheque, _ deed: PaperDeed, _ day: Day) {
    // Of one that nobody received, the bank's word is all there is.
    switch deed {
    case .deposited(_, _, let amount), .cleared(_, let amount), .partPaid(_, let amount),
      .bounced(_, let amount, _, _, _):
      if !cheque.received, cheque.amount == 0 { cheque.amount = amount }
    default: break
    }
    switch deed {
    case .received(_, let number, let bank, let date, let amount, let security):
      if cheque.received, !over.contains(cheque.state) { return }
      if cheque.received { cheque.state = "in_hand" }
      cheque.received = true
      (cheque.date, cheque.security, cheque.amount) = (date, security, amount)
      cheque.twin = bank > 0 ? "\(bank)/\(number)" : "\(cheque.account)/\(cheque.number)"
      if bank > 0 || cheque.holder.isEmpty { cheque.holder = bank > 0 ? "VAULT-0" : "" }
    case .moved(_, _, let to): cheque.holder = "VAULT-\(to)"
    case .deposited:
      cheque.state = "deposited"
      cheque.attempts += 1
      cheque.deposited = day
      if cheque.attempts == 1 { cheque.firstDeposit = day }
    case .cleared: cheque.state = "cleared"
    case .bounced(_, _, let reason, _, let came):
      cheque.state = "bounced"
      cheque.bounces += 1
      if cheque.bounces == 1, cheque.attempts < 2 { cheque.firstReason = reason }
      (cheque.reason, cheque.came, cheque.noticed) = (reason, came, false)
    case .partPaid(_, let amount):
      cheque.state = "part_paid"
      cheque.paid += amount
    case .held(_, let until): cheque.held = until
    case .withdrawn(_, let reason, _):
      cheque.state = reason == "returned_to_drawer" ? "returned" : reason
    case .noticed: cheque.noticed = cheque.bounces > 0
    default: break
    }
  }

  /// The register of cheques, everything in it, a line a cheque:
  /// `group,account,cheque,deposit_by,presentable_until,custodian,hold_till,state,deposited,`
  /// `attempts,bounces,notice_by,alert`.
  package func register(asOf: Day, knownAt: UInt64, within: Int, rules: Rules) -> [String] {
    let all = cheques(standing(knownAt), asOf)
    let live = Dictionary(
      grouping: all.filter { $0.received && !NaivePaper.isOver($0.state) }, by: \.twin)
    return all.map { cheque in
      let last = NaivePaper.plus(cheque.date, months: rules.months)
      var group = "over"
      var (by, until, notice): (Day?, Day?, Day?) = (nil, nil, nil)
      var alerts: [String] = []
      if !cheque.received {
        if !NaivePaper.isOver(cheque.state) { group = "unreceived" }
      } else {
        until = last
        if cheque.state == "in_hand", !cheque.security { by = NaivePaper.by(cheque, rules) }
        group = NaivePaper.group(cheque, by, last, asOf, within)
        let isHere = ["in_hand", "bounced", "part_paid"].contains(cheque.state)
        if isHere, !cheque.security, asOf <= last, last - asOf <= rules.soon {
          alerts.append("stale_soon")
        }
        notice = NaivePaper.notice(cheque, rules)
        if let notice { alerts.append(notice < asOf ? "notice_late" : "notice_due") }
        if live[cheque.twin]?.count ?? 0 > 1 { alerts.append("twice") }
      }
      func text(_ day: Day?) -> String {
        day.map { $0 == .none ? "" : "\($0)" } ?? ""
      }
      return [
        group, cheque.account, NaivePaper.id(cheque), text(by), text(until), cheque.holder,
        cheque.held >= asOf ? text(cheque.held) : "", cheque.state, text(cheque.deposited),
        "\(cheque.attempts)", "\(cheque.bounces)", text(notice), alerts.joined(separator: " "),
      ].joined(separator: ",")
    }.sorted()
  }

  static func isOver(_ state: String) -> Bool {
    !["in_hand", "bounced", "part_paid", "deposited"].contains(state)
  }

  static func id(_ cheque: Cheque) -> String {
    (cheque.number < 0 ? "LQ" : "CQ") + cheque.account.dropFirst(3) + "-\(abs(cheque.number))"
  }

  static func plus(_ day: Day, months: Int) -> Day {
    if day == .none { return .none }
    let (year, month, date) = day.civil
    let count = year * 12 + month - 1 + months
    var last = 31
    while last > 28, Day(year: count / 12, month: count % 12 + 1, day: last) == nil { last -= 1 }
    return Day(year: count / 12, month: count % 12 + 1, day: min(date, last)) ?? .none
  }

  static func by(_ cheque: Cheque, _ rules: Rules) -> Day {
    var day = cheque.date
    while !rules.works(day) { day = day + 1 }
    var left = rules.lead
    while left > 0 {
      day = day - 1
      if rules.works(day) { left -= 1 }
    }
    guard cheque.held >= day else { return day }
    day = cheque.held + 1
    while !rules.works(day) { day = day + 1 }
    return day
  }

  static func group(
    _ cheque: Cheque, _ by: Day?, _ last: Day, _ asOf: Day, _ within: Int
  ) -> String {
    switch cheque.state {
    case "deposited": return "awaiting"
    case "bounced", "part_paid": return cheque.state
    case "in_hand": break
    default: return "over"
    }
    if cheque.security { return "security" }
    if asOf > last { return "stale" }
    if cheque.held >= asOf { return "on_hold" }
    guard let by else { return "later" }
    if by < asOf { return "overdue" }
    if by == asOf { return "due_today" }
    return by - asOf <= within ? "due_soon" : "later"
  }

  static func notice(_ cheque: Cheque, _ rules: Rules) -> Day? {
    let grounds = [
      "insufficient_funds", "exceeds_arrangement", "account_closed", "payment_stopped",
    ]
    let isOpen = cheque.state == "bounced" || cheque.state == "deposited" && cheque.bounces > 0
    guard isOpen, !cheque.noticed, grounds.contains(cheque.reason) else { return nil }
    return cheque.came + rules.notice
  }
}
