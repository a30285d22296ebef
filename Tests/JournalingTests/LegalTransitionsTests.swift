import Journaling
import Ledger
import LedgerTesting
import Testing

/// Each line tries one event in both ways: as a command, refused by the rule at its end, and as
/// history, stored and flagged by the same rule. `-` is an event that passes.
@Suite struct `What may happen to notices, cases and collateral` {
  private static func sum(_ minor: Int) -> String { "{\"minor\":\(minor),\"currency\":\"INR\"}" }

  private static func account(_ id: String, due: String) -> String {
    """
    2025-04-02 account.opened account:\(id) {"account_no":"1","product":"home","principal":\(sum(900_000)),"opened_on":"2025-04-01","debtor":"P1","time_zone":"Asia/Kolkata"}
    2025-04-02 due.raised account:\(id) {"due":"d1","kind":"instalment","due_date":"\(due)","amount":\(sum(100_000))}
    """
  }

  // A cheque that came back; the bank's word of it arrived on a day.
  private static func returned(_ id: String, _ told: String) -> String {
    """
    2025-09-01 cheque.received account:A1 {"cheque":"\(id)","cheque_date":"2025-09-15","amount":\(sum(5_000)),"kind":"current","number":"\(id)"}
    2025-10-01 cheque.deposited account:A1 {"cheque":"\(id)","deposit":"S\(id)","amount":\(sum(5_000)),"attempt_no":1}
    \(told) cheque.bounced account:A1 {"cheque":"\(id)","amount":\(sum(5_000)),"reason":"insufficient_funds","memo_date":"\(told)","memo_received_at":"\(told)T09:00:00+05:30"}
    """
  }

  private static func notice(
    _ day: String, _ account: String, _ id: String, _ kind: String, _ rest: String = "",
    served: String? = nil
  ) -> String {
    "\(day) legal.notice_sent account:\(account) {\"notice\":\"\(id)\",\"kind\":\"\(kind)\"\(rest)}"
      + (served.map {
        "\n\($0) legal.notice_served account:\(account) "
          + "{\"notice\":\"\(id)\",\"outcome\":\"delivered\"}"
      } ?? "")
  }

