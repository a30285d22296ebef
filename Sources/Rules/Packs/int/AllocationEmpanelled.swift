import Ledger

extension Rule {
  static let intAllocationEmpanelled = Rule(
    "int.allocation.empanelled", "Only empanelled agencies", .high, .policy,
    by: OnThePanel.self,
    statement:
      "An agency that an account is given to is on the panel on that local day, and not suspended.",
    citation: "House policy.")
}

/// Allocation to an agency that is on the panel and not suspended.
struct OnThePanel: Judge {
  static var selectedBy: String { "local date of the allocation" }
  static var judges: [UInt16] { [EventCode.accountAllocated] }

  init(_ values: Values) throws(PackError) {}

  static func judge(_ one: Case, _ laws: Laws<Self>, _ report: inout Report) {
    for allocated in one[EventCode.accountAllocated] where allocated[.toKind] == "agency" {
      guard let law = laws.on(allocated.day, one), let agency = allocated[.to] else { continue }
      let isEmpanelled = one.house.of(agency, EventCode.agencyEmpanelled).contains { panel in
        (panel.day(.from).map { $0 <= allocated.day } ?? true)
          && (panel.day(.to).map { allocated.day <= $0 } ?? true)
      }
      let stops = one.house.of(agency, EventCode.agencySuspended).last { $0.precedes(allocated) }
      let isStopped = stops.map { stop in
        stop.says(.permanent)
          || !one.house.of(agency, EventCode.agencyReinstated).contains {
            stop.precedes($0) && $0.precedes(allocated)
          }
      }
      if !isEmpanelled || isStopped ?? false {
        report.find("agency-not-valid", allocated, law, one)
      }
    }
  }
}
