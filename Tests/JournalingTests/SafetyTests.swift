import Glibc
import Journaling
import Ledger
import LedgerTesting
import Synchronization
import Testing

/// Overwrites bytes of a file.
func patch(_ path: String, at offset: Int, _ change: ([UInt8]) -> [UInt8], count: Int) {
  let file = unsafe open(path, O_RDWR)
  var bytes = [UInt8](repeating: 0, count: count)
  unsafe bytes.withUnsafeMutableBytes {
    _ = unsafe pread(file, $0.baseAddress, $0.count, off_t(offset))
  }
  bytes = change(bytes)
  unsafe bytes.withUnsafeBytes { _ = unsafe pwrite(file, $0.baseAddress, $0.count, off_t(offset)) }
  close(file)
}

/// The bytes of a file.
func contents(_ path: String) -> [UInt8] {
  let file = unsafe open(path, O_RDONLY)
  defer { close(file) }
  var bytes = [UInt8](repeating: 0, count: Int(lseek(file, 0, SEEK_END)))
  unsafe bytes.withUnsafeMutableBytes { _ = unsafe pread(file, $0.baseAddress, $0.count, 0) }
  return bytes
}

@Suite struct `A ledger in danger` {
  @Test func `that was put back to an older state is noticed at open`() throws {
    let ledger = try TemporaryLedger()
    let data = ledger.path + "/log/data.mdb"
    do {
      let journal = try ledger.open()
      _ = try journal.append([TemporaryLedger.draft("A")])
    }
    let older = contents(data)
    do {
      let journal = try ledger.open()
      _ = try journal.append([TemporaryLedger.draft("A")])
    }
    patch(data, at: 0, { _ in older }, count: older.count)
    #expect(throws: JournalError.outsideHeadNewer(ledger.path, outside: 2, inside: 1)) {
      _ = try ledger.open()
    }
    var options = ledger.options
    options.ignoresOutsideHead = true
    let salvage = try Journal(ledger.path, options)
    try salvage.read { snapshot throws(JournalError) in #expect(snapshot.head == 1) }
  }

  @Test func `whose acknowledged event is another one is noticed at open`() throws {
    let ledger = try TemporaryLedger()
    do {
      let journal = try ledger.open()
      _ = try journal.append([TemporaryLedger.draft("A", body: Array("a body to find".utf8))])
    }
    let data = contents(ledger.path + "/log/data.mdb")
    let wanted = Array("a body to find".utf8)
    for at in 0..<data.count - wanted.count where data[at] == wanted[0] {
      if Array(data[at..<at + wanted.count]) == wanted {
        patch(ledger.path + "/log/data.mdb", at: at, { [$0[0] ^ 1] + $0[1...] }, count: 4)
      }
    }
    #expect(throws: JournalError.outsideHeadDiffers(ledger.path, 1)) { _ = try ledger.open() }
  }

