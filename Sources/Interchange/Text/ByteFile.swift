import Crypto
import Glibc
import Ledger

/// A file that can be read at any offset, with the SHA-256 of its bytes as they were given.
///
/// Standard input (`-`), pipes and `.gz` files are copied to an unlinked temporary file first, so
/// that a mapping may sort and an import may be digested before its first event. Bytes are read,
/// never mapped: a file that shrinks meanwhile is an error, not a trap.
package final class ByteFile {
  /// The file as its user named it.
  package let name: String
  /// Bytes to be read; of a `.gz` file the unpacked ones.
  package let size: Int
  /// Digest of the bytes as given; of a `.gz` file the packed ones.
  package let digest: [UInt8]
  private let descriptor: Int32

  /// Opens `path`; `-` is standard input.
  package init(path: String) throws(Objection) {
    let name = path == "-" ? "standard input" : path
    var digest = SHA256()
    var given = path == "-" ? 0 : unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard given >= 0 else { throw ByteFile.objection(path, "cannot be opened") }
    var status = stat()
    if path != "-", unsafe fstat(given, &status) == 0, status.st_mode & S_IFMT == S_IFREG {
      try ByteFile.copy(from: given, to: nil, name: path, digest: &digest)
    } else {
      let copy = try ByteFile.temporary(for: name)
      try ByteFile.copy(from: given, to: copy, name: name, digest: &digest)
      if given > 0 { close(given) }
      given = copy
    }
    if path.hasSuffix(".gz") {
      defer { close(given) }
      descriptor = try ByteFile.unpacked(given, name: path)
    } else {
      descriptor = given
    }
    self.name = name
    self.digest = Array(digest.finalize())
    guard unsafe fstat(descriptor, &status) == 0 else {
      throw ByteFile.objection(name, "cannot be measured")
    }
    size = Int(status.st_size)
  }

  /// Wraps bytes that are in memory already, for tests and for text that another part made.
  package init(name: String, bytes: [UInt8]) throws(Objection) {
    self.name = name
    var digest = SHA256()
    unsafe bytes.withUnsafeBytes { unsafe digest.update(bufferPointer: $0) }
    self.digest = Array(digest.finalize())
    size = bytes.count
    descriptor = try ByteFile.temporary(for: name)
    try ByteFile.write(bytes, count: bytes.count, to: descriptor, name: name)
  }

  /// A text that was laid out of another file: read under the other's name and digest.
  init(of other: ByteFile, laidOut text: [UInt8]) throws(Objection) {
    (name, digest, size) = (other.name, other.digest, text.count)
    descriptor = try ByteFile.temporary(for: name)
    try ByteFile.write(text, count: text.count, to: descriptor, name: name)
  }

  deinit { close(descriptor) }

  /// A descriptor of the same file for a library, which closes it.
  func duplicate() throws(Objection) -> Int32 {
    // Opened anew, so that what reads there has a place of its own.
    let copy = unsafe open("/proc/self/fd/\(descriptor)", O_RDONLY | O_CLOEXEC)
    guard copy >= 0 else { throw ByteFile.objection(name, "cannot be opened again") }
    return copy
  }

  /// The digest as 64 hexadecimal digits.
  package var sha256: String { Hex.text(digest) }

  /// Reads up to `count` bytes at `offset` into `buffer` from `index` on; fewer only at the end.
  package func read(_ count: Int, at offset: Int, into buffer: inout [UInt8], from index: Int)
    throws(Objection) -> Int
  {
    precondition(index >= 0 && count >= 0 && index + count <= buffer.count, "outside the buffer")
    if count == 0 { return 0 }
    var done = 0
    while done < count {
      let part = unsafe buffer.withUnsafeMutableBytes { bytes in
        unsafe pread(descriptor, bytes.baseAddress! + index + done, count - done, offset + done)
      }
      if part < 0, errno == EINTR { continue }
      guard part >= 0 else { throw ByteFile.objection(name, "cannot be read") }
      if part == 0 { break }
      done += part
    }
    return done
  }

  /// Reads a range of bytes, cut at the end of the file.
  package func bytes(_ range: Range<Int>) throws(Objection) -> [UInt8] {
    var buffer = [UInt8](repeating: 0, count: range.count)
    let count = try read(range.count, at: range.lowerBound, into: &buffer, from: 0)
    buffer.removeLast(range.count - count)
    return buffer
  }
}

extension ByteFile {
  private static func objection(_ name: String, _ what: String) -> Objection {
    let reason = unsafe String(cString: strerror(errno))
    return Objection(
      "file.readable", "the file \(what): \(reason)",
      remedy: "check the path and that you may read it"
    ).at(name, 0)
  }

  /// Copies everything from one descriptor into a digest and, when there is one, another
  /// descriptor.
  private static func copy(
    from source: Int32, to target: Int32?, name: String, digest: inout SHA256
  ) throws(Objection) {
    var buffer = [UInt8](repeating: 0, count: 1 << 20)
    while true {
      let count = unsafe buffer.withUnsafeMutableBytes { bytes in
        unsafe Glibc.read(source, bytes.baseAddress!, bytes.count)
      }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw objection(name, "cannot be read") }
      if count == 0 { return }
      unsafe buffer.withUnsafeBytes { bytes in
        unsafe digest.update(bufferPointer: UnsafeRawBufferPointer(rebasing: bytes[..<count]))
      }
      if let target { try write(buffer, count: count, to: target, name: name) }
    }
  }

  private static func write(_ bytes: [UInt8], count: Int, to target: Int32, name: String)
    throws(Objection)
  {
    var done = 0
    while done < count {
      let part = unsafe bytes.withUnsafeBytes { bytes in
        unsafe Glibc.write(target, bytes.baseAddress! + done, count - done)
      }
      if part < 0, errno == EINTR { continue }
      guard part >= 0 else { throw objection(name, "cannot be copied to a temporary file") }
      done += part
    }
  }

  /// A temporary file that has no name any more.
  private static func temporary(for name: String) throws(Objection) -> Int32 {
    let folder = unsafe getenv("TMPDIR").map { unsafe String(cString: $0) } ?? "/tmp"
    var template = Array((folder + "/arrears-XXXXXX").utf8CString)
    let descriptor = unsafe template.withUnsafeMutableBufferPointer {
      unsafe mkstemp($0.baseAddress!)
    }
    guard descriptor >= 0 else { throw objection(name, "needs a temporary file in \(folder)") }
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    unsafe template.withUnsafeBufferPointer { _ = unsafe unlink($0.baseAddress!) }
    return descriptor
  }

  /// What `gzip -dc` makes of a descriptor.
  private static func unpacked(_ packed: Int32, name: String) throws(Objection) -> Int32 {
    let target = try temporary(for: name)
    lseek(packed, 0, SEEK_SET)
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    unsafe posix_spawn_file_actions_adddup2(&actions, packed, 0)
    unsafe posix_spawn_file_actions_adddup2(&actions, target, 1)
    unsafe posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    let words = unsafe [strdup("gzip"), strdup("-dc"), nil]
    defer { for index in 0..<2 { unsafe free(words[index]) } }
    var child: pid_t = 0
    let failure = unsafe posix_spawnp(&child, "gzip", &actions, nil, words, environ)
    var status: Int32 = 0
    if failure == 0 { while unsafe waitpid(child, &status, 0) < 0, errno == EINTR {} }
    guard failure == 0, status == 0 else {
      close(target)
      throw Objection(
        "file.gzip", "gzip could not unpack the file",
        remedy: "check that it is whole with gzip -t, or unpack it yourself"
      ).at(name, 0)
    }
    return target
  }
}
