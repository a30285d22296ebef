package import Ledger

/// A second model of an account's card: its file is read from the first page on, and what is on it
/// is written down line by line. It shares no rule with the ledger.
package struct NaiveCard: Sendable {
  private let work: NaiveWork
  private let paper: NaivePaper
  private let deals: NaiveArrangements

  /// A model of a life, of which the desk was told.
  package init(_ desk: NaiveDesk, _ life: Life) {
    work = NaiveWork(desk)
    paper = NaivePaper(life)
    deals = NaiveArrangements(desk)
  }

  /// Cards of some accounts: `section,item,value`.
  package func cards(of accounts: [String], asOf: Day, knownAt: UInt64) -> [[String]] {
    let known = work.known(asOf, knownAt)
    let papers = Dictionary(grouping: paper.standing(knownAt), by: \.account)
    return accounts.map { account in
      let file = work.file(account, known)
      guard !file.story.isEmpty || !file.told.isEmpty else { return [] }
      return
        (figures(file, known) + promises(file) + disputes(file) + arrangements(file)
        + said(file) + paper(papers[account] ?? [], asOf))
        .map { $0.replacing(", ", with: " ") }.sorted()
    }
  }

  private static let rupee = Currency(rawValue: 356)
  private func sum(_ minor: Int64) -> String { "\(Money(minor: minor, currency: Self.rupee))" }
  private func decimal(_ minor: Int64) -> String {
    Money(minor: minor, currency: Self.rupee).decimal
  }

  // MARK: - Money

  private func figures(_ file: NaiveWork.File, _ known: NaiveWork.Known) -> [String] {
    let (asOf, told) = (file.asOf, file.story)
    let terms = known.period.policies.terms(
      account: file.account, product: NaivePeriod.product(told), asOf: asOf, drafts: [])
    var life = NaiveAccount(file.account, told, terms)
    life.live(until: asOf)
    let row = life.report(asOf)
    let state =
      file.stand?.isClosed ?? false
      ? "closed" : file.stand?.isWrittenOff ?? false ? "written off" : "open"
    let shown = life.owed.filter { $0.isDue(asOf) || $0.shown <= asOf }
    var lines = [
      "account,product,\(NaivePeriod.product(told))", "account,customer,\(file.customer)",
      "account,state,\(state)", "figures,overdue,\(sum(row.overdue))",
      "figures,outstanding,\(sum(row.outstanding))", "figures,dpd,\(row.dpd)",
      "figures,bucket,\(row.bucket)", "figures,class,\(row.assetClass)",
      "figures,raised,\(sum(shown.reduce(0) { $0 + $1.raised.reduce(0, +) }))",
      "figures,received,\(sum(life.money.reduce(0) { $0 + $1.left }))",
    ]
    let flags = NaiveWork.flags(file)
    if !flags.isEmpty { lines.append("account,flags,\(flags.joined(separator: " "))") }
    if row.credit != 0 { lines.append("figures,credit,\(sum(row.credit))") }
    if row.pausedDays != 0 {
      lines.append("figures,past due days,\(row.pastDueDays)")
      lines.append("figures,paused days,\(row.pausedDays)")
    }
    if let since = life.npaSince { lines.append("figures,npa since,\(since)") }
    if let oldest = life.oldest(asOf)?.due { lines.append("figures,oldest unpaid due,\(oldest)") }
    if let next = shown.filter({ $0.left > 0 }).compactMap(\.due).min() {
      lines.append("figures,earliest unpaid date,\(next)")
    }
    if let last = life.money.last(where: { $0.left > 0 }) {
      lines.append("figures,last payment,\(sum(last.left)) on \(last.event.day)")
    }
    for (index, kind) in NaivePart.Kind.allCases.enumerated() {
      let left = shown.reduce(0) { $0 + $1.left(index) }
      if left != 0 { lines.append("unpaid,\(kind.rawValue),\(sum(left))") }
    }
    return lines + shown.map { due($0, file.account, life, asOf) }
  }

  private func due(
    _ item: NaiveAccount.Owed, _ account: String, _ life: NaiveAccount, _ asOf: Day
  ) -> String {
    var text = item.due.map { "\($0)" } ?? "no date yet"
    text += "  raised \(decimal(item.raised.reduce(0, +)))  unpaid \(decimal(item.left))"
    if item.cancelled { text += "  cancelled" }
    if item.left > 0, let day = item.due, day <= asOf {
      let (past, paused) = life.days(since: day, asOf)
      text += "  \(past <= life.terms.graceDays ? 0 : past - paused) days"
    }
    // `D7` of the account LN-000001 is D000001-7.
    let isClaim = item.id.isEmpty && item.order.0 == 0
    let id =
      item.id.isEmpty ? "-" : "\(item.id.prefix(1))\(account.dropFirst(3))-\(item.id.dropFirst())"
    return "\(isClaim ? "claim" : "due"),\(id),\(text)"
  }

  // MARK: - The desk

  private func promises(_ file: NaiveWork.File) -> [String] {
    file.items.filter { $0.waits(on: file.asOf) }.map { item in
      var text = "\(sum(item.amount)) on \(item.due)  \(item.verdict)"
      if item.counted > 0 { text += "  counted \(decimal(item.counted))" }
      let times = work.desk.putOff(item.vow, item.told, file.told, file.asOf)
      if times > 0 { text += "  supersessions \(times)" }
      return "promise,\(item.name),\(text)"
    }
  }

  private func disputes(_ file: NaiveWork.File) -> [String] {
    let asOf = file.asOf
    return file.told.compactMap { event in
      guard event.on <= asOf,
        case .desked(.disputed(let number, let amount, let old)) = event.deed
      else { return nil }
      let isDecided = file.told.contains { other in
        if case .desked(.decided(number, _, _)) = other.deed { return other.on <= asOf }
        return false
      }
      if isDecided { return nil }
      let days = asOf - event.on
      var text = sum(amount ?? file.stand?.row.outstanding ?? 0)
      text += " since \(event.on)  \(days) days  \(old == nil ? "raised" : "reopened")"
      if days > 30 { text += "  \(days - 30) days beyond its SLA" }
      return "dispute,X\(event.number)-\(number),\(text)"
    }
  }

  private func arrangements(_ file: NaiveWork.File) -> [String] {
    let money = (file.stand?.life.money ?? []).map { ($0.id, $0.event.day, $0.left) }
    return deals.open(deals.file(file.account, file.told, money, file.asOf)).map { deal in
      var text = deal.isPlan ? "\(decimal(deal.total)) INR in \(deal.owed.count)" : ""
      if !deal.isPlan { text = "\(sum(deal.total)) of \(decimal(deal.outstanding))" }
      text += "  \(deal.stage)"
      let paid = deal.owed.reduce(0) { $0 + $1.paid }
      if paid > 0 { text += "  paid \(decimal(paid))" }
      if let next = deal.owed.first(where: { !$0.isPaid }) {
        text += "  next \(decimal(next.amount - next.paid)) on \(next.due)"
      }
      return "\(deal.isPlan ? "plan" : "settlement"),\(deal.id),\(text)"
    }
  }

  // Complaints that are open, and the last contact.
  private func said(_ file: NaiveWork.File) -> [String] {
    let words = file.told.filter { $0.on <= file.asOf }
    var lines = words.compactMap { one -> String? in
      guard let saying = one.said, saying.type == "complaint.received" else { return nil }
      let id = saying.text("complaint")
      let isOver = words.contains {
        $0.said?.type == "complaint.resolved" && $0.said?.text("complaint") == id
      }
      return isOver ? nil : "complaint,\(id),open since \(one.on)  \(file.asOf - one.on) days"
    }
    if let last = file.touches.last {
      let told = [last.touch.channel, last.touch.result ?? ""].filter { !$0.isEmpty }
      lines.append("contact,last,\((["\(last.told.on)"] + told).joined(separator: "  "))")
    }
    return lines
  }

  // MARK: - Paper

  private func paper(_ told: [NaivePaper.Told], _ asOf: Day) -> [String] {
    let rules = NaivePaper.Rules()
    var lines: [String] = []
    for cheque in paper.cheques(told, asOf) where !NaivePaper.isOver(cheque.state) {
      var text = cheque.received ? "\(cheque.date)" : "never received"
      var by: Day?
      if cheque.received, cheque.state == "in_hand", !cheque.security {
        by = NaivePaper.by(cheque, rules)
      }
      let last = NaivePaper.plus(cheque.date, months: rules.months)
      let group =
        cheque.received ? NaivePaper.group(cheque, by, last, asOf, 7) : "unreceived"
      text += "  \(decimal(cheque.amount))  \(group == "later" ? cheque.state : group)"
      if let by { text += "  deposit by \(by)" }
      if cheque.held >= asOf { text += "  until \(cheque.held)" }
      if let notice = NaivePaper.notice(cheque, rules), cheque.received {
        text += "  notice by \(notice)"
      }
      if !cheque.holder.isEmpty { text += "  with \(cheque.holder)" }
      lines.append("cheque,\(NaivePaper.id(cheque)),\(text)")
    }
    return lines + mandates(told, asOf)
  }

  // The mandate, and the last debit that was presented.
  private func mandates(_ told: [NaivePaper.Told], _ asOf: Day) -> [String] {
    var lines: [String] = []
    let number = told.first?.account.dropFirst(3) ?? ""
    let seen = told.filter { $0.day <= asOf }
    let ended = seen.last { if case .ended? = $0.deed { true } else { false } }?.day
    for one in told {
      guard case .registered(let mandate, let limit, let from)? = one.deed else { continue }
      let state = ended != nil ? "ended" : asOf < from ? "not yet" : "in force"
      lines.append(
        "mandate,MA\(number)-\(mandate),\(state)  limit \(decimal(limit))  from \(from)")
    }
    var debits: [(id: Int, day: Day, amount: Int64, attempt: Int, isBack: Bool, isTold: Bool)] = []
    for one in seen {
      switch one.deed {
      case .presented(let id, _, let attempt, let amount, _)?:
        let at = debits.lastIndex { $0.id == id && !$0.isTold }
        let isBack = at != nil
        if let at {
          debits[at] = (id, one.day, amount, attempt, isBack, true)
        } else {
          debits.append((id, one.day, amount, attempt, isBack, true))
        }
      case .returned(let id, _, _, _, let amount)?:
        if let at = debits.lastIndex(where: { $0.id == id }) {
          debits[at].isBack = true
        } else {
          debits.append((id, one.day, amount, 0, true, false))
        }
      default: break
      }
    }
    guard let last = debits.last else { return lines }
    let state =
      last.isBack ? "bounced" : paper.isPaid(told, asOf, last.id) ? "honoured" : "presented"
    lines.append(
      "presentation,PR\(number)-\(last.id),\(last.day)  \(decimal(last.amount))  \(state)"
        + "  attempt \(last.attempt)")
    return lines
  }
}