  /// It is noon of 8 March 2026 in Kolkata. A1 has cheques and is non-performing, A2 is not, A3 is
  /// stayed, A4 is in possession with an auction that failed, A5 by contract, A6 has objected.
  static let house = [
    account("A1", due: "2025-10-01"), account("A2", due: "2026-02-20"),
    account("A3", due: "2025-10-01"), account("A4", due: "2025-06-01"),
    account("A5", due: "2025-10-01"), account("A6", due: "2025-06-01"),
    "2025-04-02 agency.empanelled agency:ADV {\"kind\":\"advocate\",\"from\":\"2025-04-01\"}",
    "2025-04-02 agency.empanelled agency:OLD {\"kind\":\"advocate\",\"from\":\"2025-04-01\",\"to\":\"2025-12-31\"}",
    "2025-04-02 agency.empanelled agency:REP {\"kind\":\"repossession\",\"from\":\"2025-04-01\"}",
    "2025-04-02 agency.empanelled agency:VAL {\"kind\":\"valuation\",\"from\":\"2025-04-01\"}",
    returned("C1", "2026-01-10"), returned("C2", "2026-02-20"), returned("C3", "2025-11-01"),
    returned("C4", "2026-01-10"), returned("C6", "2026-02-20"),
    "2026-01-09 cheque.received account:A1 {\"cheque\":\"C5\",\"cheque_date\":\"2026-04-01\",\"amount\":\(sum(5_000)),\"kind\":\"post_dated\",\"number\":\"C5\"}",
    notice("2026-01-20", "A1", "N1", "s138", ",\"cheque\":\"C1\"", served: "2026-01-25"),
    notice("2026-02-25", "A1", "N2", "s138", ",\"cheque\":\"C2\"", served: "2026-03-01"),
    notice("2025-11-10", "A1", "N3", "s138", ",\"cheque\":\"C3\"", served: "2025-11-15"),
    notice("2026-01-15", "A1", "N4", "s138", ",\"cheque\":\"C4\"", served: "2026-01-20"),
    "2026-01-25 payment.received account:A1 {\"payment\":\"R4\",\"amount\":\(sum(5_000)),\"mode\":\"upi\",\"cheque\":\"C4\"}",
    notice("2026-01-02", "A1", "N5", "sarfaesi_13_2", served: "2026-01-03"),
    "2026-02-01 legal.case_filed account:A1 {\"case\":\"K1\",\"forum\":\"civil\",\"proceeding\":\"suit\"}",
    "2026-02-01 legal.case_filed account:A1 {\"case\":\"K2\",\"forum\":\"civil\",\"proceeding\":\"suit\"}",
    "2026-02-15 legal.case_ended account:A1 {\"case\":\"K2\",\"on\":\"2026-02-15\",\"outcome\":\"dismissed\"}",
    notice("2026-02-01", "A3", "N6", "sarfaesi_13_2"),
    "2026-02-01 legal.case_filed account:A3 {\"case\":\"K3\",\"forum\":\"civil\",\"proceeding\":\"suit\"}",
    "2026-02-05 legal.order_passed account:A3 {\"order\":\"O3\",\"case\":\"K3\",\"kind\":\"stay\",\"on\":\"2026-02-05\",\"effect\":\"stops_collection\"}",
    notice("2025-10-01", "A4", "N7", "sarfaesi_13_2", served: "2025-10-02"),
    "2025-12-05 security.possession_taken account:A4 {\"kind\":\"symbolic\",\"under\":\"sarfaesi_13_4\"}",
    "2025-12-20 security.possession_taken account:A4 {\"kind\":\"physical\",\"under\":\"sarfaesi_13_4\"}",
    notice("2026-01-20", "A4", "N8", "pre_sale", ",\"auction_on\":\"2026-02-25\""),
    "2026-02-25 security.auction_held account:A4 {\"on\":\"2026-02-25\",\"reserve\":\(sum(80_000)),\"outcome\":\"no_bid\"}",
    "2026-02-01 security.possession_taken account:A5 {\"kind\":\"surrender\",\"under\":\"contract\"}",
    "2026-02-01 legal.case_filed account:A5 {\"case\":\"K5\",\"forum\":\"arbitration\",\"proceeding\":\"arbitration\"}",
    "2026-02-20 legal.order_passed account:A5 {\"order\":\"O5\",\"case\":\"K5\",\"kind\":\"award\",\"on\":\"2026-02-20\",\"amount\":\(sum(100_000))}",
    notice("2025-12-01", "A6", "N9", "sarfaesi_13_2", served: "2025-12-02"),
    "2026-01-10 legal.reply_received account:A6 {\"reply\":\"RP6\",\"notice\":\"N9\",\"kind\":\"representation\"}",
  ].joined(separator: "\n")

  static let notices = """
    2026-03-08 legal.notice_sent account:A1 {"notice":"N","kind":"demand","amount":\(sum(100))} -
    2026-03-08 legal.notice_sent account:A9 {"notice":"N","kind":"demand"} account.unknown
    2026-03-09 legal.notice_sent account:A1 {"notice":"N","kind":"demand"} day.future
    2026-03-08 legal.notice_sent account:A1 {"notice":"N","kind":"demand","amount":\(sum(0))} money.positive
    2026-03-08 legal.notice_sent account:A1 {"notice":"N1","kind":"demand"} legal.notice-exists
    2026-03-08 legal.notice_sent account:A1 {"notice":"N","kind":"s138","cheque":"C6"} -
    2026-03-08 legal.notice_sent account:A1 {"notice":"N","kind":"s138","cheque":"C5"} legal.no-bounce
    2026-03-08 legal.notice_sent account:A1 {"notice":"N","kind":"s138"} legal.no-bounce
    2026-02-19 legal.notice_sent account:A1 {"notice":"N","kind":"s138","cheque":"C6"} legal.no-bounce
    2026-03-08 legal.notice_sent account:A1 {"notice":"N","kind":"sarfaesi_13_2","stated_class":"npa"} -
    2026-03-08 legal.notice_sent account:A2 {"notice":"N","kind":"sarfaesi_13_2"} legal.not-npa
    2025-12-01 legal.notice_sent account:A1 {"notice":"N","kind":"sarfaesi_13_2"} legal.not-npa
    2026-03-08 legal.notice_sent account:A1 {"notice":"N","kind":"sarfaesi_13_2","stated_class":"sma_2"} legal.stated-class
    2026-03-08 legal.notice_sent account:A6 {"notice":"N","kind":"sarfaesi_13_3a_reply","answers":"RP6"} -
    2026-03-08 legal.notice_sent account:A6 {"notice":"N","kind":"sarfaesi_13_3a_reply"} legal.no-representation
    2026-03-08 legal.notice_sent account:A6 {"notice":"N","kind":"sarfaesi_13_3a_reply","answers":"RP7"} legal.no-representation
    2026-03-08 legal.notice_sent account:A4 {"notice":"N","kind":"pre_sale","auction_on":"2026-03-24"} -
    2026-03-08 legal.notice_sent account:A4 {"notice":"N","kind":"pre_sale","auction_on":"2026-03-23"} security.sale-notice
    2026-03-08 legal.notice_sent account:A5 {"notice":"N","kind":"pre_sale","auction_on":"2026-03-09"} -
    2026-03-08 legal.notice_sent account:A1 {"notice":"N","kind":"pre_sale"} security.not-held
    2026-03-08 legal.notice_served account:A3 {"notice":"N6","outcome":"refused"} -
    2026-03-08 legal.notice_served account:A3 {"notice":"N6","outcome":"left"} -
    2026-03-08 legal.notice_served account:A3 {"notice":"N1","outcome":"delivered"} legal.notice-unknown
    2026-01-31 legal.notice_served account:A3 {"notice":"N6","outcome":"delivered"} legal.notice-unknown
    2026-03-08 legal.notice_served account:A1 {"notice":"N1","outcome":"delivered"} legal.notice-served
    2026-03-08 legal.reply_received account:A1 {"reply":"RP1","notice":"N1","kind":"reply"} -
    2026-03-08 legal.reply_received account:A6 {"reply":"RP6","notice":"N9","kind":"reply"} legal.reply-exists
    2026-03-08 legal.reply_received account:A1 {"reply":"RP1","notice":"N9","kind":"reply"} legal.notice-unknown
    2026-03-08 legal.limitation_recorded account:A1 {"expires_on":"2028-10-01","law":"Limitation Act, article 55"} -
    """

