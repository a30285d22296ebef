import Journaling
import Ledger
import LedgerTesting
import Testing

/// Each line tries one event in both ways, as a command, refused by the rule at its end, and as
/// history, stored and flagged by the same rule. `-` is an event that passes. It is 8 March 2026.
/// Every account owes 1,000.00 and was sanctioned by boss at level 1; asha proposes.
@Suite struct `What may happen to settlements and plans` {
  /// Accounts by what their settlement S or plan L came to.
  static let house = [
    opened("N"), settled("P", to: 1), settled("V", to: 2), settled("F", to: 2, check: "failed"),
    settled("A", to: 3), settled("O", to: 4), settled("X", to: 4, until: "2026-03-01"),
    settled("C", to: 5), settled("H", to: 5, items: ["2026-02-20", "2026-03-06"]),
    paid("H", 60_000),
    settled("Q", to: 5, items: ["2026-02-20", "2026-03-06"]), paid("Q", 60_000, provisional: true),
    settled("L", to: 5, items: ["2026-02-20", "2026-03-20"]),
    settled("D", to: 1),
    "2026-02-02@meena approval.declined account:D {\"action\":\"settlement\",\"proposal\":\"S\",\"approver\":\"meena\",\"returned\":false}",
    settled("S", to: 2), stay("S"), settled("U", to: 3), stay("U"), settled("W", to: 4), stay("W"),
    settled("Y", to: 2), stay("Y"),
    "2026-03-01@ravi hold.lifted account:Y {\"hold\":\"h1\",\"to\":\"2026-03-01\",\"reason\":\"court_order\"}",
    settled("M", to: 2, debtor: "P9"), settled("G", to: 2, debtor: "P8"),
    "2026-02-20@ravi party.death_recorded party:P9 {\"status\":\"verified\",\"died_on\":\"2026-02-15\",\"evidence_kind\":\"certificate\"}",
    "2026-02-20@ravi party.death_recorded party:P8 {\"status\":\"claimed\",\"died_on\":\"2026-02-15\"}",
    disputed("C", "X1"), disputed("C", "X2", due: "d1"), disputed("C", "X3", due: "d9"),
    disputed("O", "X1"), disputed("L", "X1"),
    settled("Z", to: 5, items: ["2026-02-20", "2026-03-20"]), disputed("Z", "X1"),
    "2026-03-01@ravi settlement.lapse_declared account:Z {\"settlement\":\"S\"}",
    planned("p1", to: 1), planned("p2", to: 2), planned("p3", to: 3),
    planned("p4", to: 3, items: ["2026-02-20", "2026-02-28"]),
    planned("p5", to: 3, items: ["2026-02-20", "2026-02-28"]), paid("p5", 60_000),
    planned("p6", to: 2, id: "L2"), planned("p6", to: 3),
  ].filter { !$0.isEmpty }.joined(separator: "\n")

