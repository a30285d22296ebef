internal import Glibc
internal import Journaling
internal import Ledger

/// Where the key comes from that wraps the keys of all persons. It never stands in the ledger:
/// whoever takes only the ledger, or only the key, reads nothing personal.
package enum KeySource: Hashable, Sendable {
  /// A file of mode 0600.
  case file(String)
  /// A command of the shell that prints the key.
  case command(String)

  /// What a user named: a path, or `|` and a command; nothing is the file beside the ledger.
  package init(_ text: String?, ledger: String) {
    if let text, text.utf8.first == UInt8(ascii: "|") {
      self = .command(String(text.dropFirst()))
    } else {
      self = .file(text ?? LedgerName.trimmed(ledger) + ".key")
    }
  }

  /// What a sentence calls it.
  package var name: String {
    switch self {
    case .file(let path): path
    case .command(let command): "|" + command
    }
  }

  private static let mark = "arrears-key-1 "

  /// The 32 bytes; nil when a file is not there.
  func read() throws(SealingError) -> [UInt8]? {
    let bytes: [UInt8]
    switch self {
    case .file(let path):
      guard let found = try KeySource.read(path) else { return nil }
      bytes = found
    case .command(let command): bytes = try KeySource.run(command)
    }
    let text = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline).first ?? ""
    guard text.hasPrefix(KeySource.mark), text.utf8.count == KeySource.mark.utf8.count + 64,
      let key = Hex.bytes(text.utf8.dropFirst(KeySource.mark.utf8.count))
    else { throw .notAKey(name) }
    return key
  }

  private static func read(_ path: String) throws(SealingError) -> [UInt8]? {
    let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else {
      if errno == ENOENT { return nil }
      throw .system("Reading \(path)", errno)
    }
    defer { close(file) }
    var status = stat()
    guard unsafe fstat(file, &status) == 0 else { throw .system("Reading \(path)", errno) }
    guard status.st_mode & 0o077 == 0 else { throw .openToOthers(path, status.st_mode & 0o777) }
    var bytes = [UInt8](repeating: 0, count: 4096)
    let count = unsafe bytes.withUnsafeMutableBytes {
      unsafe Glibc.read(file, $0.baseAddress, $0.count)
    }
    guard count >= 0 else { throw .system("Reading \(path)", errno) }
    return Array(bytes[..<count])
  }

  private static func run(_ command: String) throws(SealingError) -> [UInt8] {
    guard let pipe = unsafe popen(command, "re") else { throw .commandFailed(command) }
    var bytes = [UInt8](repeating: 0, count: 4096)
    let count = unsafe bytes.withUnsafeMutableBytes {
      unsafe fread($0.baseAddress!, 1, $0.count, pipe)
    }
    guard unsafe pclose(pipe) == 0 else { throw .commandFailed(command) }
    return Array(bytes[..<count])
  }

  /// Makes the key file of a ledger that seals for the first time; it may not be there yet.
  func make(_ key: [UInt8]) throws(SealingError) {
    guard case .file(let path) = self else { throw .commandFailed(name) }
    do throws(JournalError) {
      let draft = try FileDraft(path, mode: 0o600)
      try draft.write(Array((KeySource.mark + Hex.text(key) + "\n").utf8))
      try draft.place()
    } catch { throw .journal(error) }
  }
}

/// A ledger's path as a name to put an ending behind.
enum LedgerName {
  /// Without slashes at its end.
  static func trimmed(_ path: String) -> String {
    var path = path
    while path.utf8.count > 1, path.utf8.last == UInt8(ascii: "/") { path.removeLast() }
    return path
  }
}

/// The few things the key store asks of files.
enum FileWork {
  /// Waits until a file or folder is on disk.
  static func sync(_ path: String) throws(SealingError) {
    let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw .system("Opening \(path)", errno) }
    defer { close(file) }
    guard fsync(file) == 0 else { throw .system("Writing \(path) to disk", errno) }
  }

  /// Whether anything stands at the path.
  static func exists(_ path: String) -> Bool { unsafe access(path, F_OK) == 0 }

  /// The folder that holds `path`.
  static func parent(_ path: String) -> String {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
    return slash == path.utf8.startIndex ? "/" : String(path[..<slash])
  }

  /// Renames over whatever is there.
  static func move(_ from: String, to: String) throws(SealingError) {
    guard unsafe rename(from, to) == 0 else { throw .system("Renaming \(from)", errno) }
  }

  /// Writes zeros over a file, forces them to disk, and removes it.
  static func shred(_ path: String) throws(SealingError) {
    let file = unsafe open(path, O_WRONLY | O_CLOEXEC)
    guard file >= 0 else { throw .system("Opening \(path)", errno) }
    defer { close(file) }
    var status = stat()
    guard unsafe fstat(file, &status) == 0 else { throw .system("Reading \(path)", errno) }
    let zeros = [UInt8](repeating: 0, count: 1 << 16)
    var done = 0
    while done < Int(status.st_size) {
      let part = unsafe zeros.withUnsafeBytes {
        unsafe write(file, $0.baseAddress, min($0.count, Int(status.st_size) - done))
      }
      if part < 0, errno == EINTR { continue }
      guard part > 0 else { throw .system("Overwriting \(path)", errno) }
      done += part
    }
    guard fsync(file) == 0, unsafe unlink(path) == 0 else {
      throw .system("Removing \(path)", errno)
    }
  }
}