  static let cases = """
    2026-03-08 legal.case_filed account:A1 {"case":"K","forum":"magistrate_138","proceeding":"complaint","cheque":"C1","advocate":"ADV"} -
    2026-03-08 legal.case_filed account:A1 {"case":"K","forum":"magistrate_138","proceeding":"complaint","cheque":"C2"} legal.complaint-early
    2026-03-08 legal.case_filed account:A1 {"case":"K","forum":"magistrate_138","proceeding":"complaint","cheque":"C3"} legal.complaint-late
    2026-01-01 legal.case_filed account:A1 {"case":"K","forum":"magistrate_138","proceeding":"complaint","cheque":"C3"} -
    2026-01-02 legal.case_filed account:A1 {"case":"K","forum":"magistrate_138","proceeding":"complaint","cheque":"C3"} legal.complaint-late
    2026-02-09 legal.case_filed account:A1 {"case":"K","forum":"magistrate_138","proceeding":"complaint","cheque":"C1"} legal.complaint-early
    2026-02-10 legal.case_filed account:A1 {"case":"K","forum":"magistrate_138","proceeding":"complaint","cheque":"C1"} -
    2026-03-08 legal.case_filed account:A1 {"case":"K","forum":"magistrate_138","proceeding":"complaint","cheque":"C4"} legal.paid-in-time
    2026-03-08 legal.case_filed account:A1 {"case":"K","forum":"magistrate_138","proceeding":"complaint","cheque":"C6"} legal.notice-unserved
    2026-03-08 legal.case_filed account:A1 {"case":"K","forum":"magistrate_138","proceeding":"complaint"} legal.notice-unserved
    2026-03-08 legal.case_filed account:A1 {"case":"K","forum":"police","proceeding":"complaint"} -
    2026-03-08 legal.case_filed account:A9 {"case":"K","forum":"civil","proceeding":"suit"} account.unknown
    2026-03-08 legal.case_filed account:A1 {"case":"K1","forum":"civil","proceeding":"suit"} legal.case-exists
    2026-03-09 legal.case_filed account:A1 {"case":"K","forum":"civil","proceeding":"suit"} day.future
    2026-03-08 legal.case_filed account:A1 {"case":"K","forum":"civil","proceeding":"suit","claim":\(sum(0))} money.positive
    2026-03-08 legal.case_filed account:A1 {"case":"K","forum":"civil","proceeding":"suit","advocate":"OLD"} agency.active
    2026-03-08 legal.case_filed account:A1 {"case":"K","forum":"civil","proceeding":"suit","advocate":"VAL"} agency.kind
    2026-03-08 legal.case_filed account:A1 {"case":"K","forum":"civil","proceeding":"suit","first_hearing_on":"2026-03-07"} legal.hearing-day
    2026-03-08 legal.case_filed account:A3 {"case":"K","forum":"drt","proceeding":"original_application"} legal.stayed
    2026-03-08 legal.case_filed account:A3 {"case":"K","forum":"civil","proceeding":"appeal","appeal_from":"K3"} -
    2026-03-08 legal.case_filed account:A3 {"case":"K","forum":"civil","proceeding":"appeal","appeal_from":"K1"} legal.case-unknown
    2026-03-08 legal.case_filed account:A1 {"case":"K","forum":"execution_court","proceeding":"execution"} legal.no-title
    2026-03-08 legal.case_filed account:A5 {"case":"K","forum":"execution_court","proceeding":"execution"} -
    2026-03-08 legal.update_received account:A1 {"case":"K1"} -
    2026-03-08 legal.update_received account:A1 {"case":"K2"} legal.case-over
    2026-03-08 legal.hearing_listed account:A1 {"case":"K1","on":"2026-03-20"} -
    2026-03-08 legal.hearing_listed account:A1 {"case":"K1","on":"2026-03-07"} legal.hearing-day
    2026-03-08 legal.hearing_listed account:A1 {"case":"K9","on":"2026-03-20"} legal.case-unknown
    2026-01-31 legal.hearing_listed account:A1 {"case":"K1","on":"2026-03-20"} legal.case-unknown
    2026-03-08 legal.hearing_held account:A1 {"case":"K1","on":"2026-03-08","outcome":"adjourned","next_on":"2026-04-01"} -
    2026-03-08 legal.hearing_held account:A1 {"case":"K1","on":"2026-03-09","outcome":"adjourned"} day.future
    2026-03-08 legal.hearing_held account:A1 {"case":"K1","on":"2026-03-08","outcome":"adjourned","next_on":"2026-03-08"} legal.hearing-day
    2026-03-08 legal.hearing_held account:A1 {"case":"K2","on":"2026-03-08","outcome":"disposed"} legal.case-over
    2026-03-08 legal.order_passed account:A1 {"order":"O","case":"K1","kind":"decree","on":"2026-03-08","amount":\(sum(100))} -
    2026-03-08 legal.order_passed account:A1 {"order":"O","case":"K9","kind":"decree","on":"2026-03-08"} legal.case-unknown
    2026-03-08 legal.order_passed account:A3 {"order":"O3","case":"K3","kind":"stay","on":"2026-03-08"} legal.order-exists
    2026-03-08 legal.order_passed account:A3 {"order":"O","case":"K3","kind":"stay","on":"2026-03-08","extends":"O3"} -
    2026-03-08 legal.order_passed account:A3 {"order":"O","case":"K3","kind":"stay","on":"2026-03-08","extends":"O4"} legal.order-unknown
    2026-03-08 legal.case_ended account:A1 {"case":"K1","on":"2026-03-08","outcome":"withdrawn"} -
    2026-03-08 legal.case_ended account:A1 {"case":"K2","on":"2026-03-08","outcome":"withdrawn"} legal.case-over
    2026-03-08 legal.case_ended account:A1 {"case":"K1","on":"2026-03-09","outcome":"withdrawn"} day.future
    2026-03-08 legal.fee_incurred account:A1 {"payee":"ADV","amount":\(sum(100)),"charged":false,"case":"K1"} -
    2026-03-08 legal.fee_incurred account:A1 {"payee":"ADV","amount":\(sum(0)),"charged":false} money.positive
    2026-03-08 legal.fee_incurred account:A1 {"payee":"NEW","amount":\(sum(100)),"charged":false} agency.unknown
    2026-03-08 legal.fee_incurred account:A1 {"payee":"ADV","amount":\(sum(100)),"charged":false,"case":"K9"} legal.case-unknown
    """

