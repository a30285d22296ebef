// MARK: - Decisions

extension Scene {
  /// The account's cheques with everything heard of them.
  fileprivate var cheques: Cheque.Lives {
    var lives = Cheque.Lives()
    lives.follow(account.desk.cheques, until: .undated)
    return lives
  }

  /// The cheque of an id, which must have been received.
  fileprivate func require(cheque id: String) throws(Refusal) -> Cheque.Life {
    try requireKnown()
    guard let life = cheques[id], life.received != 0 else {
      throw Refusal(
        rule: "cheque.unknown", "No cheque \(id) was received on account \(account.id).",
        remedy: "Record cheque.received first, or check the id: it is not the number on it.")
    }
    return life
  }

  /// The cheque of an id, which must be in the house: neither with the bank nor gone.
  fileprivate func require(chequeHere id: String) throws(Refusal) -> Cheque.Life {
    let life = try require(cheque: id)
    switch life.state {
    case .inHand, .bounced, .partPaid: return life
    case .deposited:
      throw Refusal(
        rule: "cheque.with-bank", "Cheque \(id) is with the bank since \(life.deposited).",
        remedy: "Record cheque.cleared or cheque.bounced first; until then its fate is open.")
    case .cleared:
      throw Refusal(
        rule: "cheque.cleared", "Cheque \(id) has cleared.",
        remedy: "Nothing more can happen to the paper; if the bank took its money back, record "
          + "payment.reversed of the payment it carried.")
    default:
      throw Refusal(
        rule: "cheque.withdrawn", "Cheque \(id) is no longer here: \(life.state.code).",
        remedy: "Record cheque.received again if it came back into the house.")
    }
  }

  /// What payments carried by a cheque still credit, beyond what the bank paid of it.
  package func credit(keptBy life: Cheque.Life) -> Int64 {
    account.desk.paper.credit(keptBy: life, until: .undated)
  }

  // The money of a return must be taken back before the paper goes on.
  fileprivate func requireNoCredit(_ life: Cheque.Life, _ id: String) throws(Refusal) {
    let kept = credit(keptBy: life)
    guard kept == 0 else {
      let sum = Money(minor: kept, currency: Currency(rawValue: life.currency))
      throw Refusal(
        rule: "cheque.credit-kept", "Cheque \(id) came back, and \(sum) of it is still credited.",
        remedy: "Record payment.reversed with reason=dishonour "
          + "effective=from_original_value_date, caused by the bounce.")
    }
  }
}

extension Cheque.Received: Decided {
  /// Refused when the id is taken, or the same paper is in custody already.
  package func decide(_ scene: inout Scene) throws(Refusal) {
    try scene.requireKnown()
    try scene.require(amount, "cheque")
    let lives = scene.cheques
    if let life = lives[cheque], life.received != 0, !life.state.isOver || life.state == .cleared {
      throw Refusal(
        rule: "cheque.exists", "Account \(scene.account.id) has a cheque \(cheque) already.",
        remedy: "Choose another id for another cheque.")
    }
    let twin = Cheque.twin(
      number: TextKey(number), bank: bank.map { TextKey($0) } ?? .none,
      drawer: drawer.map { TextKey($0) } ?? .none)
    guard !lives.all.contains(where: { $0.twin == twin && !$0.state.isOver }) else {
      throw Refusal(
        rule: "cheque.in-custody",
        "A cheque \(number) of this bank and drawer is in custody already.",
        remedy: "Name the bank or branch, and the drawer, if it is another one; "
          + "numbers repeat between banks.")
    }
  }
}

extension Cheque.Moved: Decided {
  /// Refused when the cheque is not in the house, or the giver does not hold it.
  package func decide(_ scene: inout Scene) throws(Refusal) {
    let life = try scene.require(chequeHere: cheque)
    guard life.holder == .none || life.holder == TextKey(from) else {
      throw Refusal(
        rule: "cheque.custody", "\(from) does not hold cheque \(cheque).",
        remedy: "`arrears show card \(scene.account.id)` shows who does.")
    }
  }
}

extension Cheque.Deposited: Decided {
  /// Refused before the cheque's date, when it is stale or on hold, when it is not in the house,
  /// for another sum than is left of it, out of count, or while a return's money is still credited.
  package func decide(_ scene: inout Scene) throws(Refusal) {
    let life = try scene.require(chequeHere: cheque)
    try scene.require(amount, "deposit")
    guard scene.day >= life.date else {
      throw Refusal(
        rule: "cheque.before-date",
        "Cheque \(cheque) is dated \(life.date); a bank would return it on \(scene.day).",
        remedy: "Deposit it on its date; handed in ahead, give that date as value_date.")
    }
    let terms = scene.terms()
    let last = terms.cheques.presentable(life.date)
    guard scene.day <= last else {
      throw Refusal(
        rule: "cheque.stale", "Cheque \(cheque) could be presented until \(last); it is stale.",
        remedy: "Ask for another cheque and record the replacement.")
    }
    guard !life.isHeld(on: scene.day) else {
      throw Refusal(
        rule: "cheque.on-hold", "Cheque \(cheque) is on hold until \(life.heldUntil).",
        remedy: "Wait, or record cheque.held with an earlier day to release it.")
    }
    // Handed in ahead by lead days, it counts from its date.
    let isAhead =
      scene.today >= life.depositBy(terms)
      && scene.day <= terms.calendar.working(onOrAfter: life.date)
    guard scene.day <= scene.today || isAhead else {
      throw Refusal(
        rule: "cheque.too-early",
        "The deposit of cheque \(cheque) is said to be on \(scene.day); today is \(scene.today).",
        remedy: "Wait, or adopt lead days: then a cheque may be handed in before its date.")
    }
    guard amount.minor == life.rest, amount.currency.rawValue == life.currency else {
      let rest = Money(minor: life.rest, currency: Currency(rawValue: life.currency))
      throw Refusal(
        rule: "cheque.amount", "\(amount) is deposited, the cheque is good for \(rest).",
        remedy: "Give the sum on the cheque, less what was paid in part.")
    }
    guard attemptNo == Int64(life.attempts) + 1 else {
      throw Refusal(
        rule: "cheque.attempt",
        "This is deposit \(life.attempts + 1) of cheque \(cheque), not \(attemptNo).",
        remedy: "Count from 1; `arrears show card \(scene.account.id)` shows how often it went.")
    }
    try scene.requireNoCredit(life, cheque)
  }
}

