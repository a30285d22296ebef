import Ledger

/// The bodies of what the law sees, with the names of the register.
extension LawDeed {
  /// Name of the event.
  var type: String {
    switch self {
    case .received: "cheque.received"
    case .deposited: "cheque.deposited"
    case .cleared: "cheque.cleared"
    case .returned: "cheque.bounced"
    case .demanded: "legal.notice_sent"
    case .served: "legal.notice_served"
    case .paid: "payment.received"
    case .filed: "legal.case_filed"
    case .listed: "legal.hearing_listed"
    case .heard: "legal.hearing_held"
    case .ended: "legal.case_ended"
    }
  }

  /// An id inside an account.
  static func id(_ kind: String, _ account: UInt32, _ number: Int) -> String {
    "\(kind)\(Life.name(account).dropFirst(3))-\(number)"
  }

  /// What stands between the braces of the body.
  func body(_ account: UInt32, _ currency: String) -> String {
    func pair(_ name: String, _ text: String) -> String { "\"\(name)\":\"\(text)\"" }
    func sum(_ minor: Int64) -> String {
      "\"amount\":{\"minor\":\(minor),\"currency\":\"\(currency)\"}"
    }
    func cheque(_ number: Int) -> String { pair("cheque", LawDeed.id("LQ", account, number)) }
    func suit(_ number: Int) -> String { pair("case", LawDeed.id("LS", account, number)) }
    let parts: [String]
    switch self {
    case .received(let one, let date, let amount):
      parts = [
        cheque(one), pair("cheque_date", "\(date)"), sum(amount), pair("kind", "current"),
        pair("number", LawDeed.id("", account, one)),
      ]
    case .deposited(let one, let attempt, let amount):
      parts = [cheque(one), pair("deposit", "LD"), sum(amount), "\"attempt_no\":\(attempt)"]
    case .cleared(let one, let amount): parts = [cheque(one), sum(amount)]
    case .returned(let one, let amount, let reason, let memo, let came):
      parts = [
        cheque(one), sum(amount), pair("reason", reason), pair("memo_date", "\(memo)"),
        pair("memo_received_at", "\(came)T12:00:00+05:30"),
      ]
    case .demanded(let notice, let one, let amount):
      parts = [
        pair("notice", LawDeed.id("LO", account, notice)), pair("kind", "s138"), cheque(one),
        sum(amount),
      ]
    case .served(let notice, let outcome):
      parts = [pair("notice", LawDeed.id("LO", account, notice)), pair("outcome", outcome)]
    case .paid(let payment, let amount, let one):
      parts = [
        pair("payment", LawDeed.id("P", account, payment)), sum(amount), pair("mode", "upi"),
        cheque(one),
      ]
    case .filed(let number, let one, let first):
      let what = one > 0 ? ("magistrate_138", "complaint") : ("civil", "suit")
      parts =
        [suit(number), pair("forum", what.0), pair("proceeding", what.1)]
        + (one > 0 ? [cheque(one)] : [])
        + (first.map { [pair("first_hearing_on", "\($0)")] } ?? [])
    case .listed(let number, let on): parts = [suit(number), pair("on", "\(on)")]
    case .heard(let number, let on, let next):
      parts =
        [suit(number), pair("on", "\(on)"), pair("outcome", "adjourned")]
        + (next.map { [pair("next_on", "\($0)")] } ?? [])
    case .ended(let number, let on):
      parts = [suit(number), pair("on", "\(on)"), pair("outcome", "withdrawn")]
    }
    return parts.joined(separator: ",")
  }

  /// What it says to the naive model of money.
  func told(_ me: String) -> NaiveEvent.What {
    switch self {
    case .paid(let payment, let amount, _): .received("P\(me)-\(payment)", amount, wishes: [])
    case .returned(_, _, _, let memo, _): .bounced(on: memo)
    default: .silent
    }
  }
}
