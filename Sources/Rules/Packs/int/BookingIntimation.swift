import Ledger

extension Rule {
  static let intBookingIntimation = Rule(
    "int.booking.intimation", "Booking by an overdue customer intimated to management", .high,
    .policy, by: OverdueBooking.self,
    defaults: ["hours": 24, "to": ["management", "credit_head"]],
    statement:
      "Management is told within so many hours of a booking by a customer who is overdue at that instant.",
    citation: "House policy.")
}

/// A booking while overdue is told in elapsed hours.
struct OverdueBooking: Judge {
  static var scope: Rule.Scope { .person }
  static var selectedBy: String { "local date of the booking" }
  static var judges: [UInt16] { [EventCode.bookingRecorded] }
  static var reads: [UInt16] { [EventCode.bookingIntimated] }
  static var derives: Set<Derived> { [.becameOverdue, .arrearsCleared] }
  static var parameters: [Parameter] {
    [
      Parameter("hours", .int, "Elapsed hours after the booking."),
      Parameter("to", .codes, "Who counts as management."),
    ]
  }

  private let micros: Int64
  private let to: [TextKey]

  init(_ values: Values) throws(PackError) {
    micros = Int64(try values.int("hours")) * 3_600_000_000
    to = values.codes("to")
  }

  static func judge(_ one: Case, _ laws: Laws<Self>, _ report: inout Report) {
    for booking in one[EventCode.bookingRecorded] {
      guard let law = laws.on(booking.day, one) else { continue }
      let became = one[.becameOverdue].filter { $0.at <= booking.at }
      let isOverdue = became.contains { began in
        !one[.arrearsCleared].contains {
          $0.account == began.account && began.precedes($0) && $0.at <= booking.at
        }
      }
      let last = booking.header.occurred + law.terms.micros
      let isTold = one[EventCode.bookingIntimated].contains { told in
        told[.booking] == booking[.booking] && told.header.occurred <= last
          && told[.to].map { law.terms.to.contains($0) } ?? false
      }
      if isOverdue, !isTold, one.now.rawValue > last {
        report.find("management-not-intimated", booking, law, one)
      }
    }
  }
}
