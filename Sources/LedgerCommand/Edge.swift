import Glibc
import Journaling
import Ledger

/// What only the edge may know: the clock, chance, and files named by a person.
enum Edge {
  /// A UUID of version 7 (RFC 9562): the time in milliseconds, then chance.
  static func uuid(at moment: Moment) -> String {
    let millis = UInt64(clamping: moment.rawValue / 1000)
    var bytes: [UInt8] = []
    for shift in stride(from: 40, through: 0, by: -8) {
      bytes.append(UInt8(truncatingIfNeeded: millis >> UInt64(shift)))
    }
    for _ in 0..<10 { bytes.append(UInt8.random(in: 0...255)) }
    bytes[6] = bytes[6] & 0x0F | 0x70
    bytes[8] = bytes[8] & 0x3F | 0x80
    return UUIDText.text(bytes)
  }

  /// The name of the user who is logged in.
  static func user() -> String {
    guard let name = unsafe getenv("USER") else { return "cli" }
    let text = unsafe String(cString: name)
    return text.isEmpty ? "cli" : text
  }

  /// What somebody does at a moment at this command line, as an event to be decided; without an
  /// actor it is the user who is logged in.
  static func draft(
    _ type: UInt16, of subject: Reference, by doer: (actor: String?, role: String?),
    body: [UInt8], at now: Moment, _ zone: Zone
  ) -> Draft {
    var actor = Actor(id: doer.actor ?? user())
    actor.role = doer.role
    var draft = Draft(
      type: type, subject: subject,
      occurred: ClockTime(moment: now, offset: zone.offset(at: now)), day: zone.day(of: now),
      actor: actor, body: body)
    draft.source = Source(kind: "cli")
    draft.eventID = uuid(at: now)
    return draft
  }

  /// A file's bytes, or standard input for `-`.
  static func read(_ path: String, limit: Int) throws -> [UInt8] {
    let file = path == "-" ? 0 : unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else {
      throw Failure("The file \(path) cannot be read: \(unsafe String(cString: strerror(errno))).")
    }
    defer { if file > 0 { close(file) } }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = unsafe chunk.withUnsafeMutableBytes {
        unsafe Glibc.read(file, $0.baseAddress, $0.count)
      }
      guard count >= 0 else {
        throw Failure(
          "The file \(path) cannot be read: \(unsafe String(cString: strerror(errno))).")
      }
      if count == 0 { return bytes }
      bytes += chunk[..<count]
      guard bytes.count <= limit else {
        throw Failure("The file \(path) is longer than \(limit) bytes.")
      }
    }
  }

  /// A file with one JSON object as canonical CBOR; `what` is what a sentence calls the file.
  static func json(_ path: String, _ what: String) throws -> [UInt8] {
    let bytes = try read(path, limit: 1 << 20)
    let first = bytes.first { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }
    guard let first else { throw Failure("\(what) \(path) is empty.") }
    guard first == UInt8(ascii: "{") else {
      throw Failure("\(what) \(path) is no JSON object: it does not begin with a brace.")
    }
    do { return try BodyCodec.encodeJSON(bytes.span) } catch {
      throw Failure("\(what) \(path) is no canonical JSON: \(error).")
    }
  }

  /// Writes a new file.
  static func write(_ bytes: [UInt8], to path: String) throws {
    try make(path) { put in try put(bytes) }
  }

  /// Writes a new file in pieces: it is there when it was written to the end, or not at all.
  static func make(_ path: String, _ body: (_ put: ([UInt8]) throws -> Void) throws -> Void)
    throws
  {
    let draft = try FileDraft(path)
    try body { try draft.write($0) }
    try draft.place()
  }

  /// Removes a folder and everything in it.
  static func remove(_ path: String) {
    guard let folder = unsafe opendir(path) else {
      unsafe unlink(path)
      return
    }
    while let entry = unsafe readdir(folder) {
      let name = unsafe withUnsafeBytes(of: entry.pointee.d_name) {
        unsafe String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != ".", name != ".." { remove(path + "/" + name) }
    }
    unsafe closedir(folder)
    unsafe rmdir(path)
  }
}

extension Edge {
  /// Whether anything stands at a path.
  static func exists(_ path: String) -> Bool { unsafe access(path, F_OK) == 0 }

  /// Makes a folder that was not there before.
  static func folder(_ path: String) throws {
    guard unsafe mkdir(path, 0o755) == 0 else {
      throw Failure(
        "The folder \(path) cannot be made: \(unsafe String(cString: strerror(errno))); choose another "
          + "name.")
    }
  }
}

extension Journal {
  /// Reads with errors of any kind, which is what a command needs.
  func reading<R>(_ body: (borrowing Snapshot) throws -> R) throws -> R {
    var outcome: Result<R, any Error>?
    try read { (snapshot) throws(JournalError) in
      do { outcome = .success(try body(snapshot)) } catch { outcome = .failure(error) }
    }
    guard let outcome else { throw Failure("Nothing was read.") }
    return try outcome.get()
  }
}
