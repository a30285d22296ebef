import Ledger

/// Stories for the rules of the United States, the United Kingdom, the Union and the Gulf.
enum PlotsAbroad {
  typealias Plot = PlotsIndia.Plot

  private static func us(_ g: inout Garden, _ product: String = "us") -> Garden.Account {
    g.account(product, "America/New_York", "USD")
  }

  private static func uk(_ g: inout Garden) -> Garden.Account {
    g.account("uk", "Europe/London", "GBP")
  }

  private static func sa(_ g: inout Garden, _ product: String = "sa") -> Garden.Account {
    g.account(product, "Asia/Riyadh", "SAR")
  }

  private static func restriction(_ kind: String, _ more: String = "") -> String {
    "{'restriction':'R','kind':'\(kind)'\(more)}"
  }

  static let america: [Plot] = [
    { g, d, bad in
      let a = us(&g)
      var last = ""
      for number in 0..<8 {
        let day = d + (bad ? min(number, 6) : number)
        last = g.contact(a, day, number == 7 ? "16:00:00" : "11:00:00")
      }
      if bad { g.plant("us.regf.call-frequency", "over-frequency", last) }
    },
    { g, d, bad in
      let a = us(&g)
      let e = g.contact(a, d, bad ? "21:00:01" : "21:00:00", ["channel": "'sms'"])
      if bad { g.plant("us.regf.contact-hours", "outside-hours", e) }
    },
    { g, d, bad in
      let a = us(&g)
      g.about(a, "restriction.placed", restriction("cease", ",'form':'written'"), d, "10:00:00")
      let e = g.contact(
        a, d, "11:00:00", ["purpose": bad ? "'collect'" : "'intends_specific_remedy'"])
      if bad { g.plant("us.regf.cease", "contact-after-cease", e) }
    },
    { g, d, bad in
      let a = us(&g)
      // Happened before the call; known before it only in the breach.
      g.about(
        a, "restriction.placed", restriction("attorney"), d, "09:00:00", late: bad ? 1 : 3)
      let e = g.contact(a, d, "11:00:00")
      if bad { g.plant("us.regf.attorney", "contact-while-represented", e) }
    },
    { g, d, bad in
      let a = us(&g)
      g.about(a, "restriction.placed", restriction("workplace"), d - 1)
      let e = g.contact(a, d, "11:00:00", ["place": bad ? "'work'" : "'mobile'"])
      if bad { g.plant("us.regf.workplace", "workplace", e) }
    },
    { g, d, bad in
      let a = us(&g)
      let e = g.contact(
        a, d, "11:00:00", ["channel": "'email'", "optout_notice": bad ? "false" : "true"])
      if bad { g.plant("us.regf.electronic-optout", "no-optout-notice", e) }
    },
    { g, d, bad in
      let a = us(&g)
      g.contact(a, d, "11:00:00", ["conveys_debt_info": "true"])
      let e = g.on(
        a, "notice.sent", "{'notice':'N\(a.id)','kind':'validation'}", d + (bad ? 6 : 5))
      if bad { g.plant("us.regf.validation-notice", "validation-late", e) }
    },
    { g, d, bad in
      let a = us(&g)
      g.on(a, "notice.sent", "{'notice':'N\(a.id)','kind':'validation'}", d)
      g.on(
        a, "dispute.raised", "{'dispute':'D\(a.id)','category':'other','form':'written'}", d + 10)
      if !bad {
        g.on(a, "notice.sent", "{'notice':'V\(a.id)','kind':'verification'}", d + 11)
      }
      let e = g.contact(a, d + 12)
      if bad { g.plant("us.regf.dispute-hold", "collect-while-disputed", e) }
    },
    { g, d, bad in
      let a = us(&g)
      g.on(a, "legal.limitation_recorded", "{'expires_on':'\(d)','law':'state'}", d - 100)
      let e = g.on(
        a, "legal.case_filed", "{'case':'K\(a.id)','forum':'civil','proceeding':'suit'}",
        d + (bad ? 1 : 0))
      if bad { g.plant("us.regf.time-barred", "time-barred-suit", e) }
    },
    { g, d, bad in
      let a = us(&g)
      g.contact(a, d)
      let until = d.adding(months: 36) ?? d
      let e = g.on(
        a, "document.purged", "{'scope':'account_records','legal_basis':'policy'}",
        until - (bad ? 1 : 0))
      if bad { g.plant("us.regf.retention", "purged-early", e) }
    },
    { g, _, bad in
      // A Monday in 2025, without a holiday in the ten business days after it.
      guard let d = Day("2025-04-28") else { return }
      let a = us(&g, "us_tcpa")
      g.about(
        a, "consent.withdrawn", "{'purpose':'automated_contact','contact_point':'cp1'}", d)
      let e = g.contact(
        a, d + (bad ? 15 : 14), "11:00:00",
        ["channel": "'sms'", "automated": "true", "contact_point": "'cp1'"])
      if bad { g.plant("us.tcpa.revocation", "after-revocation", e) }
    },
    { g, d, bad in
      let a = us(&g, "us_ma")
      g.contact(a, d, "11:00:00", ["place": "'mobile'"])
      g.contact(a, d + 2, "11:00:00", ["place": "'mobile'", "channel": "'sms'"])
      let e = g.contact(a, d + (bad ? 6 : 7), "11:00:00", ["place": "'home'"])
      if bad { g.plant("us.ma.contact-frequency", "over-frequency", e) }
    },
    { g, d, bad in
      let a = us(&g, "us_dc")
      for number in 0..<4 { g.contact(a, d + number) }
      let e = g.contact(a, d + (bad ? 6 : 7))
      if bad { g.plant("us.dc.call-frequency", "over-frequency", e) }
    },
    { g, _, bad in
      guard let d = Day("2026-10-05") else { return }
      let a = us(&g, "us_nyc")
      for channel in ["call", "sms", "email"] {
        g.contact(a, d, "11:00:00", ["channel": "'\(channel)'"])
      }
      let e = g.contact(a, d + (bad ? 6 : 7), "11:00:00", ["channel": "'letter'"])
      if bad { g.plant("us.nyc.contact-frequency", "over-frequency", e) }
    },
  ]

