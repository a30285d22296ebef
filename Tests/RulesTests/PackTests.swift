import Ledger
import Rules
import Testing

@Suite struct `A pack that no run could use` {
  /// What is said about a pack, or `fine`.
  private func said(_ json: String) throws -> String {
    let text = String(json.map { $0 == "'" ? "\"" : $0 })
    let body = try BodyCodec.encodeJSON(Array(text.utf8).span)
    do throws(PackError) {
      _ = try Rules.Rulebook(.draft([("The pack", body)]), PolicyBook(), asOf: .undated - 1)
      return "fine"
    } catch { return error.description }
  }

  private static let sentences: [(pack: String, said: String)] = [
    ("{'pack':'in.rbi'}", "fine"),
    ("{'rules':[]}", "The pack does not say which `pack` it is."),
    ("{'pack':'int','speed':1}", "The pack has no field `speed`; it has pack, zone and rules."),
    (
      "{'pack':'int','zone':'Asia/Atlantis'}",
      "The pack names the zone `Asia/Atlantis`, which does not exist."
    ),
    (
      "{'pack':'in.rbi','rules':[{'rule':'in.rbi.nap-hours'}]}",
      "The pack names the rule `in.rbi.nap-hours`, which is none of the pack in.rbi."
    ),
    (
      "{'pack':'in.rbi','rules':[{'rule':'us.regf.cease'}]}",
      "The pack names the rule `us.regf.cease`, which is none of the pack in.rbi."
    ),
    (
      "{'pack':'in.rbi','rules':[{'rule':'in.rbi.grievance-30d','parameters':{'weeks':4}}]}",
      "The pack gives in.rbi.grievance-30d the parameter `weeks`, which it does not have; it has days."
    ),
    (
      "{'pack':'in.rbi','rules':[{'rule':'in.rbi.grievance-30d','parameters':{'days':'ten'}}]}",
      "The pack gives `days` of in.rbi.grievance-30d the value \"ten\", which is no whole number from 0 to 1000000."
    ),
    (
      "{'pack':'int','rules':[{'rule':'int.trail.complete','parameters':{'max_hours_to_record':-5}}]}",
      "The pack gives `max_hours_to_record` of int.trail.complete the value -5, which is no whole number from 0 to 1000000."
    ),
    (
      "{'pack':'int','rules':[{'rule':'int.trail.complete','parameters':{'max_hours_to_record':9223372036854775807}}]}",
      "The pack gives `max_hours_to_record` of int.trail.complete the value 9223372036854775807, which is no whole number from 0 to 1000000."
    ),
    (
      "{'pack':'in.rbi','rules':[{'rule':'in.rbi.grievance-30d','versions':[{'days':30}]}]}",
      "The pack has a version of in.rbi.grievance-30d without a start; give its `from`."
    ),
    (
      "{'pack':'in.rbi','rules':[{'rule':'in.rbi.grievance-30d','versions':["
        + "{'from':'2024-01-01','to':'2024-12-31'},{'from':'2024-12-31'}]}]}",
      "The pack has versions of in.rbi.grievance-30d that overlap: one from 2024-12-31, one until 2024-12-31."
    ),
    (
      "{'pack':'in.rbi','rules':[{'rule':'in.rbi.grievance-30d','versions':["
        + "{'from':'2024-01-02','to':'2024-01-01'}]}]}",
      "The pack has a version of in.rbi.grievance-30d that ends before it starts, on 2024-01-01."
    ),
    (
      "{'pack':'int','rules':[{'rule':'int.ptp.follow-up','parameters':{'suspended_by':['cease']}}]}",
      "int.ptp.follow-up would order contacts that int.dispute.no-contact forbids: its `suspended_by` lacks `dispute`."
    ),
    (
      "{'pack':'int','rules':[{'rule':'int.cash.deposit','parameters':{'calendar':'dubai'}}]}",
      "int.cash.deposit asks for the calendar `dubai`, and no policy of that id is adopted."
    ),
  ]

