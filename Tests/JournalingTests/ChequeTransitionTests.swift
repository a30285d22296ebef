import Journaling
import Ledger
import LedgerTesting
import Testing

private func day(_ text: String) -> Day { Day(text) ?? .none }
private let rupee = Currency(rawValue: 356)
private let sum = Money(minor: 500_000, currency: rupee)

/// The state machine of `domain.md` 2.13 for cheques, each illegal step refused at the keyboard and
/// flagged when it comes by import.
@Suite struct `A cheque may only do what a cheque can do` {
  typealias Step = @Sendable (_ account: String) -> Draft

  static let received: Step = { account in
    Draft(
      Cheque.Received(
        cheque: "C1", chequeDate: day("2026-03-10"), amount: sum, kind: "post_dated",
        number: "000123", bank: "HDFC0001", custodian: "u1"), on: account,
      day: day("2026-03-01"), amount: sum)
  }
  static let moved: Step = { account in
    Draft(Cheque.Moved(cheque: "C1", from: "u1", to: "u2"), on: account, day: day("2026-03-20"))
  }
  static func deposited(_ attempt: Int64, _ on: String) -> Step {
    { account in
      Draft(
        Cheque.Deposited(cheque: "C1", deposit: "D1", amount: sum, attemptNo: attempt),
        on: account, day: day(on), counts: day(on), amount: sum)
    }
  }
  static func cleared(_ on: String) -> Step {
    { account in
      Draft(
        Cheque.Cleared(cheque: "C1", amount: sum), on: account, day: day(on), counts: day(on),
        amount: sum)
    }
  }
  static func bounced(_ on: String) -> Step {
    { account in
      let memo = Moment(rawValue: Int64(day(on).rawValue + 1) * 86_400_000_000)
      return Draft(
        Cheque.Bounced(
          cheque: "C1", amount: sum, reason: "insufficient_funds", memoDate: day(on),
          memoReceivedAt: ClockTime(moment: memo, offset: 330)), on: account, day: day(on),
        counts: day(on), amount: sum)
    }
  }
  static func partPaid(_ minor: Int64, _ on: String) -> Step {
    { account in
      let part = Money(minor: minor, currency: rupee)
      return Draft(
        Cheque.PartPaid(cheque: "C1", amount: part), on: account, day: day(on), counts: day(on),
        amount: part)
    }
  }
  static func held(_ until: String) -> Step {
    { account in
      Draft(
        Cheque.Held(
          cheque: "C1", until: day(until), approver: "u9", reason: "customer_request"),
        on: account, day: day("2026-03-02"))
    }
  }
  static func withdrawn(_ reason: String, _ on: String) -> Step {
    { account in
      Draft(Cheque.Withdrawn(cheque: "C1", reason: reason), on: account, day: day(on))
    }
  }
  static let paid: Step = { account in
    Draft(
      Payment.Received(payment: "R1", amount: sum, mode: "cheque", cheque: "C1", provisional: true),
      on: account, day: day("2026-03-10"), counts: day("2026-03-10"), amount: sum)
  }

  static let states: [(String, [Step])] = [
    ("unknown", []),
    ("in_hand", [received]),
    ("held", [received, held("2026-04-30")]),
    ("released", [received, held("2026-04-30"), held("2026-03-05")]),
    ("deposited", [received, deposited(1, "2026-03-10")]),
    ("cleared", [received, deposited(1, "2026-03-10"), cleared("2026-03-12")]),
    ("bounced", [received, deposited(1, "2026-03-10"), bounced("2026-03-12")]),
    ("credited", [received, deposited(1, "2026-03-10"), paid, bounced("2026-03-12")]),
    ("part_paid", [received, deposited(1, "2026-03-10"), partPaid(200_000, "2026-03-12")]),
    ("returned", [received, withdrawn("returned_to_drawer", "2026-03-12")]),
    ("lost", [received, withdrawn("lost", "2026-03-12")]),
  ]

  /// What is tried in each state; the deposit counts up where there was one.
  static func tries(_ state: String) -> [(String, Step)] {
    let again = ["deposited", "cleared", "bounced", "credited", "part_paid"].contains(state)
    return [
      ("received", received), ("moved", moved),
      ("deposited", deposited(again ? 2 : 1, "2026-03-20")), ("cleared", cleared("2026-03-21")),
      ("bounced", bounced("2026-03-21")), ("part_paid", partPaid(100_000, "2026-03-21")),
      ("held", held("2026-04-15")), ("withdrawn", withdrawn("replaced", "2026-03-21")),
    ]
  }

