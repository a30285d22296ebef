/// The domain says no: what was refused, by which rule, and what to do instead.
package struct Refusal: Error, Hashable, Sendable {
  /// The rule's name, such as `due.components-add-up`. It is published: scripts may match it.
  package var rule: String
  /// One sentence: what was refused and why, with the figures that show it.
  package var what: String
  /// One sentence: what to do instead.
  package var remedy: String

  /// A refusal by `rule`.
  package init(rule: String, _ what: String, remedy: String) {
    self.rule = rule
    self.what = what
    self.remedy = remedy
  }
}

extension Refusal: CustomStringConvertible {
  /// `what (rule …) remedy`.
  package var description: String { "\(what) [\(rule)] \(remedy)" }
}
