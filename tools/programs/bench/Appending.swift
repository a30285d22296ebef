import Journaling
import Ledger

/// Rows that write: bulk and single.
enum Appending {
  /// What the ledgers of the bench say of themselves.
  static let identity = Identity(
    id: "00000000-0000-4000-8000-00000000be9c", zone: "Asia/Kolkata",
    currency: Currency(rawValue: 356), created: Moment(rawValue: 1_767_225_600_000_000))

  /// W in transactions of `size` events into a new ledger: durable, and every account readable.
  static func bulk(_ path: String, _ count: Int, transaction size: Int) throws -> [String: Double] {
    let work = Workload(count, of: count)
    let names = (0...Int(Workload.accounts)).map { Array("LN-\($0)".utf8) }
    let journal = try Journal.create(path, identity)
    var numbers = ContiguousArray<UInt32>(repeating: 0, count: names.count)
    let begun = Clock.seconds
    try journal.write { (batch: inout Batch) throws(JournalError) in
      let none = [UInt8]()
      let bodies = work.bodies.span
      for index in 0..<count {
        var header = work.headers[index]
        let account = Int(header.account)
        if numbers[account] == 0 {
          let name = names[account]
          numbers[account] = try batch.number(.account, utf8: name.span)
        }
        header.account = numbers[account]
        try batch.append(
          header, envelope: none.span,
          body: bodies.extracting(work.ends[index]..<work.ends[index + 1]))
        if (index + 1) % size == 0 { try batch.checkpoint() }
      }
    }
    try journal.close()
    let seconds = Clock.seconds - begun
    let bytes = Files.used(path + "/log/data.mdb")
    return ["rate": Double(count) / seconds, "bytes": Double(bytes) / Double(count)]
  }

  /// One durable event at a time, onto what stands there.
  static func single(_ path: String, _ count: Int) throws -> [String: Double] {
    let work = Workload(count, of: count)
    let journal = try Journal(path)
    var times: [Double] = []
    for index in 0..<count {
      let begun = Clock.seconds
      try journal.write { (batch: inout Batch) throws(JournalError) in
        let none = [UInt8]()
        try batch.append(
          work.headers[index], envelope: none.span,
          body: work.bodies.span.extracting(work.ends[index]..<work.ends[index + 1]))
      }
      times.append((Clock.seconds - begun) * 1e6)
    }
    return ["p50": times.median]
  }
}
