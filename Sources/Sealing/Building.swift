internal import Glibc
internal import LMDB
internal import Ledger

/// How the file of the key store is made: always anew and whole, in a folder beside it, forced to
/// disk and put in its place by one rename. So a power cut leaves the old file or the new one, and
/// no page of the new one ever held a key that is not in it.
extension KeyStore {
  /// The name of a file that was replaced and is still to be overwritten.
  static let old = "/replaced.mdb"

  /// Makes the file of these rows, in the order of their keys, in place of any that is there.
  static func build(_ rows: [(key: [UInt8], value: [UInt8])], in folder: String)
    throws(SealingError)
  {
    let making = folder + "/making"
    for name in ["/data.mdb", "/lock.mdb"] { unsafe unlink(making + name) }
    guard unsafe mkdir(making, 0o700) == 0 || errno == EEXIST else {
      throw .system("Making the folder \(making)", errno)
    }
    do throws(LMDBError) {
      var options = Environment.Options()
      options.create = true
      options.mapSize = 16 << 30
      let environment = try Environment(folder: making, options: options)
      let table = try environment.tables([("keys", .bytes)], create: true)[0]
      var transaction = try environment.writing()
      for row in rows { try transaction.put(table, row.key.span, row.value.span, .append) }
      try transaction.commit()
    } catch { throw .storage(error) }
    let file = folder + "/data.mdb"
    try FileWork.sync(making + "/data.mdb")
    if FileWork.exists(file) {
      guard unsafe link(file, folder + old) == 0 || errno == EEXIST else {
        throw .system("Keeping \(file)", errno)
      }
    }
    try FileWork.move(making + "/data.mdb", to: file)
    unsafe unlink(making + "/lock.mdb")
    unsafe rmdir(making)
    try FileWork.sync(folder)
    if FileWork.exists(folder + old) { try FileWork.shred(folder + old) }
    try FileWork.sync(folder)
  }

  /// Overwrites what an erasure that was interrupted left.
  static func finish(_ folder: String) throws(SealingError) {
    var (a, b) = (stat(), stat())
    let isSame =
      unsafe stat(folder + old, &a) == 0 && stat(folder + "/data.mdb", &b) == 0
      && a.st_ino == b.st_ino
    // The rename did not happen any more: the file still is the store.
    if isSame {
      unsafe unlink(folder + old)
    } else {
      try FileWork.shred(folder + old)
    }
  }
}

/// The lock on `keys/guard`: shared by all who have the store open, taken alone by who replaces it.
final class Latch {
  private var file: Int32 = -1

  /// No lock, for a store that is nowhere.
  init() {}

  /// Takes the lock of a store; on a disk that cannot be written there is none to take.
  init(_ folder: String, alone: Bool) throws(SealingError) {
    file = unsafe Glibc.open(folder + "/guard", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    if file < 0 { file = unsafe Glibc.open(folder + "/guard", O_RDONLY | O_CLOEXEC) }
    if file < 0 { return }
    try take(alone ? LOCK_EX : LOCK_SH, folder)
  }

  deinit { if file >= 0 { close(file) } }

  /// Shares the lock.
  func share() throws(SealingError) { try take(LOCK_SH, "keys") }

  /// Takes the lock alone, waiting for five seconds.
  func alone(_ folder: String) throws(SealingError) { try take(LOCK_EX, folder) }

  private func take(_ kind: Int32, _ folder: String) throws(SealingError) {
    if file < 0 { return }
    var turn = 0
    while flock(file, kind | LOCK_NB) != 0 {
      turn += 1
      if turn > 500 { throw .inUse(folder) }
      usleep(10_000)
    }
  }
}
