import Ledger

extension Rule {
  static let ukPreAction = Rule(
    "uk.pap-debt", "Pre-action: 30 days after the letter of claim", .high, .partly,
    by: LetterOfClaim.self, versions: [Version("2017-10-01")],
    defaults: ["reply_days": 30, "documents_days": 30, "advice_days": 30],
    statement:
      "No claim before 30 days from the date of the letter of claim, and 30 more after documents were supplied or advice was sought.",
    citation:
      "Pre-Action Protocol for Debt Claims; existence, date and scope confirmed, the 30 days from memory."
  )
}

/// A claim waits for the letter's days and for those that documents and advice add.
struct LetterOfClaim: Judge {
  static var selectedBy: String { "local date of the claim" }
  static var judges: [UInt16] { [EventCode.legalCaseFiled] }
  static var reads: [UInt16] {
    [EventCode.legalNoticeSent, EventCode.noticeSent, EventCode.legalReplyReceived]
  }
  static var parameters: [Parameter] {
    [
      Parameter("reply_days", .int, "Days from the date of the letter."),
      Parameter("documents_days", .int, "Days from the supply of documents."),
      Parameter("advice_days", .int, "Days from the word that advice is sought."),
    ]
  }

  private let reply: Int, documents: Int, advice: Int

  init(_ values: Values) throws(PackError) {
    reply = try values.int("reply_days")
    documents = try values.int("documents_days")
    advice = try values.int("advice_days")
  }

  static func judge(_ one: Case, _ laws: Laws<Self>, _ report: inout Report) {
    for claim in one[EventCode.legalCaseFiled] where claim[.proceeding] == "suit" {
      guard let law = laws.on(claim.day, one) else { continue }
      let letter = one[EventCode.legalNoticeSent].last {
        $0[.kind] == "letter_of_claim" && $0.precedes(claim)
      }
      guard let letter else {
        report.find("no-letter-of-claim", claim, law, one)
        continue
      }
      var (earliest, cause) = (letter.day + law.terms.reply + 1, letter)
      func wait(_ act: Act, _ days: Int) {
        guard letter.precedes(act), act.precedes(claim), act.day + days + 1 > earliest else {
          return
        }
        (earliest, cause) = (act.day + days + 1, act)
      }
      for sent in one[EventCode.noticeSent] where sent[.kind] == "documents_supplied" {
        wait(sent, law.terms.documents)
      }
      for heard in one[EventCode.legalReplyReceived] where heard[.kind] == "seeking_advice" {
        wait(heard, law.terms.advice)
      }
      if claim.day < earliest {
        report.find(
          "claim-too-early", claim, law, one, [("earliest", .day(earliest))], because: [cause])
      }
    }
  }
}
