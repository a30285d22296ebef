import Ledger

extension Rule {
  static let intCashDeposit = Rule(
    "int.cash.deposit", "Cash banked in time and equal to its receipts", .critical, .policy,
    by: CashBanked.self, defaults: ["business_days": 1, "weekend": [6], "holidays": []],
    statement:
      "A deposit is the sum of the receipts it lists, no receipt is in two deposits, and every cash receipt is banked within so many business days.",
    citation: "House policy.")
}

/// Cash receipts against deposits of the whole house, by receipt number.
struct CashBanked: Judge {
  static var scope: Rule.Scope { .house }
  static var selectedBy: String { "local date of the receipt" }
  static var judges: [UInt16] { [EventCode.paymentReceived, EventCode.cashDeposited] }
  static var parameters: [Parameter] {
    [
      Parameter("business_days", .int, "Business days after the day of receipt."),
      Parameter("weekend", .weekdays, "Closed weekdays, Monday 0 to Sunday 6."),
      Parameter("holidays", .days, "Bank holidays."),
      Parameter("calendar", .code, "A calendar policy that gives weekend and holidays."),
    ]
  }

  static func wants(_ act: Act) -> Bool {
    act.type != EventCode.paymentReceived || act[.mode] == Codes.cash && act.has(.receiptNo)
  }

  private let days: Int
  private let calendar: BusinessCalendar

  init(_ values: Values) throws(PackError) {
    days = try values.int("business_days")
    calendar = values.calendar
  }

  static func judge(_ one: Case, _ laws: Laws<Self>, _ report: inout Report) {
    var receipts: [TextKey: Act] = [:]
    for received in one[EventCode.paymentReceived] where received[.mode] == Codes.cash {
      if let number = received[.receiptNo] { receipts[number] = received }
    }
    var banked: [TextKey: Act] = [:]
    for deposit in one[EventCode.cashDeposited] {
      let listed = one.texts(deposit, .receipts)
      guard let law = laws.on(deposit.day, one) else { continue }
      var told: Set<TextKey> = []
      for number in listed where banked[number] != nil && told.insert(number).inserted {
        report.find(
          "receipt-double-deposited", deposit, law, one, because: [banked[number] ?? deposit],
          part: .digest(number))
      }
      for number in listed where banked[number] == nil { banked[number] = deposit }
      let found = listed.compactMap { receipts[$0] }
      let sum = found.reduce(Int64(0)) { $0 + $1.amount }
      if !found.isEmpty, found.count == listed.count, sum != deposit.amount {
        report.find(
          "deposit-mismatch", deposit, law, one, [("receipts", deposit.shown(sum))],
          because: found)
      }
    }
    for received in one[EventCode.paymentReceived] where received[.mode] == Codes.cash {
      guard let number = received[.receiptNo], let law = laws.on(received.day, one) else {
        continue
      }
      let due = law.terms.calendar.adding(law.terms.days, to: received.day)
      let shown: [Finding.Extra] = [("due", .day(due))]
      if let deposit = banked[number] {
        if deposit.day > due {
          report.find(
            "deposit-late", received, law, one, on: due + 1, shown, because: [deposit])
        }
      } else if one.today > due {
        report.find("deposit-missing", received, law, one, on: due + 1, shown)
      }
    }
  }
}
