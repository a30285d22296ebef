internal import Ledger

/// Lines of a story about what a desk does.
///
/// ```
/// promise PR1 2026-04-05 2026-04-10=10000.00 2026-05-10=50.00 [grace=3] [tolerance=1000] [tagged]
/// promise PR2 2026-04-06 2026-04-20=10000.00 [supersedes=PR1]
/// withdrawn PR1 2026-04-06 [superseded]
/// paid R1 8500.00 2026-04-11 [tag=PR1] [provisional] [cheque=C1]
/// credited R1 8500.00 2026-04-13      cleared C1 8500.00 2026-04-13
/// contact 2026-04-05 call outbound promise [visit words]
/// disputed X1 2026-04-05 [250.00] [reopens=X0]      decided X1 2026-04-20 upheld [250.00]
/// ```
extension Story {
  /// An event in the register's own terms.
  struct Told {
    var type: UInt16
    var day: Day
    var amount: Int64 = 0
    var body: [UInt8]
  }

  /// What a line says; nil when it is none of these.
  static func desk(_ words: [String]) -> Told? {
    switch words[0] {
    case "promise": promise(words)
    case "withdrawn":
      told(
        "promise.withdrawn", words[2],
        "\"promise\":\"\(words[1])\",\"reason\":\"\(words.count > 3 ? words[3] : "customer_request")\""
      )
    case "paid": paid(words)
    case "credited":
      told(
        "payment.credited", words[3],
        "\"payment\":\"\(words[1])\",\"amount\":\(sum(words[2])),\"bank_account\":\"BA-1\"")
    case "cleared":
      told(
        "cheque.cleared", words[3], "\"cheque\":\"\(words[1])\",\"amount\":\(sum(words[2]))")
    case "contact":
      told(
        "contact.attempted", words[1],
        "\"channel\":\"\(words[2])\",\"direction\":\"\(words[3])\",\"result\":\"\(words[4])\"")
    case "disputed", "decided": dispute(words)
    default: nil
    }
  }

  private static func promise(_ words: [String]) -> Told {
    var (grace, tolerance, counting, rest) = ("0", "0", "all_receipts", "")
    var items: [String] = []
    var total: Int64 = 0
    for word in words[3...] {
      let pair = word.split(separator: "=").map(String.init)
      switch pair[0] {
      case "grace": grace = pair[1]
      case "tolerance": tolerance = pair[1]
      case "tagged": counting = "tagged_only"
      case "supersedes": rest = ",\"supersedes\":\"\(pair[1])\""
      default:
        items.append("{\"due_on\":\"\(pair[0])\",\"amount\":\(sum(pair[1]))}")
        total += minor(pair[1])
      }
    }
    let terms =
      "{\"grace_days\":\(grace),\"tolerance_bp\":\(tolerance),\"counting\":\"\(counting)\"}"
    return told(
      "promise.made", words[2],
      "\"promise\":\"\(words[1])\",\"party\":\"P1\",\"items\":[\(items.joined(separator: ","))],"
        + "\"total\":{\"minor\":\(total),\"currency\":\"INR\"},\"terms\":\(terms)\(rest)")
  }

  private static func paid(_ words: [String]) -> Told {
    var rest = ""
    for word in words.dropFirst(4) {
      let pair = word.split(separator: "=").map(String.init)
      switch pair[0] {
      case "tag": rest += ",\"promise\":\"\(pair[1])\""
      case "provisional": rest += ",\"provisional\":true"
      default: rest += ",\"cheque\":\"\(pair[1])\""
      }
    }
    var told = told(
      "payment.received", words[3],
      "\"payment\":\"\(words[1])\",\"amount\":\(sum(words[2])),\"mode\":\"cheque\"\(rest)")
    told.amount = minor(words[2])
    return told
  }

  private static func dispute(_ words: [String]) -> Told {
    let id = "\"dispute\":\"\(words[1])\","
    let reopens = words.first { $0.hasPrefix("reopens=") }.map { $0.dropFirst(8) }
    let money = words.dropFirst(words[0] == "decided" ? 4 : 3).first { !$0.contains("=") }
    var told: Told
    if words[0] == "decided" {
      let credit = money.map { ",\"amount_credited\":\(sum($0))" } ?? ""
      told = Story.told("dispute.resolved", words[2], id + "\"outcome\":\"\(words[3])\"" + credit)
    } else {
      let amount = money.map { ",\"disputed_amount\":\(sum($0))" } ?? ""
      let again = reopens.map { ",\"reopens\":\"\($0)\"" } ?? ""
      told = Story.told(
        "dispute.raised", words[2],
        id + "\"category\":\"service\",\"form\":\"oral\"" + amount + again)
    }
    told.amount = money.map(minor) ?? 0
    return told
  }

  private static func minor(_ text: String) -> Int64 {
    guard let money = Money(decimal: text, currency: Currency(rawValue: 356)) else {
      preconditionFailure("not a sum: \(text)")
    }
    return money.minor
  }

  private static func sum(_ text: String) -> String {
    "{\"minor\":\(minor(text)),\"currency\":\"INR\"}"
  }

  private static func told(_ name: String, _ day: String, _ body: String) -> Told {
    guard let type = Register.event(name), let day = Day(day) else {
      preconditionFailure("no event \(name) on \(day)")
    }
    do throws(BodyError) {
      return Told(
        type: type.code, day: day, body: try BodyCodec.encode(Array("{\(body)}".utf8), as: type))
    } catch { preconditionFailure("\(name) cannot be encoded: \(error)") }
  }
}
