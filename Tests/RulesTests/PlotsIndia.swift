import Ledger

/// Stories for the rules of India: each is told twice, with the breach and with the near miss.
enum PlotsIndia {
  typealias Plot = @Sendable (inout Garden, Day, Bool) -> Void
  static let agent = "{'id':'ag7','employment':'agency','agency':'AG1'}"

  static func loan(
    _ g: inout Garden, _ more: String = "", product: String = "in", person: String? = nil
  ) -> Garden.Account {
    g.account(product, "Asia/Kolkata", "INR", more: more, person: person)
  }

  static let conduct: [Plot] = [
    { g, d, bad in
      let a = loan(&g)
      let e = g.contact(a, d, bad ? "19:00:01" : "19:00:00")
      if bad { g.plant("in.rbi.contact-hours", "outside-hours", e) }
    },
    { g, d, bad in
      let a = loan(&g, product: "microfinance")
      let e = g.contact(a, d, bad ? "08:59:59" : "09:00:00")
      if bad { g.plant("in.rbi.mfi.contact-hours", "outside-hours", e) }
    },
    { g, d, bad in
      let a = loan(&g, product: "microfinance")
      let missed = "{'place':'centre','attended':false}"
      g.on(a, "contact.meeting_held", missed, d - 14)
      g.on(
        a, "contact.meeting_held", bad ? "{'place':'centre','attended':true}" : missed, d - 7)
      let e = g.contact(a, d, "11:00:00", ["channel": "'visit'", "place": "'home'"])
      if bad { g.plant("in.rbi.mfi.place", "visit-before-no-shows", e) }
    },
    { g, d, bad in
      let a = loan(&g)
      for hour in ["09", "11", "13"] { g.contact(a, d, "\(hour):00:00") }
      let e = g.contact(a, bad ? d : d + 1, "15:00:00")
      if bad { g.plant("in.rbi.persistent-calls", "over-frequency", e) }
    },
    { g, d, bad in
      let a = loan(&g)
      let e = g.contact(
        a, d, "11:00:00",
        ["party": "'X\(a.id)'", "party_role": bad ? "'reference'" : "'guarantor'"])
      if bad { g.plant("in.rbi.third-party-contact", "third-party", e) }
    },
    { g, d, bad in
      let a = loan(&g)
      let other = bad ? "AG2" : "AG1"
      g.on(
        a, "notice.sent",
        "{'notice':'N\(a.id)','kind':'agent_intimation','agency':'\(other)'}", d - 3)
      let e = g.contact(a, d, "11:00:00", by: agent)
      if bad { g.plant("in.rbi.agent-intimation", "agent-not-intimated", e) }
    },
    { g, d, bad in
      let a = loan(&g)
      let e = g.contact(a, d)
      g.on(
        a, "contact.conduct_flagged",
        "{'attempt':'\(e)','code':'threat','found_by':'quality_check',"
          + "'status':'\(bad ? "upheld" : "rejected")'}", d + 3)
      if bad { g.plant("in.rbi.agent-conduct", "conduct-breach", e) }
    },
    { g, d, bad in
      let a = loan(&g)
      let e = g.on(
        a, "complaint.received",
        "{'complaint':'C\(a.id)','category':'other','forum':'internal'}", d)
      g.on(
        a, "complaint.resolved", "{'complaint':'C\(a.id)','outcome':'rejected'}",
        d + (bad ? 31 : 30))
      if bad { g.plant("in.rbi.grievance-30d", "grievance-overdue", e) }
    },
  ]

