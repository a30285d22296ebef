internal import LMDB
internal import Ledger

/// The account index of a stretch of events: which positions stand in which account's trail.
///
/// ```
///  0  u32  magic "ARR1"
///  4  u32  CRC32C of everything from byte 8 on
///  8  u64  first seq          16  u64  last seq
/// 24  u32  accounts n         28  u32  entries m
/// 32  u32 x n      account numbers, ascending
///     u32 x (n+1)  where each account's entries start
///     u32 x m      seq - first, ascending within an account
/// ```
struct AccountRun: ~Escapable {
  private let bytes: Span<UInt8>
  let first: Position
  let last: Position
  let accounts: Int
  let entries: Int

  static let magic: UInt32 = 0x3152_5241

  /// Looks at a stored run; its frame is checked here, its CRC by `check`.
  @_lifetime(copy bytes) init(_ bytes: Span<UInt8>) throws(JournalError) {
    guard bytes.count >= 32, Little.load(UInt32.self, bytes, 0) == AccountRun.magic else {
      throw .corrupt("the account index", "a run does not start with ARR1")
    }
    self.bytes = bytes
    first = Little.load(UInt64.self, bytes, 8)
    last = Little.load(UInt64.self, bytes, 16)
    accounts = Int(Little.load(UInt32.self, bytes, 24))
    entries = Int(Little.load(UInt32.self, bytes, 28))
    guard bytes.count == 32 + 4 * (2 * accounts + 1 + entries), first <= last else {
      throw .corrupt("the account index", "a run's counts do not agree with its length")
    }
  }

  /// Events it covers.
  var span: Int { Int(last - first) + 1 }
  /// Whether its bytes are those that were written.
  var isSound: Bool {
    crc32c(bytes.extracting(8..<bytes.count)) == Little.load(UInt32.self, bytes, 4)
  }

  func account(_ index: Int) -> UInt32 { Little.load(UInt32.self, bytes, 32 + 4 * index) }
  func start(_ index: Int) -> Int {
    Int(Little.load(UInt32.self, bytes, 32 + 4 * (accounts + index)))
  }
  func position(_ entry: Int) -> Position {
    first + UInt64(Little.load(UInt32.self, bytes, 32 + 4 * (2 * accounts + 1 + entry)))
  }

  /// The entries of an account; empty when it does not occur.
  func entries(of account: UInt32) -> Range<Int> {
    var low = 0
    var high = accounts
    while low < high {
      let middle = (low + high) / 2
      if self.account(middle) < account { low = middle + 1 } else { high = middle }
    }
    guard low < accounts, self.account(low) == account else { return 0..<0 }
    let (start, end) = (start(low), start(low + 1))
    return start <= end && end <= entries ? start..<end : 0..<0
  }

  /// Adds every entry to `pairs`, by account.
  func add(to pairs: inout AccountPairs) {
    for index in 0..<accounts {
      for entry in start(index)..<start(index + 1) {
        pairs.append(account(index), position(entry))
      }
    }
  }
}

/// Entries of the account index that are not in a run yet.
struct AccountPairs {
  /// Position that offsets count from.
  private(set) var first: Position
  private(set) var accounts: [UInt32] = []
  private(set) var offsets: [UInt32] = []
  private var largest: UInt32 = 0

  init(first: Position) { self.first = first }

  @inline(__always) mutating func append(_ account: UInt32, _ seq: Position) {
    accounts.append(account)
    offsets.append(UInt32(truncatingIfNeeded: seq - first))
    if account > largest { largest = account }
  }

  mutating func reset(first: Position) {
    self.first = first
    accounts.removeAll(keepingCapacity: true)
    offsets.removeAll(keepingCapacity: true)
    largest = 0
  }

  /// The run of these entries, which must have come in ascending order of seq within an account.
  func run(last: Position) -> [UInt8] {
    // A counting sort by account keeps the order within each.
    var starts = [UInt32](repeating: 0, count: Int(largest) + 2)
    for account in accounts { starts[Int(account) + 1] += 1 }
    var present: [UInt32] = []
    var presentStarts: [UInt32] = []
    var sum: UInt32 = 0
    for account in 0...Int(largest) {
      let count = starts[account + 1]
      starts[account] = sum
      if count > 0 {
        present.append(UInt32(account))
        presentStarts.append(sum)
      }
      sum += count
    }
    presentStarts.append(sum)
    var sorted = [UInt32](repeating: 0, count: offsets.count)
    for index in 0..<accounts.count {
      let account = Int(accounts[index])
      sorted[Int(starts[account])] = offsets[index]
      starts[account] += 1
    }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(36 + 8 * present.count + 4 * sorted.count)
    Little.append(AccountRun.magic, to: &bytes)
    Little.append(UInt32(0), to: &bytes)
    Little.append(first, to: &bytes)
    Little.append(last, to: &bytes)
    Little.append(UInt32(present.count), to: &bytes)
    Little.append(UInt32(sorted.count), to: &bytes)
    Little.append(all: present, to: &bytes)
    Little.append(all: presentStarts, to: &bytes)
    Little.append(all: sorted, to: &bytes)
    Little.set(crc32c(bytes.span.extracting(8..<bytes.count)), in: &bytes, at: 4)
    return bytes
  }
}
