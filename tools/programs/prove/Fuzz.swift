import Foundation

/// Bytes of chance for everything that reads bytes: seeds that are right, changed a little, again
/// and again. A reader may refuse; it may not end the process and not go on for ever.
struct Fuzz {
  var seed: UInt64
  var seconds: Double

  struct Outcome {
    var name: String
    var runs: Int
    var trapped: Bool
  }

  /// Runs every target.
  func run(only: String?) throws -> [Outcome] {
    var outcomes: [Outcome] = []
    for target in try FuzzTarget.all() where only == nil || only == target.name {
      outcomes.append(run(target))
    }
    return outcomes
  }

  /// Writes what each target takes into a folder of its name, for libFuzzer to begin with.
  static func writeSeeds(to folder: String) throws {
    for target in try FuzzTarget.all() where !target.isSlow {
      let own = folder + "/" + target.name
      try FileManager.default.createDirectory(atPath: own, withIntermediateDirectories: true)
      for (index, seed) in target.seeds.enumerated() {
        try Data(seed).write(to: URL(fileURLWithPath: "\(own)/\(index)"))
      }
    }
  }

  /// A target that traps on some inputs must be found to.
  func control() -> Bool {
    let target = FuzzTarget(name: "control", seeds: [Array("no trap".utf8)]) { bytes in
      precondition(bytes.first != UInt8(ascii: "N"), "on purpose")
    }
    return run(target, isQuiet: true).trapped
  }

  // Runs a target in a process of its own.
  private func run(_ target: FuzzTarget, isQuiet: Bool = false) -> Outcome {
    // The child tells its count, and the parent what it was at, by a page that both see.
    let page = unsafe mmap(nil, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0)
    guard let page = unsafe page, unsafe page != MAP_FAILED else {
      return Outcome(name: target.name, runs: 0, trapped: true)
    }
    defer { unsafe munmap(page, 4096) }
    let counter = unsafe page.assumingMemoryBound(to: Int.self)
    let end = Child.run(limit: UInt32(seconds) + 60) {
      var chance = Chance(seed)
      let began = Date()
      while true {
        let input = Fuzz.change(target.seeds, &chance)
        target.take(input)
        unsafe counter.pointee += 1
        if unsafe counter.pointee & 63 == 0 || target.isSlow,
          Date().timeIntervalSince(began) > seconds
        {
          return 0
        }
      }
    }
    let runs = unsafe counter.pointee
    if end != .status(0), !isQuiet {
      note("  \(target.name): input \(runs + 1) of seed \(seed): \(end)")
      var chance = Chance(seed)
      var input: [UInt8] = []
      for _ in 0...runs { input = Fuzz.change(target.seeds, &chance) }
      note("  base64: \(Data(input.prefix(2000)).base64EncodedString())")
    }
    return Outcome(name: target.name, runs: runs, trapped: end != .status(0))
  }

  /// A seed with one to eight changes.
  static func change(_ seeds: [[UInt8]], _ chance: inout Chance) -> [UInt8] {
    var bytes = seeds[chance.below(seeds.count)]
    for _ in 0...chance.below(8) {
      let place = chance.below(bytes.count)
      switch chance.below(9) {
      case 0 where !bytes.isEmpty: bytes[place] ^= 1 << UInt8(chance.below(8))
      case 1 where !bytes.isEmpty: bytes[place] = UInt8(chance.below(256))
      case 2: bytes.insert(UInt8(chance.below(256)), at: place)
      case 3 where !bytes.isEmpty: bytes.remove(at: place)
      case 4 where !bytes.isEmpty: bytes.removeSubrange(place..<bytes.count)
      case 5 where !bytes.isEmpty:
        let end = min(bytes.count, place + chance.below(40))
        bytes.insert(contentsOf: bytes[place..<end], at: chance.below(bytes.count))
      case 6:
        // Numbers at the edges, as bytes of either order.
        let edges: [UInt64] = [0, 1, 0x7F, 0xFF, 0x7FFF, 0xFFFF, 0x7FFF_FFFF, 0xFFFF_FFFF, .max]
        let value = edges[chance.below(edges.count)]
        let width = [1, 2, 4, 8][chance.below(4)]
        let big = chance.below(2) == 0
        for index in 0..<width where place + index < bytes.count {
          let shift = UInt64(8 * (big ? width - 1 - index : index))
          bytes[place + index] = UInt8(truncatingIfNeeded: value >> shift)
        }
      case 7:
        let other = seeds[chance.below(seeds.count)]
        let from = chance.below(other.count)
        bytes = Array(bytes.prefix(place)) + other[from...]
      default:
        let words = [
          "9223372036854775808", "-1", "1e999", "\"", "\u{0}", "{", "[", ",", "\n", "é", "\\u",
        ]
        bytes.insert(contentsOf: Array(words[chance.below(words.count)].utf8), at: place)
      }
      if bytes.count > 1 << 16 { bytes.removeSubrange((1 << 16)...) }
    }
    return bytes
  }
}
