/// Who did it, for whom, and in what role: one tuple, one actor number.
package struct Actor: Hashable, Sendable {
  /// The person's or machine's id.
  package var id: String
  /// `actor_role`, such as `collector`.
  package var role: String?
  /// `employment`, such as `agency`.
  package var employment: String?
  /// The agency worked for.
  package var agency: String?

  /// An actor.
  package init(id: String, role: String? = nil, employment: String? = nil, agency: String? = nil) {
    self.id = id
    self.role = role
    self.employment = employment
    self.agency = agency
  }

  /// The tuple as one name: the id alone, or four fields separated by U+001F.
  package var name: String {
    if role == nil, employment == nil, agency == nil { return id }
    return [id, role ?? "", employment ?? "", agency ?? ""].joined(separator: "\u{1F}")
  }

  /// The actor of a name made by `name`.
  package init(name: String) {
    let parts = name.split(separator: "\u{1F}", omittingEmptySubsequences: false).map(String.init)
    func part(_ index: Int) -> String? {
      index < parts.count && !parts[index].isEmpty ? parts[index] : nil
    }
    self.init(id: parts.first ?? "", role: part(1), employment: part(2), agency: part(3))
  }
}
