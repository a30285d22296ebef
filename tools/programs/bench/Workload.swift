import Journaling
import Ledger

/// Workload W in this ledger's form: the same seed, the same draws and the same distributions as
/// the anchors' generator, with a header of ours and the body as a CBOR byte string.
///
/// Everything is made before a clock runs, as the anchors read their events from memory.
struct Workload {
  /// Accounts of W.
  static let accounts: UInt32 = 50_000
  /// Marks a due of W that is settled; a flag that the format keeps free.
  static let settled = Header.Flags(rawValue: 1 << 15)
  private static let start: Int64 = 1_672_531_200_000_000
  private static let span: Int64 = 3 * 365 * 86_400 * 1_000_000
  private static let words = [
    "called", "busy", "promised", "salary", "next", "week", "family", "member", "answered",
    "switched", "off", "dispute", "visit", "address", "moved", "asked",
  ].map { Array($0.utf8) }

  private(set) var headers: ContiguousArray<Header> = []
  private(set) var bodies: [UInt8] = []
  private(set) var ends: ContiguousArray<Int> = [0]

  /// The first `count` of `total` events.
  init(_ count: Int, of total: Int) {
    headers.reserveCapacity(count)
    bodies.reserveCapacity(count * 72)
    ends.reserveCapacity(count + 1)
    var dice = Dice(state: 42)
    for index in 0..<count { add(index, total, &dice) }
  }

  private mutating func add(_ index: Int, _ total: Int, _ dice: inout Dice) {
    let (a, b, c) = (dice.next(), dice.next(), dice.next())
    var header = Header()
    header.account = 1 + UInt32((a >> 32) % UInt64(Workload.accounts))
    header.type = Workload.type(a % 100)
    if header.type == EventCode.dueRaised, b % 100 < 96 { header.flags.insert(Workload.settled) }
    header.occurred =
      Workload.start + Int64(Int128(index) * Int128(Workload.span) / Int128(total))
    header.day = Int32(header.occurred / 86_400_000_000)
    if header.type != EventCode.contactAttempted, header.type != EventCode.noticeSent {
      header.amount = Int64(100 + c % 5_000_000)
      header.currency = 356
    }
    headers.append(header)
    addBody(b, c)
    ends.append(bodies.count)
  }

  // Shares of W: contacts 45, promises 10, payments 20, bounces 3, cheques 4, legal 3, dues 15.
  private static func type(_ percent: UInt64) -> UInt16 {
    switch percent {
    case 0..<45: EventCode.contactAttempted
    case 45..<55: EventCode.promiseMade
    case 55..<75: EventCode.paymentReceived
    case 75..<78: EventCode.paymentReversed
    case 78..<82: EventCode.paymentCredited
    case 82..<85: EventCode.noticeSent
    default: EventCode.dueRaised
    }
  }

  private mutating func addBody(_ b: UInt64, _ c: UInt64) {
    let head = bodies.count
    bodies.append(0x58)
    bodies.append(0)
    let start = bodies.count
    let agent = UInt32(truncatingIfNeeded: c >> 40 & 0x3FF)
    for shift in [0, 8, 16, 24] as [UInt32] {
      bodies.append(UInt8(truncatingIfNeeded: agent >> shift))
    }
    bodies.append(UInt8(truncatingIfNeeded: (c >> 8) & 7))
    bodies.append(UInt8(truncatingIfNeeded: (c >> 16) & 63))
    bodies.append(0)
    let target = 48 + Int(b & 31)
    var choice = b ^ c
    while bodies.count - start < target {
      let word = Workload.words[Int(choice & 15)]
      choice = (choice >> 4 | choice << 60) &* 0x9E37_79B9_7F4A_7C15
      if bodies.count - start + word.count + 1 > 80 { break }
      bodies += word
      bodies.append(32)
    }
    bodies[head + 1] = UInt8(bodies.count - start)
  }
}

/// splitmix64, as `gen.h` has it.
struct Dice {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