  static let tries = """
    2026-03-08@asha settlement.proposed account:N \(offer("S1")) -
    2026-03-08@asha settlement.proposed account:N \(offer("S1", waived: 30_000)) settlement.sums
    2026-03-08@asha settlement.proposed account:N \(offer("S1", offer: 50_000, waived: 50_000)) settlement.items
    2026-03-08@asha settlement.proposed account:N \(offer("S1", until: "2026-03-07")) settlement.past-day
    2026-03-08@asha settlement.proposed account:N \(offer("S1", items: ["2026-03-07", "2026-03-20"])) settlement.past-day
    2026-03-08@asha settlement.proposed account:N \(offer("S1", waived: 40_001, outstanding: 100_001)) settlement.outstanding
    2026-03-09@asha settlement.proposed account:N \(offer("S1")) day.future
    2026-03-08@asha settlement.proposed account:none \(offer("S1")) account.unknown
    2026-03-08@asha settlement.proposed account:P \(offer("S")) settlement.exists
    2026-03-08@asha settlement.proposed account:P \(offer("S1")) settlement.open
    2026-03-08@asha settlement.proposed account:P \(offer("S1", supersedes: "S")) -
    2026-03-08@asha settlement.proposed account:P \(offer("S1", supersedes: "S9")) settlement.unknown
    2026-03-08@asha settlement.proposed account:X \(offer("S1")) -
    2026-03-08@asha settlement.proposed account:D \(offer("S1")) -
    2026-03-08@asha settlement.proposed account:L \(offer("S1")) settlement.open
    2026-03-08@ravi settlement.validated account:P {"settlement":"S","checks":[]} -
    2026-03-08@asha settlement.validated account:P {"settlement":"S","checks":[]} settlement.own-check
    2026-03-08@ravi settlement.validated account:P {"settlement":"S9","checks":[]} settlement.unknown
    2026-03-08@ravi settlement.validated account:V {"settlement":"S","checks":[]} settlement.told
    2026-03-08@ravi settlement.validated account:D {"settlement":"S","checks":[]} settlement.stage
    2026-03-08@ravi settlement.approved account:V \(approval("meena", 3)) -
    2026-03-08@ravi settlement.approved account:P \(approval("meena", 3)) settlement.stage
    2026-03-08@ravi settlement.approved account:F \(approval("meena", 3)) settlement.check-failed
    2026-03-08@ravi settlement.approved account:V \(approval("asha", 3)) settlement.own-proposal
    2026-03-08@ravi settlement.approved account:V \(approval("boss", 3)) settlement.sanctioner
    2026-03-08@ravi settlement.approved account:V \(approval("meena", 1)) settlement.below-sanction
    2026-03-08@ravi settlement.approved account:V \(approval("meena", 2)) settlement.authority
    2026-03-08@ravi settlement.approved account:V \(approval("meena", 2, waived: 25_000)) -
    2026-03-08@ravi settlement.approved account:V \(approval("meena", 2, waived: 25_001)) settlement.authority
    2026-03-08@ravi settlement.approved account:V \(approval("meena", 4, waived: 40_001)) settlement.more-than-proposed
    2026-03-08@ravi settlement.approved account:A \(approval("meena", 3)) settlement.told
    2026-03-08@ravi settlement.approved account:S \(approval("meena", 3)) settlement.stayed
    2026-03-08@ravi settlement.approved account:S \(approval("meena", 4)) -
    2026-03-08@ravi settlement.approved account:Y \(approval("meena", 3)) -
    2026-03-08@ravi settlement.approved account:M \(approval("meena", 3)) settlement.deceased
    2026-03-08@ravi settlement.approved account:M \(approval("meena", 4)) -
    2026-03-08@ravi settlement.approved account:G \(approval("meena", 3)) -
    2026-03-08@ravi settlement.offered account:U \(letter) settlement.stayed
    2026-03-08@ravi settlement.accepted account:W {"settlement":"S","acceptance":"signed"} settlement.stayed
    2026-03-08@ravi dispute.resolved account:C {"dispute":"X1","outcome":"withdrawn"} dispute.settled
    2026-03-08@ravi dispute.resolved account:C {"dispute":"X2","outcome":"rejected"} dispute.settled
    2026-03-08@ravi dispute.resolved account:C {"dispute":"X3","outcome":"rejected"} -
    2026-02-04@ravi dispute.resolved account:C {"dispute":"X1","outcome":"rejected"} -
    2026-03-08@ravi dispute.resolved account:O {"dispute":"X1","outcome":"rejected"} -
    2026-03-08@ravi dispute.resolved account:L {"dispute":"X1","outcome":"rejected"} dispute.settled
    2026-03-08@ravi dispute.resolved account:Z {"dispute":"X1","outcome":"rejected"} -
    2026-03-08@ravi settlement.offered account:A \(letter) -
    2026-03-08@ravi settlement.offered account:V \(letter) settlement.stage
    2026-03-08@ravi settlement.offered account:O \(letter) settlement.told
    2026-03-08@ravi settlement.accepted account:O {"settlement":"S","acceptance":"signed"} -
    2026-03-08@ravi settlement.accepted account:A {"settlement":"S","acceptance":"signed"} settlement.stage
    2026-03-08@ravi settlement.accepted account:X {"settlement":"S","acceptance":"signed"} settlement.expired
    2026-03-08@ravi settlement.lapse_declared account:L {"settlement":"S"} -
    2026-03-08@ravi settlement.lapse_declared account:X {"settlement":"S"} -
    2026-03-08@ravi settlement.lapse_declared account:C {"settlement":"S"} settlement.not-lapsed
    2026-03-08@ravi settlement.lapse_declared account:H {"settlement":"S"} settlement.not-lapsed
    2026-03-08@ravi settlement.executed account:H \(done()) -
    2026-03-08@ravi settlement.executed account:H \(done(40_001)) settlement.more-than-approved
    2026-03-08@ravi settlement.executed account:H \(done(outstanding: 90_000)) settlement.outstanding
    2026-03-08@ravi settlement.executed account:C \(done()) settlement.not-cleared
    2026-03-08@ravi settlement.executed account:Q \(done()) settlement.not-cleared
    2026-03-08@ravi settlement.executed account:L \(done()) settlement.not-cleared
    2026-03-08@ravi charge.waived account:C {"scope":"interest","waived":\(sum(1)),"outstanding":\(sum(1)),"proposal":"S","proposer":"asha"} waiver.before-clearance
    2026-03-08@asha plan.proposed account:N \(plan("L1")) -
    2026-03-08@asha plan.proposed account:N \(plan("L1", total: 60_001)) plan.total
    2026-03-08@asha plan.proposed account:N \(plan("L1", items: [])) plan.items
    2026-03-08@asha plan.proposed account:N {"plan":"L1","kind":"payment_holiday","proposed_by":"debtor"} -
    2026-03-08@asha plan.proposed account:N \(plan("L1", items: ["2026-03-07", "2026-03-20"])) plan.past-day
    2026-03-08@asha plan.proposed account:C \(plan("L1")) plan.settled
    2026-03-08@asha plan.proposed account:L \(plan("L1")) -
    2026-03-08@asha plan.proposed account:p1 \(plan("L")) plan.exists
    2026-03-08@asha plan.proposed account:p1 \(plan("L1", counters: "L")) -
    2026-03-08@asha plan.proposed account:p1 \(plan("L1", counters: "L9")) plan.counters
    2026-03-08@asha plan.proposed account:p3 \(plan("L1", counters: "L")) plan.counters
    2026-03-08@ravi approval.granted account:p1 \(grant("meena", 1)) -
    2026-03-08@ravi approval.granted account:p1 \(grant("asha", 1)) approval.own-proposal
    2026-03-08@ravi approval.granted account:p1 \(grant("meena", 0)) approval.level
    2026-03-08@ravi approval.granted account:p1 \(grant("meena", 1, amount: 59_999)) approval.limit
    2026-03-08@ravi approval.granted account:p2 \(grant("meena", 1)) approval.proposal
    2026-03-08@ravi approval.granted account:P {"action":"settlement","proposal":"S","approver":"meena"} approval.settlement
    2026-03-08@ravi approval.granted account:N {"action":"legal_action","proposal":"X","approver":"meena"} -
    2026-03-08@ravi plan.agreed account:p2 {"plan":"L","acceptance":"code"} -
    2026-03-08@ravi plan.agreed account:p2 {"plan":"L","acceptance":"signed"} plan.evidence
    2026-03-08@ravi plan.agreed account:p2 {"plan":"L","acceptance":"signed","document":"D1"} -
    2026-03-08@ravi plan.agreed account:p1 {"plan":"L","acceptance":"code"} plan.not-approved
    2026-03-08@ravi plan.agreed account:p2 {"plan":"L9","acceptance":"code"} plan.unknown
    2026-03-08@ravi plan.agreed account:p3 {"plan":"L","acceptance":"code"} plan.told
    2026-03-08@ravi plan.agreed account:p6 {"plan":"L2","acceptance":"code"} plan.active
    2026-03-08@ravi plan.cancelled account:p3 {"plan":"L","reason":"superseded"} -
    2026-03-08@ravi plan.cancelled account:p3 {"plan":"L","reason":"default"} plan.not-broken
    2026-03-08@ravi plan.cancelled account:p4 {"plan":"L","reason":"default"} -
    2026-03-08@ravi plan.cancelled account:p5 {"plan":"L","reason":"superseded"} plan.not-active
    2026-03-08@ravi plan.cancelled account:p2 {"plan":"L","reason":"superseded"} plan.not-active
    """

