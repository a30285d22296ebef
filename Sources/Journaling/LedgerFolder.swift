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
  /// The last signed checkpoint.
  package var checkpoint: String { path + "/checkpoint" }
  /// What signs checkpoints and where they go; a few lines of text, or absent.
  package var settings: String { path + "/settings" }
  /// Disposable views.
  package var views: String { path + "/views" }
  /// Facts kept for books over all accounts.
  var facts: String { views + "/facts" }
  /// What is kept of the facts that accounts share.
  var house: String { views + "/house" }
  /// Rows of a column of the desk, kept for the same; acts, kept for rules.
  package func column(_ name: String) -> String { views + "/" + name }
  /// Data keys of persons.
  package var keys: String { path + "/keys" }

  /// Stands while a redaction is under way: until all of what was destroyed is overwritten.
  var redacting: String { path + "/log/redacting" }

  /// The format of a ledger in which nothing was redacted.
  package static var format: Int { 2 }
  /// The newest format this version reads: that of a ledger with entries without their content.
  package static var newest: Int { 3 }

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
    if format > LedgerFolder.newest { throw .newerFormat(path, format) }
    return format
  }

  /// The line of a folder of a format.
  static func markLine(_ format: Int = LedgerFolder.format) -> [UInt8] {
    Array("Arrears ledger, format \(format)\n".utf8)
  }

  /// Puts the line of a format in place of an older one.
  func raiseMark(to format: Int) throws(JournalError) {
    try Files.replace(mark, LedgerFolder.markLine(format))
  }

  /// Removes all views; whoever needs one makes it again.
  package func dropViews() throws(JournalError) { try LedgerFolder.empty(views) }

  private static func empty(_ path: String) throws(JournalError) {
    for name in Files.names(in: path) {
      let inner = path + "/" + name
      try empty(inner)
      guard unsafe remove(inner) == 0 || errno == ENOENT else {
        throw Files.failure("Removing the view \(inner)", inner)
      }
    }
  }
}

/// The few things the log asks of files, each with a sentence when it fails.
enum Files {
  /// The first bytes of a file, or nil when it cannot be read, or is a pipe or a device, at which a
  /// reader could wait for ever.
  static func read(_ path: String, limit: Int) -> [UInt8]? {
    let file = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var status = stat()
    guard unsafe fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      errno = EINVAL
      return nil
    }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: min(limit, 1 << 16))
    while bytes.count < limit {
      let count = unsafe chunk.withUnsafeMutableBytes {
        unsafe Glibc.read(file, $0.baseAddress, min($0.count, limit - bytes.count))
      }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { return nil }
      if count == 0 { break }
      bytes += chunk[..<count]
    }
    return bytes
  }

  /// Makes a file with these bytes and, unless told otherwise, waits until they are on disk.
  static func create(_ path: String, _ bytes: [UInt8], mode: mode_t = 0o644, syncs: Bool = true)
    throws(JournalError)
  {
    let file = unsafe open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
    guard file >= 0 else { throw failure("Creating \(path)", path) }
    defer { close(file) }
    var done = 0
    while done < bytes.count {
      let count = unsafe bytes.withUnsafeBytes {
        unsafe write(file, $0.baseAddress! + done, bytes.count - done)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw failure("Writing \(path)", path) }
      done += count
    }
    guard !syncs || fsync(file) == 0 else { throw failure("Writing \(path) to disk", path) }
  }

  /// Puts a file with these bytes in the place of whatever stands there: whole or not at all.
  static func replace(_ path: String, _ bytes: [UInt8], mode: mode_t = 0o644) throws(JournalError) {
    let draft = path + ".new"
    unsafe unlink(draft)
    try create(draft, bytes, mode: mode)
    guard unsafe rename(draft, path) == 0 else { throw failure("Renaming \(draft)", path) }
    try sync(parent(path))
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

  /// Whether a path, links followed, is a folder or stands in it; false when one is not there.
  static func isInside(_ path: String, _ folder: String) -> Bool {
    guard let path = resolved(path), let folder = resolved(folder) else { return false }
    return path == folder || path.hasPrefix(folder + "/")
  }

  private static func resolved(_ path: String) -> String? {
    guard let text = unsafe realpath(path, nil) else { return nil }
    defer { unsafe free(text) }
    return unsafe String(cString: text)
  }

  /// Names of what stands in a folder.
  static func names(in path: String) -> [String] {
    guard let folder = unsafe opendir(path) else { return [] }
    defer { unsafe closedir(folder) }
    var names: [String] = []
    while let entry = unsafe readdir(folder) {
      let name = unsafe withUnsafeBytes(of: entry.pointee.d_name) {
        unsafe String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }

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
