/// Another stream or entry that an event names: `{kind, id}`.
package struct Reference: Hashable, Sendable {
  /// What kind of thing: `account`, `cheque`, `event` …
  package var kind: String
  /// Its id.
  package var id: String

  /// A reference to `id` of `kind`.
  package init(kind: String, id: String) {
    self.kind = kind
    self.id = id
  }
}