  static let table = """
    unknown received ok
    unknown moved cheque.unknown
    unknown deposited cheque.unknown
    unknown cleared cheque.unknown
    unknown bounced cheque.unknown
    unknown part_paid cheque.unknown
    unknown held cheque.unknown
    unknown withdrawn cheque.unknown
    in_hand received cheque.exists
    in_hand moved ok
    in_hand deposited ok
    in_hand cleared cheque.not-deposited
    in_hand bounced cheque.not-deposited
    in_hand part_paid cheque.not-deposited
    in_hand held ok
    in_hand withdrawn ok
    held received cheque.exists
    held moved ok
    held deposited cheque.on-hold
    held cleared cheque.not-deposited
    held bounced cheque.not-deposited
    held part_paid cheque.not-deposited
    held held ok
    held withdrawn ok
    released received cheque.exists
    released moved ok
    released deposited ok
    released cleared cheque.not-deposited
    released bounced cheque.not-deposited
    released part_paid cheque.not-deposited
    released held ok
    released withdrawn ok
    deposited received cheque.exists
    deposited moved cheque.with-bank
    deposited deposited cheque.with-bank
    deposited cleared ok
    deposited bounced ok
    deposited part_paid ok
    deposited held cheque.with-bank
    deposited withdrawn cheque.with-bank
    cleared received cheque.exists
    cleared moved cheque.cleared
    cleared deposited cheque.cleared
    cleared cleared cheque.not-deposited
    cleared bounced cheque.not-deposited
    cleared part_paid cheque.not-deposited
    cleared held cheque.cleared
    cleared withdrawn cheque.cleared
    bounced received cheque.exists
    bounced moved ok
    bounced deposited ok
    bounced cleared cheque.not-deposited
    bounced bounced cheque.not-deposited
    bounced part_paid cheque.not-deposited
    bounced held ok
    bounced withdrawn ok
    credited received cheque.exists
    credited moved ok
    credited deposited cheque.credit-kept
    credited cleared cheque.not-deposited
    credited bounced cheque.not-deposited
    credited part_paid cheque.not-deposited
    credited held ok
    credited withdrawn cheque.credit-kept
    part_paid received cheque.exists
    part_paid moved ok
    part_paid deposited cheque.amount
    part_paid cleared cheque.not-deposited
    part_paid bounced cheque.not-deposited
    part_paid part_paid cheque.not-deposited
    part_paid held ok
    part_paid withdrawn ok
    returned received ok
    returned moved cheque.withdrawn
    returned deposited cheque.withdrawn
    returned cleared cheque.not-deposited
    returned bounced cheque.not-deposited
    returned part_paid cheque.not-deposited
    returned held cheque.withdrawn
    returned withdrawn cheque.withdrawn
    lost received ok
    lost moved cheque.withdrawn
    lost deposited cheque.withdrawn
    lost cleared cheque.not-deposited
    lost bounced cheque.not-deposited
    lost part_paid cheque.not-deposited
    lost held cheque.withdrawn
    lost withdrawn cheque.withdrawn

    """

  @Test func `every illegal step is refused at the keyboard and flagged on import`() throws {
    let bench = try PaperBench()
    var (keyboard, wanted) = ("", [String: String]())
    for (state, steps) in Self.states {
      for (name, step) in Self.tries(state) {
        let (typed, brought) = ("K-\(state)-\(name)", "I-\(state)-\(name)")
        try bench.prepare(typed, steps.map { $0(typed) })
        try bench.prepare(brought, steps.map { $0(brought) })
        keyboard += "\(state) \(name) \(try bench.record(step(typed)) ?? "ok")\n"
        wanted[brought] = "\(state) \(name)"
        try bench.bring(step(brought))
      }
    }
    #expect(keyboard == Self.table)
    let flagged = try bench.flags()
    var imported = ""
    for (state, _) in Self.states {
      for (name, _) in Self.tries(state) {
        imported += "\(state) \(name) \(flagged["I-\(state)-\(name)"] ?? "ok")\n"
      }
    }
    #expect(imported == Self.table)
  }

