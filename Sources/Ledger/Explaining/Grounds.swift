/// The rule or policy that applied to an event, in words, with the version that judged.
///
/// Each sentence says what `Money.md` says of that kind of event, filled with what happened here,
/// so that a reader can redo the step by hand.
package struct Grounds: Sendable {
  /// The policies known, and of whom they are asked.
  package let policies: PolicyBook, who: PolicySubject
  /// The day asked about.
  package let asOf: Day
  private let ids: [TextKey: String]
  private let account: UInt32

  /// Grounds for an account; `ids` are the texts of its dues and charges.
  package init(
    policies: PolicyBook, who: PolicySubject, asOf: Day, ids: [TextKey: String], account: UInt32
  ) {
    (self.policies, self.who, self.asOf) = (policies, who, asOf)
    (self.ids, self.account) = (ids, account)
  }

  /// `buckets@2`, or what judges when nothing was adopted.
  package func label(_ kind: String, on day: Day, retroactiveOn later: Day? = nil) -> String {
    if policies.overrides.contains(where: { $0.kind == kind }) { return "the draft \(kind)" }
    let version = policies.version(of: kind, for: who, on: day, retroactiveOn: later)
    return version?.label ?? "the default \(kind)"
  }

  /// The rule for an event, given what was seen without and with it.
  package func rule(
    _ event: borrowing EventView, before: Observation, after: Observation
  ) throws(WireError) -> String {
    let header = event.header
    let day = Day(rawValue: header.day)
    let gained = after.gained(over: before)
    switch header.type {
    case EventCode.accountOpened:
      return who.product.isEmpty ? "names the account's terms" : "policies for \(who.product) judge"
    case EventCode.accountImported:
      return "a claim of the source system, until its own events of those days are here"
    case EventCode.dueRaised where header.amount < 0,
      EventCode.chargeLevied where header.amount < 0,
      EventCode.interestApplied where header.amount < 0:
      return "below zero: a credit note, applied like a payment" + paid(header.seq, after)
    case EventCode.dueRaised:
      return (day == .undated ? "owed, without a due date" : "falls due on \(day)")
        + waited(gained, header.seq, after)
    case EventCode.chargeLevied, EventCode.interestApplied:
      return charged(after, header, day) + waited(gained, header.seq, after)
    case EventCode.chargeWaived: return "gives up at most what is unpaid of it on that day"
    case EventCode.settlementExecuted: return "gives up at most what is unpaid on that day"
    case EventCode.dueCancelled: return "what is unpaid of it is gone; what was paid stays paid"
    case EventCode.paymentReceived: return waterfall(header, day, after)
    case EventCode.paymentTransferred:
      let leaves = header.account == account && gained.allSatisfy { $0.payment != header.seq }
      return leaves ? "leaves the account on that day" : waterfall(header, day, after)
    case EventCode.paymentReversed:
      var body = CBORReader(event.body)
      let isNow = try Payment.Reversed(reading: &body).effective == "from_reversal_date"
      return isNow
        ? "from the reversal date: the money left is applied again from the oldest due"
        : "from the original value date: as if it had never been paid"
    case EventCode.paymentRefunded:
      return "takes money that waits, then the newest; the rest is applied again"
    default: return try other(event)
    }
  }

  private func other(_ event: borrowing EventView) throws(WireError) -> String {
    switch event.header.type {
    case EventCode.holdPlaced:
      var body = CBORReader(event.body)
      let hold = try Hold.Placed(reading: &body)
      let terms = try policies.terms(for: who, on: asOf)
      let verb = terms.holds.pausesAging.contains(hold.kind) ? "pauses" : "does not pause"
      return "\(label(HoldEffects.kind, on: asOf)): \(hold.kind) \(verb) aging"
    case EventCode.holdLifted: return "the hold ends; its last day counts again"
    case EventCode.eventReversed:
      let target = try Envelope(reading: event.envelope).target
      return "takes back seq \(target ?? 0), for every day"
    case EventCode.accountWrittenOff: return "written off: its bucket goes before its days"
    case EventCode.accountClosed: return "closed; its figures are still reckoned"
    case EventCode.accountReopened: return "open again"
    case EventCode.accountFlagged: return "a flag on the account; moves no figure"
    default:
      let type = Register.event(code: event.header.type, version: event.header.version)
      return type.map { String($0.title.prefix { $0 != "." }) } ?? ""
    }
  }

  private func charged(_ after: Observation, _ header: Header, _ day: Day) -> String {
    let own = after.owed.first { $0.obligation.seq == header.seq }
    guard own == nil else { return "stands alone, due on its own day, \(day)" }
    return "joins the due it names and ages with it"
  }

  private func waterfall(_ header: Header, _ day: Day, _ after: Observation) -> String {
    let rule = after.terms.waterfall(on: header.day)
    let order = rule.order.prefix(4).map(\.code).joined(separator: ", ")
    let name = label(Waterfall.kind, on: day, retroactiveOn: asOf)
    return "\(name), \(rule.horizontal ? "horizontal" : "vertical"): \(order)"
      + paid(header.seq, after)
  }

  // `; pays D1 principal 700.00, interest 300.00; 50.00 waits`
  private func paid(_ seq: Position, _ after: Observation) -> String {
    let own = after.paid(by: seq)
    guard !own.isEmpty else { return "; pays nothing that is due: it waits" }
    var out = "; pays "
    var last: Position?
    for (index, item) in own.enumerated() {
      if index > 0 { out += ", " }
      if last != item.raised { out += name(item) + " " }
      last = item.raised
      out += "\(item.component.code) \(money(item.amount, after))"
    }
    return out
  }

  // What falls due may find money that came before it.
  private func waited(
    _ gained: [Observation.Payment], _ seq: Position, _ after: Observation
  ) -> String {
    let found = gained.filter { $0.raised == seq }
    guard !found.isEmpty else { return "" }
    var sums: [(payment: Position, sum: Int64)] = []
    for item in found {
      if let at = sums.firstIndex(where: { $0.payment == item.payment }) {
        sums[at].sum += item.amount
      } else {
        sums.append((item.payment, item.amount))
      }
    }
    return "; paid at once by money that waited: "
      + sums.map { "\(money($0.sum, after)) of seq \($0.payment)" }.joined(separator: ", ")
  }

  /// What a due or charge is called: its id, else the day it fell due.
  func name(_ item: Observation.Payment) -> String {
    ids[item.id] ?? (item.id == .none ? "the claim" : "the due of \(item.due)")
  }

  private func money(_ minor: Int64, _ seen: Observation) -> String {
    Money(minor: minor, currency: seen.currency).decimal
  }
}