  static let money: [Plot] = [
    { g, d, bad in
      let a = loan(&g)
      g.on(a, "account.closed", "{'reason':'paid'}", d)
      let e = g.on(a, "security.documents_released", "{}", d + (bad ? 31 : 30))
      if bad { g.plant("in.rbi.documents-release", "documents-late", e) }
    },
    { g, d, bad in
      let a = loan(&g, ",'lender_class':'bank'")
      g.due(a, 100_000, "INR", d)
      let e = g.on(
        a, "account.classified",
        "{'for_date':'\(d + 30)','class':'\(bad ? "sma_0" : "sma_1")'}", d + 30, "23:59:59")
      if bad { g.plant("in.rbi.irac.classification", "classification-mismatch", e) }
    },
    { g, d, bad in
      let a = loan(&g)
      g.due(a, 100_000, "INR", d)
      g.pay(a, bad ? 99_999 : 100_000, "INR", d + 119)
      let e = g.on(
        a, "account.classified",
        "{'for_date':'\(d + 120)','class':'standard','previous_class':'npa','lender_class':'bank'}",
        d + 120, "23:59:59")
      if bad { g.plant("in.rbi.irac.npa-upgrade", "upgrade-with-arrears", e) }
    },
    { g, d, bad in
      let a = loan(&g, ",'lender':'L1'")
      let b = loan(&g, ",'lender':'L1'", person: a.person)
      g.on(a, "account.classified", "{'for_date':'\(d)','class':'npa'}", d, "23:59:59")
      let e = g.on(
        b, "account.classified", "{'for_date':'\(d)','class':'\(bad ? "sma_0" : "npa")'}", d,
        "23:59:59")
      if bad { g.plant("in.rbi.irac.borrower-wise", "facility-wise-classification", e) }
    },
    { g, d, bad in
      let a = loan(&g)
      let e = g.on(
        a, "interest.applied",
        "{'amount':\(g.cash(500, "INR")),'base_principal':\(g.cash(90_000, "INR")),"
          + "'base_interest':\(g.cash(0, "INR")),'base_penal':\(g.cash(bad ? 1 : 0, "INR"))}", d)
      if bad { g.plant("in.rbi.penal-charges", "interest-on-penal", e) }
    },
    { g, d, bad in
      let a = loan(&g, ",'sanction_level':3,'sanctioned_by':['m.rao']")
      let e = g.on(
        a, "settlement.approved",
        "{'settlement':'S\(a.id)','approver':'z.khan','approver_level':\(bad ? 3 : 4),"
          + "'waived':\(g.cash(1_000, "INR"))}", d)
      if bad { g.plant("in.rbi.settlement-framework", "approver-level-too-low", e) }
    },
  ]

