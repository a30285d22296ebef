internal import CLMDB
internal import Glibc
internal import Synchronization

/// A folder with one LMDB file, open in this process.
///
/// Many threads may read at once, each by a transaction of its own; one transaction writes at a
/// time. A write transaction belongs to the thread that began it. The file is closed when the last
/// reference goes, which must be after its last transaction.
@safe public final class Environment: @unchecked Sendable {
  /// How to open an environment.
  public struct Options: Sendable {
    /// Make the files when they are not there; without it an absent file is an error.
    public var create = false
    /// Only read. Where even the lock file cannot be written, the reader is not registered: then a
    /// writer may reuse pages that it still looks at, and it must check what it reads.
    public var readOnly = false
    /// Bytes of address space, and the largest the file may become; it is sparse and costs nothing.
    public var mapSize = 64 << 30
    /// Readers at once, over all processes.
    public var maximumReaders: UInt32 = 256
    /// Tables at most.
    public var maximumTables: UInt32 = 32
    /// Look at every page first: a file whose pages point astray is then refused with a sentence,
    /// and does not end the process once LMDB follows them. Takes as long as reading every page but
    /// those of long values.
    public var examines = false
    /// The usual options.
    public init() {}
  }

  /// The folder as given.
  public let folder: String
  /// Whether only reading is possible.
  public let isReadOnly: Bool
  /// Whether readers of this environment stand in the lock file, so that writers spare their pages.
  public let isRegistered: Bool
  let handle: OpaquePointer
  private let identity: FileIdentity

  /// Opens the environment in `folder`, which must exist.
  public init(folder: String, options: Options = Options()) throws(LMDBError) {
    self.folder = folder
    isReadOnly = options.readOnly
    if !isReadOnly { arrears_keep_memory() }
    let file = folder + "/data.mdb"
    if !options.create, FileIdentity(path: file) == nil { throw .absent(folder) }
    if let kind = FileSystem.unsuitable(folder) { throw .unsuitableFileSystem(folder, kind) }
    if options.examines { try PageWalk.requireMeta(file) }
    unsafe (handle, identity, isRegistered) = try OpenFiles.shared.open(folder, file, options)
    if isRegistered {
      var dead: Int32 = 0
      unsafe _ = mdb_reader_check(handle, &dead)
    }
    if options.examines { try examine(file) }
  }

  // Walks the pages under a reader, so that none of them is used again meanwhile.
  private func examine(_ file: String) throws(LMDBError) {
    var transaction: OpaquePointer?
    try unsafe check(mdb_txn_begin(handle, nil, UInt32(MDB_RDONLY), &transaction))
    defer { unsafe mdb_txn_abort(transaction) }
    let number = unsafe UInt64(mdb_txn_id(transaction))
    try PageWalk.require(file, transaction: number, isRegistered: isRegistered)
  }

  deinit {
    unsafe mdb_env_close(handle)
    OpenFiles.shared.forget(identity)
  }

  /// Opens tables; to be called once, before any other transaction. With `create` those that are
  /// not there are made, in a write transaction that waits for other writers; without it an absent
  /// table is `notFound` and nobody is waited for.
  public func tables(_ wanted: [(name: String, keys: Table.Keys)], create: Bool)
    throws(LMDBError) -> [Table]
  {
    var transaction: OpaquePointer?
    try unsafe check(mdb_txn_begin(handle, nil, create ? 0 : UInt32(MDB_RDONLY), &transaction))
    var tables: [Table] = []
    for (name, keys) in wanted {
      var number: UInt32 = 0
      let flags = (keys == .integers ? MDB_INTEGERKEY : 0) | (create ? MDB_CREATE : 0)
      let code = unsafe mdb_dbi_open(transaction, name, UInt32(flags), &number)
      if code != 0 {
        unsafe mdb_txn_abort(transaction)
        try check(code)
      }
      tables.append(Table(keys: keys, number: number))
    }
    try unsafe check(mdb_txn_commit(transaction))
    return tables
  }

  /// Begins to read; what is seen stays as it is now, whatever others write.
  public func reading() throws(LMDBError) -> ReadTransaction {
    var transaction: OpaquePointer?
    try unsafe check(mdb_txn_begin(handle, nil, UInt32(MDB_RDONLY), &transaction))
    return unsafe ReadTransaction(transaction!, self)
  }

  /// Begins to write on this thread; waits, without limit, while anyone else in any process writes.
  public func writing() throws(LMDBError) -> WriteTransaction {
    var transaction: OpaquePointer?
    try unsafe check(mdb_txn_begin(handle, nil, 0, &transaction))
    return unsafe WriteTransaction(transaction!, self)
  }

  /// Frees the slots of readers that died; gives how many.
  @discardableResult public func forgetDeadReaders() throws(LMDBError) -> Int {
    var dead: Int32 = 0
    try unsafe check(mdb_reader_check(handle, &dead))
    return Int(dead)
  }

  /// Writes a copy of what is committed now into an empty folder, while others go on writing. LMDB
  /// does not wait for the disk here: the caller must, and must look at the copy before he trusts
  /// it.
  public func copy(to folder: String) throws(LMDBError) {
    try unsafe check(mdb_env_copy2(handle, folder, 0))
  }