  @Test func `with a damaged head file says so and where`() throws {
    let ledger = try TemporaryLedger()
    patch(ledger.path + "/log/head", at: 9, { [$0[0] ^ 4] }, count: 1)
    #expect(
      throws: JournalError.corrupt(ledger.path + "/log/head", "its own checksum does not fit")
    ) { _ = try ledger.open() }
  }

  @Test func `shows flipped bits in bundles and tail to the check`() throws {
    let seed = UInt64.random(in: 0 ... .max)
    print("seed of the flipped bits: \(seed)")
    var random = Seeded(state: seed)
    let ledger = try TemporaryLedger()
    let needle = Array("needle in the body".utf8)
    do {
      let journal = try ledger.open()
      try journal.write { batch throws(JournalError) in
        for index in 0..<300 {
          try batch.append(TemporaryLedger.draft("A\(index % 5)", body: needle))
        }
      }
      try journal.close()
    }
    let path = ledger.path + "/log/data.mdb"
    let data = contents(path)
    let places = (0..<data.count - needle.count).filter {
      data[$0] == needle[0] && Array(data[$0..<$0 + needle.count]) == needle
    }
    #expect(places.count >= 300)
    for _ in 0..<20 {
      let at =
        places.randomElement(using: &random)! + Int.random(in: 0..<needle.count, using: &random)
      let bit = UInt8(1) << UInt8.random(in: 0..<8, using: &random)
      patch(path, at: at, { [$0[0] ^ bit] }, count: 1)
      var options = ledger.options
      options.ignoresOutsideHead = true
      let damage = try Journal(ledger.path, options).check()
      // A page that LMDB has freed may hold an older copy of a tail row: a flip there is no damage.
      let stale = places.count > 300
      #expect(stale || damage.count == 1, "bit \(bit) at \(at)")
      patch(path, at: at, { [$0[0] ^ bit] }, count: 1)
    }
    let clean = try ledger.open().check()
    #expect(clean.isEmpty)
  }

  @Test func `is refused when it is absent, there already, newer, or locked`() throws {
    let ledger = try TemporaryLedger()
    #expect(throws: JournalError.absent("/tmp/arrears-nowhere")) {
      _ = try Journal("/tmp/arrears-nowhere")
    }
    #expect(throws: JournalError.exists(ledger.path)) {
      _ = try Journal.create(ledger.path, TemporaryLedger.identity)
    }
    let lock = unsafe open(ledger.path + "/writer", O_RDWR)
    #expect(flock(lock, LOCK_EX) == 0)
    unsafe "pid 1, another\n".withCString { _ = unsafe pwrite(lock, $0, 15, 0) }
    let journal = try ledger.open()
    #expect(throws: JournalError.locked(ledger.path, holder: "pid 1, another")) {
      try journal.append([TemporaryLedger.draft("A")])
    }
    close(lock)
    _ = try journal.append([TemporaryLedger.draft("A")])
    patch(ledger.path + "/ARREARS", at: 23, { _ in [UInt8(ascii: "9")] }, count: 1)
    #expect(throws: JournalError.newerFormat(ledger.path, 9)) { _ = try ledger.open() }
  }

  @Test func `knows an event without an id by its position as it is written, and no other way`()
    throws
  {
    let ledger = try TemporaryLedger()
    let journal = try ledger.open()
    _ = try journal.append([TemporaryLedger.draft("A")])
    let id = journal.identity.id
    let found = try journal.read { (snapshot) throws(JournalError) in
      var found: [Position?] = []
      for seq in ["1", "+1", "01", "2"] {
        found.append(try snapshot.position(ofEvent: "\(id)-\(seq)"))
      }
      return found
    }
    #expect(found == [1, nil, nil, nil])
  }

  @Test func `names no event where none was read`() {
    let error = JournalError.wire(WireError("a map was expected", at: 3), at: 0)
    #expect("\(error)".hasPrefix("A body or a policy cannot be read: "))
  }

  @Test func `opened for reading writes nothing`() throws {
    let ledger = try TemporaryLedger()
    var options = ledger.options
    options.readOnly = true
    let journal = try Journal(ledger.path, options)
    #expect(throws: JournalError.readOnly(ledger.path)) {
      try journal.append([TemporaryLedger.draft("A")])
    }
  }
}

@Suite struct `Many callers` {
  @Test func `get gapless positions, each its own`() throws {
    let ledger = try TemporaryLedger()
    let journal = try ledger.open()
    let seen = Mutex<[Position]>([])
    let threads = (0..<16).map { thread in
      Worker {
        for index in 0..<25 {
          let key = CommandKey("\(thread)-\(index)")
          let receipt = try? journal.append([TemporaryLedger.draft("A\(thread)")], key: key)
          seen.withLock { $0.append(receipt?.first ?? 0) }
        }
      }
    }
    for thread in threads { thread.join() }
    let positions = seen.withLock { $0.sorted() }
    #expect(positions == (1...400).map { Position($0) })
    let damage = try journal.check()
    #expect(damage.isEmpty)
  }

  @Test func `that fail do not take the others with them`() async throws {
    let ledger = try TemporaryLedger()
    let journal = try ledger.open()
    let results = await withTaskGroup(of: Bool.self) { group in
      for index in 0..<60 {
        group.addTask {
          var draft = TemporaryLedger.draft("A")
          if index % 3 == 0 { draft.target = "no such event" }
          let drafts = [TemporaryLedger.draft("B"), draft]
          do throws(JournalError) {
            _ = try await journal.append(drafts)
            return true
          } catch { return false }
        }
      }
      var good = 0
      for await result in group where result { good += 1 }
      return good
    }
    #expect(results == 40)
    try journal.read { snapshot throws(JournalError) in #expect(snapshot.head == 80) }
    let damage = try journal.check()
    #expect(damage.isEmpty, "\(damage.first?.description ?? "")")
  }
}

/// A thread to wait for.
final class Worker: @unchecked Sendable {
  private var thread: pthread_t = 0
  private let body: @Sendable () -> Void

  init(_ body: @escaping @Sendable () -> Void) {
    self.body = body
    unsafe pthread_create(
      &thread, nil,
      { argument in
        unsafe Unmanaged<Worker>.fromOpaque(argument!).takeRetainedValue().body()
        return nil
      }, Unmanaged.passRetained(self).toOpaque())
  }

  func join() { pthread_join(thread, nil) }
}
