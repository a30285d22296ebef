package import Ledger

/// A second model of what customers ask, book and are written. It shares no rule with the ledger.
package struct NaiveCustomers: Sendable {
  private let desk: NaiveDesk
  private let period: NaivePeriod

  /// A model of a life.
  package init(_ desk: NaiveDesk) {
    self.desk = desk
    period = NaivePeriod(desk)
  }

  // What was said of a noun, stands and happened by the end of a day, in the order of the world;
  // by what stands in one of its fields.
  private func piles(
    _ noun: String, by field: (NaiveDesk.Told) -> String, _ asOf: Day, _ knownAt: UInt64
  ) -> [[NaiveDesk.Told]] {
    let told = desk.heard(knownAt).filter {
      $0.on <= asOf && $0.said?.type.hasPrefix(noun + ".") == true
    }.sorted { $0.precedes($1) }
    return Array(Dictionary(grouping: told, by: field).values)
  }

  /// `query,account,category,opened_on,taken_by,age,stage,answered_on,answered_by,reopens`.
  package func queries(asOf: Day, knownAt: UInt64) -> [String] {
    piles("query", by: \.account, asOf, knownAt).flatMap { queries($0, asOf) }.sorted()
  }

  private func queries(_ told: [NaiveDesk.Told], _ asOf: Day) -> [String] {
    told.filter { $0.said?.type == "query.opened" }.map { opened in
      let id = opened.said?.text("query") ?? ""
      let answer = told.first {
        $0.said?.type == "query.answered" && $0.said?.text("query") == id
      }
      let isAgain = told.contains { $0.said?.text("reopens") == id }
      let stage = isAgain ? "reopened" : answer == nil ? "open" : "answered"
      return [
        id, opened.account, opened.said?.text("category") ?? "", "\(opened.on)", opened.actor,
        "\((answer?.on ?? asOf) - opened.on)", stage, answer.map { "\($0.on)" } ?? "",
        answer?.actor ?? "", opened.said?.text("reopens") ?? "",
      ].joined(separator: ",")
    }
  }

  /// `complaint,account,category,against,received_on,taken_by,age,stage,resolved_on,resolved_by`.
  package func complaints(asOf: Day, knownAt: UInt64) -> [String] {
    piles("complaint", by: \.account, asOf, knownAt).flatMap { complaints($0, asOf) }.sorted()
  }

  private func complaints(_ told: [NaiveDesk.Told], _ asOf: Day) -> [String] {
    told.filter { $0.said?.type == "complaint.received" }.map { received in
      let id = received.said?.text("complaint") ?? ""
      let end = told.first {
        $0.said?.type == "complaint.resolved" && $0.said?.text("complaint") == id
      }
      return [
        id, received.account, received.said?.text("category") ?? "",
        received.said?.text("against") ?? "", "\(received.on)", received.actor,
        "\((end?.on ?? asOf) - received.on)", end?.said?.text("outcome") ?? "open",
        end.map { "\($0.on)" } ?? "", end?.actor ?? "",
      ].joined(separator: ",")
    }
  }

  /// `booking,customer,booked_on,amount,accounts,overdue,dpd,told,told_on,stage,
  /// decided_on,decided_by,minutes`; the customer's figures at the end of the day of the booking.
  package func bookings(asOf: Day, knownAt: UInt64) -> [String] {
    var debtors: [String: [String]] = [:]
    for one in desk.heard(knownAt) {
      guard case .opened(_, _, _, let debtor, _) = one.deed else { continue }
      debtors[NaiveDesk.debtor(debtor), default: []].append(one.account)
    }
    let known = period.known(knownAt)
    return piles("booking", by: { $0.said?.text("booking") ?? "" }, asOf, knownAt)
      .flatMap { bookings($0, debtors, known) }.sorted()
  }

  private func bookings(
    _ told: [NaiveDesk.Told], _ debtors: [String: [String]], _ known: NaivePeriod.Known
  ) -> [String] {
    told.filter { $0.said?.type == "booking.recorded" }.map { booked -> String in
      let customer = booked.said?.text("customer") ?? ""
      let spread = told.filter { $0.said?.type == "booking.intimated" }
      let decision = told.first { $0.said?.type == "booking.acknowledged" }
      let late = (debtors[customer] ?? [])
        .compactMap { period.figures(of: $0, on: booked.on, known) }.filter { $0.overdue > 0 }
      let waits = late.isEmpty ? "clear" : spread.isEmpty ? "to_intimate" : "unacknowledged"
      let sum = booked.said?["amount"] == nil ? "" : "\(booked.said?.sum("amount") ?? 0)"
      let overdue = late.reduce(0) { $0 + $1.overdue }
      let dpd = late.map(\.dpd).max()
      let who = [booked.said?.text("booking") ?? "", customer, "\(booked.on)", sum]
      let owes = [
        "\(late.count)", late.isEmpty ? "" : "\(overdue)", dpd.map { "\($0)" } ?? "",
        spread.map { $0.said?.text("to") ?? "" }.joined(separator: " "),
        spread.first.map { "\($0.on)" } ?? "",
      ]
      guard let decision else { return (who + owes + [waits, "", "", ""]).joined(separator: ",") }
      let minutes = (decision.occurred - booked.occurred) / 60
      let end = [
        decision.said?.text("decision") ?? "", "\(decision.on)", decision.actor, "\(minutes)",
      ]
      return (who + owes + end).joined(separator: ",")
    }
  }

  /// The file of one account, in the order of the world: `day,way,event,kind,ref,state,seq`.
  package func correspondence(of account: UInt32, asOf: Day, knownAt: UInt64) -> [String] {
    let told = desk.heard(of: Life.name(account), knownAt).filter { $0.on <= asOf }
      .sorted { $0.precedes($1) }
    return told.compactMap { one -> String? in
      guard let paper = NaiveCustomers.paper(one) else { return nil }
      var state = ""
      if paper.event == "statement.issued" {
        let heir = told.first {
          $0.said?.type == "statement.issued" && $0.said?.text("supersedes") == paper.ref
            && $0.said?.text("statement") != paper.ref
        }
        if let heir { state = "replaced by \(heir.said?.text("statement") ?? "")" }
      }
      if paper.event == "document.filed" {
        let heir = told.first {
          $0.said?.type == "document.filed" && $0.said?.text("supersedes") == paper.ref
        }
        let end = told.first {
          $0.said?.type == "document.purged" && $0.said?.text("document") == paper.ref
        }
        if let heir { state = "replaced by \(heir.said?.text("document") ?? "")" }
        if let end { state = "destroyed \(end.on)" }
      }
      return "\(one.on),\(paper.way),\(paper.event),\(paper.kind),\(paper.ref),\(state),\(one.seq)"
    }
  }

  private struct Paper { var way: String, event: String, kind: String, ref: String }

  private static func paper(_ told: NaiveDesk.Told) -> Paper? {
    func id(_ kind: String, _ number: Int) -> String { LawDeed.id(kind, told.number, number) }
    switch told.deed {
    case .attempted(let channel, _, _, _):
      let isWritten = ["sms", "whatsapp"].contains(Line.channels[channel])
      return isWritten
        ? Paper(way: "out", event: "contact.attempted", kind: "collect", ref: "") : nil
    case .desked(.contacted(let touch, _)):
      guard ["sms", "email", "whatsapp", "letter"].contains(touch.channel) else { return nil }
      return Paper(
        way: touch.inbound ? "in" : "out", event: "contact.attempted", kind: "", ref: "")
    case .paper(.noticed):
      let ref = id("NO", Int(told.occurred / 86_400))
      return Paper(way: "out", event: "legal.notice_sent", kind: "s138", ref: ref)
    case .law(.demanded(let notice, _, _)):
      return Paper(way: "out", event: "legal.notice_sent", kind: "s138", ref: id("LO", notice))
    case .law(.served(let notice, let outcome)):
      return Paper(
        way: "service", event: "legal.notice_served", kind: outcome, ref: id("LO", notice))
    case .said(let saying):
      let ways: [String: (way: String, kind: String, ref: String)] = [
        "document.filed": ("filed", "kind", "document"),
        "document.purged": ("destroyed", "scope", "document"),
        "notice.sent": ("out", "kind", "notice"),
        "legal.notice_sent": ("out", "kind", "notice"),
        "legal.notice_served": ("service", "outcome", "notice"),
        "legal.reply_received": ("in", "kind", "reply"),
        "statement.issued": ("out", "kind", "statement"),
      ]
      return ways[saying.type].map {
        Paper(
          way: $0.way, event: saying.type, kind: saying.text($0.kind), ref: saying.text($0.ref))
      }
    default: return nil
    }
  }
}