  @Test(arguments: 0..<13) func `is refused with one sentence`(number: Int) throws {
    let (pack, sentence) = Self.sentences[number]
    #expect(try said(pack) == sentence)
  }

  @Test func `ids and names of rules are each there once`() {
    let ids = Catalogue.rules.map(\.id)
    #expect(Set(ids).count == ids.count)
    #expect(ids.count == 88)
  }

  @Test func `what is a draft, second-hand or from memory ships off`() {
    let off = Catalogue.rules.filter { !$0.evidence.shipsEnabled }.map(\.id)
    #expect(
      off.sorted().joined(separator: "\n") == """
        ae.cbuae.contact-hours
        eu.ccd2.forbearance
        eu.npl.borrower-notice
        in.it.cash-limit
        in.limitation.suit
        in.rbi.agent-number-notified
        in.rbi.call-recording
        in.rbi.dl.cash-same-day
        in.rbi.draft2026.occasions
        in.rbi.grievance-no-agent
        uk.conc.advice-hold
        us.regf.disputed-allocation
        us.regf.social-media
        """)
  }
}

@Suite struct `The axes of a finding` {
  private func day(_ text: String) throws -> Day { try #require(Day(text)) }

  /// A death of 1 March that the ledger heard of on 5 March, and calls of 3 and 6 March.
  private func dead() throws -> Garden {
    var g = Garden()
    g.adopt("int", "{'pack':'int'}", for: nil)
    let a = g.account("int", "Asia/Kolkata", "INR")
    g.about(
      a, "party.death_recorded", "{'status':'claimed','died_on':'2026-03-01'}",
      try day("2026-03-01"), "10:00:00", late: 96)
    g.contact(a, try day("2026-03-03"))
    g.contact(a, try day("2026-03-06"))
    return g
  }

  @Test func `contact after a death is a breach only once the death was known`() throws {
    let ledger = try GardenLedger(try dead().lines)
    let (found, examined) = try ledger.judge(asOf: try day("2026-03-31"))
    #expect(found.map(\.description) == ["int.death.no-contact contact-after-death-known E6"])
    #expect(examined["int.death.no-contact"] == 2)
  }

  @Test func `before the second call was known there is nothing to find`() throws {
    let ledger = try GardenLedger(try dead().lines)
    let then = try #require(ClockTime("2026-03-05T23:00:00+05:30"))
    let (found, examined) = try ledger.judge(asOf: try day("2026-03-31"), knownAt: then.moment)
    #expect(found.isEmpty)
    #expect(examined["int.death.no-contact"] == 1)
  }

  /// A call at 19:30 on 10 August 2022, two days before the circular.
  private func early() throws -> Garden {
    var g = Garden()
    g.adopt("in.rbi", "{'pack':'in.rbi'}", for: nil)
    let a = g.account("in", "Asia/Kolkata", "INR")
    g.contact(a, try day("2022-08-10"), "19:30:00")
    return g
  }

  @Test func `an act is judged by the law of its day, or by today's when that is asked`() throws {
    let ledger = try GardenLedger(try early().lines)
    let asOf = try day("2026-01-31")
    #expect(try ledger.judge(.then, asOf: asOf).found.isEmpty)
    let now = try ledger.judge(.now, asOf: asOf).found
    #expect(now.map(\.description) == ["in.rbi.contact-hours outside-hours E4"])
    let draft = try BodyCodec.encodeJSON(
      Array(
        """
        {"pack":"in.rbi","rules":[{"rule":"in.rbi.contact-hours","versions":[
        {"from":"2022-01-01","start":"08:00","end":"19:30","channels":["call"]}]}]}
        """.utf8
      ).span)
    #expect(try ledger.judge(.draft([("draft", draft)]), asOf: asOf).found.isEmpty)
  }
}
