package import Ledger
internal import LMDB

/// A client's name for one command, kept for ever: the same key never records twice.
package struct CommandKey: Hashable, Sendable {
  /// The key's text, 1 to 500 bytes of UTF-8.
  package let text: String
  /// A key; its length is checked when it is used.
  package init(_ text: String) { self.text = text }
}

/// What a command was answered.
package struct CommandRow: Hashable, Sendable {
  /// SHA-256 over what the command said.
  package var digest: [UInt8]
  /// Positions of its events.
  package var first: Position, last: Position

  /// An answer.
  package init(digest: [UInt8], first: Position, last: Position) {
    self.digest = digest
    self.first = first
    self.last = last
  }

  init?(_ key: CommandKey, _ view: View, _ tables: Tables) throws {
    let utf8 = Array(key.text.utf8)
    guard !utf8.isEmpty else {
      throw JournalError.invalid("An idempotency key is empty; send at least one character.")
    }
    guard utf8.count <= NameKey.limit else {
      throw JournalError.tooLong("An idempotency key", utf8.count, NameKey.limit)
    }
    guard let row = try view.get(tables.commands, utf8.span) else { return nil }
    guard CommandRow.isSound(utf8.span, row) else {
      throw JournalError.corrupt("the answer to command \(key.text)", "it fails its checksum")
    }
    digest = Little.copy(row.extracting(0..<32))
    first = Little.load(UInt64.self, row, 32)
    last = Little.load(UInt64.self, row, 40)
  }

  /// Whether a row is as it was written. Format 1 wrote 48 bytes without a checksum.
  static func isSound(_ key: Span<UInt8>, _ row: Span<UInt8>) -> Bool {
    if row.count == 48 { return true }
    return row.count == 52
      && Little.load(UInt32.self, row, 48) == checksum(key, row.extracting(0..<48))
  }

  private static func checksum(_ key: Span<UInt8>, _ row: Span<UInt8>) -> UInt32 {
    crc32c((Little.copy(key) + Little.copy(row)).span)
  }

  /// The row of a key.
  func bytes(under key: [UInt8]) -> [UInt8] {
    var bytes = digest
    Little.append(first, to: &bytes)
    Little.append(last, to: &bytes)
    Little.append(CommandRow.checksum(key.span, bytes.span), to: &bytes)
    return bytes
  }
}

/// What a writer is told when its events are durable.
package struct Receipt: Hashable, Sendable {
  /// Positions of the events.
  package var first: Position, last: Position
  /// Whether this is the answer to the same command sent before.
  package var replayed: Bool
  /// What is wrong with a fact, and codes that no list has: noted all the same.
  package var flags: [Refusal] = []
}

/// What is known of an imported file, by the digest of file and mapping.
///
/// It is written in the transactions that append the import's events, so after an interruption it
/// says exactly which part was accepted. Not derived: it is kept, like the answers to commands.
package struct ImportRow: Hashable, Sendable {
  /// SHA-256 over file and mapping; 32 bytes.
  package var digest: [UInt8]
  /// Number of the import: that of the name, of kind `import`, which its events introduced.
  package var number: UInt32
  /// Whether everything of the file was accepted.
  package var isComplete = false
  /// Positions of its first and last event so far; other writers' events may stand between them.
  package var first: Position = 0, last: Position = 0
  /// Lines of the file read so far.
  package var rows: UInt64 = 0
  /// Events made from them.
  package var events: UInt64 = 0
  /// Lines refused.
  package var refused: UInt64 = 0
  /// Where to go on: whatever the importer counts, lines or bytes.
  package var progress: UInt64 = 0
  /// What else the importer wants to know again: file name, its SHA-256 …; at most 4,096 bytes.
  package var detail: [UInt8] = []

  /// A row for an import that begins.
  package init(digest: [UInt8], number: UInt32) {
    self.digest = digest
    self.number = number
  }

  static func read(_ digest: [UInt8], _ view: View, _ tables: Tables) throws -> ImportRow? {
    guard digest.count == 32 else {
      throw JournalError.invalid("An import's digest has \(digest.count) bytes; it must have 32.")
    }
    guard let bytes = try view.get(tables.imports, digest.span) else { return nil }
    return try ImportRow(digest, bytes)
  }

  init(_ digest: [UInt8], _ bytes: Span<UInt8>) throws(JournalError) {
    guard bytes.count >= 56 else { throw .corrupt("the row of an import", "it is too short") }
    let marks = Little.load(UInt32.self, bytes, 4)
    var end = bytes.count
    // Format 1 wrote no checksum.
    if marks & 2 != 0 {
      end -= 4
      guard end >= 56,
        Little.load(UInt32.self, bytes, end)
          == crc32c((digest + Little.copy(bytes.extracting(0..<end))).span)
      else { throw .corrupt("the row of an import", "it fails its checksum") }
    }
    self.digest = digest
    number = Little.load(UInt32.self, bytes, 0)
    isComplete = marks & 1 != 0
    first = Little.load(UInt64.self, bytes, 8)
    last = Little.load(UInt64.self, bytes, 16)
    rows = Little.load(UInt64.self, bytes, 24)
    events = Little.load(UInt64.self, bytes, 32)
    refused = Little.load(UInt64.self, bytes, 40)
    progress = Little.load(UInt64.self, bytes, 48)
    detail = Little.copy(bytes.extracting(56..<end))
  }

  var bytes: [UInt8] {
    var bytes: [UInt8] = []
    Little.append(number, to: &bytes)
    Little.append(UInt32(isComplete ? 3 : 2), to: &bytes)
    for value in [first, last, rows, events, refused, progress] { Little.append(value, to: &bytes) }
    bytes += detail
    Little.append(crc32c((digest + bytes).span), to: &bytes)
    return bytes
  }
}

extension Writer {
  /// Writes down the answer to a command; its key must be new.
  func put(command key: CommandKey, _ row: CommandRow) throws {
    let utf8 = Array(key.text.utf8)
    try put(tables.commands, utf8, row.bytes(under: utf8), .insert)
  }

  /// Writes down how far an import has come.
  func put(importRow row: ImportRow) throws {
    guard row.digest.count == 32 else {
      throw JournalError.invalid(
        "An import's digest has \(row.digest.count) bytes; it must have 32.")
    }
    guard row.detail.count <= 4096 else {
      throw JournalError.tooLong("The detail of an import", row.detail.count, 4096)
    }
    try put(tables.imports, row.digest, row.bytes, .replace)
  }
}
