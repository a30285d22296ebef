import Ledger

extension Rule {
  static let intTrailComplete = Rule(
    "int.trail.complete", "Every trail has who, whom, outcome, in time", .medium, .policy,
    by: TrailComplete.self,
    defaults: ["required": ["actor", "result", "party_role"], "max_hours_to_record": 24],
    statement:
      "A contact has all required fields and is recorded within so many hours of happening.",
    citation: "House policy.")
}

/// Fields of a contact, and the hours between its happening and its recording.
struct TrailComplete: Judge {
  static var selectedBy: String { "local date of the contact" }
  static var judges: [UInt16] { [EventCode.contactAttempted] }
  static var parameters: [Parameter] {
    [
      Parameter("required", .codes, "Fields that a contact must have, and `actor`."),
      Parameter("max_hours_to_record", .int, "Most hours until it is recorded."),
    ]
  }

  private let required: [(name: String, property: Property?)]
  private let micros: Int64

  init(_ values: Values) throws(PackError) {
    var required: [(name: String, property: Property?)] = []
    for name in values.texts("required") {
      guard name == "actor" || Property.byName[name] != nil else {
        throw PackError("\(values.rule) cannot require `\(name)`, which no contact has.")
      }
      required.append((name, Property.byName[name]))
    }
    self.required = required
    micros = Int64(try values.int("max_hours_to_record")) * 3_600_000_000
  }

  static func judge(_ one: Case, _ laws: Laws<Self>, _ report: inout Report) {
    for contact in one.contacts where contact.isOutbound {
      guard let law = laws.on(contact.day, one) else { continue }
      let missing = law.terms.required.filter { field in
        field.property.map { !contact.has($0) } ?? (contact.actor == .none)
      }
      if !missing.isEmpty {
        report.find(
          "trail-incomplete", contact, law, one, [("missing", .texts(missing.map(\.name)))])
      }
      if contact.header.recorded - contact.header.occurred > law.terms.micros {
        report.find("trail-recorded-late", contact, law, one)
      }
    }
  }
}