extension Scene {
  // The cheque of an id, which must be with the bank since no later than the day of its fate.
  fileprivate func require(chequeAtBank id: String) throws(Refusal) -> Cheque.Life {
    let life = try require(cheque: id)
    guard life.state == .deposited, life.deposited <= day else {
      let since = life.state == .deposited ? "deposited on \(life.deposited)" : life.state.code
      throw Refusal(
        rule: "cheque.not-deposited",
        "Cheque \(id) was not with the bank on \(day): \(since).",
        remedy: life.state == .cleared
          ? "If the bank took its money back, record payment.reversed of the payment it carried."
          : "Record cheque.deposited first; its fate follows it.")
    }
    guard day <= today else {
      throw Refusal(
        rule: "cheque.fate-ahead", "The day \(day) is after today, \(today).",
        remedy: "Record it when the bank has said so.")
    }
    return life
  }
}

extension Cheque.Cleared: Decided {
  /// Refused when the cheque is not with the bank, or for another sum than is left of it.
  package func decide(_ scene: inout Scene) throws(Refusal) {
    let life = try scene.require(chequeAtBank: cheque)
    guard amount.minor == life.rest, amount.currency.rawValue == life.currency else {
      let rest = Money(minor: life.rest, currency: Currency(rawValue: life.currency))
      throw Refusal(
        rule: "cheque.amount", "\(amount) is said to have cleared, the cheque is good for \(rest).",
        remedy: "Give that sum; a part that the bank certified is cheque.part_paid.")
    }
  }
}

extension Cheque.Bounced: Decided {
  /// Refused when the cheque is not with the bank, for another sum than is on it or left of it, or
  /// when the memo came before its own date.
  ///
  /// The money it carried is taken back by `payment.reversed`, which the bounce causes and which
  /// therefore follows it: until then the cheque stays in the register as keeping its credit, and
  /// can neither be deposited again nor leave the house.
  package func decide(_ scene: inout Scene) throws(Refusal) {
    let life = try scene.require(chequeAtBank: cheque)
    guard amount.minor == life.rest || amount.minor == life.amount,
      amount.currency.rawValue == life.currency
    else {
      let rest = Money(minor: life.rest, currency: Currency(rawValue: life.currency))
      throw Refusal(
        rule: "cheque.amount",
        "\(amount) is said to have come back, the cheque is good for \(rest).",
        remedy: "Give the sum on the cheque; a part that the bank paid is cheque.part_paid.")
    }
    guard memoReceivedAt.day >= memoDate else {
      throw Refusal(
        rule: "cheque.memo", "The memo of \(memoDate) came on \(memoReceivedAt.day), before it.",
        remedy: "Check the two days; the notice runs from the second.")
    }
  }
}

extension Cheque.PartPaid: Decided {
  /// Refused when the cheque is not with the bank, for no sum, in another currency, or for more
  /// than is left of it.
  package func decide(_ scene: inout Scene) throws(Refusal) {
    let life = try scene.require(chequeAtBank: cheque)
    try scene.require(amount, "part")
    guard amount.minor <= life.rest, amount.currency.rawValue == life.currency else {
      throw Refusal(
        rule: "cheque.amount", "\(amount) was paid of cheque \(cheque), more than is left of it.",
        remedy: "Check the bank's certificate.")
    }
  }
}

extension Cheque.Held: Decided {
  /// Refused when the cheque is not in the house.
  package func decide(_ scene: inout Scene) throws(Refusal) {
    _ = try scene.require(chequeHere: cheque)
  }
}

extension Cheque.Withdrawn: Decided {
  /// Refused when the cheque has cleared, is with the bank or has left already, when it would
  /// replace itself, or while a return's money is still credited.
  package func decide(_ scene: inout Scene) throws(Refusal) {
    let life = try scene.require(chequeHere: cheque)
    guard replacedBy != cheque else {
      throw Refusal(
        rule: "cheque.replaces-itself", "Cheque \(cheque) is said to be replaced by itself.",
        remedy: "Name the new cheque, or leave it out when a payment took its place.")
    }
    try scene.requireNoCredit(life, cheque)
  }
}
