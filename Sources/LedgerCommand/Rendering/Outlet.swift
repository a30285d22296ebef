import Glibc

/// Where an answer goes: a new file, or standard output.
struct Outlet {
  /// The file's name; nil for standard output.
  let path: String?

  /// Writes a text.
  func write(_ text: String) throws {
    guard let path else { return Terminal.out(text) }
    try Edge.write(Array(text.utf8), to: path)
  }

  /// Writes what `make` makes as a file under the name that it is given.
  func write(file make: (String) throws -> Void) throws {
    if let path {
      let made = unsafe open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
      guard made >= 0 else {
        let reason = unsafe String(cString: strerror(errno))
        throw Failure("The file \(path) cannot be made: \(reason); choose another name.")
      }
      defer { close(made) }
      do { try make(path) } catch {
        unsafe unlink(path)
        throw error
      }
      guard fsync(made) == 0 else { throw Failure("The file \(path) could not be written.") }
      return
    }
    let (name, descriptor) = try Outlet.temporary()
    defer {
      close(descriptor)
      unsafe unlink(name)
    }
    try make(name)
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = unsafe buffer.withUnsafeMutableBytes {
        unsafe read(descriptor, $0.baseAddress, $0.count)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return }
      Terminal.out(buffer[..<count])
    }
  }

  /// The folder of temporary files.
  static let folder = unsafe getenv("TMPDIR").map { unsafe String(cString: $0) } ?? "/tmp"

  // What is written there goes on to standard output, and then the name is gone.
  private static func temporary() throws -> (String, Int32) {
    var template = Array((folder + "/arrears-XXXXXX").utf8CString)
    let descriptor = unsafe template.withUnsafeMutableBufferPointer {
      unsafe mkstemp($0.baseAddress!)
    }
    guard descriptor >= 0 else { throw Failure("A temporary file is needed in \(folder).") }
    let name = template.dropLast().map { UInt8(bitPattern: $0) }
    return (String(decoding: name, as: UTF8.self), descriptor)
  }
}
