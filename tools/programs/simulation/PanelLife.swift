import Ledger

/// The panel beside the firms that collect: advocates, valuers, firms that repossess, trace and
/// auction, whose terms end and are renewed in time or late, who are stopped and come back; and
/// agents whose certificates run out, of the house and of these firms. Its chance is its own.
struct PanelLife {
  private var teller: Teller
  private let boss = Doer(role: .supervisor, number: 3)

  init(seed: UInt64) {
    teller = Teller(Chance(seed: seed ^ 0x9A7E, stream: 0), wrong: 500)
  }

  /// Lives through the whole story.
  mutating func live(_ scribe: inout Scribe) {
    let firms = [
      ("ADV-1", "advocate"), ("ADV-2", "advocate"), ("VAL-1", "valuation"),
      ("REPO-1", "repossession"), ("REPO-2", "repossession"), ("TRACE-1", "tracing"),
      ("AUC-1", "auction"),
    ]
    for (firm, kind) in firms { sit(firm, kind, &scribe) }
    for number in 1...8 { certify("AG-\(number)", &scribe) }
  }

  private mutating func tell(
    _ type: String, of firm: String, on day: Day, _ fields: KeyValuePairs<String, Word?>,
    _ scribe: inout Scribe
  ) {
    let stream = Saying.Stream(kind: "agency", id: firm)
    teller.tell(Saying(type, on: stream, fields), by: boss, on: day, &scribe)
  }

  private mutating func sit(_ firm: String, _ kind: String, _ scribe: inout Scribe) {
    let days = scribe.last - scribe.first
    var from = scribe.first + teller.chance.pick(-40...60)
    var ends: Day?
    repeat {
      ends = teller.chance.happens(8000) ? from + teller.chance.pick(40...200) : nil
      let isAdvocate = kind == "advocate"
      tell(
        "agency.empanelled", of: firm, on: max(scribe.first, from + teller.chance.pick(-15...5)),
        [
          "kind": .text(kind), "from": .day(from), "to": ends.map { .day($0) },
          "territory": teller.chance.happens(6000)
            ? .texts(teller.chance.pick([["zone-1"], ["zone-2", "zone-3"]])) : nil,
          "bar_no": isAdvocate ? .text("BAR/\(teller.chance.pick(100...999))") : nil,
          "courts": isAdvocate ? .texts(["Nagpur", "Pune"]) : nil,
          "commission_bp": isAdvocate ? nil : .number(teller.chance.pick(50...1500)),
        ], &scribe)
      if let end = ends { from = end + teller.chance.pick(-10...9) }
    } while ends != nil && from < scribe.last && teller.chance.happens(7500)
    var day = scribe.first + teller.chance.pick(20...max(21, days))
    while day < scribe.last, teller.chance.happens(5000) {
      let isForGood = teller.chance.happens(3500)
      let reason = teller.chance.pick(["complaint", "conduct", "performance", "fraud"])
      tell(
        "agency.suspended", of: firm, on: day,
        ["permanent": .flag(isForGood), "reason": .text(reason)], &scribe)
      day = day + teller.chance.pick(5...60)
      if teller.chance.happens(7000) {
        tell("agency.reinstated", of: firm, on: day, ["authority": "board"], &scribe)
      }
      day = day + teller.chance.pick(5...60)
    }
  }

  private mutating func certify(_ agent: String, _ scribe: inout Scribe) {
    let firm = teller.chance.pick(["REPO-1", "TRACE-1", "agency-1", "agency-2", ""])
    for _ in 0..<teller.chance.pick(1...3) {
      let from = scribe.first + teller.chance.pick(-60...250)
      teller.tell(
        Saying(
          "agent.certified", on: .party(agent),
          [
            "certificate": .text(teller.chance.pick(["dra_iibf", "internal"])),
            "from": .day(from),
            "to": teller.chance.happens(8500) ? .day(from + teller.chance.pick(30...200)) : nil,
            "agency": firm.isEmpty ? nil : .text(firm),
          ]), by: boss, on: max(scribe.first, from + teller.chance.pick(0...9)), &scribe)
    }
  }
}