  @Test func `what a bank would return is refused before it goes there`() throws {
    let bench = try PaperBench()
    var table = ""
    func attempt(_ what: String, _ draft: Draft) throws {
      table += "\(what): \(try bench.record(draft) ?? "ok")\n"
    }
    try bench.prepare("A1", [Self.received("A1")])
    try attempt("the day before its date", Self.deposited(1, "2026-03-09")("A1"))
    try attempt("three months after it", Self.deposited(1, "2026-06-10")("A1"))
    try attempt("a day later", Self.deposited(1, "2026-06-11")("A1"))
    try attempt("out of count", Self.deposited(2, "2026-03-10")("A1"))
    try attempt(
      "by who does not hold it",
      {
        Draft(Cheque.Moved(cheque: "C1", from: "u5", to: "u2"), on: "A1", day: day("2026-03-02"))
      }())
    try attempt(
      "replaced by itself",
      {
        Draft(
          Cheque.Withdrawn(cheque: "C1", reason: "replaced", replacedBy: "C1"), on: "A1",
          day: day("2026-03-02"))
      }())
    #expect(
      table == """
        the day before its date: cheque.before-date
        three months after it: cheque.too-early
        a day later: cheque.stale
        out of count: cheque.attempt
        by who does not hold it: cheque.custody
        replaced by itself: cheque.replaces-itself

        """)
  }

  @Test func `one paper that goes to the bank through two accounts is flagged at the later one`()
    throws
  {
    let bench = try PaperBench()
    func received(_ account: String, _ bank: String?) -> Draft {
      Draft(
        Cheque.Received(
          cheque: "C1", chequeDate: day("2026-03-10"), amount: sum, kind: "post_dated",
          number: "000123", bank: bank), on: account, day: day("2026-03-01"), amount: sum)
    }
    func paper(_ account: String, _ bank: String?, _ rest: Step...) throws {
      try bench.prepare(account, [received(account, bank)] + rest.map { $0(account) })
    }
    // B2 went there first, though B1 was opened first.
    try paper("B1", "HDFC0001")
    try paper("B2", "HDFC0001", Self.deposited(1, "2026-03-10"))
    try bench.bring(Self.deposited(1, "2026-03-11")("B1"))
    // Nobody said of which bank; given back before it came again; never deposited.
    try paper("N1", nil, Self.deposited(1, "2026-03-10"))
    try paper("N2", nil, Self.deposited(1, "2026-03-10"))
    try paper(
      "R1", "ICIC0002", Self.deposited(1, "2026-03-10"), Self.bounced("2026-03-12"),
      Self.withdrawn("returned_to_drawer", "2026-03-13"))
    try paper("R2", "ICIC0002", Self.deposited(1, "2026-03-14"))
    try paper("H1", "UTIB0003", Self.deposited(1, "2026-03-10"))
    try paper("H2", "UTIB0003")
    let flagged = try bench.journal.flagged().map { "\($0.account) \($0.rule): \($0.what)" }
    #expect(
      flagged == [
        "B1 cheque.other-account: Cheque 000123 of bank HDFC0001 went to the bank through account "
          + "B2 too, at seq 5; one paper is paid once."
      ])
  }

  @Test func `the same number of two banks is two cheques, of one bank and drawer one`() throws {
    let bench = try PaperBench()
    func cheque(_ id: String, _ bank: String?, _ drawer: String?, _ account: [UInt8]) -> Draft {
      Draft(
        Cheque.Received(
          cheque: id, chequeDate: day("2026-03-10"), amount: sum, kind: "post_dated",
          number: "000123", bank: bank, drawer: drawer, drawerAccount: account), on: "A1",
        day: day("2026-03-01"), amount: sum)
    }
    try bench.prepare("A1", [cheque("C1", "HDFC0001", "P1", [1])])
    let table = """
      other bank: \(try bench.record(cheque("C2", "ICIC0002", "P1", [1])) ?? "ok")
      other drawer: \(try bench.record(cheque("C3", "HDFC0001", "P2", [1])) ?? "ok")
      nobody's: \(try bench.record(cheque("C4", "HDFC0001", nil, [1])) ?? "ok")
      the same, sealed anew: \(try bench.record(cheque("C5", "HDFC0001", "P1", [2])) ?? "ok")
      """
    #expect(
      table == """
        other bank: ok
        other drawer: ok
        nobody's: ok
        the same, sealed anew: cheque.in-custody
        """)
  }
}
