internal import LMDB
internal import Ledger

/// The account index of a stretch of events: which positions stand in which account's trail. Events
/// on no account, the house's own, stand under number 0; in runs that start with ARR1, which older
/// programs wrote, they stand nowhere.
///
/// ```
///  0  u32  magic "ARR2"
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
  /// Whether events on no account stand in it.
  let hasHouse: Bool

  static let magic: UInt32 = 0x3252_5241
  static let magicWithoutHouse: UInt32 = 0x3152_5241

  /// Looks at a stored run; its frame is checked here, its CRC by `check`.
  @_lifetime(copy bytes) init(_ bytes: Span<UInt8>) throws(JournalError) {
    let magic = bytes.count >= 32 ? Little.load(UInt32.self, bytes, 0) : 0
    guard magic == AccountRun.magic || magic == AccountRun.magicWithoutHouse else {
      throw .corrupt("the account index", "a run does not start with ARR2")
    }
    hasHouse = magic == AccountRun.magic
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
    guard accounts > 0 else { return 0..<0 }
    let smallest = self.account(0)
    let largest = self.account(accounts - 1)
    guard account >= smallest, account <= largest else { return 0..<0 }
    // Numbers are dense, so the place can be guessed within a few lines of memory.
    let spread = UInt64(largest) - UInt64(smallest)
    let guess =
      spread == 0 ? 0 : Int(UInt64(account - smallest) * UInt64(accounts - 1) / spread)
    var low = max(0, guess - 16)
    var high = min(accounts, guess + 16)
    if low > 0, self.account(low) > account { (low, high) = (0, low) }
    if high < accounts, self.account(high - 1) < account { (low, high) = (high, accounts) }
    while low < high {
      let middle = (low + high) / 2
      if self.account(middle) < account { low = middle + 1 } else { high = middle }
    }
    guard low < accounts, self.account(low) == account else { return 0..<0 }
    let (start, end) = (start(low), start(low + 1))
    return start <= end && end <= entries ? start..<end : 0..<0
  }

  /// Refuses bytes that are not those that were written.
  func requireSound() throws(JournalError) {
    guard isSound else {
      throw .invalid("The account index has a damaged run; `arrears rebuild` makes it anew.")
    }
  }

  /// Adds every entry to `pairs`, by account.
  func add(to pairs: inout AccountPairs) throws(JournalError) {
    try requireSound()
    for index in 0..<accounts {
      for entry in start(index)..<start(index + 1) {
        pairs.append(account(index), position(entry))
      }
    }
  }
}

/// Entries of the account index that are not in a run yet.
struct AccountPairs {
  /// An event on an account's trail.
  struct Entry: BitwiseCopyable {
    let account: UInt32
    let offset: UInt32
  }

  /// Position that offsets count from.
  private(set) var first: Position
  private(set) var entries: [Entry] = []
  private var largest: UInt32 = 0

  init(first: Position) { self.first = first }

  @inline(__always) mutating func append(_ account: UInt32, _ seq: Position) {
    entries.append(Entry(account: account, offset: UInt32(truncatingIfNeeded: seq - first)))
    if account > largest { largest = account }
  }

  mutating func reset(first: Position) {
    self.first = first
    entries.removeAll(keepingCapacity: true)
    largest = 0
  }

  /// The run of these entries, which must have come in ascending order of seq within an account;
  /// as older programs wrote it when the house's are left out.
  func run(last: Position, withHouse: Bool = true) -> [UInt8] {
    let entries = withHouse ? self.entries : self.entries.filter { $0.account != 0 }
    // A counting sort by account keeps the order within each.
    var starts = [UInt32](repeating: 0, count: Int(largest) + 2)
    for entry in entries { starts[Int(entry.account) + 1] += 1 }
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
    var sorted = [UInt32](repeating: 0, count: entries.count)
    for entry in entries {
      let account = Int(entry.account)
      sorted[Int(starts[account])] = entry.offset
      starts[account] += 1
    }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(36 + 8 * present.count + 4 * sorted.count)
    Little.append(
      withHouse ? AccountRun.magic : AccountRun.magicWithoutHouse, to: &bytes)
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
