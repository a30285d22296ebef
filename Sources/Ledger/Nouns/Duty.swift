/// Work given to somebody, and its end.
package enum Duty {}

// MARK: - Events

extension Duty {
  /// A task or instruction was given to someone with a deadline.
  package struct Assigned: Hashable, Sendable {
    /// Task id.
    package var task: String
    /// Visit, trace, investigate, instruction ...
    package var kind: String
    /// Who must do it.
    package var assignee: String
    /// Owning department.
    package var department: String?
    /// Deadline.
    package var dueAt: ClockTime?
    /// Digest of the instruction text.
    package var textHash: [UInt8]?
    /// Task it reassigns.
    package var replaces: String?

    /// Memberwise; what the schema does not require may be left out.
    package init(
      task: String, kind: String, assignee: String, department: String? = nil,
      dueAt: ClockTime? = nil, textHash: [UInt8]? = nil, replaces: String? = nil
    ) {
      self.task = task
      self.kind = kind
      self.assignee = assignee
      self.department = department
      self.dueAt = dueAt
      self.textHash = textHash
      self.replaces = replaces
    }
  }

  /// A task was completed.
  package struct Completed: Hashable, Sendable {
    /// Which.
    package var task: String
    /// How it ended.
    package var outcome: String?

    /// Memberwise; what the schema does not require may be left out.
    package init(task: String, outcome: String? = nil) {
      self.task = task
      self.outcome = outcome
    }
  }
}

// MARK: - State

extension Duty {
  /// Where a task stands.
  package enum Stage: String, Sendable {
    case open, overdue, done, replaced
  }

  /// A task and how it ended.
  package struct Case: Sendable {
    /// How it was given.
    package var given: Office.Told<Assigned>
    /// How it was completed; nil while it is not.
    package var end: Office.Told<Completed>?
    /// The task that took its place.
    package var replacement: String?

    /// Where it stands at the end of a day: overdue when its deadline is of an earlier day, or of
    /// this one, which is then over.
    package func stage(_ asOf: Day) -> Stage {
      if end != nil { return .done }
      if replacement != nil { return .replaced }
      return given.body.dueAt.map { $0.day <= asOf } ?? false ? .overdue : .open
    }

    /// Days by which it is, or was completed, after its deadline; nil when it is in time.
    package func daysLate(_ asOf: Day) -> Int? {
      guard replacement == nil || end != nil, let due = given.body.dueAt?.day else { return nil }
      let late = (end?.day ?? asOf) - due
      return late > 0 ? late : nil
    }
  }
}

// MARK: - Decisions

extension Scene {
  // A task must be there, and neither completed nor replaced.
  fileprivate func requireOpen(task id: String) throws(Refusal) {
    guard let duty = office.duty(id) else {
      throw Refusal(
        rule: "task.unknown", "There is no task \(id).", remedy: "`arrears show tasks` lists them.")
    }
    guard duty.end == nil, duty.replacement == nil else {
      throw Refusal(
        rule: "task.over", "Task \(id) was completed or replaced already.",
        remedy: "Give a new task for what is left to do.")
    }
  }
}

extension Duty.Assigned: Decided {
  /// Refused when the id is taken, the deadline lies before the day, nobody of that name is in the
  /// house or on its panel, or the task it replaces is not open.
  package func decide(_ scene: inout Scene) throws(Refusal) {
    guard scene.office.duty(task) == nil else {
      throw Refusal(
        rule: "task.exists", "There is a task \(task) already.",
        remedy: "Choose another id; a task given to somebody else names the old one in `replaces`.")
    }
    if let dueAt, dueAt.day < scene.occurredOn {
      throw Refusal(
        rule: "task.deadline",
        "The deadline \(dueAt.day) is before the day of the task, \(scene.occurredOn).",
        remedy: "Give a deadline that can be kept, or none.")
    }
    let key = TextKey(assignee)
    guard
      scene.house.placement(of: key, on: scene.occurredOn) != nil
        || scene.house.agency(key, on: scene.occurredOn).standing == .active
    else {
      throw Refusal(
        rule: "task.assignee", "Nobody called \(assignee) works here on \(scene.occurredOn).",
        remedy: "Record party.assigned or agency.empanelled first, or check the id.")
    }
    if let replaces { try scene.requireOpen(task: replaces) }
  }
}

extension Duty.Completed: Decided {
  /// Refused when there is no such task, or it is over.
  package func decide(_ scene: inout Scene) throws(Refusal) { try scene.requireOpen(task: task) }
}
