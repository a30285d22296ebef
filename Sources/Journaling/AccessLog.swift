internal import Glibc
package import Ledger
package import Proof

/// Who opened what of whom: `access/log` in the ledger's folder, one line of JSON a reading,
/// written and forced to disk before anything is shown.
///
/// Each line ends with the SHA-256 of the line before it and of its own text, so a line that was
/// changed, taken out or put in is found. A checkpoint says how many lines there were and how the
/// last one ends: a log that was cut or written anew since is found by whoever has it. The log
/// names persons and accounts by their ids and holds nothing of what was opened.
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

  /// The log of a ledger.
  package init(_ ledger: LedgerFolder) { folder = ledger.path + "/access" }

  /// Writes a reading down.
  package func add(_ entry: Entry) throws(JournalError) {
    if !Files.exists(folder), unsafe mkdir(folder, 0o755) != 0, errno != EEXIST {
      throw refusal(errno)
    }
    let file = unsafe open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
    guard file >= 0 else { throw refusal(errno) }
    defer { close(file) }
    while flock(file, LOCK_EX) != 0 {
      guard errno == EINTR else { throw .system("Locking \(path)", errno) }
    }
    let lines = try lines()
    // A line that a power cut left unfinished was never answered for.
    guard ftruncate(file, off_t(lines.size)) == 0 else { throw .system("Writing \(path)", errno) }
    let line = lines.next(entry)
    let count = unsafe line.withUnsafeBytes { unsafe write(file, $0.baseAddress, $0.count) }
    guard count == line.count, fsync(file) == 0 else { throw .system("Writing \(path)", errno) }
  }

  private func refusal(_ code: Int32) -> JournalError {
    .invalid(
      "What is opened is first written down in \(path), which cannot be written "
        + "(\(unsafe String(cString: strerror(code)))); open it in a copy that can.")
  }

  /// The lines as they stand; none where nothing was ever opened.
  package func lines() throws(JournalError) -> AccessLines {
    guard Files.exists(path) else { return AccessLines([]) }
    guard let bytes = Files.read(path, limit: .max) else { throw .system("Reading \(path)", errno) }
    return AccessLines(bytes)
  }

  /// Begins the log of another ledger with these lines; one that is there stays.
  func begin(with lines: [UInt8]) throws(JournalError) {
    guard !lines.isEmpty, !Files.exists(path) else { return }
    if !Files.exists(folder) { try Files.folder(folder) }
    try Files.create(path, lines)
    for path in [folder, Files.parent(folder)] { try Files.sync(path) }
  }
}

/// The lines of an access log, each looked at: whether it is as it was written.
package struct AccessLines: Sendable {
  /// The lines, without their ends.
  package let lines: [String]
  /// The number of the first that is not as it was written.
  package let broken: Int?
  /// Bytes up to the end of the last line that has one.
  let size: Int
  private let bytes: [UInt8]
  private let hashes: [String]

  /// Reads what stands in a log; behind its last line end nothing counts.
  package init(_ bytes: [UInt8]) {
    self.bytes = bytes
    size = bytes.lastIndex(of: 10).map { $0 + 1 } ?? 0
    // A line that is empty, or no UTF-8, is none that was written.
    let rows = bytes[..<size].split(separator: 10, omittingEmptySubsequences: false).dropLast()
    lines = rows.map { String(decoding: $0, as: UTF8.self) }
    var (before, broken) = ("", Int?.none)
    var hashes: [String] = []
    for (index, line) in lines.enumerated() {
      let (text, hash) = AccessLines.parts(line)
      let isWhole =
        text.hasPrefix("{\"n\":\(index + 1),") && hash == AccessLines.hash(before, text)
        && line.utf8.elementsEqual(rows[index])
      if !isWhole, broken == nil { broken = index + 1 }
      hashes.append(hash)
      before = hash
    }
    (self.broken, self.hashes) = (broken, hashes)
  }

  /// Where it ends; nil when it has no line.
  package var end: Checkpoint.Access? {
    guard let hash = hashes.last.flatMap({ Hex.bytes($0.utf8) }), hash.count == 32 else {
      return nil
    }
    return Checkpoint.Access(lines: UInt64(lines.count), hash: TreeHash(hash.span))
  }

  /// The first lines, as they stand in the file.
  func first(_ count: UInt64) -> [UInt8] {
    if count >= lines.count { return Array(bytes[..<size]) }
    return Array(lines[..<Int(count)].map { $0 + "\n" }.joined().utf8)
  }

  /// What contradicts the end that somebody, named for the sentence, says it had; nil when nothing.
  package func objection(to end: Checkpoint.Access, of name: String) -> String? {
    if let broken, broken <= end.lines { return AccessLines.finding(broken) }
    guard end.lines <= lines.count else {
      return "The access log has \(lines.count) lines, and \(name) covers \(end.lines): it was cut."
    }
    guard hashes[Int(end.lines) - 1] == Hex.text(end.hash.bytes) else {
      return "The first \(end.lines) lines of the access log are not those of \(name): it was "
        + "written anew."
    }
    return nil
  }

  /// What is wrong with it, by itself and by what checkpoints say of it.
  func findings(against points: [(name: String, point: Checkpoint)]) -> [String] {
    if let broken { return [AccessLines.finding(broken)] }
    return points.compactMap { name, point in point.access.flatMap { objection(to: $0, of: name) } }
  }

  /// The sentence about a line that is not as it was written.
  package static func finding(_ line: Int) -> String {
    "Line \(line) of the access log is not as it was written."
  }

  /// The line of a reading, with its end, to stand behind these.
  func next(_ entry: AccessLog.Entry) -> [UInt8] {
    var out = JSONWriter()
    out.raw("{\"n\":")
    out.int(Int64(lines.count + 1))
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
    let text = String(decoding: out.bytes, as: UTF8.self)
    return Array((text + ",\"hash\":\"\(AccessLines.hash(hashes.last ?? "", text))\"}\n").utf8)
  }

  // The text before the digest, and the digest; no digest where what stands between is not right.
  private static func parts(_ line: String) -> (text: String, hash: String) {
    let (bytes, mark) = (Array(line.utf8), Array(",\"hash\":\"".utf8))
    let text = bytes.dropLast(mark.count + 66)
    guard !text.isEmpty, bytes[text.endIndex...].starts(with: mark), line.hasSuffix("\"}") else {
      return (line, "")
    }
    return (
      String(decoding: text, as: UTF8.self),
      String(decoding: bytes.dropLast(2).suffix(64), as: UTF8.self)
    )
  }

  private static func hash(_ before: String, _ text: String) -> String {
    Hex.text(TreeHash.plain(Array((before + text).utf8).span).bytes)
  }
}
