import Ledger

/// The bodies of paper, with the names of the register.
extension Line {
  // swift-format-ignore
  mutating func paperBody(_ deed: PaperDeed, _ entry: Entry) {
    let account = entry.account
    switch deed {
    case .received(let cheque, let number, let bank, let date, let amount, let security):
      put("\"cheque\":\""); put("CQ", account, cheque)
      put("\",\"cheque_date\":\""); put(date); put("\"")
      putSum(amount)
      put(security ? ",\"kind\":\"security\"" : ",\"kind\":\"post_dated\"")
      put(",\"number\":\""); put(number, width: 6)
      put("\",\"bank\":\"BANK"); put(bank)
      put("\",\"custodian\":\"VAULT-0\"")
    case .moved(let cheque, let from, let to):
      put("\"cheque\":\""); put("CQ", account, cheque)
      put("\",\"from\":\"VAULT-"); put(from)
      put("\",\"to\":\"VAULT-"); put(to); put("\"")
    case .deposited(let cheque, let attempt, let amount):
      put("\"cheque\":\""); put("CQ", account, cheque)
      put("\",\"deposit\":\"DS-"); put(Int(entry.occurred / 86_400)); put("\"")
      putSum(amount)
      put(",\"attempt_no\":"); put(attempt)
    case .cleared(let cheque, let amount), .partPaid(let cheque, let amount):
      put("\"cheque\":\""); put("CQ", account, cheque); put("\"")
      putSum(amount)
    case .bounced(let cheque, let amount, let reason, let memo, let came):
      put("\"cheque\":\""); put("CQ", account, cheque); put("\"")
      putSum(amount)
      put(",\"reason\":\""); put(reason)
      put("\",\"memo_date\":\""); put(memo)
      put("\",\"memo_received_at\":\""); put(came); put("T12:00:00+05:30\"")
    case .held(let cheque, let until):
      put("\"cheque\":\""); put("CQ", account, cheque)
      put("\",\"until\":\""); put(until)
      put("\",\"approver\":\"supervisor-0001\",\"reason\":\"customer_request\"")
    case .withdrawn(let cheque, let reason, let by):
      put("\"cheque\":\""); put("CQ", account, cheque)
      put("\",\"reason\":\""); put(reason); put("\"")
      if by > 0 { put(",\"replaced_by\":\""); put("CQ", account, by); put("\"") }
    case .noticed(let cheque, let amount):
      put("\"notice\":\""); put("NO", account, Int(entry.occurred / 86_400))
      put("\",\"kind\":\"s138\""); putSum(amount)
      put(",\"cheque\":\""); put("CQ", account, cheque); put("\"")
    default: debitBody(deed, account)
    }
  }

  private mutating func putSum(_ amount: Int64) {
    put(",\"amount\":")
    put(minor: amount)
  }

  // swift-format-ignore
  private mutating func debitBody(_ deed: PaperDeed, _ account: UInt32) {
    switch deed {
    case .registered(let mandate, let limit, let from):
      put("\"mandate\":\""); put("MA", account, mandate)
      put("\",\"rail\":\"nach\",\"limit\":"); put(minor: limit)
      put(",\"from\":\""); put(from); put("\"")
    case .ended(let mandate):
      put("\"mandate\":\""); put("MA", account, mandate)
      put("\",\"reason\":\"cancelled_by_payer\"")
    case .presented(let one, let due, let attempt, let amount, let mandate):
      put("\"presentation\":\""); put("PR", account, one)
      put("\",\"rail\":\"nach\",\"due\":\""); put("D", account, due); put("\"")
      putSum(amount)
      put(",\"attempt_no\":"); put(attempt)
      put(",\"mandate\":\""); put("MA", account, mandate); put("\"")
    case .returned(let one, let due, let reason, let technical, let amount):
      put("\"presentation\":\""); put("PR", account, one)
      put("\",\"due\":\""); put("D", account, due)
      put("\",\"reason\":\""); put(reason)
      put(technical ? "\",\"technical\":true" : "\",\"technical\":false")
      putSum(amount)
    case .paid(let payment, let amount, let cheque, let presentation):
      put("\"payment\":\""); put("P", account, payment); put("\"")
      putSum(amount)
      put(cheque > 0 ? ",\"mode\":\"cheque\"" : ",\"mode\":\"nach\"")
      if cheque > 0 { put(",\"cheque\":\""); put("CQ", account, cheque); put("\"") }
      if presentation > 0 {
        put(",\"presentation\":\""); put("PR", account, presentation); put("\"")
      }
      if cheque > 0 { put(",\"provisional\":true") }
    default: break
    }
  }
}

extension PaperDeed {
  /// Name of the event.
  var type: String {
    switch self {
    case .received: "cheque.received"
    case .moved: "cheque.moved"
    case .deposited: "cheque.deposited"
    case .cleared: "cheque.cleared"
    case .bounced: "cheque.bounced"
    case .partPaid: "cheque.part_paid"
    case .held: "cheque.held"
    case .withdrawn: "cheque.withdrawn"
    case .noticed: "legal.notice_sent"
    case .registered: "mandate.registered"
    case .ended: "mandate.ended"
    case .presented: "mandate.presented"
    case .returned: "mandate.bounced"
    case .paid: "payment.received"
    }
  }
}
