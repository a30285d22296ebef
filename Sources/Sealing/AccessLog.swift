internal import Crypto
internal import Glibc
package import Ledger

/// Who opened what of whom: `access/log` in the ledger's folder, one line of JSON a reading,
/// written and forced to disk before anything is shown.
///
/// Each line ends with the SHA-256 of the line before it and of its own text, so a line that was
/// changed, taken out or put in is found by `check`. Lines cut off at the end are found only by
/// somebody who kept the last digest. The log names persons and accounts by their ids and holds
/// nothing of what was opened.
package struct AccessLog {
  /// One reading.
  package struct Entry: Hashable, Sendable {
    /// Who.
    package var actor: String
    /// As what.
    package var role: String
    /// By which verb.
    package var verb: String
    /// What was looked at: `account LN-1`, `ledger`.
    package var what: String
    /// When.
    package var moment: Moment

    /// A reading of all its parts.
    package init(actor: String, role: String, verb: String, what: String, moment: Moment) {
      (self.actor, self.role, self.verb) = (actor, role, verb)
      (self.what, self.moment) = (what, moment)
    }
  }

  private let folder: String
  private var path: String { folder + "/log" }

  /// The log of the ledger at a path.
  package init(ledger: String) { folder = LedgerName.trimmed(ledger) + "/access" }

  /// Writes a reading down.
  package func add(_ entry: Entry) throws(SealingError) {
    if !FileWork.exists(folder), unsafe mkdir(folder, 0o755) != 0, errno != EEXIST {
      throw .noAccessLog(path, errno)
    }
    let file = unsafe open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
    guard file >= 0 else { throw .noAccessLog(path, errno) }
    defer { close(file) }
    while flock(file, LOCK_EX) != 0 {
      guard errno == EINTR else { throw .system("Locking \(path)", errno) }
    }
    let lines = AccessLog.lines(try AccessLog.read(file, path))
    let text = AccessLog.text(entry, number: lines.count + 1)
    let hash = AccessLog.hash(lines.last.map { AccessLog.parts($0).hash } ?? "", text)
    let line = Array((text + ",\"hash\":\"\(hash)\"}\n").utf8)
    let count = unsafe line.withUnsafeBytes { unsafe write(file, $0.baseAddress, $0.count) }
    guard count == line.count, fsync(file) == 0 else { throw .system("Writing \(path)", errno) }
  }

  /// All lines as they stand, and the number of the first that does not fit, if any.
  package func check() throws(SealingError) -> (lines: [String], broken: Int?) {
    guard FileWork.exists(path) else { return ([], nil) }
    let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw .system("Reading \(path)", errno) }
    defer { close(file) }
    let lines = AccessLog.lines(try AccessLog.read(file, path))
    var before = ""
    for (index, line) in lines.enumerated() {
      let (text, hash) = AccessLog.parts(line)
      guard text.hasPrefix("{\"n\":\(index + 1),"), hash == AccessLog.hash(before, text) else {
        return (lines, index + 1)
      }
      before = hash
    }
    return (lines, nil)
  }

  private static func text(_ entry: Entry, number: Int) -> String {
    var out = JSONWriter()
    out.raw("{\"n\":")
    out.int(Int64(number))
    out.raw(",\"at\":")
    out.text(entry.moment.description)
    for (name, value) in [
      ("actor", entry.actor), ("role", entry.role), ("verb", entry.verb), ("what", entry.what),
    ] {
      out.raw(",")
      out.text(name)
      out.raw(":")
      out.text(value)
    }
    return String(decoding: out.bytes, as: UTF8.self)
  }

  // The text before the digest, and the digest.
  private static func parts(_ line: String) -> (text: String, hash: String) {
    let mark = ",\"hash\":\""
    guard line.utf8.count > 64 + mark.utf8.count + 2, line.hasSuffix("\"}") else {
      return (line, "")
    }
    return (String(line.dropLast(66 + mark.count)), String(line.dropLast(2).suffix(64)))
  }

  private static func hash(_ before: String, _ text: String) -> String {
    var hash = SHA256()
    let bytes = Array((before + text).utf8)
    unsafe bytes.withUnsafeBytes { unsafe hash.update(bufferPointer: $0) }
    return Hex.text(Array(hash.finalize()))
  }

  private static func lines(_ bytes: [UInt8]) -> [String] {
    bytes.split(separator: 10).map { String(decoding: $0, as: UTF8.self) }
  }

  private static func read(_ file: Int32, _ path: String) throws(SealingError) -> [UInt8] {
    var status = stat()
    guard unsafe fstat(file, &status) == 0 else { throw .system("Reading \(path)", errno) }
    var bytes = [UInt8](repeating: 0, count: Int(status.st_size))
    var done = 0
    while done < bytes.count {
      let part = unsafe bytes.withUnsafeMutableBytes {
        unsafe pread(file, $0.baseAddress! + done, $0.count - done, off_t(done))
      }
      if part < 0, errno == EINTR { continue }
      guard part >= 0 else { throw .system("Reading \(path)", errno) }
      if part == 0 { break }
      done += part
    }
    return Array(bytes[..<done])
  }
}
