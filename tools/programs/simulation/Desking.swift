import Ledger

/// What a desk does about an account: attempts, promises, disputes, and money that is tagged or not
/// cleared yet.
package enum Desking: Sendable {
  case contacted(Touch, debtor: UInt32)
  case promised(Vow, debtor: UInt32)
  case withdrew(Int, superseded: Bool)
  case disputed(Int, amount: Int64?, reopens: Int?)
  case decided(Int, outcome: Outcome, credit: Int64)
  case paid(Int, amount: Int64, tag: Int, provisional: Bool)
  case credited(Int, amount: Int64)
  case returned(Int, amount: Int64)

  /// An attempt.
  package struct Touch: Sendable {
    var channel = "call", inbound = false
    var reached: String?, result: String?
    var seconds = 0, joint = false
    /// What was told, what is to be done next, and the ways to repay that were compared.
    var reason: String?
    var next: (what: String, on: Day)?
    var options: [Option] = []
  }

  /// One way to repay: what it costs, in how many sums, until when.
  package struct Option: Sendable {
    var kind: String, total: Int64
    var instalments: Int?, until: Day?
    var advised = false
  }

  /// A promise: items, terms, and the promise it replaces.
  package struct Vow: Sendable {
    var number: Int
    var items: [(due: Day, amount: Int64)]
    var grace: Int, tolerance: Int, tagged: Bool
    var supersedes: Int?
  }

  /// How a dispute ends.
  package enum Outcome: String, CaseIterable, Sendable {
    case upheld, rejected, withdrawn
    case partlyUpheld = "partly_upheld"
  }
}

extension Desking {
  /// The event's name.
  var type: String {
    switch self {
    case .contacted: "contact.attempted"
    case .promised: "promise.made"
    case .withdrew: "promise.withdrawn"
    case .disputed: "dispute.raised"
    case .decided: "dispute.resolved"
    case .paid: "payment.received"
    case .credited: "payment.credited"
    case .returned: "payment.reversed"
    }
  }

  /// The body, without its braces.
  func body(_ account: UInt32, _ currency: String) -> String {
    func sum(_ minor: Int64) -> String { "{\"minor\":\(minor),\"currency\":\"\(currency)\"}" }
    func id(_ letter: String, _ number: Int) -> String { "\"\(letter)\(account)-\(number)\"" }
    switch self {
    case .contacted(let touch, let debtor):
      var text = "\"channel\":\"\(touch.channel)\",\"direction\":"
      text += touch.inbound ? "\"inbound\"" : "\"outbound\""
      text += ",\"party\":\"\(NaiveDesk.debtor(debtor))\",\"party_role\":\"debtor\""
      if let reached = touch.reached { text += ",\"reached\":\"\(reached)\"" }
      if let result = touch.result { text += ",\"result\":\"\(result)\"" }
      if let reason = touch.reason { text += ",\"reason_for_delay\":\"\(reason)\"" }
      if touch.seconds > 0 { text += ",\"duration_s\":\(touch.seconds)" }
      if touch.channel == "visit" { text += ",\"geo_missing_reason\":\"no_signal\"" }
      if let next = touch.next {
        text += ",\"next_action\":\"\(next.what)\",\"next_action_on\":\"\(next.on)\""
      }
      if touch.joint { text += ",\"participants\":[\"PT-S1\"]" }
      if touch.options.isEmpty { return text }
      let options = touch.options.map { option in
        var text = "{\"kind\":\"\(option.kind)\",\"total\":\(sum(option.total))"
        if let count = option.instalments { text += ",\"instalments\":\(count)" }
        if let until = option.until { text += ",\"until\":\"\(until)\"" }
        return text + (option.advised ? ",\"advised\":true}" : "}")
      }
      text += ",\"options\":[" + options.joined(separator: ",") + "]"
      return text
    case .promised(let vow, let debtor):
      let items = vow.items.map { "{\"due_on\":\"\($0.due)\",\"amount\":\(sum($0.amount))}" }
      var text = "\"promise\":\(id("V", vow.number)),\"party\":\"\(NaiveDesk.debtor(debtor))\""
      text += ",\"items\":["
      text += items.joined(separator: ",") + "],\"total\":"
      text += sum(vow.items.reduce(0) { $0 + $1.amount })
      text += ",\"terms\":{\"grace_days\":\(vow.grace),\"tolerance_bp\":\(vow.tolerance),"
      text += "\"counting\":\"\(vow.tagged ? "tagged_only" : "all_receipts")\"}"
      if let old = vow.supersedes { text += ",\"supersedes\":\(id("V", old))" }
      return text
    case .withdrew(let promise, let superseded):
      let reason = superseded ? "superseded" : "customer_request"
      return "\"promise\":\(id("V", promise)),\"reason\":\"\(reason)\""
    case .disputed(let dispute, let amount, let reopens):
      var text = "\"dispute\":\(id("X", dispute)),\"category\":\"amount\",\"form\":\"oral\""
      if let amount { text += ",\"disputed_amount\":\(sum(amount))" }
      if let reopens { text += ",\"reopens\":\(id("X", reopens))" }
      return text
    case .decided(let dispute, let outcome, let credit):
      return "\"dispute\":\(id("X", dispute)),\"outcome\":\"\(outcome.rawValue)\","
        + "\"amount_credited\":\(sum(credit))"
    case .paid(let payment, let amount, let tag, let provisional):
      var text = "\"payment\":\(id("Q", payment)),\"amount\":\(sum(amount)),\"mode\":\"cheque\""
      text += ",\"promise\":\(id("V", tag))"
      if provisional { text += ",\"provisional\":true" }
      return text
    case .credited(let payment, let amount):
      return "\"payment\":\(id("Q", payment)),\"amount\":\(sum(amount)),\"bank_account\":\"BA-2\""
    case .returned(let payment, let amount):
      return "\"payment\":\(id("Q", payment)),\"reason\":\"dishonour\",\"effective\":"
        + "\"from_original_value_date\",\"amount\":\(sum(amount))"
    }
  }

  /// What aging hears of it.
  func told(_ account: UInt32) -> NaiveEvent.What {
    switch self {
    case .paid(let payment, let amount, _, _):
      .received("Q\(account)-\(payment)", amount, wishes: [])
    case .returned(let payment, let amount):
      .returned("Q\(account)-\(payment)", amount, fromOriginal: true)
    default: .silent
    }
  }
}
