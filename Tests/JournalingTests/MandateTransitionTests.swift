import Journaling
import Ledger
import LedgerTesting
import Testing

private func day(_ text: String) -> Day { Day(text) ?? .none }
private let rupee = Currency(rawValue: 356)
private let sum = Money(minor: 500_000, currency: rupee)

/// The state machine of `domain.md` 2.13 for presentations of a mandate.
@Suite struct `A debit is presented again only when its return allows it` {
  typealias Step = @Sendable (_ account: String) -> Draft

  static func registered(to last: String, minor: Int64 = 600_000) -> Step {
    { account in
      let limit = Money(minor: minor, currency: rupee)
      return Draft(
        Mandate.Registered(
          mandate: "M1", rail: "nach", limit: limit, from: day("2026-01-01"), to: day(last)),
        on: account, day: day("2026-01-01"), counts: day("2026-01-01"), amount: limit)
    }
  }
  static let registered = registered(to: "2026-12-31")
  static let backwards = registered(to: "2025-12-31")
  static let forNothing = registered(to: "2026-12-31", minor: 0)
  static let ended: Step = { account in
    Draft(
      Mandate.Ended(mandate: "M1", reason: "cancelled_by_payer"), on: account,
      day: day("2026-03-08"))
  }
  static func presented(
    _ attempt: Int64, _ on: String, minor: Int64 = 500_000, confirmation: String? = nil
  ) -> Step {
    { account in
      let asked = Money(minor: minor, currency: rupee)
      return Draft(
        Mandate.Presented(
          presentation: "N\(attempt)", rail: "nach", due: "d1", amount: asked, attemptNo: attempt,
          mandate: "M1", confirmation: confirmation),
        on: account, day: day(on), counts: day(on), amount: asked)
    }
  }
  static func bounced(
    _ attempt: Int64, _ on: String, _ reason: String, technical: Bool = false
  ) -> Step {
    { account in
      Draft(
        Mandate.Bounced(
          presentation: "N\(attempt)", due: "d1", reason: reason, technical: technical,
          amount: sum), on: account, day: day(on), counts: day(on), amount: sum)
    }
  }
  static let paid: Step = { account in
    Draft(
      Payment.Received(payment: "R1", amount: sum, mode: "nach", presentation: "N1"),
      on: account, day: day("2026-03-06"), counts: day("2026-03-06"), amount: sum)
  }

  static let first = [registered, presented(1, "2026-03-05")]
  static let returned = first + [bounced(1, "2026-03-06", "insufficient_funds")]

  /// What went before, and what is tried.
  static let tries: [(String, [Step], Step)] = [
    ("registered", [], registered),
    ("registered twice", [registered], registered),
    ("registered to end before it starts", [], backwards),
    ("registered for nothing", [], forNothing),
    ("ended", [registered], ended),
    ("ended twice", [registered, ended], ended),
    ("ended, never registered", [], ended),
    ("first, in force", [registered], presented(1, "2026-03-05")),
    ("never registered", [], presented(1, "2026-03-05")),
    ("after its end", [registered, ended], presented(1, "2026-03-10")),
    ("before it starts", [registered], presented(1, "2025-12-31")),
    ("above the limit", [registered], presented(1, "2026-03-05", minor: 600_001)),
    ("out of count", [registered], presented(2, "2026-03-05")),
    ("while the first is open", first, presented(2, "2026-03-10")),
    ("after it was paid", first + [paid], presented(2, "2026-03-10")),
    ("after want of funds", returned, presented(2, "2026-03-09")),
    ("a day too soon", returned, presented(2, "2026-03-08")),
    (
      "after a technical return", first + [bounced(1, "2026-03-06", "image_unclear")],
      presented(2, "2026-03-09")
    ),
    (
      "after a stop", first + [bounced(1, "2026-03-06", "payment_stopped")],
      presented(2, "2026-03-09")
    ),
    (
      "after a death", first + [bounced(1, "2026-03-06", "death")], presented(2, "2026-03-09")
    ),
    (
      "after an unknown code", first + [bounced(1, "2026-03-06", "moon_phase")],
      presented(2, "2026-03-09")
    ),
    (
      "after an unknown code called technical",
      first + [bounced(1, "2026-03-06", "moon_phase", technical: true)], presented(2, "2026-03-09")
    ),
    (
      "the fourth time",
      returned + [
        presented(2, "2026-03-10"), bounced(2, "2026-03-11", "no_balance"),
        presented(3, "2026-03-15"), bounced(3, "2026-03-16", "no_balance"),
      ], presented(4, "2026-03-20")
    ),
    ("a return of nothing", [registered], bounced(1, "2026-03-06", "no_balance")),
    ("a return", first, bounced(1, "2026-03-06", "no_balance")),
    ("a second return", returned, bounced(1, "2026-03-07", "no_balance")),
    ("a return of what was paid", first + [paid], bounced(1, "2026-03-07", "no_balance")),
  ]

