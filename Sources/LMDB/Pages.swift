internal import Glibc

/// A look at every page of an LMDB file, before LMDB follows what stands there.
///
/// LMDB checks nothing of its own: a number of a page, a place inside a page or a length that
/// turned on the disk sends it outside its map, and the system ends the process. This reads the
/// pages by plain reads, from the roots of both trees of a snapshot down to every leaf, and asks of
/// each what LMDB takes for granted: that it calls itself by its own number, that its kind, its
/// borders and its nodes fit, that keys ascend, that no page is used twice or is free as well, that
/// the tree has the depth and the counts its root says. The layout is that of LMDB 0.9 on a machine
/// of 64 bits with pages of 4,096 bytes.
///
/// What it does not see: bytes of values, and whatever stands in gaps and in free pages.
struct PageWalk {
  static let size = 4096
  private static let header = 16
  private static let none = UInt64.max
  // Levels at most; LMDB's own cursors hold as many.
  private static let deepest = 32

  let file: Int32
  var last: UInt64 = 0
  var used: [UInt64] = []
  private var order: Order = .bytes
  private var before: [UInt8]?
  private var least: [UInt8]?
  private var counts = Counts()
  private var tables: [(name: String, tree: Tree)] = []
  private var free: [UInt64] = []
  // Whether what the walk passes and nothing uses is overwritten.
  var scrubs = false

  private struct Counts: Equatable { var branches = 0, leaves = 0, overflows = 0, entries = 0 }
  private enum Order { case integers, bytes }

  /// One of LMDB's records of a tree (`MDB_db`, 48 bytes).
  private struct Tree {
    var flags: UInt16
    var depth: Int
    var counts: Counts
    var root: UInt64

    init(_ bytes: Span<UInt8>, _ at: Int) {
      func number(_ place: Int) -> Int { Int(truncatingIfNeeded: word(bytes, at + place, 8)) }
      flags = UInt16(word(bytes, at + 4, 2))
      depth = Int(word(bytes, at + 6, 2))
      counts = Counts(
        branches: number(8), leaves: number(16), overflows: number(24), entries: number(32))
      root = word(bytes, at + 40, 8)
    }
  }

