import Ledger

/// A pack as a policy says it: rules of one authority, which of them are on, and what a house
/// changes in them.
///
/// `{"pack": "in.rbi"}` takes every rule of the pack that ships enabled. `rules` names exceptions:
/// a rule that is on or off (`enabled`), other values (`parameters`), other versions (`versions`).
package struct RulePack: Sendable {
  /// What the policy says about one rule.
  package struct Change: Sendable {
    /// Id of the rule.
    package var rule: String
    /// On or off; nil leaves it as it ships.
    package var enabled: Bool?
    /// Values that replace those of every version.
    package var parameters: Value
    /// Versions that replace the shipped ones.
    package var versions: [Rule.Version]?
  }

  /// The authority: `in.rbi`.
  package var pack: String
  /// The zone of the house's own desks, when the policy names one.
  package var zone: String?
  /// The changes.
  package var changes: [Change] = []

  /// Its code in `policy_kind`.
  package static let kind = "rule_pack"

  /// Reads the body of a policy; `name` says in a sentence which one.
  package init(_ body: Value, name: String) throws(PackError) {
    for pair in body.pairs where !["pack", "zone", "rules"].contains(pair.name) {
      throw PackError("\(name) has no field `\(pair.name)`; it has pack, zone and rules.")
    }
    guard let pack = body["pack"]?.text else {
      throw PackError("\(name) does not say which `pack` it is.")
    }
    guard Catalogue.packs.contains(pack) else {
      let packs = Catalogue.packs.joined(separator: ", ")
      throw PackError("\(name) names the pack `\(pack)`, which is none; there are \(packs).")
    }
    self.pack = pack
    if let zone = body["zone"]?.text {
      guard Zone(zone) != nil else {
        throw PackError("\(name) names the zone `\(zone)`, which does not exist.")
      }
      self.zone = zone
    }
    for item in body["rules"]?.items ?? [] {
      let change = try RulePack.change(item, pack, name)
      if changes.contains(where: { $0.rule == change.rule }) {
        throw PackError("\(name) names the rule \(change.rule) twice.")
      }
      changes.append(change)
    }
  }

  private static func change(_ item: Value, _ pack: String, _ name: String) throws(PackError)
    -> Change
  {
    for pair in item.pairs
    where !["rule", "enabled", "parameters", "versions"].contains(pair.name) {
      throw PackError("\(name) says `\(pair.name)` of a rule, which nobody reads.")
    }
    guard let id = item["rule"]?.text else { throw PackError("\(name) has a rule without its id.") }
    guard let rule = Catalogue.rule(id), rule.pack == pack else {
      throw PackError("\(name) names the rule `\(id)`, which is none of the pack \(pack).")
    }
    var change = Change(rule: id, enabled: nil, parameters: [:], versions: nil)
    if case .bool(let isOn) = item["enabled"] { change.enabled = isOn }
    if let parameters = item["parameters"] {
      try check(parameters, rule, name)
      change.parameters = parameters
    }
    if let versions = item["versions"]?.items {
      change.versions = try RulePack.versions(versions, rule, name)
    }
    return change
  }

  private static func versions(_ items: [Value], _ rule: Rule, _ name: String) throws(PackError)
    -> [Rule.Version]
  {
    var versions: [Rule.Version] = []
    for item in items {
      guard let text = item["from"]?.text, let from = Day(text) else {
        throw PackError("\(name) has a version of \(rule.id) without a start; give its `from`.")
      }
      var to = Day.undated
      if let text = item["to"]?.text {
        guard let day = Day(text) else {
          throw PackError("\(name) has a version of \(rule.id) that ends on `\(text)`, no day.")
        }
        to = day
      }
      guard from <= to else {
        throw PackError("\(name) has a version of \(rule.id) that ends before it starts, on \(to).")
      }
      let values = Value.map(item.pairs.filter { !["from", "to"].contains($0.name) })
      try check(values, rule, name)
      versions.append(Rule.Version(from, to, values))
    }
    versions.sort { $0.from < $1.from }
    for (a, b) in zip(versions, versions.dropFirst()) where b.from <= a.to {
      throw PackError(
        "\(name) has versions of \(rule.id) that overlap: one from \(b.from), one until \(a.to).")
    }
    return versions
  }

  private static func check(_ values: Value, _ rule: Rule, _ name: String) throws(PackError) {
    for pair in values.pairs {
      guard let parameter = rule.parameters.first(where: { $0.name == pair.name }) else {
        let known = rule.parameters.map(\.name).joined(separator: ", ")
        throw PackError(
          "\(name) gives \(rule.id) the parameter `\(pair.name)`, which it does not have; "
            + (known.isEmpty ? "it has none." : "it has \(known)."))
      }
      guard parameter.fits(pair.value) else {
        throw PackError(
          "\(name) gives `\(pair.name)` of \(rule.id) the value \(pair.value), "
            + "which is no \(parameter.kind.words).")
      }
    }
  }

  /// Whether the pack takes a rule.
  func isOn(_ rule: Rule) -> Bool {
    rule.pack == pack
      && (changes.first { $0.rule == rule.id }?.enabled ?? rule.evidence.shipsEnabled)
  }
}
