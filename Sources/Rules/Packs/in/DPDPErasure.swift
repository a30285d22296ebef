import Ledger

extension Rule {
  static let inDPDPErasure = Rule(
    "in.dpdp.erasure", "Erase when the purpose ends, but not before legal minimums", .high,
    .confirmed, by: ErasedInOrder.self, versions: [Version("2027-05-13")],
    defaults: ["min_years": 1],
    statement:
      "Personal data is not erased while a law or a court keeps it, nor within one year of its last processing.",
    citation:
      "Digital Personal Data Protection Rules 2025, rule 8(3); not in force before 2027-05-13 (13 or 14 May: to be checked)."
  )
}

/// An erasure waits for holds and for the minimum after the last processing.
struct ErasedInOrder: Judge {
  static var scope: Rule.Scope { .person }
  static var selectedBy: String { "local date of the erasure" }
  static var judges: [UInt16] { [EventCode.partyDataErased] }
  static var reads: [UInt16] {
    [
      EventCode.holdPlaced, EventCode.holdLifted, EventCode.contactAttempted,
      EventCode.paymentReceived,
    ]
  }
  static var derives: Set<Derived> { [.dataProcessed] }
  static var parameters: [Parameter] {
    [Parameter("min_years", .int, "Years after the last processing.")]
  }

  private let months: Int

  init(_ values: Values) throws(PackError) { months = try values.int("min_years") * 12 }

  static func judge(_ one: Case, _ laws: Laws<Self>, _ report: inout Report) {
    for erased in one[EventCode.partyDataErased] {
      guard let law = laws.on(erased.day, one) else { continue }
      if let hold = one.bars.first(where: { $0.kind == "retention" && $0.binds(erased) }) {
        report.find("erased-under-hold", erased, law, one, because: [hold.act])
        continue
      }
      // Any contact and any receipt processes data.
      let processed = (one[.dataProcessed] + one.contacts + one[EventCode.paymentReceived])
        .filter { $0.header.occurred < erased.header.occurred }.max { $0.precedes($1) }
      guard let processed else { continue }
      let until = processed.day.plus(months: law.terms.months)
      if erased.day < until {
        report.find(
          "erased-before-minimum", erased, law, one, [("keep_until", .day(until))],
          because: [processed])
      }
    }
  }
}