  /// Both meta pages of a file, looked at before LMDB opens it; a file that LMDB would call no file
  /// of its own is left to LMDB to refuse.
  static func requireMeta(_ path: String) throws(LMDBError) {
    let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return }
    defer { close(file) }
    let walk = PageWalk(file)
    for number in 0...1 as ClosedRange<UInt64> {
      guard let page = walk.page(number) else { return }
      let meta = page.span
      guard word(meta, 16, 4) == 0xBEEF_C0DE, word(meta, 20, 4) & 0xFF_FFFF == 1 else { return }
      guard word(meta, 40, 4) == UInt64(size) else {
        throw .astray(number, "it says that pages have \(word(meta, 40, 4)) bytes")
      }
      // The flags of the file: the list of free pages has integers as keys, and the map any
      // address.
      guard word(meta, 44, 2) == 8 else { throw .astray(number, "its flags are of no such file") }
    }
  }

  /// Walks the snapshot of a transaction, whose reader keeps its pages from being used again.
  /// `number` is that of the transaction; without a place in the lock file LMDB takes the newer
  /// meta page, with one that of the number's parity.
  static func require(_ path: String, transaction number: UInt64, isRegistered: Bool)
    throws(LMDBError)
  {
    let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw .system(errno) }
    defer { close(file) }
    var walk = PageWalk(file)
    guard let first = walk.page(0), let second = walk.page(1) else { throw .cutShort }
    let isFirst =
      isRegistered
      ? number & 1 == 0 : word(first.span, 144, 8) >= word(second.span, 144, 8)
    try walk.run(isFirst ? first : second)
  }

  init(_ file: Int32) { self.file = file }

  func page(_ number: UInt64) -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: PageWalk.size)
    let (at, over) = number.multipliedReportingOverflow(by: UInt64(PageWalk.size))
    guard !over, let place = off_t(exactly: at) else { return nil }
    var done = 0
    while done < bytes.count {
      let part = unsafe bytes.withUnsafeMutableBytes {
        unsafe pread(file, $0.baseAddress! + done, $0.count - done, place + off_t(done))
      }
      if part < 0, errno == EINTR { continue }
      guard part > 0 else { return nil }
      done += part
    }
    return bytes
  }

  mutating func run(_ meta: [UInt8]) throws(LMDBError) {
    let meta = meta.span
    last = word(meta, 136, 8)
    let length = lseek(file, 0, SEEK_END)
    guard last >= 1, length >= 0, last < UInt64(length) / UInt64(PageWalk.size) else {
      throw .cutShort
    }
    used = [UInt64](repeating: 0, count: Int(last / 64) + 1)
    used[0] = 3
    let (list, main) = (Tree(meta, 40), Tree(meta, 88))
    guard main.flags == 0 else { throw .astray(0, "its main tree has flags") }
    try walk(main, .bytes, isMain: true)
    let found = tables
    for (name, tree) in found {
      guard tree.flags & ~8 == 0 else { throw .astray(tree.root, "the table \(name) has flags") }
      try walk(tree, tree.flags == 8 ? .integers : .bytes)
    }
    try walk(list, .integers, isFree: true)
    if scrubs { try clearUnused(from: length) }
    for number in free { try use(number, "the list of free pages") }
  }

  /// Marks a page as used; it may be so once.
  private mutating func use(_ number: UInt64, _ from: String) throws(LMDBError) {
    guard number >= 2, number <= last else {
      throw .astray(number, "\(from) points to it, and it is not there")
    }
    let bit = UInt64(1) << (number & 63)
    guard used[Int(number / 64)] & bit == 0 else {
      throw .astray(number, "\(from) points to it, and so does something else")
    }
    used[Int(number / 64)] |= bit
  }

  private mutating func walk(
    _ tree: Tree, _ order: Order, isMain: Bool = false, isFree: Bool = false
  ) throws(LMDBError) {
    (self.order, before, least, counts) = (order, nil, nil, Counts())
    if tree.root == PageWalk.none {
      guard tree.counts == counts, tree.depth == 0 else {
        throw .astray(0, "an empty tree has pages")
      }
      return
    }
    guard tree.depth >= 1, tree.depth <= PageWalk.deepest else {
      throw .astray(tree.root, "a tree has \(tree.depth) levels")
    }
    try visit(tree.root, level: tree.depth, from: "a root", isMain, isFree)
    guard counts == tree.counts else {
      throw .astray(tree.root, "its tree has other counts than its record says")
    }
  }

  private mutating func visit(
    _ number: UInt64, level: Int, from: String, _ isMain: Bool, _ isFree: Bool
  ) throws(LMDBError) {
    try use(number, from)
    guard let bytes = page(number) else { throw .cutShort }
    let page = bytes.span
    guard word(page, 0, 8) == number else { throw .astray(number, "it calls itself another") }
    let kind = word(page, 10, 2)
    guard kind == (level == 1 ? 2 : 1) else {
      throw .astray(number, "it is no \(level == 1 ? "leaf" : "branch") where one must be")
    }
    let (lower, upper) = (Int(word(page, 12, 2)), Int(word(page, 14, 2)))
    guard lower >= PageWalk.header, lower % 2 == 0, lower <= upper, upper <= PageWalk.size else {
      throw .astray(number, "its borders do not fit")
    }
    let nodes = (lower - PageWalk.header) / 2
    if scrubs {
      try clear(number * UInt64(PageWalk.size) + UInt64(lower), UInt64(upper - lower))
    }
    guard nodes >= (level == 1 || isFree ? 1 : 2) else { throw .astray(number, "it is empty") }
    if level == 1 { counts.leaves += 1 } else { counts.branches += 1 }
    for index in 0..<nodes {
      let node = Int(word(page, PageWalk.header + 2 * index, 2))
      guard node >= upper, node + 8 <= PageWalk.size,
        node + 8 + Int(word(page, node + 6, 2)) <= PageWalk.size
      else { throw .astray(number, "its node \(index) lies outside") }
      if level == 1 {
        try leaf(page, node, of: number, isMain, isFree)
      } else {
        try branch(page, node, index, of: number, level, isMain, isFree)
      }
    }
  }

  private mutating func branch(
    _ page: Span<UInt8>, _ node: Int, _ index: Int, of number: UInt64, _ level: Int,
    _ isMain: Bool, _ isFree: Bool
  ) throws(LMDBError) {
    // The key of the first branch means nothing: what is below it begins where the page does.
    if index > 0 {
      let key = try key(page, node, of: number)
      if let before, !precedes(before, key) { throw .astray(number, "its keys do not ascend") }
      least = key
    }
    let child = word(page, node, 4) | word(page, node + 4, 2) << 32
    try visit(child, level: level - 1, from: "page \(number)", isMain, isFree)
  }

  private func key(_ page: Span<UInt8>, _ node: Int, of number: UInt64) throws(LMDBError)
    -> [UInt8]
  {
    let length = Int(word(page, node + 6, 2))
    guard order == .integers ? length == 8 : (1...511).contains(length) else {
      throw .astray(number, "a key has \(length) bytes")
    }
    return (node + 8..<node + 8 + length).map { page[$0] }
  }

  private func precedes(_ a: [UInt8], _ b: [UInt8]) -> Bool {
    switch order {
    case .integers: word(a.span, 0, 8) < word(b.span, 0, 8)
    case .bytes: a.lexicographicallyPrecedes(b)
    }
  }

  private mutating func leaf(
    _ page: Span<UInt8>, _ node: Int, of number: UInt64, _ isMain: Bool, _ isFree: Bool
  ) throws(LMDBError) {
    let key = try key(page, node, of: number)
    if let before, !precedes(before, key) { throw .astray(number, "its keys do not ascend") }
    if let least, precedes(key, least) { throw .astray(number, "its keys stand in another page") }
    (before, least) = (key, nil)
    counts.entries += 1
    let length = Int(word(page, node, 4))
    let (flags, start) = (word(page, node + 4, 2), node + 8 + key.count)
    let isOutside = flags == 1
    guard isOutside || flags == (isMain ? 2 : 0) else {
      throw .astray(number, "a value is of no kind")
    }
    guard start + (isOutside ? 8 : length) <= PageWalk.size else {
      throw .astray(number, "a value lies outside")
    }
    if isOutside {
      let first = word(page, start, 8)
      try overflow(first, length, from: number)
      if isFree { try list(at: first, length) }
    } else if isMain {
      guard length == 48 else { throw .astray(number, "a table's record has \(length) bytes") }
      tables.append((String(decoding: key, as: UTF8.self), Tree(page, start)))
    } else if isFree {
      var bytes: [UInt8] = []
      for at in start..<start + length { bytes.append(page[at]) }
      try list(bytes, of: number)
    }
  }

  // A value of its own pages: the first has a header, the others are bytes.
  private mutating func overflow(_ first: UInt64, _ length: Int, from: UInt64) throws(LMDBError) {
    let pages = (PageWalk.header - 1 + length) / PageWalk.size + 1
    guard first <= last, UInt64(pages) <= last - first + 1 else {
      throw .astray(from, "a value points behind the end")
    }
    for number in first..<first + UInt64(pages) { try use(number, "page \(from)") }
    var head = [UInt8](repeating: 0, count: PageWalk.header)
    let count = unsafe head.withUnsafeMutableBytes {
      unsafe pread(file, $0.baseAddress, $0.count, off_t(first) * off_t(PageWalk.size))
    }
    guard count == head.count else { throw .cutShort }
    guard word(head.span, 0, 8) == first, word(head.span, 10, 2) == 4,
      word(head.span, 12, 4) == UInt64(pages)
    else { throw .astray(first, "it is not the beginning of the value that page \(from) names") }
    counts.overflows += pages
    if scrubs {
      let end = first * UInt64(PageWalk.size) + UInt64(PageWalk.header + length)
      try clear(end, (first + UInt64(pages)) * UInt64(PageWalk.size) - end)
    }
  }

  private mutating func list(at first: UInt64, _ length: Int) throws(LMDBError) {
    var bytes: [UInt8] = []
    for number in first..<first + UInt64((PageWalk.header - 1 + length) / PageWalk.size + 1) {
      guard let page = page(number) else { throw .cutShort }
      bytes += page
    }
    try list(Array(bytes[PageWalk.header..<PageWalk.header + length]), of: first)
  }

  // Numbers of free pages, the largest first, behind their count.
  private mutating func list(_ bytes: [UInt8], of number: UInt64) throws(LMDBError) {
    let bytes = bytes.span
    guard bytes.count >= 8, bytes.count % 8 == 0,
      word(bytes, 0, 8) <= UInt64(bytes.count / 8 - 1)
    else { throw .astray(number, "a list of free pages has another length than it says") }
    var above = last + 1
    for index in 0..<Int(word(bytes, 0, 8)) {
      let page = word(bytes, 8 + 8 * index, 8)
      guard page < above else { throw .astray(number, "a list of free pages has no order") }
      above = page
      free.append(page)
    }
  }
}

/// A little-endian number of some bytes.
private func word(_ bytes: Span<UInt8>, _ at: Int, _ width: Int) -> UInt64 {
  var value: UInt64 = 0
  for index in (0..<width).reversed() { value = value << 8 | UInt64(bytes[at + index]) }
  return value
}