  static let europe: [Plot] = [
    { g, d, bad in
      let a = uk(&g)
      let e = g.contact(a, d, bad ? "07:59:59" : "08:00:00")
      if bad { g.plant("uk.conc.contact-hours", "outside-hours", e) }
    },
    { g, d, bad in
      let a = uk(&g)
      g.on(
        a, "dispute.raised", "{'dispute':'D\(a.id)','category':'other','form':'written'}", d)
      let e = g.contact(
        a, d + 1, "11:00:00", ["purpose": bad ? "'collect'" : "'dispute_reply'"])
      if bad { g.plant("uk.conc.dispute-suspend", "contact-while-disputed", e) }
    },
    { g, d, bad in
      let a = uk(&g)
      let flag = "{'status':'active','kind':'capacity'}"
      let over = "{'status':'cleared','kind':'capacity'}"
      g.about(a, "party.vulnerability_recorded", flag, d)
      if !bad { g.about(a, "party.vulnerability_recorded", over, d + 1) }
      let e = g.contact(a, d + 2)
      if bad { g.plant("uk.conc.mental-capacity", "contact-while-capacity-hold", e) }
    },
    { g, d, bad in
      let a = uk(&g)
      g.on(
        a, "hold.placed", "{'hold':'H\(a.id)','kind':'breathing_space','from':'\(d)'}", d,
        "00:00:00")
      let e = g.on(
        a, "interest.applied",
        "{'amount':\(g.cash(420, "GBP")),'base_principal':\(g.cash(100_000, "GBP")),"
          + "'base_interest':\(g.cash(0, "GBP")),'base_penal':\(g.cash(0, "GBP"))}",
        d + (bad ? 59 : 60))
      if bad { g.plant("uk.breathing-space", "charge-in-moratorium", e) }
    },
    { g, d, bad in
      let a = uk(&g)
      g.on(a, "legal.notice_sent", "{'notice':'N\(a.id)','kind':'letter_of_claim'}", d)
      let e = g.on(
        a, "legal.case_filed", "{'case':'K\(a.id)','forum':'county_court','proceeding':'suit'}",
        d + (bad ? 30 : 31))
      if bad { g.plant("uk.pap-debt", "claim-too-early", e) }
    },
    { g, d, bad in
      // 5,000.00 at 11.75 % for 60 days is 96.58.
      let a = uk(&g)
      let e = late(&g, a, 500_000, "GBP", d, days: 60, interest: bad ? 9_659 : 9_658, fixed: 7_000)
      if bad { g.plant("uk.late-payment", "over-charged", e) }
    },
    { g, d, bad in
      // 10,000.00 at 10.15 % for 45 days is 125.14.
      let a = g.account("eu", "Europe/Berlin", "EUR")
      let e = late(
        &g, a, 1_000_000, "EUR", d, days: 45, interest: 12_514, fixed: bad ? 4_001 : 4_000)
      if bad { g.plant("eu.late-payment", "over-charged", e) }
    },
  ]

