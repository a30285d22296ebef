import Foundation
import LMDB
import LedgerTesting
import Proof

@testable import Journaling
@testable import Ledger

/// A key in a folder of its own.
struct Keys {
  let folder: String
  var path: String { folder + "/key" }

  init() {
    folder = "/tmp/arrears-key-\(getpid())-\(UInt32.random(in: 0 ... .max))"
    unsafe mkdir(folder, 0o700)
  }

  func remove() { TemporaryLedger.remove(folder) }
}

/// For keys that are in their file.
func never(_: String, _: String) throws(JournalError) -> String {
  throw .invalid("no command is run here")
}

/// What `tools/verify.py` says, and whether it ended with 0.
func secondOpinion(_ words: [String]) throws -> (isGood: Bool, text: String) {
  let process = Process()
  let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
  process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
  process.arguments = ["python3", root.appendingPathComponent("tools/verify.py").path] + words
  let pipe = Pipe()
  (process.standardOutput, process.standardError) = (pipe, pipe)
  try process.run()
  let bytes = pipe.fileHandleForReading.readDataToEndOfFile()
  process.waitUntilExit()
  return (process.terminationStatus == 0, String(decoding: bytes, as: UTF8.self))
}

extension TemporaryLedger {
  static func words(_ seq: Int) -> String { "the unlawful words of number \(seq), in full" }

  /// A ledger of flags on four accounts, each with words of its own.
  static func flags(_ count: Int) throws -> TemporaryLedger {
    let ledger = try TemporaryLedger()
    let journal = try ledger.open()
    try journal.write { batch throws(JournalError) in
      for seq in 1...count {
        try batch.append(
          TemporaryLedger.draft(
            "A\(seq % 4)", type: EventCode.accountFlagged, refs: seq % 9 == 0 ? ["B"] : [],
            body: TemporaryLedger.flag(words(seq))))
      }
    }
    try journal.close()
    return ledger
  }

  /// The act of a redaction, without its body.
  static var act: Draft {
    var draft = TemporaryLedger.draft("book", type: EventCode.ledgerEntryRedacted)
    draft.subject = Reference(kind: "ledger", id: "book")
    draft.imported = false
    return draft
  }

  @discardableResult
  func redact(
    _ seq: Position, key: CheckpointKey? = nil, in journal: Journal? = nil,
    run: (String, String) throws(JournalError) -> String = never
  ) throws -> Position {
    let journal = try journal ?? open()
    return try journal.redact(
      seq, TemporaryLedger.act, authority: "order 417/2026", reason: "unlawful",
      zone: journal.zone(), key: key, run: run
    ).first
  }

  /// Puts other bytes in the place of entries of the first bundle, as somebody does who may write
  /// the file and mends its checksum; gives the last ones that were put.
  @discardableResult
  func rewrite(_ seq: Int, _ change: ([UInt8]) throws -> [UInt8]) throws -> [UInt8] {
    let environment = try Environment(folder: path + "/log")
    let tables = try Tables(environment, create: false)
    let bytes: [UInt8]
    do {
      let reading = try environment.reading()
      guard let row = try reading.view.get(tables.bundles, 0) else { return [] }
      bytes = Little.copy(row)
    }
    let (old, anew) = (try Bundle(bytes.span), BundleBuilder(first: 1))
    var put: [UInt8] = []
    for index in 0..<old.count {
      var event = Little.copy(old.event(index).bytes)
      if index == seq - 1 {
        event = try change(event)
        put = event
      }
      anew.append(stored: event.span)
    }
    var transaction = try environment.writing()
    try transaction.put(tables.bundles, 0, anew.seal())
    try transaction.commit()
    return put
  }

  /// What somebody does who may write the files: other facts under an entry's leaf hash, and an act
  /// that vouches for them; `sign` gives its signature.
  func forge(_ seq: Int, sign: (RedactionNote) -> String? = { _ in nil }) throws {
    let act = try open().read { (snapshot) throws(JournalError) in snapshot.head } + 1
    var leaf: [UInt8] = []
    let left = try rewrite(seq) { bytes in
      let event = EventView(bytes.span)
      leaf = event.leaf.bytes
      guard let type = Register.event(code: event.header.type, version: 1),
        var left = try Redaction.remains(of: event, as: type, leaf: leaf, act: act)
      else { return bytes }
      // The day from which it counts.
      left[56] ^= 1
      return left
    }
    var fact = LedgerFact.EntryRedacted(
      seq: Int64(seq), leaf: leaf, remains: TreeHash.plain(left.span).bytes,
      authority: "order 1", reason: "none")
    fact.signature = fact.note(origin: "example.com/book").flatMap(sign)
    var draft = TemporaryLedger.act
    draft.body = fact.encoded
    _ = try open().append([draft])
  }
}