  /// Bytes of the file that are in use, free pages included.
  public var usedBytes: Int {
    var info = unsafe MDB_envinfo()
    unsafe _ = mdb_env_info(handle, &info)
    return unsafe (info.me_last_pgno + 1) * 4096
  }

  /// Throws unless `code` is success; an I/O error on a disk without room is told as what it is.
  func check(_ code: Int32) throws(LMDBError) {
    if code == 0 { return }
    if code == ENOSPC || code == EDQUOT || (code == EIO && FileSystem.isFull(folder)) {
      throw .diskFull(folder)
    }
    throw LMDBError(code: code)
  }
}

/// A file by device and inode, whatever path leads to it.
struct FileIdentity: Hashable, Sendable {
  let device: UInt64
  let inode: UInt64

  /// The identity of the file at `path`, or nil when there is none.
  init?(path: String) {
    var status = stat()
    guard unsafe stat(path, &status) == 0 else { return nil }
    device = UInt64(status.st_dev)
    inode = UInt64(status.st_ino)
  }
}

/// The files this process has open. Two maps of one file in one process would share POSIX locks,
/// and closing either would drop the locks of both.
final class OpenFiles: Sendable {
  static let shared = OpenFiles()
  private let files = Mutex<Set<FileIdentity>>([])

  /// Opens an environment and remembers its file.
  func open(_ folder: String, _ file: String, _ options: Environment.Options) throws(LMDBError)
    -> (OpaquePointer, FileIdentity, Bool)
  {
    // The registry is held from the look to the entry, so that two threads cannot both pass.
    try unsafe files.withLock { (files) throws(LMDBError) in
      if let there = FileIdentity(path: file), files.contains(there) { throw .alreadyOpen(folder) }
      var flags = MDB_NOTLS | (options.readOnly ? MDB_RDONLY : 0)
      var handle: OpaquePointer?
      if !OpenFiles.hasRoom(forReaders: options.maximumReaders, in: folder) {
        // Readers go on without a place in the lock file; a writer needs the disk anyway.
        guard options.readOnly else { throw .diskFull(folder) }
        flags |= MDB_NOLOCK
      }
      var code = unsafe OpenFiles.attempt(folder, options, flags, &handle)
      if options.readOnly, code == EACCES || code == EROFS {
        flags |= MDB_NOLOCK
        code = unsafe OpenFiles.attempt(folder, options, flags, &handle)
      }
      if code == ENOSPC || (code == EIO && FileSystem.isFull(folder)) { throw .diskFull(folder) }
      try LMDBError.check(code)
      if unsafe OpenFiles.isCutShort(handle!, file) {
        unsafe mdb_env_close(handle)
        throw .cutShort
      }
      guard let identity = FileIdentity(path: file) else {
        unsafe mdb_env_close(handle)
        throw .absent(folder)
      }
      files.insert(identity)
      return unsafe (handle!, identity, flags & MDB_NOLOCK == 0)
    }
  }

  /// Whether the lock file has its bytes on disk. LMDB makes it sparse and maps it, and on a full
  /// disk the first touch of such a map ends the process; bytes asked for beforehand are an error.
  private static func hasRoom(forReaders readers: UInt32, in folder: String) -> Bool {
    let path = folder + "/lock.mdb"
    let wanted = (off_t(readers) * 64 + 128 + 4095) / 4096 * 4096
    var status = stat()
    if unsafe stat(path, &status) == 0, off_t(status.st_blocks) * 512 >= wanted { return true }
    let file = unsafe Glibc.open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    // Without permission LMDB says so itself.
    guard file >= 0 else { return errno != ENOSPC }
    defer { close(file) }
    return posix_fallocate(file, 0, wanted) != ENOSPC
  }

  /// Whether the file ends before the last page that it says it has.
  private static func isCutShort(_ handle: OpaquePointer, _ file: String) -> Bool {
    var info = unsafe MDB_envinfo()
    var pages = MDB_stat()
    var status = stat()
    guard unsafe mdb_env_info(handle, &info) == 0, unsafe mdb_env_stat(handle, &pages) == 0,
      unsafe stat(file, &status) == 0
    else { return false }
    let (bytes, over) = unsafe info.me_last_pgno.multipliedReportingOverflow(
      by: Int(pages.ms_psize))
    return over || Int(status.st_size) < bytes
  }

  private static func attempt(
    _ folder: String, _ options: Environment.Options, _ flags: Int32,
    _ handle: inout OpaquePointer?
  ) -> Int32 {
    var code = unsafe mdb_env_create(&handle)
    if code != 0 { return code }
    code = unsafe mdb_env_set_mapsize(handle, options.mapSize)
    if code == 0 { code = unsafe mdb_env_set_maxdbs(handle, options.maximumTables) }
    if code == 0 { code = unsafe mdb_env_set_maxreaders(handle, options.maximumReaders) }
    if code == 0 { code = unsafe mdb_env_open(handle, folder, UInt32(flags), 0o644) }
    if code != 0 {
      unsafe mdb_env_close(handle)
      unsafe handle = nil
    }
    return code
  }

  /// Forgets a file that was closed.
  func forget(_ identity: FileIdentity) {
    _ = files.withLock { $0.remove(identity) }
  }
}
