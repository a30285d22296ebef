import Journaling
import Ledger

/// Every register and report that `arrears show` has of a whole ledger, each by its name there, so
/// that any of them can be held against the header replay.
struct Registers {
  /// Where a register is looked at from, and whether facts kept in `views` may serve.
  struct Place {
    let journal: Journal
    let vantage: Vantage
    let use: KeptFacts.Use

    var asOf: Day { vantage.asOf }
    /// The end of the month before the day asked about: where its period opens.
    var opening: Day { vantage.asOf.startOfMonth - 1 }

    /// Folds a book over every account and makes its table.
    func fold<B: Book>(_ book: B, _ snapshot: borrowing Snapshot) throws -> Sheet {
      let question = Question(vantage: vantage)
      return try journal.answer(book, question, snapshot, keeping: use).book.sheet(journal.naming)
    }
  }

  typealias Make = @Sendable (Place, borrowing Snapshot) throws -> Sheet

  /// The name of a register, and how its table is made.
  static let all: [(name: String, make: Make)] = money + desk + periods + office

  /// Folds a register so many times on this thread, from the question to the table: events of the
  /// ledger a second of processor time, that time, and the rows.
  static func measure(_ name: String, _ path: String, rounds: Int, from source: String) throws
    -> [String: Double]
  {
    guard let make = all.first(where: { $0.name == name })?.make else { return [:] }
    let journal = try Journal(path)
    guard let zone = Zone(journal.identity.zone) else { return [:] }
    var times: [Double] = []
    var (head, rows) = (0.0, 0)
    for _ in 0..<rounds {
      var failure: (any Error)?
      try journal.read { (snapshot) throws(JournalError) in
        let learned = try snapshot.recorded(at: snapshot.head) ?? Moment(rawValue: 0)
        let vantage = Vantage(asOf: zone.day(of: learned), knownAt: snapshot.head)
        let place = Place(
          journal: journal, vantage: vantage, use: source == "kept" ? .whenWorthwhile : .never)
        let begun = Clock.processor
        do { rows = try make(place, snapshot).rows.count } catch { failure = error }
        times.append(Clock.processor - begun)
        head = Double(snapshot.head)
      }
      if let failure { throw failure }
    }
    return ["rate": head / times.median, "cpu": times.median, "rows": Double(rows)]
  }

  private static let money: [(name: String, make: Make)] = [
    ("aging", { try $0.fold(Aging(by: .bucket, form: .bucketed, asOf: $0.asOf), $1) }),
    ("aging-account", { try $0.fold(Aging(by: .account, form: .bucketed, asOf: $0.asOf), $1) }),
    ("aging-slotted", { try $0.fold(Aging(by: .bucket, form: .slotted, asOf: $0.asOf), $1) }),
    ("aging-zone", { try $0.fold(Aging(by: .zone, form: .bucketed, asOf: $0.asOf), $1) }),
    (
      "aging-disputed",
      { try $0.fold(Aging(by: .bucket, form: .bucketed, asOf: $0.asOf, disputed: true), $1) }
    ),
    ("control", { try $0.fold(Control(), $1) }),
    (
      "anomalies",
      { try $0.journal.anomalies(Question(vantage: $0.vantage), $1).sheet() }
    ),
    ("allocations", { try $0.fold(Allocations(asOf: $0.asOf, onlyHeld: false), $1) }),
    (
      "collected",
      {
        try $0.fold(
          Collected(by: .collector, from: $0.opening + 1, to: $0.asOf, asOf: $0.asOf), $1)
      }
    ),
    ("credit", { try $0.fold(CreditWatch(asOf: $0.asOf, all: false), $1) }),
    ("targets", { try $0.fold(TargetBook(asOf: $0.asOf), $1) }),
    ("queue", { try $0.fold(WorkQueue(asOf: $0.asOf, collector: nil), $1) }),
  ]

