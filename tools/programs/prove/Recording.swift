import Foundation

/// What a program did to its files, in order, as `preload.c` wrote it down.
struct Recording {
  enum Kind: UInt32 {
    case write = 1, sync, truncate, rename, made, madeFolder, removed, acknowledged, opened, linked
  }

  struct Operation {
    var kind: Kind
    var file: Int
    var offset: Int
    var bytes: [UInt8]
    /// The write itself waited for the disk (O_DSYNC).
    var waited: Bool
    var path: String { String(decoding: bytes, as: UTF8.self) }
  }

  var operations: [Operation] = []

  init(_ path: String) throws {
    let data = try Data(contentsOf: URL(fileURLWithPath: path), options: .alwaysMapped)
    var at = 0
    func number<T: FixedWidthInteger>(_ type: T.Type, _ at: Int) -> T {
      var value: T = 0
      for index in (0..<MemoryLayout<T>.size).reversed() {
        value = value << 8 | T(truncatingIfNeeded: data[at + index])
      }
      return value
    }
    while at + 32 <= data.count {
      let length = Int(number(UInt64.self, at + 16))
      guard let kind = Kind(rawValue: number(UInt32.self, at)), at + 32 + length <= data.count
      else {
        throw CocoaError(.fileReadCorruptFile)
      }
      operations.append(
        Operation(
          kind: kind, file: Int(number(UInt32.self, at + 4)),
          offset: Int(number(UInt64.self, at + 8)), bytes: Array(data[at + 32..<at + 32 + length]),
          waited: number(UInt32.self, at + 24) & 1 == 1))
      at += 32 + length
    }
  }
}

/// A disk that keeps apart what is surely on it and what may be: the files as they would be found
/// after a power cut at this moment.
struct Disk {
  final class File {
    /// What a sync has put on disk.
    var sure: [UInt8] = []
    /// What was written since.
    var pending: [Change] = []
    var isFolder = false
  }

  enum Change {
    case write(Int, [UInt8])
    case truncate(Int)
  }

  enum Entry {
    case made(String, File)
    /// The file that moved, unless it is a folder.
    case moved(String, String, File?)
    case linked(String, String)
    case removed(String)
    var folder: String {
      switch self {
      case .made(let path, _), .removed(let path), .moved(_, let path, _), .linked(_, let path):
        (path as NSString).deletingLastPathComponent
      }
    }
  }

  /// Names that are surely there.
  private var sure: [String: File] = [:]
  /// Changes of names that no sync of their folder has put on disk yet.
  private var pending: [Entry] = []
  /// Names as the running program sees them.
  private var now: [String: File] = [:]
  private var files: [Int: (path: String, file: File)] = [:]
  /// Leaves every sync out, as a disk that lies would.
  let ignoresSync: Bool
  private var changed: Set<ObjectIdentifier> = []

  init(ignoresSync: Bool) { self.ignoresSync = ignoresSync }

  mutating func apply(_ operation: Recording.Operation) {
    switch operation.kind {
    case .made, .madeFolder:
      let file = File()
      file.isFolder = operation.kind == .madeFolder
      now[operation.path] = file
      pending.append(.made(operation.path, file))
      files[operation.file] = (operation.path, file)
    case .opened:
      let file = now[operation.path] ?? File()
      now[operation.path] = file
      files[operation.file] = (operation.path, file)
    case .write:
      guard let file = files[operation.file]?.file else { return }
      file.pending.append(.write(operation.offset, operation.bytes))
      if operation.waited, !ignoresSync { settleLast(file) }
    case .truncate: files[operation.file]?.file.pending.append(.truncate(operation.offset))
    case .sync: if !ignoresSync { sync(operation.file) }
    case .rename, .linked:
      let parts = operation.path.split(separator: "\0").map(String.init)
      guard parts.count == 2 else { return }
      let entry: Entry =
        operation.kind == .rename
        ? .moved(parts[0], parts[1], now[parts[0]].flatMap { $0.isFolder ? nil : $0 })
        : .linked(parts[0], parts[1])
      pending.append(entry)
      Disk.apply(entry, to: &now)
    case .removed:
      now[operation.path] = nil
      pending.append(.removed(operation.path))
    case .acknowledged: break
    }
  }

