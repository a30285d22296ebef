internal import Glibc
internal import LMDB
internal import Ledger
internal import Proof

/// The last event that was acknowledged, as kept in `log/head`, outside the environment.
///
/// ```
///  0  u32  magic "ARH2"
///  4  u32  CRC32C of the last event's bytes
///  8  u64  seq of the last event
/// 16  i64  its recorded_at
/// 24  32   root of the tree over all events up to it
/// 56  u32  0
/// 60  u32  CRC32C of the 60 bytes before
/// ```
///
/// Format 1 wrote 32 bytes with the magic `ARH1`, without a root; it is still read.
struct AcknowledgedHead: Equatable, Sendable {
  var seq: Position = 0
  var recorded: Int64 = 0
  var crc: UInt32 = 0
  /// Nil only in a head of format 1.
  var root: TreeHash? = .empty

  static let magic: UInt32 = 0x3248_5241
  static let firstMagic: UInt32 = 0x3148_5241

  var bytes: [UInt8] {
    var bytes: [UInt8] = []
    Little.append(AcknowledgedHead.magic, to: &bytes)
    Little.append(crc, to: &bytes)
    Little.append(seq, to: &bytes)
    Little.append(recorded, to: &bytes)
    (root ?? .empty).write(to: &bytes)
    Little.append(UInt32(0), to: &bytes)
    Little.append(crc32c(bytes.span), to: &bytes)
    return bytes
  }

  init() {}

  /// Reads a head; nil when it is damaged.
  init?(_ bytes: [UInt8]) {
    let length = bytes.count
    guard length == 32 || length == 64 else { return nil }
    let magic = length == 64 ? AcknowledgedHead.magic : AcknowledgedHead.firstMagic
    let bytes = bytes.span
    guard Little.load(UInt32.self, bytes, 0) == magic,
      Little.load(UInt32.self, bytes, length - 4) == crc32c(bytes.extracting(0..<length - 4))
    else { return nil }
    crc = Little.load(UInt32.self, bytes, 4)
    seq = Little.load(UInt64.self, bytes, 8)
    recorded = Little.load(Int64.self, bytes, 16)
    root = length == 64 ? TreeHash(bytes, at: 24) : nil
  }
}

/// Writes the acknowledged head after every commit.
///
/// The 64 bytes are handed to the operating system at once and forced to disk every 64 commits,
/// after a bulk write, and on close. So a log that was rolled back or replaced while the machine
/// kept running is always noticed; after a power cut, a loss of up to the last 63 small commits may
/// go unnoticed here (LMDB itself has waited for each of them; this file is the second opinion, not
/// the promise).
final class HeadFile {
  private let path: String
  private var file: Int32 = -1
  private var unsynced = 0

  init(_ path: String) { self.path = path }

  deinit { if file >= 0 { close(file) } }

  /// Writes the head; `durable` forces it to disk.
  func write(_ head: AcknowledgedHead, durable: Bool) throws(JournalError) {
    if file < 0 {
      file = unsafe open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o644)
      guard file >= 0 else { throw Files.failure("Opening \(path)", path) }
    }
    let bytes = head.bytes
    var done = 0
    while done < bytes.count {
      let count = unsafe bytes.withUnsafeBytes {
        unsafe pwrite(file, $0.baseAddress! + done, bytes.count - done, off_t(done))
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw Files.failure("Writing \(path)", path) }
      done += count
    }
    unsynced += 1
    if durable || unsynced >= 64 { try sync() }
  }

  /// Forces the last head to disk.
  func sync() throws(JournalError) {
    guard file >= 0, unsynced > 0 else { return }
    guard fdatasync(file) == 0 else { throw Files.failure("Writing \(path) to disk", path) }
    unsynced = 0
  }
}
