import Ledger

extension Rule {
  static let intMinimumContacts = Rule(
    "int.contact.min-per-bucket", "Minimum contacts per delinquent account per bucket", .medium,
    .policy, by: MinimumContacts.self,
    defaults: [
      "min": ["1-30": 2, "31-60": 4, "61-90": 4, "90+": 4], "suspended_by": Rule.suspending,
    ],
    statement:
      "An account that opened the month in a bucket is contacted at least so often in it, unless it was cured or something stood against contact.",
    citation: "House policy.")

  /// Kinds of bar under which no rule may order a contact.
  static let suspending: Value = [
    "cease", "attorney", "medium", "dispute", "breathing_space", "mental_health_crisis",
    "adviser_engaged", "capacity", "occasion", "death", "insolvency_stay", "court_stay",
  ]

  /// The parameter of duties to contact: what suspends them.
  static let suspendedBy = Parameter(
    "suspended_by", .codes, "Kinds of restriction, hold or status that suspend the duty.")
}

/// Contacts of a cycle, counted at its end; calls that never rang do not count.
struct MinimumContacts: Judge {
  static var selectedBy: String { "first day of the cycle" }
  static var judges: [UInt16] { [EventCode.contactAttempted] }
  static var derives: Set<Derived> { [.cycleOpened, .arrearsCleared] }
  static var ordersContact: Bool { true }
  static var parameters: [Parameter] {
    [
      Parameter("min", .map, "Contacts by the bucket in which the cycle opened."),
      Rule.suspendedBy,
    ]
  }

  private let least: [(bucket: TextKey, count: Int64)]
  private let suspending: [TextKey]

  init(_ values: Values) throws(PackError) {
    least = (values.value("min")?.pairs ?? []).compactMap { pair in
      pair.value.int.map { (TextKey(pair.name), $0) }
    }
    suspending = values.codes("suspended_by")
  }

  static func judge(_ one: Case, _ laws: Laws<Self>, _ report: inout Report) {
    for cycle in one[.cycleOpened] where cycle[.cycle] == "work" {
      guard let from = cycle.day(.from), let to = cycle.day(.to), one.today > to,
        let law = laws.on(from, one),
        let least = law.terms.least.first(where: { $0.bucket == cycle[.bucket] })
      else { continue }
      let isCured = one[.arrearsCleared].contains { from <= $0.day && $0.day <= to }
      let start = one.midnight(from, cycle)
      let end = one.midnight(to + 1, cycle)
      if isCured || one.isHeld(law.terms.suspending, from: start, to: end, account: cycle.account) {
        continue
      }
      var contacts: [Position] = []
      for contact in one.contacts
      where from <= contact.day && contact.day <= to && contact.isOutbound
        && !contact.isUnconnected && (cycle.account == 0 || contact.account == cycle.account)
      {
        contacts.append(contact.header.seq)
      }
      if Int64(contacts.count) < least.count {
        report.find(
          "too-few-contacts", cycle, law, one, on: to,
          [("count", .number(Int64(contacts.count))), ("required", .number(least.count))],
          seqs: contacts, part: .day(from))
      }
    }
  }
}