  static let table = """
    registered: ok
    registered twice: mandate.exists
    registered to end before it starts: mandate.ends-after-start
    registered for nothing: money.positive
    ended: ok
    ended twice: mandate.in-force
    ended, never registered: mandate.in-force
    first, in force: ok
    never registered: mandate.in-force
    after its end: mandate.in-force
    before it starts: mandate.in-force
    above the limit: mandate.limit
    out of count: presentation.attempt
    while the first is open: presentation.open
    after it was paid: presentation.open
    after want of funds: ok
    a day too soon: presentation.too-soon
    after a technical return: ok
    after a stop: presentation.class
    after a death: presentation.class
    after an unknown code: presentation.class
    after an unknown code called technical: ok
    the fourth time: presentation.limit
    a return of nothing: presentation.unknown
    a return: ok
    a second return: presentation.fate
    a return of what was paid: presentation.fate

    """

  @Test func `every illegal step is refused at the keyboard and flagged on import`() throws {
    let bench = try PaperBench()
    var keyboard = ""
    for (index, (name, before, step)) in Self.tries.enumerated() {
      let (typed, brought) = ("K\(index)", "I\(index)")
      try bench.prepare(typed, before.map { $0(typed) })
      try bench.prepare(brought, before.map { $0(brought) })
      keyboard += "\(name): \(try bench.record(step(typed)) ?? "ok")\n"
      try bench.bring(step(brought))
    }
    #expect(keyboard == Self.table)
    // A code that no list has is listed besides, whether the step was in order or not.
    let flagged = try bench.flags { $0 != "code.unknown" }
    var imported = ""
    for (index, (name, _, _)) in Self.tries.enumerated() {
      imported += "\(name): \(flagged["I\(index)"] ?? "ok")\n"
    }
    #expect(imported == Self.table)
  }

  @Test func `where the house wants the customer's word, a debit without it is refused`() throws {
    let bench = try PaperBench()
    let json = Array(
      #"{"max_representations":2,"min_gap_days":3,"needs_confirmation":true}"#.utf8)
    let body = try BodyCodec.encodeJSON(json.span)
    let adopted = Draft(
      Policy.Adopted(
        policy: "nach", kind: "representation", version: 1, effectiveFrom: day("2026-01-01"),
        status: "in_force", retroactive: "none", body: body,
        bodyHash: [UInt8](repeating: 0, count: 32)),
      subject: Reference(kind: "policy", id: "nach"), day: day("2026-01-01"))
    try bench.bring(adopted)
    try bench.prepare("A1", Self.returned.map { $0("A1") })
    let silent = try bench.record(Self.presented(2, "2026-03-09")("A1"))
    let confirmed = try bench.record(Self.presented(2, "2026-03-09", confirmation: "sms-7")("A1"))
    #expect(silent == "presentation.confirmation")
    #expect(confirmed == nil)
  }
}