  static let cheques: [Plot] = [
    { g, d, bad in
      let a = loan(&g)
      cheque(&g, a, d)
      let last = d.adding(months: 3) ?? d
      let e = deposited(&g, a, last + (bad ? 1 : 0))
      if bad { g.plant("in.ni138.presentation", "stale", e) }
    },
    { g, d, bad in
      let a = loan(&g)
      cheque(&g, a, d)
      bounced(&g, a, d)
      let e = notice(&g, a, d + (bad ? 31 : 30))
      if bad { g.plant("in.ni138.notice", "notice-late", e) }
    },
    { g, d, bad in
      let a = loan(&g)
      cheque(&g, a, d)
      notice(&g, a, d)
      g.on(a, "legal.notice_served", "{'notice':'N\(a.id)','outcome':'refused'}", d + 3)
      let e = g.on(
        a, "legal.case_filed",
        "{'case':'K\(a.id)','forum':'magistrate_138','proceeding':'complaint','cheque':'Q\(a.id)'}",
        d + (bad ? 18 : 19))
      if bad { g.plant("in.ni138.complaint", "premature", e) }
    },
    { g, d, bad in
      let a = loan(&g)
      cheque(&g, a, d - 90)
      g.on(
        a, "legal.case_filed",
        "{'case':'K\(a.id)','forum':'magistrate_138','proceeding':'complaint','cheque':'Q\(a.id)'}",
        d - 30)
      let sum: Int64 = bad ? 200_001 : 200_000
      let e = g.on(
        a, "legal.order_passed",
        "{'order':'O\(a.id)','case':'K\(a.id)','kind':'interim_compensation_143a','on':'\(d)',"
          + "'amount':\(g.cash(sum, "INR"))}", d)
      g.pay(a, sum, "INR", d + 40, more: ",'order':'O\(a.id)'")
      if bad { g.plant("in.ni138.interim-compensation", "order-over-cap", e) }
    },
    { g, d, bad in
      let a = loan(&g)
      g.on(
        a, "legal.notice_sent",
        "{'notice':'N\(a.id)','kind':'sarfaesi_13_2','stated_class':'npa'}", d)
      let e = g.on(
        a, "security.possession_taken", "{'kind':'symbolic','under':'sarfaesi_13_4'}",
        d + (bad ? 60 : 61))
      if bad { g.plant("in.sarfaesi.13-2", "measure-too-early", e) }
    },
    { g, d, bad in
      let a = loan(&g)
      g.on(a, "legal.reply_received", "{'reply':'Y\(a.id)','kind':'representation'}", d)
      let e = g.on(
        a, "legal.notice_sent",
        "{'notice':'N\(a.id)','kind':'sarfaesi_13_3a_reply','answers':'Y\(a.id)'}",
        d + (bad ? 16 : 15))
      if bad { g.plant("in.sarfaesi.13-3a", "reply-late", e) }
    },
    { g, d, bad in
      let a = loan(&g)
      func presented(_ number: Int, _ more: String) -> String {
        "{'presentation':'M\(a.id)-\(number)','rail':'nach','due':'D\(a.id)',"
          + "'amount':\(g.cash(1_000, "INR")),'attempt_no':\(number)\(more)}"
      }
      g.on(a, "mandate.presented", presented(1, ""), d)
      g.on(
        a, "mandate.bounced",
        "{'presentation':'M\(a.id)-1','due':'D\(a.id)','reason':'insufficient_funds',"
          + "'technical':false,'amount':\(g.cash(1_000, "INR"))}", d, "20:00:00")
      let again = presented(2, ",'confirmation':'call-1'")
      let e = g.on(a, "mandate.presented", again, d + (bad ? 2 : 3))
      if bad { g.plant("in.npci.nach.representation", "represented-too-soon", e) }
    },
    { g, d, bad in
      let a = loan(&g)
      g.on(
        a, "notice.sent", "{'notice':'N\(a.id)','kind':'pre_debit','due':'D\(a.id)'}", d,
        "09:00:00")
      let e = g.on(
        a, "mandate.presented",
        "{'presentation':'M\(a.id)','rail':'upi','due':'D\(a.id)',"
          + "'amount':\(g.cash(1_000, "INR")),'attempt_no':1}", d + 1,
        bad ? "08:59:59" : "09:00:00")
      if bad { g.plant("in.rbi.emandate.prenotice", "pre-debit-notice-short", e) }
    },
    { g, _, bad in
      // The rule begins in 2027.
      guard let d = Day("2027-08-02") else { return }
      let a = loan(&g)
      g.contact(a, d)
      let e = g.about(
        a, "party.data_erased", "{'scope':'all','reason':'request','authority':'policy'}",
        d + (bad ? 365 : 366))
      if bad { g.plant("in.dpdp.erasure", "erased-before-minimum", e) }
    },
  ]

  @discardableResult
  static func cheque(
    _ g: inout Garden, _ a: Garden.Account, _ date: Day, kind: String = "current"
  ) -> String {
    g.on(
      a, "cheque.received",
      "{'cheque':'Q\(a.id)','cheque_date':'\(date)','amount':\(g.cash(1_000_000, "INR")),"
        + "'kind':'\(kind)','number':'1'}", date - 2)
  }

  @discardableResult
  static func deposited(_ g: inout Garden, _ a: Garden.Account, _ day: Day) -> String {
    g.on(
      a, "cheque.deposited",
      "{'cheque':'Q\(a.id)','deposit':'T\(a.id)','amount':\(g.cash(1_000_000, "INR")),"
        + "'attempt_no':1}", day)
  }

  static func bounced(_ g: inout Garden, _ a: Garden.Account, _ day: Day) {
    g.on(
      a, "cheque.bounced",
      "{'cheque':'Q\(a.id)','amount':\(g.cash(1_000_000, "INR")),'reason':'insufficient_funds',"
        + "'memo_date':'\(day)','memo_received_at':'\(day)T10:00:00+05:30'}", day)
  }

  @discardableResult
  static func notice(_ g: inout Garden, _ a: Garden.Account, _ day: Day) -> String {
    g.on(
      a, "legal.notice_sent",
      "{'notice':'N\(a.id)','kind':'s138','cheque':'Q\(a.id)',"
        + "'amount':\(g.cash(1_000_000, "INR"))}", day)
  }
}
