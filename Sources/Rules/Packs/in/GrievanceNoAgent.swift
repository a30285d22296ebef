import Ledger

extension Rule {
  static let inRBIGrievanceNoAgent = Rule(
    "in.rbi.grievance-no-agent", "No referral to agents while a complaint is open", .high,
    .unverified, by: NoAgencyDuringComplaint.self, versions: [Version("2008-04-24")],
    statement:
      "While a borrower's grievance is open its case is not forwarded to an agency, unless the lender has proof that it is frivolous or vexatious.",
    citation:
      "RBI 2008, confirmed at draft stage (m.rediff.com, 26 Mar 2008); the final text of 24 Apr 2008 needs checking."
  )
}

/// No allocation to an agency while a complaint that was known is open.
struct NoAgencyDuringComplaint: Judge {
  static var selectedBy: String { "local date of the allocation" }
  static var judges: [UInt16] { [EventCode.accountAllocated] }
  static var reads: [UInt16] { [EventCode.complaintReceived, EventCode.complaintResolved] }

  init(_ values: Values) throws(PackError) {}

  static func judge(_ one: Case, _ laws: Laws<Self>, _ report: inout Report) {
    for allocated in one[EventCode.accountAllocated]
    where allocated[.toKind] == "agency" && !allocated.has(.frivolousRecord) {
      guard let law = laws.on(allocated.day, one) else { continue }
      for complaint in one[EventCode.complaintReceived]
      where complaint.header.recorded <= allocated.header.occurred
        && complaint.precedes(allocated)
      {
        let isOver = one[EventCode.complaintResolved].contains {
          $0[.complaint] == complaint[.complaint] && $0.precedes(allocated)
        }
        if isOver { continue }
        report.find("allocated-while-grievance-open", allocated, law, one, of: complaint)
      }
    }
  }
}