  @Test func `a command is refused by the rule of the table`() throws {
    let told = try Self.told()
    for (line, draft, rule) in try Self.parts() {
      #expect(try told.journal.refusal(of: draft) == rule, "\(line)")
    }
  }

  @Test func `history is stored, and flagged by the same rule of the table`() throws {
    for (line, draft, rule) in try Self.parts() {
      let told = try Self.told()
      #expect(try told.journal.flags(of: draft) == (rule == "-" ? [] : [rule]), "\(line)")
    }
  }
}

// MARK: - Telling

extension `What may happen to settlements and plans` {
  static func told() throws -> HouseTold {
    let told = try HouseTold("")
    let drafts = try house.split(separator: "\n").map { try draft($0) }
    try told.journal.write { (batch: inout Batch) throws(JournalError) in
      for draft in drafts { try batch.append(draft) }
    }
    return told
  }

  static func parts() throws -> [(line: Substring, draft: Draft, rule: String)] {
    try tries.split(separator: "\n").map { line in
      let rule = line.split(separator: " ").last.map(String.init) ?? ""
      return (line, try draft(line.dropLast(rule.utf8.count + 1)), rule)
    }
  }

  // DAY@ACTOR EVENT KIND:ID BODY; payments and dues carry their sums in the header.
  static func draft(_ line: some StringProtocol) throws -> Draft {
    let text = String(line)
    var draft = try HouseTold.draft(text)
    let isOpening = text.contains("account.opened")
    guard
      let sum = text.firstRange(
        of: isOpening ? "\"principal\":{\"minor\":" : "\"amount\":{\"minor\":")
    else { return draft }
    let minor = Int64(text[sum.upperBound...].prefix { "-0123456789".contains($0) }) ?? 0
    draft.amount = Money(minor: minor, currency: Currency(rawValue: 356))
    return draft
  }

