import Foundation

/// A file of receipts, and the mapping that reads it.
enum Receipts {
  static let mapping = """
    about: Receipts made up for the bench.
    format: csv
    zone: Asia/Kolkata
    currency: INR
    case: account
    columns:
      paid_on: date YYYY-MM-DD
      amount: money
    occurred_at: "{paid_on}"
    value_date: "{paid_on}"
    actor: "{cashier}"
    events:
      - type: payment.received
        body:
          payment: "R-{receipt_no}"
          amount: "{amount}"
          mode: "{mode}"

    """

  /// Writes `receipts.csv` and `receipts.yaml`.
  static func write(_ rows: Int, to folder: String) throws {
    var text = "receipt_no,account,paid_on,amount,mode,cashier\n"
    text.reserveCapacity(rows * 56)
    var dice = Dice(state: 42)
    let modes = ["cash", "upi", "nach", "neft"]
    for row in 0..<rows {
      let roll = dice.next()
      let day = 1 + row * 28 / max(1, rows)
      text += "\(row + 1),LN-\(1 + roll % 50_000),2026-01-\(day < 10 ? "0" : "")\(day),"
      text += "\(1 + (roll >> 20) % 50_000).\(10 + (roll >> 40) % 90),"
      text += "\(modes[Int(roll >> 56) & 3]),U-\(roll >> 48 & 63)\n"
    }
    try text.write(toFile: folder + "/receipts.csv", atomically: false, encoding: .utf8)
    try mapping.write(toFile: folder + "/receipts.yaml", atomically: false, encoding: .utf8)
  }
}
