internal import Glibc

/// A file on its way: it is written beside its place, forced to disk and given its name when it is
/// whole, never over anything. One that is given up leaves nothing.
package final class FileDraft {
  private let path: String
  private let draft: String
  private var file: Int32
  private var isPlaced = false

  /// Begins the file that is to stand at `path`, where nothing may stand yet.
  package init(_ path: String, mode: UInt32 = 0o644) throws(JournalError) {
    if Files.exists(path) { throw .exists(path) }
    self.path = path
    draft = "\(path).making-\(getpid())-\(UInt32.random(in: 0 ... .max))"
    file = unsafe open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
    guard file >= 0 else { throw .system("Making \(path)", errno) }
  }

  deinit {
    if file >= 0 { close(file) }
    if !isPlaced { unsafe unlink(draft) }
  }

  /// Writes on.
  package func write(_ bytes: [UInt8]) throws(JournalError) {
    var done = 0
    while done < bytes.count {
      let count = unsafe bytes.withUnsafeBytes {
        unsafe Glibc.write(file, $0.baseAddress! + done, bytes.count - done)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw .system("Writing \(path)", errno) }
      done += count
    }
  }

  /// Gives the file its name, once everything is on disk.
  package func place() throws(JournalError) {
    guard fsync(file) == 0 else { throw .system("Writing \(path)", errno) }
    if unsafe link(draft, path) == 0 {
      unsafe unlink(draft)
    } else {
      // Some file systems, such as those of memory sticks, know no second name.
      let isLinkless = errno == EPERM || errno == EOPNOTSUPP
      if !isLinkless || Files.exists(path) {
        throw errno == EEXIST || isLinkless ? .exists(path) : .system("Making \(path)", errno)
      }
      guard unsafe rename(draft, path) == 0 else { throw .system("Making \(path)", errno) }
    }
    isPlaced = true
    try Files.sync(Files.parent(path))
  }
}
