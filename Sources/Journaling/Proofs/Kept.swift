internal import LMDB
internal import Ledger

/// The rows that no event says: answers to idempotency keys, and the state of imports. As bytes,
/// for whoever ships a log without its LMDB file.
///
/// ```
/// u32 magic "ARC1"   u32 CRC32C of everything behind
/// then rows:  u8 1 command, 2 import   u32 key length   u32 value length   key   value
/// ```
enum Kept {
  static let magic: UInt32 = 0x3143_5241

  /// One row.
  struct Row {
    var isCommand: Bool
    var key: [UInt8]
    var value: [UInt8]
  }

  static func write(_ rows: [Row]) -> [UInt8] {
    var bytes: [UInt8] = []
    Little.append(magic, to: &bytes)
    Little.append(UInt32(0), to: &bytes)
    for row in rows {
      bytes.append(row.isCommand ? 1 : 2)
      Little.append(UInt32(row.key.count), to: &bytes)
      Little.append(UInt32(row.value.count), to: &bytes)
      bytes += row.key + row.value
    }
    Little.set(crc32c(bytes.span.extracting(8..<bytes.count)), in: &bytes, at: 4)
    return bytes
  }

  static func read(_ bytes: [UInt8]) -> [Row]? {
    guard bytes.count >= 8, Little.load(UInt32.self, bytes.span, 0) == magic,
      Little.load(UInt32.self, bytes.span, 4) == crc32c(bytes.span.extracting(8..<bytes.count))
    else { return nil }
    var rows: [Row] = []
    var at = 8
    while at < bytes.count {
      guard at + 9 <= bytes.count, bytes[at] == 1 || bytes[at] == 2 else { return nil }
      let key = Int(Little.load(UInt32.self, bytes.span, at + 1))
      let value = Int(Little.load(UInt32.self, bytes.span, at + 5))
      guard at + 9 + key + value <= bytes.count else { return nil }
      rows.append(
        Row(
          isCommand: bytes[at] == 1, key: Array(bytes[at + 9..<at + 9 + key]),
          value: Array(bytes[at + 9 + key..<at + 9 + key + value])))
      at += 9 + key + value
    }
    return rows
  }
}

extension Snapshot {
  /// The kept rows that belong to the first `size` events.
  func kept(of size: Position) throws(JournalError) -> [UInt8] {
    try view { view in
      var rows: [Kept.Row] = []
      var commands = try view.cursor(tables.commands)
      while try commands.next() {
        let value = Little.copy(commands.value)
        guard value.count >= 48, Little.load(UInt64.self, value.span, 40) <= size else { continue }
        rows.append(.init(isCommand: true, key: Little.copy(commands.key), value: value))
      }
      var imports = try view.cursor(tables.imports)
      while try imports.next() {
        let value = Little.copy(imports.value)
        // An import that is still going on behind the checkpoint would claim rows that are not
        // there.
        guard value.count >= 56, Little.load(UInt64.self, value.span, 16) <= size else { continue }
        rows.append(.init(isCommand: false, key: Little.copy(imports.key), value: value))
      }
      return Kept.write(rows)
    }
  }
}

extension Batch {
  /// Puts kept rows back, beside the events they speak of.
  mutating func put(_ rows: [Kept.Row]) throws(JournalError) {
    do {
      for row in rows {
        try writer.put(
          row.isCommand ? writer.tables.commands : writer.tables.imports, row.key, row.value,
          .insert)
      }
    } catch { throw JournalError(error) }
  }
}
