import Glibc
import LedgerTesting
import Testing

@testable import Journaling

/// Files that are there whole or not at all, and never over another.
@Suite struct `A file on its way` {
  private func exists(_ path: String) -> Bool { unsafe access(path, F_OK) == 0 }

  @Test func `stands at its place when it is whole`() throws {
    let path = try TemporaryLedger().path + "-file"
    defer { unsafe unlink(path) }
    let draft = try FileDraft(path, mode: 0o600)
    try draft.write([1, 2])
    #expect(!exists(path))
    try draft.write([3])
    try draft.place()
    #expect(contents(path) == [1, 2, 3])
    #expect(throws: JournalError.exists(path)) { try FileDraft(path) }
  }

  @Test func `leaves nothing when it is given up, and never goes over another`() throws {
    let ledger = try TemporaryLedger()
    let path = ledger.path + "/file"
    for isTaken in [false, true] {
      do {
        let draft = try FileDraft(path)
        try draft.write([1])
        guard isTaken else { continue }
        let other = try FileDraft(path)
        try other.write([2])
        try other.place()
        #expect(throws: JournalError.exists(path)) { try draft.place() }
      }
    }
    #expect(contents(path) == [2])
    #expect(Files.names(in: ledger.path).filter { $0.hasPrefix("file") } == ["file"])
  }

  @Test func `on a full disk is said to be that`() {
    #expect(
      "\(JournalError.system("Writing a", ENOSPC))"
        == "Writing a failed: the disk is full; free some space and try again.")
  }
}
