import Glibc
import Journaling
import Ledger
import LedgerTesting
import Testing

/// The ledger of the kill test, known to parent and child by the parent's process number.
private func place(_ parent: pid_t) -> String { "/tmp/arrears-kill-\(parent)" }

@Suite struct `A writer that is killed` {
  @Test func `loses nothing that it acknowledged`() async throws {
    let path = place(getpid())
    TemporaryLedger.remove(path)
    do { _ = try Journal.create(path, TemporaryLedger.identity) }
    defer { TemporaryLedger.remove(path) }
    for _ in 0..<3 {
      await #expect(processExitsWith: .signal(SIGKILL)) {
        let path = place(getppid())
        let journal = try Journal(path)
        let acknowledged = unsafe open(path + "/acknowledged", O_RDWR | O_CREAT, 0o644)
        let killer = Worker {
          usleep(UInt32.random(in: 20_000...150_000))
          kill(getpid(), SIGKILL)
        }
        while true {
          let count = Int.random(in: 1...400)
          var last: Position = 0
          try journal.write { batch throws(JournalError) in
            for index in 0..<count {
              last = try batch.append(
                TemporaryLedger.draft("A\(index % 50)", refs: ["B\(index % 3)"]))
            }
          }
          unsafe pwrite(acknowledged, &last, 8, 0)
        }
        killer.join()
      }
      var acknowledged: Position = 0
      for (index, byte) in contents(path + "/acknowledged").prefix(8).enumerated() {
        acknowledged |= Position(byte) << Position(8 * index)
      }
      let journal = try Journal(path)
      try journal.read { snapshot throws(JournalError) in
        #expect(snapshot.head >= acknowledged)
        #expect(acknowledged > 0)
      }
      let damage = try journal.check()
      #expect(damage.isEmpty, "\(damage.first?.description ?? "")")
    }
  }
}
