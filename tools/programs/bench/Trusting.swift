import Foundation
import Journaling
import Ledger
import Proof

/// Rows about what a ledger proves of itself.
enum Trusting {
  /// Verifies the whole ledger, and hashes the bytes of its events once more from memory, on one
  /// thread and with nothing else; bytes of events a second of both, the best of the rounds.
  static func verify(_ path: String, rounds: Int) throws -> [String: Double] {
    var options = Journal.Options()
    (options.readOnly, options.examinesPages) = (true, true)
    let journal = try Journal(path, options)
    var (bytes, ends): ([UInt8], [Int]) = ([], [0])
    try journal.read { (snapshot) throws(JournalError) in
      try snapshot.bundles { (bundle) throws(JournalError) in
        for index in 0..<bundle.count {
          let event = bundle.event(index).bytes
          unsafe event.withUnsafeBufferPointer { unsafe bytes.append(contentsOf: $0) }
          ends.append(bytes.count)
        }
      }
    }
    var (hashed, verified, sum) = (Double.infinity, Double.infinity, UInt8(0))
    for _ in 0..<max(1, rounds) {
      var begun = Clock.seconds
      for index in 1..<ends.count {
        sum ^= TreeHash.leaf(bytes.span.extracting(ends[index - 1]..<ends[index])).bytes[0]
      }
      hashed = min(hashed, Clock.seconds - begun)
      begun = Clock.seconds
      let found = try journal.verify()
      verified = min(verified, Clock.seconds - begun)
      guard found.isEmpty else { throw JournalError.invalid("\(found[0])") }
    }
    let size = Double(bytes.count)
    return ["verify": size / verified, "hash": size / hashed, "sum": Double(sum)]
  }

  /// Backs the ledger up, verified; and copies its file as it is, forced to disk; bytes a second.
  static func backup(_ path: String, _ target: String) throws -> [String: Double] {
    let size = Double(Files.used(path + "/log/data.mdb"))
    let journal = try Journal(path)
    var begun = Clock.seconds
    _ = try journal.backup(to: target)
    let ours = Clock.seconds - begun
    begun = Clock.seconds
    try copy(path + "/log/data.mdb", to: target + ".plain")
    return ["rate": size / ours, "copy": size / (Clock.seconds - begun)]
  }

  private static func copy(_ from: String, to: String) throws {
    let (input, output) = unsafe (
      open(from, O_RDONLY), open(to, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
    )
    guard input >= 0, output >= 0 else { throw CocoaError(.fileReadNoSuchFile) }
    defer {
      close(input)
      close(output)
    }
    var chunk = [UInt8](repeating: 0, count: 1 << 20)
    while true {
      let count = unsafe chunk.withUnsafeMutableBytes {
        unsafe read(input, $0.baseAddress, $0.count)
      }
      if count <= 0 { break }
      let done = unsafe chunk.withUnsafeBytes { unsafe write(output, $0.baseAddress, count) }
      guard done == count else { throw CocoaError(.fileWriteUnknown) }
    }
    guard fsync(output) == 0 else { throw CocoaError(.fileWriteUnknown) }
  }

  /// Proofs that an event is in the log, with its bytes and a checkpoint, as a stranger takes them;
  /// microseconds.
  static func inclusion(_ path: String, _ count: Int) throws -> [String: Double] {
    let journal = try Journal(path)
    guard let signer = NoteSigner(newKeyNamed: "example.com/bench") else { return [:] }
    let point = try journal.read { (s) throws(JournalError) in
      try s.checkpoint(origin: signer.key.name)
    }
    guard let signature = signer.sign(point.text) else { return [:] }
    let note = SignedNote(text: point.text, signatures: [signature])
    var (times, dice): ([Double], Dice) = ([], Dice(state: 7))
    for _ in 0..<count {
      let seq = 1 + dice.next() % max(1, point.size)
      let begun = Clock.seconds
      let proof = try journal.read { (s) throws(JournalError) in try s.proof(of: seq, under: note) }
      let text = proof.text
      times.append((Clock.seconds - begun) * 1e6)
      guard !text.isEmpty else { return [:] }
    }
    return ["p50": times.median, "p99": times.sorted()[times.count * 99 / 100]]
  }
}
