import Ledger

/// Stories for the house's own policy.
enum PlotsHouse {
  typealias Plot = PlotsIndia.Plot

  static func house(_ g: inout Garden) -> Garden.Account { g.account("int", "Asia/Dubai", "AED") }
  static let dubai = Zone("Asia/Dubai")

  /// The first Monday on or after a day, never within a month's last week.
  static func monday(_ day: Day) -> Day {
    let first = day - (day.civil.day - 1)
    return first + (7 - Int((first.rawValue + 3) % 7)) % 7
  }

  /// A cash receipt with all that rules about cash ask for.
  static func cash(
    _ g: inout Garden, _ a: Garden.Account, _ minor: Int64, _ day: Day, by who: String,
    filed: Bool = true, posted: Int = 0
  ) -> String {
    let e = g.on(
      a, "payment.received",
      "{'payment':'Y\(a.id)','amount':\(g.cash(minor, "AED")),'mode':'cash',"
        + "'receipt_no':'R\(a.id)'}", day, by: "{'id':'\(who)'}")
    g.on(a, "payment.posted", "{'payment':'Y\(a.id)'}", day + posted, "18:00:00")
    if filed { file(&g, a, e, "receipt_copy", day + 1) }
    return e
  }

  static func file(
    _ g: inout Garden, _ a: Garden.Account, _ event: String, _ kind: String, _ day: Day
  ) {
    let digest = String(repeating: "ab", count: 32)
    g.on(
      a, "document.filed", "{'document':'F\(event)','kind':'\(kind)','sha256':'\(digest)'}", day,
      refs: "{'kind':'event','id':'\(event)'}")
  }

  static func bank(
    _ g: inout Garden, _ a: Garden.Account, _ minor: Int64, _ day: Day, by who: String
  ) -> String {
    guard let dubai else { return "" }
    return g.event(
      "cash.deposited", "party:\(who)",
      "{'deposit':'T\(a.id)','holder':'\(who)','amount':\(g.cash(minor, "AED")),"
        + "'receipts':['R\(a.id)']}", dubai, day, by: "{'id':'\(who)'}")
  }

  static let arrears: [Plot] = [
    { g, d, bad in
      // Due on the tenth, unpaid over the next month, cured on the first day of the one after.
      let a = house(&g)
      let due = d - d.civil.day + 10
      let month = due.endOfMonth + 1
      g.due(a, 100_000, "AED", due)
      g.contact(a, month + 4)
      if !bad { g.contact(a, month + 9) }
      g.pay(a, 100_000, "AED", month.endOfMonth + 1)
      if bad { g.plant("int.contact.min-per-bucket", "too-few-contacts", a.id) }
    },
    { g, d, bad in
      let a = house(&g)
      let due = pursued(&g, a, d)
      if !bad { visit(&g, a, due + 62) }
      g.pay(a, 100_000, "AED", due + 75)
      if bad { g.plant("int.field.visit-required", "visit-missed", a.id) }
    },
    { g, d, bad in
      let a = house(&g)
      let due = pursued(&g, a, d)
      for day in [62, 92, 99] { visit(&g, a, due + day) }
      let e = g.on(
        a, "legal.notice_sent", "{'notice':'N\(a.id)','kind':'loan_recall'}",
        due + 90 + (bad ? 11 : 10))
      g.pay(a, 100_000, "AED", due + 105)
      if bad { g.plant("int.legal.notice-within", "notice-late", e) }
    },
    { g, d, bad in
      guard let dubai else { return }
      let a = house(&g)
      let due = d - d.civil.day + 2
      g.due(a, 100_000, "AED", due)
      let e = g.about(
        a, "booking.recorded", "{'booking':'B\(a.id)','customer':'\(a.person)'}", due + 5)
      g.event(
        "booking.intimated", "party:\(a.person)", "{'booking':'B\(a.id)','to':'management'}",
        dubai, due + 6, bad ? "11:00:01" : "11:00:00")
      g.pay(a, 100_000, "AED", due + 15)
      if bad { g.plant("int.booking.intimation", "management-not-intimated", e) }
    },
    { g, d, bad in
      let a = house(&g)
      let e = g.on(
        a, "promise.made",
        "{'promise':'V\(a.id)','party':'\(a.person)','items':[{'due_on':'\(d + 5)',"
          + "'amount':\(g.cash(1_000, "AED"))}],'total':\(g.cash(1_000, "AED")),"
          + "'terms':{'grace_days':0,'tolerance_bp':0,'counting':'all_receipts'}}", d)
      g.contact(a, d + (bad ? 8 : 7))
      if bad { g.plant("int.ptp.follow-up", "ptp-not-followed-up", e) }
    },
  ]

