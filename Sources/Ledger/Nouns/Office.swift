/// What the house's own work leaves: tasks, collectors' reports, reviews held.
package struct Office: Chronicle {
  /// Something told, with its place in the log and in the world.
  package struct Told<Body: Sendable>: Tidings {
    /// Position of the event.
    package var seq: Position
    /// Local date on which it happened, and the moment, microseconds UTC.
    package var day: Day, occurred: Int64
    /// Number of the actor who told it.
    package var actor: UInt32
    /// Id of the stream on which it stands: the collector of a report, the unit of a task.
    package var place: String
    /// What was told.
    package var body: Body

    /// Something told by an event; `place` is the id of its stream.
    package init(_ event: borrowing EventView, place: String, _ body: Body) {
      let header = event.header
      self.init(
        seq: header.seq, day: header.occurredOn,
        occurred: header.occurred, actor: header.actor, place: place, body: body)
    }

    private init(
      seq: Position, day: Day, occurred: Int64, actor: UInt32, place: String, body: Body
    ) {
      (self.seq, self.day, self.occurred, self.actor) = (seq, day, occurred, actor)
      (self.place, self.body) = (place, body)
    }

    /// The same place with a part of what was told.
    package func with<Part: Sendable>(_ part: Part) -> Told<Part> {
      Told<Part>(
        seq: seq, day: day, occurred: occurred, actor: actor, place: place, body: part)
    }
  }

  private struct Sheaf: Hashable, Sendable {
    var collector: String
    var on: Day
  }

  /// The tasks given, in the order of the world. The first completion counts.
  package private(set) var duties: [Duty.Case] = []
  /// The reports handed in, in the order of the world. What is handed in again after it
  /// was returned is the same report; a review or approval of a report that does not wait for it
  /// changes nothing.
  package private(set) var collectorReports: [CollectorReport.Case] = []
  /// Reviews held.
  package private(set) var reviews: [Told<CollectorReport.ReviewHeld>] = []
  /// Kinds of the documents filed, by id.
  package private(set) var documents: [String: String] = [:]
  private var dutiesAt: [String: Int] = [:]
  private var reportsAt: [String: Int] = [:]
  private var daysAt: [Sheaf: Int] = [:]

  /// A task by its id; the first of that id.
  package func duty(_ id: String) -> Duty.Case? { dutiesAt[id].map { duties[$0] } }

  /// A report by its id; the first of that id.
  package func report(_ id: String) -> CollectorReport.Case? {
    reportsAt[id].map { collectorReports[$0] }
  }

  /// The report of a collector for a day that came last.
  package func report(of collector: String, on day: Day) -> CollectorReport.Case? {
    daysAt[Sheaf(collector: collector, on: day)].map { collectorReports[$0] }
  }

  /// Types of events that make it.
  package static let reads = judged.union(
    TypeMask([
      EventCode.approvalGranted, EventCode.approvalDeclined, EventCode.documentFiled,
    ]))
  /// Those of them that decisions of this file's nouns judge on import.
  package static let judged = TypeMask([
    EventCode.taskAssigned, EventCode.taskCompleted, EventCode.reportSubmitted,
    EventCode.reportReviewed, EventCode.reportReviewHeld,
  ])

  /// Nothing told.
  package init() {}

  /// Approvals and papers stand on accounts.
  package static let isOnAccounts = true

  /// Whether an event is told to the office: of approvals those of its reports.
  package static func hears(_ event: Event) -> Bool {
    switch event {
    case .approvalGranted(let granted): granted.action == action
    case .approvalDeclined(let declined): declined.action == action
    default: true
    }
  }

  /// Takes the next thing that was told.
  package mutating func take(_ told: Told<Event>) {
    switch told.body {
    case .taskAssigned(let task): give(told.with(task))
    case .taskCompleted(let done): end(told.with(done))
    case .reportSubmitted(let report): submit(told.with(report))
    case .reportReviewed(let looked): review(told.with(looked))
    case .reportReviewHeld(let review): reviews.append(told.with(review))
    case .approvalGranted(let granted):
      conclude(granted.proposal, .approved, granted.approver, told.day)
    case .approvalDeclined(let declined):
      conclude(declined.proposal, .declined, declined.approver, told.day)
    case .documentFiled(let paper): documents[paper.document] = paper.kind
    default: break
    }
  }

  private mutating func give(_ task: Told<Duty.Assigned>) {
    guard dutiesAt[task.body.task] == nil else { return }
    dutiesAt[task.body.task] = duties.count
    duties.append(Duty.Case(given: task))
    if let old = task.body.replaces, let index = dutiesAt[old] {
      duties[index].replacement = task.body.task
    }
  }

  private mutating func end(_ end: Told<Duty.Completed>) {
    guard let index = dutiesAt[end.body.task], duties[index].end == nil else { return }
    duties[index].end = end
  }

  private mutating func submit(_ report: Told<CollectorReport.Submitted>) {
    if let index = reportsAt[report.body.report], collectorReports[index].collector == report.place
    {
      guard collectorReports[index].stage.isBack else { return }
      collectorReports[index].handedIn = report
      collectorReports[index].times += 1
      collectorReports[index].stage = .submitted
      return
    }
    let sheaf = Sheaf(collector: report.place, on: report.body.on)
    if reportsAt[report.body.report] == nil {
      reportsAt[report.body.report] = collectorReports.count
    }
    daysAt[sheaf] = collectorReports.count
    collectorReports.append(CollectorReport.Case(handedIn: report))
  }

  private mutating func review(_ review: Told<CollectorReport.Reviewed>) {
    guard let index = reportsAt[review.body.report], collectorReports[index].stage == .submitted
    else { return }
    collectorReports[index].review = review
    collectorReports[index].stage = review.body.outcome == "returned" ? .returned : .reviewed
  }

  private mutating func conclude(
    _ report: String, _ stage: CollectorReport.Stage, _ approver: String, _ day: Day
  ) {
    guard let index = reportsAt[report], collectorReports[index].stage == .reviewed else { return }
    collectorReports[index].approver = approver
    collectorReports[index].decidedOn = day
    collectorReports[index].stage = stage
  }

  private static let action = "collector_report"
}
