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
