import Ledger

extension Rule {
  static let intDocumentsFiled = Rule(
    "int.documents.filed", "Supporting document filed for each kind of event", .medium, .policy,
    by: DocumentsFiled.self,
    defaults: [
      "days": 2,
      "required": [
        "payment.received:cash": ["receipt_copy"], "legal.case_filed": ["filing_proof"],
      ],
    ],
    statement: "Receipts, notices and filings have their document within so many days.",
    citation: "House policy.")
}

/// Documents that name an event, by kind of event; `payment.received:cash` is those of that mode,
/// kind or proceeding.
struct DocumentsFiled: Judge {
  static var selectedBy: String { "local date of the event" }
  static var judges: [UInt16] {
    [
      EventCode.paymentReceived, EventCode.legalCaseFiled, EventCode.legalNoticeSent,
      EventCode.noticeSent, EventCode.chequeReceived, EventCode.accountDebtAcknowledged,
    ]
  }
  static var reads: [UInt16] { [EventCode.documentFiled] }
  static var needsEventIDs: Bool { true }
  static var parameters: [Parameter] {
    [
      Parameter("days", .int, "Days after the day of the event."),
      Parameter("required", .map, "Kinds of document by kind of event."),
    ]
  }

  private struct Need {
    var type: UInt16
    var mark: TextKey?
    var documents: [String]
  }

  private let days: Int
  private let needs: [Need]

  init(_ values: Values) throws(PackError) {
    days = try values.int("days")
    var needs: [Need] = []
    for pair in values.value("required")?.pairs ?? [] {
      let parts = pair.name.split(separator: ":", maxSplits: 1).map(String.init)
      guard let code = Register.event(parts.first ?? "")?.code,
        DocumentsFiled.judges.contains(code)
      else { throw PackError("\(values.rule) cannot ask for documents of `\(pair.name)`.") }
      needs.append(
        Need(
          type: code, mark: parts.count > 1 ? TextKey(parts[1]) : nil,
          documents: pair.value.items?.compactMap(\.text) ?? []))
    }
    self.needs = needs
  }

  static func judge(_ one: Case, _ laws: Laws<Self>, _ report: inout Report) {
    let filed = one[EventCode.documentFiled]
    for type in judges {
      for act in one[type] {
        guard let law = laws.on(act.day, one) else { continue }
        let due = act.day + law.terms.days
        guard one.today > due else { continue }
        for need in law.terms.needs where need.type == type {
          let marks = [act[.mode], act[.kind], act[.proceeding]].compactMap(\.self)
          if let mark = need.mark, !marks.contains(mark) { continue }
          for document in need.documents {
            let isFiled = filed.contains {
              $0[.about] == act.id && act.id != .none && $0[.kind] == TextKey(document)
                && $0.day <= due
            }
            if isFiled { continue }
            report.find(
              "document-missing", act, law, one, on: due + 1, [("doc", .text(document))],
              part: .text(document))
          }
        }
      }
    }
  }
}