  /// Overdue from the second of a month, with contacts in the first month of work.
  private static func pursued(_ g: inout Garden, _ a: Garden.Account, _ d: Day) -> Day {
    let due = d - d.civil.day + 2
    g.due(a, 100_000, "AED", due)
    for day in [3, 6] { g.contact(a, due.endOfMonth + day) }
    return due
  }

  private static func visit(_ g: inout Garden, _ a: Garden.Account, _ day: Day) {
    g.contact(
      a, day, "11:00:00",
      ["channel": "'visit'", "geo": "{'sealed':'AAAA'}", "result": "'met'"])
  }

  static let staff: [Plot] = [
    { g, d, bad in
      guard let dubai else { return }
      let a = house(&g)
      let who = "c\(a.id)"
      for hour in bad ? [10] : [10, 14] {
        g.contact(a, d, "\(hour):00:00", by: "{'id':'\(who)'}")
      }
      let e = g.event("unit.shift_worked", "party:\(who)", "{'on':'\(d)'}", dubai, d)
      if bad { g.plant("int.collector.daily-contacts", "below-target", e) }
    },
    { g, d, bad in
      let a = house(&g)
      let day = monday(d)
      let e = cash(&g, a, 10_000, day, by: "c\(a.id)")
      _ = bank(&g, a, 10_000, day + (bad ? 2 : 1), by: "c\(a.id)")
      if bad { g.plant("int.cash.deposit", "deposit-late", e) }
    },
    { g, d, bad in
      let a = house(&g)
      let day = monday(d)
      let sum: Int64 = bad ? 5_000_001 : 5_000_000
      let e = cash(&g, a, sum, day, by: "c\(a.id)")
      _ = bank(&g, a, sum, day + 1, by: "c\(a.id)")
      if bad { g.plant("int.cash.in-hand", "over-cash-limit", e) }
    },
    { g, d, bad in
      guard let dubai else { return }
      let book = "BK\(g.next())"
      for number in bad ? [1, 2, 4] : [1, 2, 3] {
        g.event(
          "receipt.issued", "party:c\(book)", "{'book':'\(book)','number':\(number)}", dubai, d,
          "1\(number):00:00")
      }
      if bad { g.plant("int.receipt.sequence", "receipt-gap", "") }
    },
    { g, d, bad in
      // A slip of the keys: the leaves up to the number typed are none of this book.
      guard let dubai else { return }
      let book = "BK\(g.next())"
      g.event(
        "receipt.book_issued", "party:c\(book)",
        "{'book':'\(book)','first':7075,'last':7099}", dubai, d, "09:00:00")
      for (hour, number) in zip(11..., [7075, 7076, bad ? 7584 : 7077]) {
        let e = g.event(
          "receipt.issued", "party:c\(book)", "{'book':'\(book)','number':\(number)}", dubai, d,
          "\(hour):00:00")
        if number == 7584 { g.plant("int.receipt.sequence", "foreign-receipt", e) }
      }
    },
    { g, d, bad in
      // A receipt of an earlier deposit, listed twice by a later one, is one breach.
      guard let dubai else { return }
      let a = house(&g)
      let (day, who) = (monday(d), "c\(a.id)")
      _ = cash(&g, a, 10_000, day, by: who)
      _ = bank(&g, a, 10_000, day + 1, by: who)
      if !bad { return }
      let e = g.event(
        "cash.deposited", "party:\(who)",
        "{'deposit':'U\(a.id)','holder':'\(who)','amount':\(g.cash(20_000, "AED")),"
          + "'receipts':['R\(a.id)','R\(a.id)']}", dubai, day + 2, by: "{'id':'\(who)'}")
      g.plant("int.cash.deposit", "receipt-double-deposited", e)
    },
    { g, d, bad in
      guard let dubai else { return }
      let (a, who) = (house(&g), "c\(g.next())")
      g.event(
        "report.submitted", "party:\(who)", "{'report':'RP\(a.id)','on':'\(d)'}", dubai, d,
        "18:00:00", by: "{'id':'\(who)'}")
      g.event(
        "report.reviewed", "party:\(who)",
        "{'report':'RP\(a.id)','reviewer':'\(bad ? who : "boss")','outcome':'accepted'}", dubai,
        d + 1)
      let e = g.on(
        a, "approval.granted",
        "{'action':'collector_report','proposal':'RP\(a.id)','approver':'chief'}", d + 2)
      if bad { g.plant("int.report.approval", "unreviewed-report", e) }
    },
    { g, d, bad in
      guard let dubai else { return }
      let (a, firm) = (house(&g), "AG\(g.next())")
      g.event(
        "agency.empanelled", "agency:\(firm)", "{'kind':'collection','from':'\(d - 300)'}", dubai,
        d - 300)
      let stop = "{'permanent':false,'reason':'conduct'}"
      g.event("agency.suspended", "agency:\(firm)", stop, dubai, d, bad ? "10:00:00" : "12:00:00")
      let e = g.on(
        a, "account.allocated", "{'to_kind':'agency','to':'\(firm)','basis':'manual'}", d)
      if bad { g.plant("int.allocation.empanelled", "agency-not-valid", e) }
    },
    { g, d, bad in
      guard let dubai else { return }
      let (a, who) = (house(&g), "ag\(g.next())")
      g.event(
        "agent.certified", "party:\(who)",
        "{'certificate':'dra_iibf','from':'\(d + (bad ? 1 : 0))'}", dubai, d + 1)
      let e = g.contact(
        a, d, "11:00:00", by: "{'id':'\(who)','employment':'agency','agency':'AG9'}")
      if bad { g.plant("int.agent.certified", "agent-not-certified", e) }
    },
  ]