  static func sum(_ minor: Int) -> String { "{\"minor\":\(minor),\"currency\":\"INR\"}" }

  static let letter =
    "{\"settlement\":\"S\",\"letter_hash\":\"\(String(repeating: "00", count: 32))\"}"

  static func items(_ days: [String], _ each: Int) -> String {
    "[" + days.map { "{\"due_on\":\"\($0)\",\"amount\":\(sum(each))}" }.joined(separator: ",") + "]"
  }

  static func offer(
    _ id: String, offer: Int = 60_000, waived: Int = 40_000, outstanding: Int = 100_000,
    items days: [String] = ["2026-03-20", "2026-03-31"], until: String = "2026-03-31",
    supersedes: String? = nil
  ) -> String {
    "{\"settlement\":\"\(id)\",\"offer\":\(sum(offer)),\"outstanding\":\(sum(outstanding)),"
      + "\"waived\":\(sum(waived)),\"items\":\(items(days, 30_000)),\"valid_until\":\"\(until)\""
      + (supersedes.map { ",\"supersedes\":\"\($0)\"" } ?? "") + "}"
  }

  static func approval(_ who: String, _ level: Int, waived: Int = 40_000) -> String {
    "{\"settlement\":\"S\",\"approver\":\"\(who)\",\"approver_level\":\(level),"
      + "\"waived\":\(sum(waived))}"
  }

  static func done(_ waived: Int = 40_000, outstanding: Int = 100_000) -> String {
    "{\"settlement\":\"S\",\"waived\":\(sum(waived)),\"outstanding\":\(sum(outstanding))}"
  }

