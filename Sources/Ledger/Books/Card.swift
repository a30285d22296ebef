/// The account card: one account at the vantage, on one page.
package struct Card: Book {
  /// `show card`.
  package static let name = "card"

  /// Ids behind keys, as read from the account's own events.
  package var ids: [TextKey: String] = [:]
  /// The account's id.
  package let account: String
  let asOf: Day
  private var rows: [[Sheet.Cell]] = []
  private var cheques = Cheque.Lives()
  private var mandates = Mandate.Lives()
  private var terms = Terms()
  private var heard: [CardDesk] = []
  private var notes: [String] = []

  /// An empty card of an account.
  package init(account: String, asOf: Day) {
    self.account = account
    self.asOf = asOf
  }

  /// Promises, disputes, complaints, contacts, cheques, mandates, settlements and plans.
  package var reads: Desk.Reads {
    [
      .promises, .tenders, .contacts, .disputes, .cheques, .mandates, .paper, .settlements, .plans,
      .approvals, .complaints,
    ]
  }
  /// No column: an account of which only money was heard has a card too.
  package var leads: Desk.Reads { [] }

  /// Writes the account down: what it is, its figures, its dues, and what the desk knows.
  package mutating func take(_ view: borrowing AccountView) {
    let result = view.reckoning
    let currency = view.currency
    func money(_ minor: Int64) -> String {
      currency == .none ? "-" : Money(minor: minor, currency: currency).description
    }
    add("account", "product", view.product)
    add("account", "customer", view.debtor)
    if !view.flags.isEmpty { add("account", "flags", view.flags.joined(separator: " ")) }
    add("account", "state", result.closed ? "closed" : result.writtenOff ? "written off" : "open")
    add("figures", "overdue", money(result.overdue))
    add("figures", "outstanding", money(result.outstanding))
    if result.credit != 0 { add("figures", "credit", money(result.credit)) }
    add("figures", "dpd", String(result.dpd))
    if result.pausedDays != 0 {
      add("figures", "past due days", String(result.pastDueDays))
      add("figures", "paused days", String(result.pausedDays))
    }
    add("figures", "bucket", view.bucket)
    add("figures", "class", view.assetClass)
    if let since = result.npaSince { add("figures", "npa since", since.description) }
    if let oldest = result.oldestUnpaid { add("figures", "oldest unpaid due", oldest.description) }
    if let next = result.nextDue { add("figures", "earliest unpaid date", next.description) }
    add("figures", "raised", money(result.raised))
    add("figures", "received", money(result.received))
    if let last = result.lastPayment {
      add("figures", "last payment", "\(money(last.amount)) on \(last.day)")
    }
    for component in Component.allCases where result.unpaid[Int(component.rawValue)] != 0 {
      add("unpaid", component.code, money(result.unpaid[Int(component.rawValue)]))
    }
    addDues(view)
    if mandates.mandates.isEmpty, cheques.all.isEmpty {
      terms = view.terms
      cheques.follow(view.desk.cheques, until: asOf)
      mandates.follow(view.desk.mandates, view.desk.paper, until: asOf)
    }
    heard += CardDesk.lines(view, asOf: asOf, isFirst: heard.isEmpty)
    if currency == .none {
      notes.append("Nobody opened this account, or brought the figures it opens on.")
    }
    if !result.exists {
      notes.append("Nothing of this account was seen by \(asOf).")
    }
    if result.claimed {
      notes.append(
        "The figures stand on an opening claimed by the source system, until its own events "
          + "replace it.")
    }
    if result.overflows { notes.append("The sums are beyond 64 bits; the figures are zero.") }
  }

  private mutating func addDues(_ view: borrowing AccountView) {
    let currency = view.currency
    for index in view.reckoner.obligations.indices {
      let due = view.reckoner.obligations[index]
      guard due.due <= asOf.rawValue || due.seen <= asOf.rawValue else { continue }
      var raised: Int64 = 0
      for at in index * Component.count..<(index + 1) * Component.count {
        raised += view.reckoner.raised[at]
      }
      let left = view.reckoner.unpaid(index)
      let day = Day(rawValue: due.due)
      var text = day == .undated ? "no date yet" : day.description
      text += "  raised \(Money(minor: raised, currency: currency).decimal)"
      text += "  unpaid \(Money(minor: left, currency: currency).decimal)"
      if due.cancelled { text += "  cancelled" }
      if left > 0, day <= asOf {
        text += "  \(view.reckoner.delinquent(from: due.due, to: asOf.rawValue, view.terms)) days"
      }
      add(due.claim ? "claim" : "due", ids[due.id] ?? "-", text)
    }
  }

  // Mandates with their state, and the last presentation of each account.
  private func addMandates(_ table: inout Sheet, _ naming: Naming) {
    for life in mandates.mandates {
      let limit = Money(minor: life.limit, currency: Currency(rawValue: life.currency)).decimal
      var text = "\(life.state(on: asOf))  limit \(limit)  from \(life.from)"
      if life.to != .undated { text += " to \(life.to)" }
      table.rows.append([
        .text("mandate"), .text(naming.text(life.registered, 0)), .text(text),
      ])
    }
    guard let last = mandates.presentations.last else { return }
    let sum = Money(minor: last.amount, currency: Currency(rawValue: last.currency)).decimal
    let id = naming.text(last.presented == 0 ? last.bounce : last.presented, 0)
    table.rows.append([
      .text("presentation"), .text(id),
      .text("\(last.day)  \(sum)  \(last.state)  attempt \(last.attempt)"),
    ])
  }

  // Cheques of which something is still expected.
  private func addCheques(_ table: inout Sheet, _ naming: Naming) {
    for life in cheques.all where !life.state.isOver {
      let row = ChequeRegister.row(life, 0, terms, asOf, 7)
      let sum = Money(minor: life.amount, currency: Currency(rawValue: life.currency)).decimal
      var text = life.date == .none ? "never received" : "\(life.date)"
      text += "  \(sum)  \(row.group == .later ? life.state.code : row.group.code)"
      if let day = row.depositBy { text += "  deposit by \(day)" }
      if life.isHeld(on: asOf) { text += "  until \(life.heldUntil)" }
      if let day = row.noticeBy { text += "  notice by \(day)" }
      let holder = life.custodian(naming)
      if !holder.isEmpty { text += "  with \(holder)" }
      table.rows.append([.text("cheque"), .text(naming.text(life.first, 0)), .text(text)])
    }
  }

  private mutating func add(_ section: String, _ item: String, _ value: String) {
    rows.append([.text(section), .text(item), .text(value)])
  }

  /// Joins the rows of another currency of the account.
  package mutating func merge(_ other: Card) {
    rows += other.rows
    heard += other.heard
    notes += other.notes
  }

  /// Sections, items and values.
  package func sheet(_ naming: Naming) -> Sheet {
    var table = Sheet(
      title: "Card of account \(account)",
      columns: [.init("section"), .init("item"), .init("value")])
    table.rows =
      rows
      + heard.map { [.text($0.section), .text($0.item(naming)), .text($0.value(naming))] }
    addMandates(&table, naming)
    addCheques(&table, naming)
    table.notes = notes
    return table
  }
}
