import Ledger

/// Slips gathered from the log, by stretches of accounts: chunks of words that are never moved, and
/// laid out by account when a stretch is asked for.
struct ActPigeonholes {
  private var chunks: [[ContiguousArray<UInt64>]] = []
  private var first: UInt32 = 0
  private static let room = 2048

  /// Forgets everything; accounts of this range will come.
  mutating func start(_ range: Range<UInt32>) {
    first = Stretch.of(range.lowerBound)
    let count = range.isEmpty ? 0 : Int(Stretch.of(range.upperBound - 1) - first) + 1
    chunks = Array(repeating: [], count: count)
  }

  /// Takes a slip of an account of the range.
  mutating func add(_ slip: ContiguousArray<UInt64>, of account: UInt32) {
    let hole = Int(Stretch.of(account) - first)
    guard chunks.indices.contains(hole) else { return }
    let last = chunks[hole].count - 1
    if last < 0 || chunks[hole][last].count + slip.count > ActPigeonholes.room {
      var chunk: ContiguousArray<UInt64> = []
      chunk.reserveCapacity(max(ActPigeonholes.room, slip.count))
      chunk.append(contentsOf: slip)
      chunks[hole].append(chunk)
    } else {
      chunks[hole][last].append(contentsOf: slip)
    }
  }

  /// Lays a stretch out: where the slips of each account begin and where the last end, then the
  /// slips, in log order inside each account; no words when there are none.
  func write(_ stretch: UInt32, to out: inout ContiguousArray<UInt64>) {
    out.removeAll(keepingCapacity: true)
    let hole = Int(stretch) - Int(first)
    guard chunks.indices.contains(hole), !chunks[hole].isEmpty else { return }
    var ends = ContiguousArray<Int>(repeating: 0, count: Stretch.width)
    for chunk in chunks[hole] {
      var at = 0
      while at < chunk.count {
        ends[ActSlip.slot(chunk[at])] += ActSlip.length(chunk[at])
        at += ActSlip.length(chunk[at])
      }
    }
    var sum = Stretch.front
    for slot in ends.indices {
      out.append(UInt64(sum))
      (ends[slot], sum) = (sum, sum + ends[slot])
    }
    out.append(UInt64(sum))
    out.append(contentsOf: repeatElement(0, count: sum - Stretch.front))
    for chunk in chunks[hole] {
      var at = 0
      while at < chunk.count {
        let (slot, length) = (ActSlip.slot(chunk[at]), ActSlip.length(chunk[at]))
        for index in 0..<length { out[ends[slot] + index] = chunk[at + index] }
        ends[slot] += length
        at += length
      }
    }
  }
}
