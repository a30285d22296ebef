import Ledger

/// Money is given up only with the approval of a level that may give up so large a part of it, by
/// another person than the one who proposed it, before it is done, and not beyond the approval.
struct WithinAuthority: Judge {
  static var selectedBy: String { "local date on which it was done" }
  static var judges: [UInt16] { [EventCode.settlementExecuted, EventCode.chargeWaived] }
  static var reads: [UInt16] {
    [
      EventCode.settlementProposed, EventCode.settlementApproved, EventCode.approvalGranted,
    ]
  }
  static var parameters: [Parameter] {
    [
      Parameter("acts", .codes, "settlement or waiver: what is judged."),
      Parameter("matrix", .list, "Levels: `level`, and `upto_bp` of what is owed, null for all."),
    ]
  }

  private struct Level {
    var level: Int64
    var most: Int64?
  }

  private let acts: [String]
  private let matrix: [Level]

  init(_ values: Values) throws(PackError) {
    acts = values.texts("acts")
    var matrix: [Level] = []
    for item in values.value("matrix")?.items ?? [] {
      guard let level = item["level"]?.int else {
        throw PackError("An entry of the matrix of \(values.rule) needs its `level`.")
      }
      matrix.append(Level(level: level, most: item["upto_bp"]?.int))
    }
    self.matrix = matrix
  }

  // A band holds its upper edge: 25.00 % is in the band up to 2,500 basis points.
  private func level(_ waived: Int64, of outstanding: Int64) -> Int64 {
    for level in matrix {
      guard let most = level.most else { return level.level }
      if Int128(waived) * 10_000 <= Int128(most) * Int128(outstanding) { return level.level }
    }
    return (matrix.last?.level ?? 0) + 1
  }

  static func judge(_ one: Case, _ laws: Laws<Self>, _ report: inout Report) {
    for done in one.all(EventCode.settlementExecuted, EventCode.chargeWaived) {
      guard let law = laws.on(done.day, one), let waived = done.number(.waived),
        let outstanding = done.number(.outstanding)
      else { continue }
      let isWaiver = done.type == EventCode.chargeWaived
      guard law.terms.acts.contains(isWaiver ? "waiver" : "settlement") else { continue }
      let approvals =
        isWaiver
        ? one[EventCode.approvalGranted].filter { $0[.proposal] == done[.proposal] }
        : one[EventCode.settlementApproved].filter { $0[.settlement] == done[.settlement] }
      let before = approvals.filter { $0.precedes(done) }
      let needed = law.terms.level(waived, of: outstanding)
      let shown: [Finding.Extra] = [("required_level", .number(needed))]
      if before.isEmpty {
        report.find("no-approval", done, law, one, shown, because: approvals)
        continue
      }
      if before.compactMap({ $0.number(.approverLevel) }).max() ?? 0 < needed {
        report.find("authority-exceeded", done, law, one, shown, because: before)
      }
      let proposer =
        isWaiver
        ? done[.proposer]
        : one[EventCode.settlementProposed].last { $0[.settlement] == done[.settlement] }?.actor
      if let proposer, before.contains(where: { $0[.approver] == proposer }) {
        report.find("self-approved", done, law, one, because: before)
      }
      let most = before.map { isWaiver ? $0.amount : $0.number(.waived) ?? 0 }.max() ?? 0
      if most > 0, waived > most {
        report.find("executed-beyond-approval", done, law, one, because: before)
      }
    }
  }
}
