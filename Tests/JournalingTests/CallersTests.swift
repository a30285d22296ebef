import Glibc
import Journaling
import Ledger
import LedgerTesting
import Testing

private func place(_ parent: pid_t) -> String { "/tmp/arrears-callers-\(parent)" }

@Suite struct `Many callers that each await their own event` {
  @Test func `each gets a position of its own, and its event is there`() async throws {
    let ledger = try TemporaryLedger()
    let journal = try ledger.open()
    let receipts = try await withThrowingTaskGroup(of: (String, [Position]).self) { group in
      for caller in 0..<128 {
        group.addTask {
          var positions: [Position] = []
          for _ in 0..<5 {
            let receipt = try await journal.append([TemporaryLedger.draft("A\(caller)")])
            positions.append(receipt.first)
          }
          return ("A\(caller)", positions)
        }
      }
      return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
    }
    #expect(Set(receipts.values.joined()).count == 640)
    try journal.read { snapshot throws(JournalError) in
      #expect(snapshot.head == 640)
      for (account, positions) in receipts {
        // Its own trail, in the order in which it asked.
        guard let number = try snapshot.number(.account, account) else {
          Issue.record("\(account) is unknown")
          continue
        }
        var trail: [Position] = []
        try snapshot.trail(of: number) { event throws(JournalError) in
          trail.append(event.header.seq)
        }
        #expect(trail == positions)
      }
    }
  }

  @Test func `one who asks for something wrong is told so, and the others are served`() async throws
  {
    let ledger = try TemporaryLedger()
    let journal = try ledger.open()
    let outcomes = await withTaskGroup(of: Bool.self) { group in
      for caller in 0..<64 {
        group.addTask {
          // Every eighth names an event that is not there.
          var draft = TemporaryLedger.draft("A\(caller)")
          if caller % 8 == 0 { draft.target = "nothing" }
          do {
            _ = try await journal.append([TemporaryLedger.draft("B\(caller)"), draft])
            return true
          } catch { return false }
        }
      }
      return await group.reduce(into: [Bool]()) { $0.append($1) }
    }
    #expect(outcomes.count { $0 } == 56)
    // The first draft of a refused call is not stored either.
    try journal.read { snapshot throws(JournalError) in #expect(snapshot.head == 112) }
    #expect(try journal.check().isEmpty)
  }

  @Test func `a killed process loses nothing that any of 128 callers was told`() async throws {
    let path = place(getpid())
    TemporaryLedger.remove(path)
    do { _ = try Journal.create(path, TemporaryLedger.identity) }
    defer { TemporaryLedger.remove(path) }
    for _ in 0..<3 {
      await #expect(processExitsWith: .signal(SIGKILL)) {
        let path = place(getppid())
        let journal = try Journal(path)
        // One word of eight bytes a caller: the last position it was told.
        let told = unsafe open(path + "/told", O_RDWR | O_CREAT, 0o644)
        let killer = Worker {
          usleep(UInt32.random(in: 60_000...250_000))
          kill(getpid(), SIGKILL)
        }
        await withTaskGroup(of: Void.self) { group in
          for caller in 0..<128 {
            group.addTask {
              while let receipt = try? await journal.append([
                TemporaryLedger.draft("A\(caller)")
              ]) {
                var last = receipt.first
                unsafe pwrite(told, &last, 8, off_t(caller * 8))
              }
            }
          }
        }
        killer.join()
      }
      let bytes = contents(path + "/told")
      let journal = try Journal(path)
      try journal.read { snapshot throws(JournalError) in
        var found = 0
        for caller in 0..<bytes.count / 8 {
          var last: Position = 0
          for index in 0..<8 { last |= Position(bytes[caller * 8 + index]) << Position(8 * index) }
          if last == 0 { continue }
          found += 1
          // The very event: on the account of the caller that was told.
          let number = try snapshot.number(.account, "A\(caller)")
          let account = try snapshot.event(at: last) { event throws(JournalError) in
            event.header.account
          }
          #expect(account == number && number != nil, "caller \(caller), position \(last)")
        }
        #expect(found > 100)
      }
      let damage = try journal.check()
      #expect(damage.isEmpty, "\(damage.first?.description ?? "")")
    }
  }
}
