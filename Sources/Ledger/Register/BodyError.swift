/// A body that does not fit its schema: which property, and what is wrong with it.
package struct BodyError: Error, Hashable, Sendable {
  /// Where: `items[1].amount.minor`; empty for the body as a whole.
  package var path: String
  /// What is wrong, as a sentence without its subject.
  package var what: String

  /// An error in the property at `path`.
  package init(_ what: String, path: String = "") {
    self.path = path
    self.what = what
  }

  /// The same error seen from the object that holds the property `name`.
  package func inside(_ name: String) -> BodyError {
    let joint = path.isEmpty || path.utf8.first == UInt8(ascii: "[") ? "" : "."
    return BodyError(what, path: name + joint + path)
  }
}

extension BodyError: CustomStringConvertible {
  /// `path: what`.
  package var description: String { path.isEmpty ? what : "\(path): \(what)" }
}
