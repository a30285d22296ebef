internal import Glibc
internal import LMDB
internal import Ledger
package import Proof

/// A folder that any reader of C2SP tlog-tiles understands: `checkpoint`, `tile/…`, and beside them
/// `ledger`, one line that says which ledger it is, `kept`, what no event says: the answers to
/// idempotency keys and the state of imports, and `access`, the access log as far as the
/// checkpoint covers it.
///
/// It grows by whole files: the checkpoint is replaced last, so a reader who comes at any moment,
/// or after a power cut, sees a log that is whole up to its checkpoint.
package struct TileFolder: Sendable {
  /// The folder's path.
  package let path: String

  /// The folder at `path`, there or not.
  package init(_ path: String) { self.path = path }

  /// Whether anything stands at the path.
  package var exists: Bool { Files.exists(path) }

  /// The checkpoint in the folder, its signature not looked at; nil when there is none.
  package func checkpoint() throws(JournalError) -> Checkpoint? {
    guard let bytes = Files.read(path + "/checkpoint", limit: 1 << 20) else { return nil }
    do throws(NoteError) { return try Checkpoint(text: SignedNote(bytes).text) } catch {
      throw .invalid("\(path)/checkpoint is no checkpoint: \(error).")
    }
  }

  /// Brings the folder up to a signed checkpoint of the ledger; gives the files written. A folder
  /// of another log, or of one that is further, is left as it is, and so is one whose files are not
  /// what the ledger holds; but entries that were redacted since are replaced.
  package func ship(
    _ journal: Journal, _ note: SignedNote, progress: (UInt64, UInt64) -> Void = { _, _ in }
  ) throws(JournalError) -> Int {
    let now: Checkpoint
    do throws(NoteError) { now = try Checkpoint(text: note.text) } catch {
      throw .invalid("The checkpoint to ship is none: \(error).")
    }
    let old = try checkpoint()
    if old == nil, Files.exists(path), !isEmpty {
      throw .invalid("\(path) is not empty and holds no checkpoint; choose another folder.")
    }
    if let old, old.origin != now.origin {
      throw .invalid(
        "\(path) holds the log \(old.origin), not \(now.origin); choose another folder.")
    }
    let read = try AccessLog(journal.folder).lines()
    if let objection = now.access.flatMap({ read.objection(to: $0, of: "the checkpoint") }) {
      throw .invalid("\(objection) Nothing was written.")
    }
    return try journal.read { (snapshot) throws(JournalError) in
      guard try snapshot.root(of: now.size) == now.root else {
        throw .invalid(
          "The checkpoint of \(now.size) events is not one of this ledger; nothing was written.")
      }
      if let old {
        guard old.size <= now.size else {
          throw .invalid(
            "\(path) is at \(old.size) events, further than the checkpoint of \(now.size); "
              + "nothing was written.")
        }
        guard try snapshot.root(of: old.size) == old.root else {
          throw .invalid(
            "\(path) holds other events than this ledger among the first \(old.size); "
              + "nothing was written.")
        }
      }
      if !Files.exists(path) { try Files.folder(path) }
      let paths = TilePath.all(of: now.size, from: old?.size ?? 0)
      let there = TilePath.all(of: old?.size ?? 0)
      let total = UInt64(paths.count + there.count)
      var redacted: [TilePath] = []
      for (index, tile) in there.enumerated() {
        if try isRedacted(tile, snapshot) {
          let last = now.size - tile.index * 256
          redacted.append(TilePath(level: nil, index: tile.index, width: Int(min(256, last))))
        }
        progress(UInt64(index), total)
      }
      try Files.replace(path + "/ledger", journal.identity.line)
      // The folder's checkpoint needs these: whole at every moment.
      for tile in redacted where !paths.contains(tile) {
        try Files.replace(path + "/" + tile.text, try snapshot.tile(tile))
      }
      for (index, tile) in paths.enumerated() {
        try put(tile, try snapshot.tile(tile))
        progress(UInt64(there.count + index), total)
      }
      try Files.replace(path + "/kept", try snapshot.kept(of: now.size))
      if let end = now.access { try Files.replace(path + "/access", read.first(end.lines)) }
      try flush(paths)
      try Files.replace(path + "/checkpoint", Array(note.note.utf8))
      try removeOlder(redacted)
      return paths.count + 1
    }
  }

  /// Whether a file holds entries that were redacted, here or in the ledger since; refuses one that
  /// is otherwise not what the ledger holds.
  private func isRedacted(_ tile: TilePath, _ snapshot: borrowing Snapshot) throws(JournalError)
    -> Bool
  {
    let (file, wanted) = (path + "/" + tile.text, try snapshot.tile(tile))
    guard let bytes = Files.read(file, limit: 256 * 65_537 + 1) else {
      throw damaged(file, "is missing")
    }
    if bytes == wanted, tile.level != nil { return false }
    guard tile.level == nil, let places = EntryBundle.entries(bytes.span, count: tile.width) else {
      throw damaged(file, "is not what the ledger holds; it was cut or changed")
    }
    let entries = places.filter { $0.count >= Header.size }
    if bytes == wanted {
      return entries.contains { Header(bytes.span.extracting($0)).flags.contains(.redacted) }
    }
    guard entries.count == places.count,
      let anew = EntryBundle.entries(wanted.span, count: tile.width), anew.count == places.count,
      places.indices.allSatisfy({ index in
        TileFolder.isLeft(
          wanted.span.extracting(anew[index]), of: bytes.span.extracting(places[index]))
      })
    else {
      throw damaged(file, "is not what the ledger holds; it was changed")
    }
    return true
  }

  // Whether what the ledger holds is what was shipped, or what a redaction leaves of it: an entry
  // without its content could otherwise bring other facts along under the same leaf.
  private static func isLeft(_ left: Span<UInt8>, of shipped: Span<UInt8>) -> Bool {
    if Little.same(left, shipped) { return true }
    guard left.count >= Header.size else { return false }
    let whole = EventView(shipped)
    guard !whole.header.flags.contains(.redacted), let mark = EventView(left).redacted,
      let type = Register.event(code: whole.header.type, version: whole.header.version)
    else { return false }
    let made = try? Redaction.remains(
      of: whole, as: type, leaf: whole.leaf.bytes, act: mark.act)
    return (made ?? nil).map { Little.same(left, $0.span) } ?? false
  }

  private func damaged(_ file: String, _ what: String) -> JournalError {
    .invalid(
      "\(file) \(what). Nothing was written; `tools/verify.py tiles \(path)` names what else is "
        + "damaged. Ship into a new folder, and keep this one until that is done.")
  }

  // Shorter files of a bundle, from earlier runs, hold what was redacted too.
  private func removeOlder(_ redacted: [TilePath]) throws(JournalError) {
    for tile in redacted {
      let widths = (1..<TilePath.full).filter { $0 != tile.width }
      for width in widths {
        unsafe unlink(path + "/" + TilePath(level: nil, index: tile.index, width: width).text)
      }
    }
    if !redacted.isEmpty { try Files.sync(path) }
  }

  private var isEmpty: Bool {
    Files.names(in: path).isEmpty
  }

  private func put(_ tile: TilePath, _ bytes: [UInt8]) throws(JournalError) {
    let file = path + "/" + tile.text
    var folder = path
    for part in tile.text.split(separator: "/").dropLast() {
      folder += "/" + part
      if !Files.exists(folder) { try Files.folder(folder) }
    }
    // Bytes of a tile never change: what an interrupted run left is written over.
    unsafe unlink(file)
    try Files.create(file, bytes, syncs: false)
  }

  // After everything is written: the system then has many of them on disk already.
  private func flush(_ tiles: [TilePath]) throws(JournalError) {
    var folders: Set<String> = []
    for tile in tiles {
      try Files.sync(path + "/" + tile.text)
      var folder = Files.parent(tile.text)
      while folder != "." {
        folders.insert(folder)
        folder = Files.parent(folder)
      }
    }
    for folder in folders.sorted() { try Files.sync(path + "/" + folder) }
    try Files.sync(path)
  }
}

extension Identity {
  /// The hash of its line, which checkpoints carry.
  var hash: TreeHash { TreeHash.leaf(line.span) }

  /// What the ledger says of itself, as one line: the words that make an empty one like it.
  package var line: [UInt8] {
    let words = [id, zone, currency.code, String(created.rawValue)]
    return Array(("arrears 1 " + words.joined(separator: " ") + "\n").utf8)
  }

  /// Reads such a line.
  package init?(line: [UInt8]) {
    let words = String(decoding: line, as: UTF8.self).split(whereSeparator: \.isWhitespace)
    guard words.count == 6, words[0] == "arrears", words[1] == "1",
      let currency = Currency(code: String(words[4])), let created = Int64(words[5])
    else { return nil }
    self.init(
      id: String(words[2]), zone: String(words[3]), currency: currency,
      created: Moment(rawValue: created))
  }
}
