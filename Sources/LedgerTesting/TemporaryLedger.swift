internal import Glibc
package import Journaling
package import Ledger
internal import Synchronization

/// A ledger in a folder of its own below `/tmp`, with a clock that the test turns; gone with its
/// last reference.
package final class TemporaryLedger: Sendable {
  /// The ledger's path.
  package let path: String
  private let time = Mutex<Int64>(1_767_225_600_000_000)

  /// An empty ledger; its clock stands at 2026-01-01T00:00:00Z.
  package convenience init() throws(JournalError) { try self.init(TemporaryLedger.identity) }

  /// An empty ledger that says this of itself.
  package init(_ identity: Identity) throws(JournalError) {
    path = "/tmp/arrears-test-\(getpid())-\(UInt32.random(in: 0 ... .max))"
    _ = try Journal.create(path, identity, options)
  }

  /// An empty ledger of a zone and a currency.
  package convenience init(zone: String, currency: String) throws(JournalError) {
    var identity = TemporaryLedger.identity
    identity.zone = zone
    identity.currency = Currency(code: currency) ?? identity.currency
    try self.init(identity)
  }

  deinit { TemporaryLedger.remove(path) }

  /// What every temporary ledger says of itself.
  package static var identity: Identity {
    Identity(
      id: "00000000-0000-4000-8000-000000000000", zone: "Asia/Kolkata",
      currency: Currency(rawValue: 356), created: Moment(rawValue: 1_767_225_600_000_000))
  }

  /// Options with this ledger's clock, which advances one microsecond whenever it is read, and a
  /// short patience.
  package var options: Journal.Options {
    var options = Journal.Options()
    options.patience = 0.2
    options.mapSize = 4 << 30
    options.command = "test"
    options.clock = { [self] in
      time.withLock {
        $0 += 1
        return Moment(rawValue: $0)
      }
    }
    return options
  }

  /// Sets the clock.
  package func turn(to moment: Moment) { time.withLock { $0 = moment.rawValue } }

  /// Opens the ledger.
  package func open() throws(JournalError) -> Journal { try Journal(path, options) }

  /// A draft on an account, with a body of a few bytes.
  package static func draft(
    _ account: String, type: UInt16 = 1, id: String? = nil, refs: [String] = [],
    body: [UInt8] = [0xA0]
  ) -> Draft {
    let occurred = ClockTime(moment: Moment(rawValue: 1_767_225_600_000_000), offset: 330)
    var draft = Draft(
      type: type, subject: Reference(kind: "account", id: account), occurred: occurred,
      day: occurred.day, actor: Actor(id: "tester"), body: body)
    draft.eventID = id
    draft.refs = refs.map { Reference(kind: "account", id: $0) }
    return draft
  }

  /// The body of `account.flagged`, as long as its text.
  package static func flag(_ text: String) -> [UInt8] {
    var out = CBORWriter()
    out.map(3)
    out.uint(0)
    out.text("vip")
    out.uint(1)
    out.bool(true)
    out.uint(2)
    out.text(text)
    return out.bytes
  }

  /// Removes a folder and everything in it.
  package static func remove(_ path: String) {
    guard let folder = unsafe opendir(path) else {
      unsafe unlink(path)
      return
    }
    while let entry = unsafe readdir(folder) {
      let name = unsafe withUnsafeBytes(of: entry.pointee.d_name) {
        unsafe String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != ".", name != ".." { remove(path + "/" + name) }
    }
    unsafe closedir(folder)
    unsafe rmdir(path)
  }
}
