package import Ledger

/// What came back from the bank.
extension NaivePaper {
  /// The register of returns: `returned,account,instrument,id,reason,attempt,now,credit_kept`.
  package func returns(from: Day, to asOf: Day, knownAt: UInt64) -> [String] {
    Dictionary(grouping: standing(knownAt), by: \.account)
      .flatMap { returns($1, from, asOf) }.sorted()
  }

  // The same of one account.
  private func returns(_ standing: [Told], _ from: Day, _ asOf: Day) -> [String] {
    let known = standing.filter { $0.day <= asOf }
    let cheques = cheques(standing, asOf)
    var lines: [String] = []
    for (index, one) in known.enumerated() where one.day >= from {
      switch one.deed {
      case .bounced(let number, _, let reason, _, _)?:
        let found = cheques.first { $0.account == one.account && $0.number == number }
        guard let cheque = found
        else { continue }
        let attempt = known[..<index].filter {
          if case .deposited(number, _, _)? = $0.deed { return $0.account == one.account }
          return false
        }.count
        let isLast = !known[(index + 1)...].contains {
          if case .bounced(number, _, _, _, _)? = $0.deed { return $0.account == one.account }
          return false
        }
        // What came after the return was not carried by the cheque.
        let last = cheque.state == "bounced" ? min(one.day, asOf) : asOf
        let live = credit(standing, asOf, one.account, cheque: number, upTo: last)
        let stands = isLast && ["bounced", "part_paid"].contains(cheque.state)
        lines.append(
          "\(one.day),\(one.account),cheque,\(NaivePaper.id(cheque)),\(reason),\(attempt),"
            + "\(cheque.state),\(stands ? max(0, live - cheque.paid) : 0)")
      default: continue
      }
    }
    return lines
  }

  private func credit(
    _ standing: [Told], _ asOf: Day, _ account: String, cheque: Int, upTo last: Day
  ) -> Int64 {
    var sum: Int64 = 0
    for one in standing where one.account == account && one.day <= last {
      guard case .paid(let payment, let amount, cheque, _)? = one.deed else { continue }
      var left = amount
      for other in standing where other.account == account {
        guard let undone = other.payment, undone.id == payment else { continue }
        if !undone.isNow || other.day <= asOf { left -= undone.amount }
      }
      sum += max(0, left)
    }
    return sum
  }

  /// Bounce rates of first presentations, without what is cleared:
  /// `instrument,presented,bounced,technical,honoured_later`.
  package func rates(from: Day, to asOf: Day, knownAt: UInt64) -> [String] {
    let standing = standing(knownAt)
    var (presented, bounced, technical, later) = (0, 0, 0, 0)
    for cheque in cheques(standing, asOf) where cheque.firstDeposit >= from {
      presented += 1
      guard let reason = cheque.firstReason else { continue }
      bounced += 1
      if ["signature_differs", "image_unclear"].contains(reason) { technical += 1 }
      if cheque.state == "cleared" { later += 1 }
    }
    var lines: [String] = []
    if presented > 0 { lines.append("cheque,\(presented),\(bounced),\(technical),\(later)") }
    (presented, bounced, technical, later) = (0, 0, 0, 0)
    let files = Dictionary(grouping: standing, by: \.account)
    let known = files.mapValues { $0.filter { $0.day <= asOf } }
    for one in standing where one.day >= from && one.day <= asOf {
      guard case .presented(let id, let due, 1, _, _)? = one.deed else { continue }
      presented += 1
      let mine = known[one.account] ?? []
      guard let isTechnical = NaivePaper.back(mine, id) else { continue }
      bounced += 1
      if isTechnical { technical += 1 }
      let isIn = mine.contains { other in
        guard case .presented(let next, due, let attempt, _, _)? = other.deed, attempt > 1 else {
          return false
        }
        return NaivePaper.back(mine, next) == nil && isPaid(files[one.account] ?? [], asOf, next)
      }
      if isIn { later += 1 }
    }
    if presented > 0 { lines.append("mandate,\(presented),\(bounced),\(technical),\(later)") }
    return lines
  }

  // Whether a presentation came back, and whether the last word called that technical.
  private static func back(_ mine: [Told], _ id: Int) -> Bool? {
    var found: Bool?
    for one in mine {
      if case .returned(id, _, _, let technical, _)? = one.deed { found = technical }
    }
    return found
  }

  func isPaid(_ file: [Told], _ asOf: Day, _ id: Int) -> Bool {
    file.contains { one in
      guard case .paid(let payment, let amount, _, id)? = one.deed, one.day <= asOf
      else { return false }
      var left = amount
      for other in file {
        guard let undone = other.payment, undone.id == payment else { continue }
        if !undone.isNow || other.day <= asOf { left -= undone.amount }
      }
      return left > 0
    }
  }
}