  private static func late(
    _ g: inout Garden, _ a: Garden.Account, _ sum: Int64, _ money: String, _ d: Day, days: Int,
    interest: Int64, fixed: Int64
  ) -> String {
    g.due(a, sum, money, d)
    g.pay(a, sum, money, d + days)
    return g.on(
      a, "charge.levied",
      "{'charge':'C\(a.id)','kind':'late_payment','amount':\(g.cash(interest + fixed, money)),"
        + "'interest_part':\(g.cash(interest, money)),"
        + "'compensation_part':\(g.cash(fixed, money))}", d + days, "13:00:00")
  }

  static let gulf: [Plot] = [
    { g, _, bad in
      guard let d = Day("2024-09-02") else { return }
      let a = sa(&g)
      for number in 0..<10 { g.contact(a, d + number) }
      let e = g.contact(a, d + (bad ? 29 : 30))
      if bad { g.plant("sa.sama.call-attempts", "over-frequency", e) }
    },
    { g, _, bad in
      guard let d = Day("2024-10-02") else { return }
      let a = sa(&g)
      let e = g.contact(a, d, "11:00:00", ["recording_notice": bad ? "" : "true"])
      if bad { g.plant("sa.sama.recording", "no-recording", e) }
    },
    { g, d, bad in
      let a = sa(&g)
      let e = g.contact(a, d, "11:00:00", ["channel": bad ? "'whatsapp'" : "'sms'"])
      if bad { g.plant("sa.sama.channels", "channel-not-allowed", e) }
    },
    { g, _, bad in
      guard let d = Day("2025-03-05") else { return }
      let a = sa(&g)
      g.on(
        a, "dispute.raised", "{'dispute':'D\(a.id)','category':'other','form':'written'}", d - 1)
      // The version begins on the day after.
      let e = g.contact(
        a, d + (bad ? 1 : 0), "11:00:00", ["purpose": "'default_reminder'", "channel": "'sms'"])
      if bad { g.plant("sa.sama.objection-hold", "contact-while-disputed", e) }
    },
    { g, _, bad in
      guard let d = Day("2025-02-10"), let first = Day(bad ? "2024-11-05" : "2024-10-05") else {
        return
      }
      let a = sa(&g)
      for month in 0..<(bad ? 3 : 4) {
        g.due(a, 100_000, "SAR", first.adding(months: month) ?? first)
      }
      g.on(a, "notice.sent", "{'notice':'N\(a.id)','kind':'default'}", d - 10)
      g.contact(a, d - 8, "11:00:00", ["channel": "'national_address'"])
      let e = g.on(
        a, "legal.case_filed", "{'case':'K\(a.id)','forum':'civil','proceeding':'suit'}", d)
      if bad { g.plant("sa.sama.default-notice", "legal-too-early", e) }
    },
    { g, _, bad in
      guard let d = Day("2025-04-26") else { return }
      let a = sa(&g)
      g.about(a, "party.profiled", "{'zones':['Asia/Riyadh'],'salary_day':25}", d - 60)
      func debit(_ number: Int) -> String {
        "{'presentation':'M\(a.id)-\(number)','rail':'direct_debit','due':'D\(number)',"
          + "'amount':\(g.cash(1_000, "SAR")),'attempt_no':1}"
      }
      g.on(a, "mandate.presented", debit(1), d)
      let e = g.on(a, "mandate.presented", debit(2), d + (bad ? 28 : 29))
      if bad { g.plant("sa.sama.deduction", "double-deduction", e) }
    },
    { g, d, bad in
      let a = g.account("ae", "Asia/Dubai", "AED")
      PlotsIndia.cheque(&g, a, d)
      let e = PlotsIndia.deposited(&g, a, d - (bad ? 1 : 0))
      if bad { g.plant("ae.cheque.presentation", "presented-before-date", e) }
    },
    { g, d, bad in
      let a = g.account("ae", "Asia/Dubai", "AED")
      PlotsIndia.cheque(&g, a, d)
      PlotsIndia.bounced(&g, a, d)
      g.on(
        a, "cheque.part_paid", "{'cheque':'Q\(a.id)','amount':\(g.cash(350_000, "AED"))}", d + 1)
      let e = g.on(
        a, "legal.case_filed",
        "{'case':'K\(a.id)','forum':'execution_court','proceeding':'execution',"
          + "'cheque':'Q\(a.id)','claim':\(g.cash(bad ? 650_001 : 650_000, "AED"))}", d + 9)
      if bad { g.plant("ae.cheque.execution-amount", "execution-overclaims", e) }
    },
  ]
}
