import Journaling
import Ledger
import Rules

extension Asked {
  /// The events of the one account, as known; what happened after the day asked about left out.
  func events(_ snapshot: borrowing Snapshot) throws -> [(day: Day, event: Event)] {
    let account = try account(snapshot)
    var found: [(day: Day, event: Event)] = []
    let vantage = question.vantage
    try snapshot.trail(of: account.number, to: vantage.knownAt) { (event) throws(JournalError) in
      let header = event.header
      let day = history.zone.day(of: Moment(rawValue: header.occurred))
      guard day <= vantage.asOf else { return }
      do throws(WireError) { found.append((day, try Event(reading: event))) } catch {
        throw .wire(error, at: header.seq)
      }
    }
    return found
  }

  /// A number of the policy that the case names.
  func number(_ name: String) throws -> Int {
    guard let number = policy[name]?.number else { throw Inexpressible("no `\(name)` is given") }
    return Int(number)
  }
}

/// `legal_clocks`: until when a cheque, a notice, a payment, a complaint, a possession has time.
enum LegalClocksProjection: Projection {
  static let name = "legal_clocks"

  static func answer(_ asked: Asked) throws -> [String: Value] {
    let events = try asked.history.journal.reading { try asked.events($0) }
    var fields: [String: Value] = [:]
    func show(_ name: String, _ day: Day) { fields[name] = .text(day.description) }
    var kinds: [String: String] = [:]
    for (day, event) in events {
      switch event {
      case .chequeReceived(let cheque):
        let months = try asked.number("cheque_validity_months")
        show("presentable_until", LegalClocks.presentable(cheque.chequeDate, months: months))
      case .chequeBounced(let bounced):
        let info = asked.history.zone.day(of: bounced.memoReceivedAt.moment)
        show("notice_by", LegalClocks.last(info, days: try asked.number("notice_days")))
      case .legalNoticeSent(let notice):
        kinds[notice.notice] = notice.kind
        if notice.kind == "pre_sale" {
          let last = LegalClocks.last(day, days: try asked.number("sale_notice_days"))
          show("sale_from", last + 1)
        }
      case .legalNoticeServed(let served) where kinds[served.notice] == "s138":
        let days = try asked.number("pay_days")
        let cause = LegalClocks.cause(day, payDays: days)
        show("pay_by", LegalClocks.last(day, days: days))
        show("cause_of_action", cause)
        show(
          "complaint_by",
          LegalClocks.complaint(cause, months: try asked.number("complaint_months")))
      case .legalNoticeServed(let served) where kinds[served.notice] == "sarfaesi_13_2":
        let last = LegalClocks.last(day, days: try asked.number("possession_wait_days"))
        show("sixtieth_day", last)
        show("possession_from", last + 1)
      case .legalReplyReceived(let reply) where reply.kind == "representation":
        show("reply_by", LegalClocks.last(day, days: try asked.number("reply_days")))
      default: break
      }
    }
    return fields
  }
}

/// `next_call_allowed`: from which day a person may be called again after a conversation.
enum NextCallProjection: Projection {
  static let name = "next_call_allowed"

  static func answer(_ asked: Asked) throws -> [String: Value] {
    let events = try asked.history.journal.reading { try asked.events($0) }
    var last: Day?
    for case (let day, .contactAttempted(let contact)) in events
    where contact.channel == "call" && contact.result == "conversation" {
      last = day
    }
    guard let last else { return ["from": .null] }
    let isDayOne = asked.policy["conversation_day_is_day_one"] == .truth(true)
    let from = LegalClocks.nextCall(
      last, days: try asked.number("window_days"), isDayOne: isDayOne)
    return ["from": .text(from.description)]
  }
}