  static let papers: [Plot] = [
    { g, d, bad in
      let a = house(&g)
      let waived: Int64 = bad ? 250_001 : 250_000
      g.on(
        a, "settlement.proposed",
        "{'settlement':'S\(a.id)','offer':\(g.cash(1_000_000 - waived, "AED")),"
          + "'outstanding':\(g.cash(1_000_000, "AED")),'waived':\(g.cash(waived, "AED")),"
          + "'items':[],'valid_until':'\(d + 9)'}", d, by: "{'id':'u1'}")
      g.on(
        a, "settlement.approved",
        "{'settlement':'S\(a.id)','approver':'m1','approver_level':2,"
          + "'waived':\(g.cash(waived, "AED"))}", d + 1)
      let e = g.on(
        a, "settlement.executed",
        "{'settlement':'S\(a.id)','waived':\(g.cash(waived, "AED")),"
          + "'outstanding':\(g.cash(1_000_000, "AED"))}", d + 2)
      if bad { g.plant("int.settlement.authority", "authority-exceeded", e) }
    },
    { g, d, bad in
      let a = house(&g)
      g.on(
        a, "approval.granted",
        "{'action':'charge_waiver','proposal':'W\(a.id)','approver':'m1','approver_level':1,"
          + "'amount':\(g.cash(600, "AED"))}", d)
      let e = g.on(
        a, "charge.waived",
        "{'scope':'charge','charge_kind':'bounce','waived':\(g.cash(500, "AED")),"
          + "'outstanding':\(g.cash(bad ? 999 : 1_000, "AED")),'proposal':'W\(a.id)',"
          + "'proposer':'u1'}", d + 1)
      if bad { g.plant("int.waiver.authority", "authority-exceeded", e) }
    },
    { g, d, bad in
      let a = house(&g)
      let day = monday(d)
      let e = PlotsIndia.cheque(&g, a, day, kind: "post_dated")
      PlotsIndia.deposited(&g, a, day + (bad ? 1 : 0))
      if bad { g.plant("int.pdc.presentation", "pdc-not-presented", e) }
    },
    { g, d, bad in
      let a = house(&g)
      let e = PlotsIndia.cheque(&g, a, d)
      if !bad {
        g.on(a, "cheque.withdrawn", "{'cheque':'Q\(a.id)','reason':'returned'}", d + 20)
      }
      if bad { g.plant("int.pdc.validity", "pdc-expiring", e) }
    },
    { g, d, bad in
      let a = house(&g)
      let filed = g.on(
        a, "legal.case_filed", "{'case':'K\(a.id)','forum':'civil','proceeding':'suit'}", d)
      file(&g, a, filed, "filing_proof", d + 1)
      let e = g.on(a, "legal.hearing_listed", "{'case':'K\(a.id)','on':'\(d + 10)'}", d + 2)
      g.on(
        a, "legal.hearing_held",
        "{'case':'K\(a.id)','on':'\(d + 10)','outcome':'adjourned'}", d + (bad ? 14 : 13))
      let end = "{'case':'K\(a.id)','on':'\(d + 20)','outcome':'withdrawn'}"
      g.on(a, "legal.case_ended", end, d + 20)
      if bad { g.plant("int.legal.case-followup", "hearing-outcome-missing", e) }
    },
    { g, d, bad in
      let a = house(&g)
      var e = ""
      for number in 0..<3 {
        if number == 2, !bad { g.contact(a, d + 2, "09:00:00", ["direction": "'inbound'"]) }
        e = g.contact(a, d + number, "11:00:00", ["result": "'no_answer'"])
      }
      if bad { g.plant("int.statement.unresponsive", "statement-not-prepared", e) }
    },
    { g, d, bad in
      let a = house(&g)
      let body = "{'dispute':'D\(a.id)','category':'other','form':'oral'}"
      g.on(a, "dispute.raised", body, d)
      g.on(
        a, "dispute.resolved", "{'dispute':'D\(a.id)','outcome':'rejected'}", d + (bad ? 3 : 1))
      let e = g.contact(a, d + 2)
      if bad { g.plant("int.dispute.no-contact", "contact-while-disputed", e) }
    },
    { g, d, bad in
      // The death lies before the contact in both; only in the breach was it known.
      let a = house(&g)
      g.about(
        a, "party.death_recorded", "{'status':'claimed','died_on':'\(d - 3)'}", d - 3, "08:00:00",
        late: bad ? 48 : 96)
      let e = g.contact(a, d)
      if bad { g.plant("int.death.no-contact", "contact-after-death-known", e) }
    },
    { g, d, bad in
      let a = house(&g)
      let day = monday(d)
      let e = cash(&g, a, 1_000, day, by: "c\(a.id)", filed: !bad)
      _ = bank(&g, a, 1_000, day + 1, by: "c\(a.id)")
      if bad { g.plant("int.documents.filed", "document-missing", e) }
    },
    { g, d, bad in
      let a = house(&g)
      let e = g.contact(a, d, "11:00:00", ["result": bad ? "" : "'busy'"])
      if bad { g.plant("int.trail.complete", "trail-incomplete", e) }
    },
    { g, d, bad in
      let a = house(&g)
      let day = monday(d)
      let e = cash(&g, a, 1_000, day, by: "c\(a.id)", posted: bad ? 2 : 1)
      _ = bank(&g, a, 1_000, day + 1, by: "c\(a.id)")
      if bad { g.plant("int.payment.posting", "posted-late", e) }
    },
  ]
}