  static func plan(
    _ id: String, items days: [String] = ["2026-03-20", "2026-04-20"], total: Int? = nil,
    counters: String? = nil
  ) -> String {
    "{\"plan\":\"\(id)\",\"kind\":\"instalments\",\"proposed_by\":\"house\","
      + "\"items\":\(items(days, 30_000))" + (total.map { ",\"total\":\(sum($0))" } ?? "")
      + (counters.map { ",\"counters\":\"\($0)\"" } ?? "") + "}"
  }

  static func grant(_ who: String, _ level: Int, amount: Int? = nil, of id: String = "L") -> String
  {
    "{\"action\":\"plan\",\"proposal\":\"\(id)\",\"approver\":\"\(who)\","
      + "\"approver_level\":\(level)" + (amount.map { ",\"amount\":\(sum($0))" } ?? "") + "}"
  }

  static func opened(_ account: String, debtor: String = "P1") -> String {
    """
    2026-01-01@boss account.opened account:\(account) {"account_no":"\(account)","product":"personal","principal":\(sum(100_000)),"opened_on":"2025-04-01","debtor":"\(debtor)","time_zone":"Asia/Kolkata","sanction_level":1,"sanctioned_by":["boss"]}
    2026-01-05@boss due.raised account:\(account) {"due":"d1","kind":"instalment","due_date":"2026-01-05","amount":\(sum(100_000))}
    """
  }

  static func settled(
    _ account: String, to step: Int, items: [String] = ["2026-03-20", "2026-03-31"],
    until: String = "2026-03-31", check: String = "passed", debtor: String = "P1"
  ) -> String {
    let steps = [
      "2026-02-01@asha settlement.proposed account:\(account) "
        + offer("S", items: items, until: until),
      "2026-02-02@ravi settlement.validated account:\(account) "
        + "{\"settlement\":\"S\",\"checks\":[{\"name\":\"haircut\",\"result\":\"\(check)\"}]}",
      "2026-02-03@ravi settlement.approved account:\(account) " + approval("meena", 3),
      "2026-02-04@ravi settlement.offered account:\(account) " + letter,
      "2026-02-05@ravi settlement.accepted account:\(account) "
        + "{\"settlement\":\"S\",\"acceptance\":\"signed\"}",
    ]
    return ([opened(account, debtor: debtor)] + steps.prefix(step)).joined(separator: "\n")
  }

  static func stay(_ account: String) -> String {
    "2026-02-10@ravi hold.placed account:\(account) "
      + "{\"hold\":\"h1\",\"kind\":\"court_stay\",\"from\":\"2026-02-10\"}"
  }

  static func disputed(_ account: String, _ id: String, due: String? = nil) -> String {
    "2026-02-01@ravi dispute.raised account:\(account) {\"dispute\":\"\(id)\","
      + "\"category\":\"amount\",\"form\":\"oral\"" + (due.map { ",\"dues\":[\"\($0)\"]" } ?? "")
      + "}"
  }

  static func planned(
    _ account: String, to step: Int, items: [String] = ["2026-03-20", "2026-04-20"],
    id: String = "L"
  ) -> String {
    let steps = [
      "2026-02-01@asha plan.proposed account:\(account) " + plan(id, items: items),
      "2026-02-02@ravi approval.granted account:\(account) " + grant("meena", 1, of: id),
      "2026-02-03@ravi plan.agreed account:\(account) {\"plan\":\"\(id)\",\"acceptance\":\"code\"}",
    ]
    let first = account == "p6" && id == "L" ? [] : [opened(account)]
    return (first + steps.prefix(step)).joined(separator: "\n")
  }

  static func paid(_ account: String, _ minor: Int, provisional: Bool = false) -> String {
    "2026-02-18@asha payment.received account:\(account) {\"payment\":\"p1\","
      + "\"amount\":\(sum(minor)),\"mode\":\"cheque\",\"cheque\":\"CH\""
      + (provisional ? ",\"provisional\":true" : "") + "}"
  }
}
