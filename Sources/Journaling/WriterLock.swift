internal import Glibc
internal import Ledger

/// The advisory lock between processes that write, on `<ledger>/writer`. LMDB's own writer lock
/// waits for ever; this one waits five seconds and then names the holder.
final class WriterLock {
  private let folder: LedgerFolder
  private let command: String
  /// Seconds to wait for others.
  let patience: Double
  private var file: Int32 = -1
  private var line: [UInt8] = []

  private static var length: Int { 160 }

  init(_ folder: LedgerFolder, command: String, patience: Double) {
    self.patience = patience
    self.folder = folder
    self.command = command
  }

  deinit { if file >= 0 { close(file) } }

  /// Takes the lock, waiting as long as patience says, in seconds.
  func acquire(since moment: Moment) throws(JournalError) {
    if file < 0 {
      file = unsafe open(folder.writer, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
      guard file >= 0 else {
        throw errno == EACCES || errno == EROFS
          ? .readOnly(folder.path) : Files.failure("Opening \(folder.writer)", folder.path)
      }
    }
    let turns = Int(patience * 100)
    var turn = 0
    while flock(file, LOCK_EX | LOCK_NB) != 0 {
      guard errno == EWOULDBLOCK || errno == EINTR else {
        throw Files.failure("Locking \(folder.writer)", folder.path)
      }
      turn += 1
      if turn > turns { throw .locked(folder.path, holder: holder) }
      usleep(10_000)
    }
    sign(moment)
  }

  // Writes down who holds the lock, in a line of fixed length, unless this process was the last to
  // do so: the file is then not touched, and commits do not wait for it. `since` is when this
  // process began to write, or went on after another one.
  private func sign(_ moment: Moment) {
    var present = [UInt8](repeating: 0, count: WriterLock.length)
    let count = unsafe present.withUnsafeMutableBytes {
      unsafe pread(file, $0.baseAddress, $0.count, 0)
    }
    if count == WriterLock.length, !line.isEmpty, present == line { return }
    line = Array("pid \(getpid()), \(command), since \(moment)".utf8.prefix(WriterLock.length - 1))
    while line.count < WriterLock.length - 1 { line.append(32) }
    line.append(10)
    unsafe line.withUnsafeBytes { _ = unsafe pwrite(file, $0.baseAddress, $0.count, 0) }
  }

  /// Gives the lock back.
  func release() {
    if file >= 0 { flock(file, LOCK_UN) }
  }

  private var holder: String {
    let text = String(decoding: Files.read(folder.writer, limit: 300) ?? [], as: UTF8.self)
    let line = text.split(separator: "\n").first ?? "unknown"
    return String(line[..<(line.lastIndex { $0 != " " }.map(line.index(after:)) ?? line.endIndex)])
  }
}
