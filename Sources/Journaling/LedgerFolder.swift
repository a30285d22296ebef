internal import Glibc
internal import LMDB
internal import Ledger

/// Where things stand in a ledger's folder.
package struct LedgerFolder: Hashable, Sendable {
  /// The folder's path.
  package let path: String
  /// The LMDB environment of the log.
  package var log: String { path + "/log" }
  /// The acknowledged head, kept outside the environment.
  package var head: String { path + "/log/head" }
  /// The lock of the process that writes, and who it is.
  package var writer: String { path + "/writer" }
  /// One line of text with the format version.
  package var mark: String { path + "/ARREARS" }
  /// Disposable views.
  package var views: String { path + "/views" }
  /// Data keys of persons.
  package var keys: String { path + "/keys" }

  /// The format this version writes.
  package static var format: Int { 2 }

  /// The folder at `path`.
  package init(_ path: String) {
    var path = path
    while path.utf8.count > 1, path.utf8.last == UInt8(ascii: "/") { path.removeLast() }
    self.path = path
  }

  /// The format of the ledger that stands here; throws unless this version reads it.
  func checkMark() throws(JournalError) -> Int {
    guard let text = Files.read(mark, limit: 200) else {
      if errno == EACCES { throw .system("Reading \(mark)", errno) }
      throw .absent(path)
    }
    let words = String(decoding: text, as: UTF8.self).split(whereSeparator: \.isWhitespace)
    guard words.first == "Arrears", let format = words.last.flatMap({ Int($0) }) else {
      throw .corrupt(mark, "its line does not name a format")
    }
    if format > LedgerFolder.format { throw .newerFormat(path, format) }
    return format
  }

  /// The line of a folder of the format this version writes.
  static var markLine: [UInt8] { Array("Arrears ledger, format \(LedgerFolder.format)\n".utf8) }

  /// Puts the line of this version's format in place of an older one.
  func raiseMark() throws(JournalError) {
    let draft = mark + ".new"
    unsafe unlink(draft)
    try Files.create(draft, LedgerFolder.markLine)
    guard unsafe rename(draft, mark) == 0 else { throw Files.failure("Renaming \(draft)", mark) }
    try Files.sync(path)
  }
}

/// The few things the log asks of files, each with a sentence when it fails.
enum Files {
  /// The first bytes of a file, or nil when it cannot be read.
  static func read(_ path: String, limit: Int) -> [UInt8]? {
    let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var bytes = [UInt8](repeating: 0, count: limit)
    let count = unsafe bytes.withUnsafeMutableBytes {
      unsafe Glibc.read(file, $0.baseAddress, $0.count)
    }
    guard count >= 0 else { return nil }
    return Array(bytes[..<count])
  }

  /// Makes a file with these bytes and waits until they are on disk.
  static func create(_ path: String, _ bytes: [UInt8]) throws(JournalError) {
    let file = unsafe open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
    guard file >= 0 else { throw failure("Creating \(path)", path) }
    defer { close(file) }
    let count = unsafe bytes.withUnsafeBytes { unsafe write(file, $0.baseAddress, $0.count) }
    guard count == bytes.count, fsync(file) == 0 else { throw failure("Writing \(path)", path) }
  }

  /// Makes a folder.
  static func folder(_ path: String) throws(JournalError) {
    guard unsafe mkdir(path, 0o755) == 0 else { throw failure("Creating the folder \(path)", path) }
  }

  /// Waits until a file or folder is on disk.
  static func sync(_ path: String) throws(JournalError) {
    let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw failure("Opening \(path)", path) }
    defer { close(file) }
    guard fsync(file) == 0 else { throw failure("Writing \(path) to disk", path) }
  }

  /// Whether anything stands at the path.
  static func exists(_ path: String) -> Bool { unsafe access(path, F_OK) == 0 }

  /// The error for the last system call.
  static func failure(_ what: String, _ path: String) -> JournalError {
    let code = errno
    return code == ENOSPC || (code == EIO && FileSystem.isFull(path))
      ? .diskFull(path) : .system(what, code)
  }

  /// The folder that holds `path`.
  static func parent(_ path: String) -> String {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
    return slash == path.utf8.startIndex ? "/" : String(path[..<slash])
  }
}
