import Foundation
import Journaling
import Ledger
import Simulation
import Testing

/// Cheques and mandates against a model that shares no rule with the ledger, at random vantages of
/// a life in which memos come weeks late, deposits are told out of turn, cheques are held, replaced
/// and presented again, and entries are taken back.
@Suite struct `Paper and the naive model` {
  // Rules of a house in India, as the naive model has them and as policies.
  private func indian() throws -> (NaivePaper.Rules, [(kind: String, body: [UInt8])]) {
    var india = NaivePaper.Rules()
    (india.lead, india.months, india.notice) = (2, 2, 20)
    india.works = { day in
      let weekday = (Int(day.rawValue) - 3 + 7_000_000) % 7
      if weekday == 0 { return false }
      if weekday == 6, [2, 4].contains((day.civil.day + 6) / 7) { return false }
      return "\(day)" != "2025-08-15"
    }
    let drafts = [
      try Restored.draft(
        "calendar",
        #"{"id":"in","weekend":["sunday","second_saturday","fourth_saturday"],"holidays":[{"day":"2025-08-15"}]}"#
      ),
      try Restored.draft("pdc_lead_days", #"{"lead_days":2,"notice_days":20,"validity_months":2}"#),
    ]
    return (india, drafts)
  }

  @Test func `registers and rates equal the naive model at random vantages`() throws {
    let model = NaivePaper(Year.life)
    let (india, drafts) = try indian()
    let met = try Year.compare("paper", 24, stream: 315) { ledger, vantage, chance in
      let (asOf, known) = (vantage.asOf, vantage.knownAt)
      let from = asOf - chance.pick(0...60)
      let isIndian = chance.happens(5000)
      let register = try ledger.lines(
        ChequeRegister(asOf: asOf, within: 9, all: true), vantage, drafts: isIndian ? drafts : [],
        [
          "group", "account", "cheque", "deposit_by", "presentable_until", "custodian",
          "hold_till", "state", "deposited", "attempts", "bounces", "notice_by", "alert",
        ])
      let returns = try ledger.lines(
        BounceRegister(from: from, to: asOf), vantage,
        ["returned", "account", "instrument", "id", "reason", "attempt", "now", "credit_kept"]
      ).filter { $0.contains(",cheque,") }
      let rates = try ledger.lines(
        BounceRates(from: from, to: asOf), vantage,
        ["instrument", "presented", "bounced", "technical", "honoured_later"])
      let rules = isIndian ? india : NaivePaper.Rules()
      return [
        ("pdc", register, model.register(asOf: asOf, knownAt: known, within: 9, rules: rules)),
        ("bounces", returns, model.returns(from: from, to: asOf, knownAt: known)),
        ("bounce-rates", rates, model.rates(from: from, to: asOf, knownAt: known)),
      ]
    }
    // The life has all that the register can show.
    let groups = ChequeRegister.Group.allCases.filter { $0 != .unreceived }
    #expect(Year.never(groups.map { "pdc \($0.code)" }, met) == [])
  }
}
