internal import CLMDB
internal import Glibc

/// What LMDB answered when it did not answer "success", and what this module refuses itself.
public enum LMDBError: Error, Hashable, Sendable {
  /// The key is there already (also: an appended key is not the largest).
  case keyExists
  /// No such key.
  case notFound
  /// A page that is pointed at does not exist: the file is damaged.
  case pageNotFound
  /// A page is not of the kind it should be: the file is damaged.
  case corrupted
  /// A write of the meta page failed earlier; the environment must be closed and opened again.
  case panic
  /// The file was made by another version of LMDB.
  case versionMismatch
  /// The file is no LMDB file.
  case invalid
  /// The map size is reached.
  case mapFull
  /// More tables than the environment was opened for.
  case tablesFull
  /// More readers than the environment was opened for.
  case readersFull
  /// Thread-local keys ran out.
  case tlsFull
  /// The transaction has too many dirty pages.
  case transactionFull
  /// A cursor's stack is too deep: the file is damaged.
  case cursorFull
  /// A page has no room left: an internal error of LMDB.
  case pageFull
  /// Another process made the file larger than this map.
  case mapResized
  /// The table was made with other flags.
  case incompatible
  /// A reader slot is used by two.
  case badReaderSlot
  /// The transaction cannot go on after an earlier error.
  case badTransaction
  /// A key is empty or above 511 bytes, or a value is too large.
  case badValueSize
  /// A table handle is not valid in this transaction.
  case badTable
  /// The operating system said no; the number is its `errno`.
  case system(Int32)
  /// There is no environment in this folder, and none was to be created.
  case absent(String)
  /// This process has the same file open already; opening it twice would drop its locks.
  case alreadyOpen(String)
  /// The folder lies on a file system that does not keep LMDB's promises; the second text names it.
  case unsuitableFileSystem(String, String)
  /// The disk that holds this folder is full.
  case diskFull(String)
  /// The file is shorter than the pages it speaks of: it was cut, and reading it would trap.
  case cutShort
  /// A page, by its number, does not stand as LMDB must find it; the text says why.
  case astray(UInt64, String)

  /// Throws unless `code` is `MDB_SUCCESS`.
  static func check(_ code: Int32) throws(LMDBError) {
    if code != 0 { throw LMDBError(code: code) }
  }

  /// The case of a code.
  init(code: Int32) {
    self =
      switch code {
      case MDB_KEYEXIST: .keyExists
      case MDB_NOTFOUND: .notFound
      case MDB_PAGE_NOTFOUND: .pageNotFound
      case MDB_CORRUPTED: .corrupted
      case MDB_PANIC: .panic
      case MDB_VERSION_MISMATCH: .versionMismatch
      case MDB_INVALID: .invalid
      case MDB_MAP_FULL: .mapFull
      case MDB_DBS_FULL: .tablesFull
      case MDB_READERS_FULL: .readersFull
      case MDB_TLS_FULL: .tlsFull
      case MDB_TXN_FULL: .transactionFull
      case MDB_CURSOR_FULL: .cursorFull
      case MDB_PAGE_FULL: .pageFull
      case MDB_MAP_RESIZED: .mapResized
      case MDB_INCOMPATIBLE: .incompatible
      case MDB_BAD_RSLOT: .badReaderSlot
      case MDB_BAD_TXN: .badTransaction
      case MDB_BAD_VALSIZE: .badValueSize
      case MDB_BAD_DBI: .badTable
      default: .system(code)
      }
  }

  /// LMDB's own number for the case, or nil for what this module refuses itself.
  public var code: Int32? {
    switch self {
    case .keyExists: MDB_KEYEXIST
    case .notFound: MDB_NOTFOUND
    case .pageNotFound: MDB_PAGE_NOTFOUND
    case .corrupted: MDB_CORRUPTED
    case .panic: MDB_PANIC
    case .versionMismatch: MDB_VERSION_MISMATCH
    case .invalid: MDB_INVALID
    case .mapFull: MDB_MAP_FULL
    case .tablesFull: MDB_DBS_FULL
    case .readersFull: MDB_READERS_FULL
    case .tlsFull: MDB_TLS_FULL
    case .transactionFull: MDB_TXN_FULL
    case .cursorFull: MDB_CURSOR_FULL
    case .pageFull: MDB_PAGE_FULL
    case .mapResized: MDB_MAP_RESIZED
    case .incompatible: MDB_INCOMPATIBLE
    case .badReaderSlot: MDB_BAD_RSLOT
    case .badTransaction: MDB_BAD_TXN
    case .badValueSize: MDB_BAD_VALSIZE
    case .badTable: MDB_BAD_DBI
    case .system(let number): number
    case .absent, .alreadyOpen, .unsuitableFileSystem, .diskFull, .cutShort, .astray: nil
    }
  }
}

extension LMDBError {
  /// Whether the file itself is to blame.
  public var isDamage: Bool {
    switch self {
    case .pageNotFound, .corrupted, .versionMismatch, .invalid, .cursorFull, .pageFull, .cutShort,
      .astray, .incompatible, .notFound, .badValueSize:
      true
    // An empty file, or one that asks for a map of no sensible size.
    case .system(let code): code == EBADF || code == ENOMEM || code == EINVAL
    default: false
    }
  }
}

extension LMDBError: CustomStringConvertible {
  /// One sentence: LMDB's own, or what this module refused and what to do.
  public var description: String {
    switch self {
    case .absent(let folder):
      "The file data.mdb of \(folder) is missing; put it back, or restore a backup."
    case .alreadyOpen(let folder):
      "This process has \(folder) open already; use that environment instead of a second one."
    case .unsuitableFileSystem(let folder, let kind):
      "\(folder) lies on \(kind), which does not keep file locks and maps as LMDB needs them; "
        + "move it to a local disk."
    case .diskFull(let folder):
      "The disk that holds \(folder) is full; free some space and try again."
    case .cutShort: "The file was cut short: \(sentence); restore a backup."
    case .astray: "The file is damaged: \(sentence); restore a backup."
    case .panic:
      "\(sentence): an earlier write failed, so close the environment and open it again."
    case .mapFull:
      "\(sentence): open the environment with a larger map size."
    default:
      "\(sentence) (LMDB code \(code ?? 0))."
    }
  }

  /// LMDB's own words for the case.
  public var sentence: String {
    if case .cutShort = self { return "it is shorter than its own pages say" }
    if case .astray(let page, let why) = self { return "page \(page): \(why)" }
    guard let code, let text = unsafe mdb_strerror(code) else { return "Unknown" }
    return unsafe String(cString: text)
  }
}
