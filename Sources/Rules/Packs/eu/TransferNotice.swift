import Ledger

extension Rule {
  static let euTransferNotice = Rule(
    "eu.npl.borrower-notice", "Borrower told of a credit transfer before first collection", .high,
    .memory, by: NoticeOfTransfer.self, versions: [Version("2023-12-29")],
    statement:
      "After a non-performing credit was transferred the borrower is told before the first collection by or for the new owner.",
    citation: "Directive (EU) 2021/2167, from memory; transposition was due 2023-12-29.")
}

/// Contact for a new owner comes after the notice of the transfer.
struct NoticeOfTransfer: Judge {
  static var selectedBy: String { "local date of the contact" }
  static var judges: [UInt16] { [EventCode.contactAttempted] }
  static var reads: [UInt16] { [EventCode.accountTransferred, EventCode.noticeSent] }

  init(_ values: Values) throws(PackError) {}

  static func judge(_ one: Case, _ laws: Laws<Self>, _ report: inout Report) {
    for transfer in one[EventCode.accountTransferred] {
      let told = one[EventCode.noticeSent].first {
        $0[.kind] == "transfer" && transfer.precedes($0)
      }
      for contact in one.contacts
      where contact.isOutbound && contact[.onBehalfOf] == transfer[.to]
        && transfer.precedes(contact)
      {
        guard let law = laws.on(contact.day, one), told.map({ contact.precedes($0) }) ?? true else {
          continue
        }
        report.find("transfer-not-notified", contact, law, one, of: transfer)
      }
    }
  }
}
