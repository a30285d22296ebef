/// What there is in the ledger of a person whose data are to be erased.
package struct Belongings: Sendable {
  /// Whether anything was ever heard of them: on their own stream, or as debtor or in another role.
  package var isKnown = false
  /// Accounts whose debtor they are, in the order of their numbers.
  package var accounts: [String] = []
  /// The last day on which anything was recorded of them, or on an account of theirs.
  package var lastActivity: Day?
  /// The longest time that a policy in force today has it kept, in days.
  package var keepDays: Int = 0
  /// A hold in force today that forbids erasure: on which account, and its kind.
  package var held: (account: String, kind: String)?

  /// Nothing.
  package init() {}

  /// Takes an account of theirs, or none, into account.
  package mutating func add(_ state: AccountState?, _ retention: Retention, today: Day) {
    keepDays = max(keepDays, retention.keepDays)
    guard let state else { return }
    for kind in retention.holds where held == nil && state.holds(of: [kind], on: today) {
      held = (state.id, kind)
    }
  }

  /// Something was recorded on a day.
  package mutating func note(_ day: Day) {
    lastActivity = lastActivity.map { max($0, day) } ?? day
  }
}

extension Party.DataErased: Decided {
  /// Refused for somebody of whom nothing is known, twice, in part, under a hold, and before the
  /// time is over for which the data must be kept.
  package func decide(_ scene: inout Scene) throws(Refusal) {
    let (name, own) = (scene.account.id, scene.belongings)
    try scene.requireNotErased()
    guard own.isKnown || scene.party.isOnFile else {
      throw Refusal(
        rule: "erasure.unknown", "Nothing is known of a person \(name).",
        remedy: "Check the id; `arrears show card ACCOUNT` names an account's customer.")
    }
    guard scope == "all" else {
      throw Refusal(
        rule: "erasure.scope", "A person has one key, so a part of their data cannot be erased.",
        remedy: "Erase all, or nothing.")
    }
    guard !authority.isEmpty else {
      throw Refusal(
        rule: "erasure.authority", "Nobody is named who ordered it.",
        remedy: "Say by whom or by which paper it was ordered.")
    }
    if let held = own.held {
      throw Refusal(
        rule: "erasure.held", "A hold \(held.kind) is in force on \(held.account).",
        remedy: "Wait until it is lifted.")
    }
    guard let last = own.lastActivity else { return }
    let over = Day(rawValue: last.rawValue + Int32(own.keepDays))
    guard over <= scene.today else {
      throw Refusal(
        rule: "erasure.retention",
        "The data of \(name) must be kept for \(own.keepDays) days after \(last), until \(over).",
        remedy: "Wait, or adopt the retention policy that the law allows.")
    }
  }
}
