/// How long legal clocks run, and when courts are closed.
///
/// The defaults are the law of India as it stands: Negotiable Instruments Act, sections 138 and 142
/// (15 days to pay, one month to complain; the days of the demand itself are of `pdc_lead_days`);
/// SARFAESI Act 2002, section 13 (60 days before a measure, 15 days to answer a representation) and
/// its rules (30 days before a sale, 15 before a repeated one).
package struct LegalTerms: PolicyBody, Hashable {
  /// Days to pay after the demand for a returned cheque was served.
  package var payDays: Int
  /// Calendar months from the cause of action in which a complaint is filed.
  package var complaintMonths: Int
  /// Days from a notice under section 13(2) before any measure.
  package var possessionDays: Int
  /// Days in which a representation is answered.
  package var replyDays: Int
  /// Days from a sale notice before the first sale, and before a repeated one.
  package var saleDays: Int, resaleDays: Int
  /// When courts are closed.
  package var court: BusinessCalendar
  /// Days that the demand's time does not count.
  package var tolls: [ClosedRange<Day>]

  /// Its code in `policy_kind`.
  package static let kind = "statutory_clocks"
  /// The law of India; courts are closed on Sundays, and the days that the Supreme Court took out
  /// of all limitation (2020-03-15 to 2022-02-28) are not counted.
  package static let standard = LegalTerms(
    payDays: 15, complaintMonths: 1, possessionDays: 60, replyDays: 15, saleDays: 30,
    resaleDays: 15, court: BusinessCalendar(weekend: [6], holidays: []),
    tolls: [Day(rawValue: 18_336)...Day(rawValue: 19_051)])
  /// Fields that a body must name.
  package static let required: [String] = []

  /// Takes one of its fields.
  package mutating func take(_ field: String, _ body: inout CBORReader) throws(WireError) {
    switch field {
    case "pay_days": payDays = Int(try body.int())
    case "complaint_months": complaintMonths = Int(try body.int())
    case "possession_days": possessionDays = Int(try body.int())
    case "reply_days": replyDays = Int(try body.int())
    case "sale_days": saleDays = Int(try body.int())
    case "resale_days": resaleDays = Int(try body.int())
    case "court_closed":
      court.holidays = []
      for _ in 0..<(try body.array()) { court.holidays.insert(try Self.day(field, &body)) }
    case "tolls":
      tolls = []
      for _ in 0..<(try body.array()) {
        var (from, to) = (Day.undated, Day.none)
        for _ in 0..<(try body.map()) {
          switch try body.text() {
          case "from": from = try Self.day(field, &body)
          case "to": to = try Self.day(field, &body)
          case let other: throw Self.unknown(other, body)
          }
        }
        guard from <= to else { throw Self.misfit(field, "stretches from a day to a day", body) }
        tolls.append(from...to)
      }
    default: throw Self.unknown(field, body)
    }
  }

  private static func day(_ field: String, _ body: inout CBORReader) throws(WireError) -> Day {
    let text = try body.text()
    guard let day = Day(text) else {
      throw misfit(field, "dates of the form YYYY-MM-DD, not `\(text)`", body)
    }
    return day
  }

  /// No number may be negative or beyond all use.
  package var fault: String? {
    let days = [payDays, possessionDays, replyDays, saleDays, resaleDays]
    let fits = days.allSatisfy { (0...3660).contains($0) } && (1...120).contains(complaintMonths)
    return fits ? nil : "has a negative or absurd number of days or months"
  }
}

extension LegalTerms {
  /// The first day of a sale after a notice of it: after a sale that failed the notice is shorter.
  package func saleFrom(_ noticed: Day, isRepeated: Bool) -> Day {
    LegalClocks.measure(noticed, waitDays: isRepeated ? resaleDays : saleDays)
  }
}