  // A write that waits puts its own bytes on disk, and nothing else.
  private func settleLast(_ file: File) {
    guard let last = file.pending.popLast() else { return }
    Disk.apply(last, to: &file.sure)
    // What was written there before and is still on its way must not come over it again.
    if case .write(let at, let bytes) = last {
      for (index, change) in file.pending.enumerated() {
        if case .write(let start, var old) = change {
          for place in 0..<old.count where (at..<at + bytes.count).contains(start + place) {
            old[place] = bytes[start + place - at]
          }
          file.pending[index] = .write(start, old)
        }
      }
    }
  }

  private mutating func sync(_ number: Int) {
    guard let (path, file) = files[number] else { return }
    for change in file.pending { Disk.apply(change, to: &file.sure) }
    file.pending = []
    if file.isFolder || now.keys.contains(where: { $0.hasPrefix(path + "/") }) {
      for entry in pending where entry.folder == path { Disk.apply(entry, to: &sure) }
      pending.removeAll { $0.folder == path }
    }
  }

  static func apply(_ change: Change, to bytes: inout [UInt8]) {
    switch change {
    case .write(let at, let new):
      if bytes.count < at + new.count {
        bytes += [UInt8](repeating: 0, count: at + new.count - bytes.count)
      }
      bytes.replaceSubrange(at..<at + new.count, with: new)
    case .truncate(let size):
      bytes =
        bytes.count > size
        ? Array(bytes[..<size]) : bytes + [UInt8](repeating: 0, count: size - bytes.count)
    }
  }

  static func apply(_ entry: Entry, to names: inout [String: File]) {
    switch entry {
    case .made(let path, let file): names[path] = file
    case .moved(let from, let to, let file?):
      // The new name stands in its own folder, whatever became of the old one.
      names[from] = nil
      names[to] = file
    case .moved(let from, let to, nil): move(&names, from, to)
    case .linked(let from, let to): names[to] = names[from]
    case .removed(let path): names[path] = nil
    }
  }

  private static func move(_ names: inout [String: File], _ from: String, _ to: String) {
    for (path, file) in names where path == from || path.hasPrefix(from + "/") {
      names[path] = nil
      names[to + path.dropFirst(from.count)] = file
    }
  }

  /// How much of what is on its way has reached the disk.
  enum Luck {
    case nothing, everything, some
    /// Everything but the end of the last write, cut at a sector.
    case torn
  }

  /// The files as they would be found.
  func image(_ luck: Luck, _ chance: inout Chance) -> [(path: String, bytes: [UInt8]?)] {
    var names = sure
    let count =
      switch luck {
      case .nothing: 0
      case .everything, .torn: pending.count
      case .some: chance.below(pending.count + 1)
      }
    for entry in pending[..<count] { Disk.apply(entry, to: &names) }
    return names.keys.sorted().map { path in
      guard let file = names[path] else { return (path, nil) }
      return (path, file.isFolder ? nil : content(of: file, luck, &chance))
    }
  }

  private func content(of file: File, _ luck: Luck, _ chance: inout Chance) -> [UInt8] {
    var bytes = file.sure
    if luck == .nothing { return bytes }
    for (index, change) in file.pending.enumerated() {
      let isLast = index == file.pending.count - 1
      guard case .write(let at, let new) = change, luck == .some || (luck == .torn && isLast) else {
        Disk.apply(change, to: &bytes)
        continue
      }
      let keep = luck == .torn ? chance.below(new.count / 512 + 1) : 0
      var start = 0
      while start < new.count {
        let end = min(new.count, start + 512 - (at + start) % 512)
        let arrives = luck == .torn ? start / 512 < keep : chance.below(2) == 0
        if arrives { Disk.apply(.write(at + start, Array(new[start..<end])), to: &bytes) }
        start = end
      }
    }
    return bytes
  }
}
