internal import CLMDB
internal import Glibc

extension Environment {
  /// Overwrites with zeros whatever the file holds that is not in use: free pages, gaps in pages,
  /// what stands behind the last one. LMDB itself leaves old bytes there. Waits for readers that
  /// see an older state, `patience` seconds at most; false when one is still there, and nothing was
  /// done. Must not be called while this environment reads or writes.
  ///
  /// LMDB keeps pages in memory for the next transaction and writes them with their gaps: an
  /// environment that held what is to be gone must be closed before anything more is written.
  public func scrub(patience: Double) throws(LMDBError) -> Bool {
    var transaction: OpaquePointer?
    try unsafe check(mdb_txn_begin(handle, nil, 0, &transaction))
    // Nobody writes while it is open; it writes nothing itself.
    defer { unsafe mdb_txn_abort(transaction) }
    let number = unsafe UInt64(mdb_txn_id(transaction)) - 1
    var turns = Int(patience * 100)
    while try oldestReader() < number {
      if turns <= 0 { return false }
      turns -= 1
      usleep(10_000)
    }
    try PageWalk.scrub(folder + "/data.mdb", transaction: number)
    return true
  }

  // The oldest state that anyone reads, by the lock file; the largest number when nobody does.
  private func oldestReader() throws(LMDBError) -> UInt64 {
    try forgetDeadReaders()
    var oldest = UInt64.max
    // Lines of three words: process, thread, and the transaction or a hyphen.
    let code = unsafe withUnsafeMutablePointer(to: &oldest) { oldest in
      unsafe mdb_reader_list(
        handle,
        { line, oldest in
          guard let line = unsafe line, let oldest = unsafe oldest else { return 0 }
          let words = unsafe String(cString: line).split(whereSeparator: \.isWhitespace)
          if words.count == 3, let number = UInt64(words[2]) {
            let place = unsafe oldest.assumingMemoryBound(to: UInt64.self)
            unsafe place.pointee = unsafe min(place.pointee, number)
          }
          return 0
        }, oldest)
    }
    if code < 0 { try check(code) }
    return oldest
  }
}

extension PageWalk {
  /// Overwrites with zeros what a snapshot does not use: gaps in its pages, free pages, and what
  /// stands behind the last page. Nobody may read an older snapshot, or write, meanwhile.
  static func scrub(_ path: String, transaction number: UInt64) throws(LMDBError) {
    let file = unsafe open(path, O_RDWR | O_CLOEXEC)
    guard file >= 0 else { throw .system(errno) }
    defer { close(file) }
    var walk = PageWalk(file)
    walk.scrubs = true
    guard let meta = walk.page(number & 1) else { throw .cutShort }
    try walk.run(meta)
    guard fsync(file) == 0 else { throw .system(errno) }
  }

  // Before free pages are marked as used, by no list of theirs: pages that LMDB lost are cleared as
  // well.
  func clearUnused(from length: off_t) throws(LMDBError) {
    var first: UInt64?
    for number in 2...last + 1 {
      let isUsed = number > last || used[Int(number / 64)] & 1 << (number & 63) != 0
      if let start = first, isUsed {
        try clear(
          start * UInt64(PageWalk.size), (number - start) * UInt64(PageWalk.size))
        first = nil
      } else if first == nil, !isUsed {
        first = number
      }
    }
    let end = (last + 1) * UInt64(PageWalk.size)
    if UInt64(length) > end { try clear(end, UInt64(length) - end) }
  }

  func clear(_ start: UInt64, _ count: UInt64) throws(LMDBError) {
    let zeros = [UInt8](repeating: 0, count: Int(min(count, 1 << 20)))
    var done: UInt64 = 0
    while done < count {
      let part = unsafe zeros.withUnsafeBytes {
        unsafe pwrite(
          file, $0.baseAddress, Int(min(count - done, UInt64($0.count))), off_t(start + done))
      }
      if part < 0, errno == EINTR { continue }
      guard part > 0 else { throw .system(errno) }
      done += UInt64(part)
    }
  }
}