  static let collateral = """
    2026-03-08 security.possession_taken account:A1 {"kind":"physical","under":"sarfaesi_13_4","agency":"REP"} -
    2026-03-08 security.possession_taken account:A1 {"kind":"physical","under":"sarfaesi_13_4","agency":"ADV"} agency.kind
    2026-03-05 security.possession_taken account:A1 {"kind":"physical","under":"sarfaesi_13_4"} -
    2026-03-04 security.possession_taken account:A1 {"kind":"physical","under":"sarfaesi_13_4"} security.demand-runs
    2026-03-08 security.possession_taken account:A1 {"kind":"physical","under":"sarfaesi_13_4","agency":"OLD"} agency.active
    2026-03-08 security.possession_taken account:A2 {"kind":"physical","under":"sarfaesi_13_4"} security.no-demand
    2026-03-08 security.possession_taken account:A2 {"kind":"physical","under":"contract"} -
    2026-03-08 security.possession_taken account:A3 {"kind":"physical","under":"sarfaesi_13_4"} security.demand-runs
    2026-03-08 security.possession_taken account:A3 {"kind":"physical","under":"contract"} legal.stayed
    2026-03-08 security.possession_taken account:A3 {"kind":"surrender","under":"surrender"} -
    2026-03-08 security.possession_taken account:A4 {"kind":"physical","under":"sarfaesi_13_4"} security.held
    2026-03-08 security.possession_taken account:A6 {"kind":"physical","under":"sarfaesi_13_4"} security.unanswered
    2026-03-09 security.possession_taken account:A2 {"kind":"physical","under":"contract"} day.future
    2026-03-08 security.released account:A5 {"to":"P1","reason":"paid"} -
    2026-03-08 security.released account:A1 {"to":"P1","reason":"paid"} security.not-held
    2026-03-08 security.valued account:A5 {"valuer":"VAL","amount":\(sum(90_000)),"on":"2026-03-07"} -
    2026-03-08 security.valued account:A5 {"valuer":"REP","amount":\(sum(90_000)),"on":"2026-03-07"} agency.kind
    2026-03-08 security.valued account:A5 {"valuer":"OLD","amount":\(sum(90_000)),"on":"2026-03-07"} agency.active
    2026-03-08 security.valued account:A5 {"valuer":"VAL","amount":\(sum(0)),"on":"2026-03-07"} money.positive
    2026-03-08 security.auction_held account:A5 {"on":"2026-03-08","reserve":\(sum(80_000)),"highest_bid":\(sum(85_000)),"outcome":"sold"} -
    2026-03-08 security.auction_held account:A5 {"on":"2026-03-08","reserve":\(sum(80_000)),"highest_bid":\(sum(79_999)),"outcome":"sold"} security.below-reserve
    2026-03-08 security.auction_held account:A5 {"on":"2026-03-08","reserve":\(sum(80_000)),"highest_bid":\(sum(79_999)),"outcome":"below_reserve"} -
    2026-03-08 security.auction_held account:A1 {"on":"2026-03-08","reserve":\(sum(80_000)),"outcome":"no_bid"} security.not-held
    2026-03-08 security.auction_held account:A4 {"on":"2026-03-08","reserve":\(sum(80_000)),"outcome":"no_bid"} security.sale-notice
    2026-03-08 security.auction_held account:A4 {"on":"2026-03-08","reserve":\(sum(80_000)),"outcome":"cancelled"} -
    2026-03-08 security.sold account:A5 {"price":\(sum(90_000)),"buyer":"P7","method":"private_treaty"} -
    2026-03-08 security.sold account:A5 {"price":\(sum(120_000)),"buyer":"P7","method":"private_treaty","surplus":\(sum(20_000))} -
    2026-03-08 security.sold account:A5 {"price":\(sum(120_000)),"buyer":"P7","method":"private_treaty","surplus":\(sum(10_000))} security.surplus
    2026-03-08 security.sold account:A5 {"price":\(sum(90_000)),"buyer":"P7","method":"auction"} security.no-auction
    2026-03-08 security.sold account:A4 {"price":\(sum(90_000)),"buyer":"P7","method":"private_treaty"} security.sale-notice
    2026-03-08 security.sold account:A1 {"price":\(sum(90_000)),"buyer":"P7","method":"private_treaty"} security.not-held
    2026-03-08 security.documents_released account:A1 {"to":"P1"} -
    2026-03-08 security.documents_lost account:A9 {} account.unknown
    """

  @Test(arguments: [notices, cases, collateral])
  func `a command is refused by the rule of the table`(_ table: String) throws {
    let told = try HouseTold(Self.house)
    for (line, draft, rule) in try HouseTold.tries(table) {
      #expect(try told.journal.refusal(of: draft) == rule, "\(line)")
    }
  }

  @Test(arguments: [notices, cases, collateral])
  func `history is stored, and flagged by the same rule of the table`(_ table: String) throws {
    for (line, draft, rule) in try HouseTold.tries(table) {
      let told = try HouseTold(Self.house)
      let flags = try told.journal.flags(of: draft)
      #expect(flags == (rule == "-" ? [] : [rule]), "\(line)")
    }
  }

  @Test func `nothing of the house is flagged`() throws {
    #expect(try HouseTold(Self.house).journal.flagged().map(\.rule) == [])
  }
}