  private static let desk: [(name: String, make: Make)] = [
    ("pdc", { try $0.fold(ChequeRegister(asOf: $0.asOf), $1) }),
    ("bounces", { try $0.fold(BounceRegister(from: $0.opening + 1, to: $0.asOf), $1) }),
    ("bounce-rates", { try $0.fold(BounceRates(from: $0.opening + 1, to: $0.asOf), $1) }),
    (
      "promises",
      { try $0.fold(PromiseBook(by: .item, asOf: $0.asOf, onlyRolling: false), $1) }
    ),
    ("promises-diary", { try $0.fold(PromiseDiary(asOf: $0.asOf, days: 7, by: .date), $1) }),
    (
      "contacts",
      { try $0.fold(ContactReport(by: .collectorDay, from: $0.opening + 1, asOf: $0.asOf), $1) }
    ),
    (
      "contacts-collector",
      { try $0.fold(ContactReport(by: .collector, from: $0.opening + 1, asOf: $0.asOf), $1) }
    ),
    (
      "productivity",
      { try $0.fold(Productivity(from: $0.opening + 1, asOf: $0.asOf, Attendance()), $1) }
    ),
    ("reasons", { try $0.fold(DelayReasons(by: .total, from: $0.opening + 1, asOf: $0.asOf), $1) }),
    ("advice", { try $0.fold(AdviceRegister(from: $0.opening + 1, asOf: $0.asOf), $1) }),
    ("disputes", { try $0.fold(DisputeRegister(asOf: $0.asOf, onlyOpen: false), $1) }),
    ("complaints", { try $0.fold(ComplaintRegister(asOf: $0.asOf, onlyOpen: false), $1) }),
    ("queries", { try $0.fold(QueryRegister(asOf: $0.asOf, onlyOpen: false), $1) }),
    ("settlements", { try $0.fold(SettlementRegister(asOf: $0.asOf, onlyOpen: false), $1) }),
    ("plans", { try $0.fold(PlanRegister(asOf: $0.asOf, onlyOpen: false), $1) }),
    ("legal", { try $0.fold(LegalDiary(asOf: $0.asOf, all: true), $1) }),
    ("security", { try $0.fold(SecurityRegister(asOf: $0.asOf, onlyHeld: false), $1) }),
  ]

  private static let periods: [(name: String, make: Make)] = [
    ("roll", { try $0.fold(RollMatrix(opening: $0.opening, closing: $0.asOf), $1) }),
    (
      "mis",
      { try $0.fold(ManagementReport(by: .total, opening: $0.opening, closing: $0.asOf), $1) }
    ),
    (
      "mis-bucket",
      { try $0.fold(ManagementReport(by: .bucket, opening: $0.opening, closing: $0.asOf), $1) }
    ),
    (
      "mis-collector",
      { try $0.fold(ManagementReport(by: .collector, opening: $0.opening, closing: $0.asOf), $1) }
    ),
    (
      "receivables",
      { try $0.fold(ReceivablesReport(opening: $0.opening, closing: $0.asOf), $1) }
    ),
    (
      "vintage",
      {
        let first = $0.asOf.adding(months: -12) ?? $0.asOf
        return try $0.fold(VintageBook(.ever, over: 30, from: first, asOf: $0.asOf), $1)
      }
    ),
    ("pattern", { try $0.fold(PaymentPattern(asOf: $0.asOf), $1) }),
  ]

  private static let office: [(name: String, make: Make)] = [
    (
      "bookings",
      { try $0.fold(BookingAlerts(try $0.journal.bookings($0.vantage, $1), all: true), $1) }
    ),
    (
      "tasks",
      {
        TaskRegister(try $0.journal.office($0.vantage, $1), asOf: $0.asOf, onlyOpen: false).sheet
      }
    ),
    ("reports", { ReportRegister(try $0.journal.office($0.vantage, $1)).sheet }),
    ("receipt-books", { ReceiptBookRegister(try $0.journal.shelf($0.vantage, $1)).sheet }),
    (
      "cash",
      {
        let custody = Cash.Custody(
          try $0.journal.cashMoves($0.vantage, $1), from: $0.opening + 1)
        return CashRegister(custody, asOf: $0.asOf, terms: Terms()).sheet
      }
    ),
    (
      "deposits",
      {
        let custody = Cash.Custody(try $0.journal.cashMoves($0.vantage, $1))
        return DepositRegister(custody, from: .none, onlyOpen: false).sheet
      }
    ),
    (
      "empanelment",
      {
        let (_, house) = try $0.journal.rules(
          Question(vantage: $0.vantage), at: $0.vantage.knownAt, $1)
        return EmpanelmentRegister(house, asOf: $0.asOf, within: 30).sheet
      }
    ),
  ]
}
