import Foundation
import Journaling
import Ledger
import Proof

/// Power cuts: a run is recorded, and every image that a cut could have left is built and opened.
struct Crash {
  var seed: UInt64
  var images: Int
  let preload: String

  struct Outcome {
    var images = 0
    var sound = 0
    /// No ledger there, and none was promised yet.
    var absent = 0
    /// The ledger says itself that something is missing.
    var noticed = 0
    var lost = 0
    var wrong = 0
    var ended = 0
    var bad: Int { noticed + lost + wrong + ended }
  }

  private enum Verdict: Int32 {
    case sound, absent, noticed, lost, wrong
  }

  /// Records one run and gives the events that it stored, as leaves.
  func record(_ folder: String, events: Int) throws -> (Recording, [TreeHash]) {
    let child = Child.begin(
      ["workload", "append", folder + "/book", folder + "-acks", String(events), "maintain"],
      [
        "LD_PRELOAD": preload, "ARREARS_WATCH": folder, "ARREARS_ACK": folder + "-acks",
        "ARREARS_RECORD": folder + "-record",
      ])
    guard Child.wait(child) == .status(0) else { throw CocoaError(.executableLoad) }
    return (try Recording(folder + "-record"), try leaves(folder + "/book"))
  }

  private func leaves(_ path: String) throws -> [TreeHash] {
    var leaves: [TreeHash] = []
    try Journal(path).read { (snapshot) throws(JournalError) in
      try snapshot.bundles { (bundle) throws(JournalError) in
        for index in 0..<bundle.count { leaves.append(.leaf(bundle.event(index).bytes)) }
      }
    }
    return leaves
  }

  func run() throws -> (real: Outcome, control: Outcome, operations: Int) {
    let folder = Place.make("crash")
    let (recording, leaves) = try record(folder, events: 900)
    var seen: Set<Int> = []
    let real = replay(recording, leaves, folder, ignoresSync: false, images, &seen)
    var others: Set<Int> = []
    let control = replay(recording, leaves, folder, ignoresSync: true, images / 10, &others)
    Place.remove(folder)
    return (real, control, recording.operations.count)
  }

  /// Builds images at every operation, as many at each as it takes, and looks at those that differ.
  private func replay(
    _ recording: Recording, _ leaves: [TreeHash], _ folder: String, ignoresSync: Bool,
    _ wanted: Int,
    _ seen: inout Set<Int>
  ) -> Outcome {
    var outcome = Outcome()
    var chance = Chance(seed)
    var disk = Disk(ignoresSync: ignoresSync)
    var acknowledged: Position?
    let changing = recording.operations.filter { $0.kind != .acknowledged && $0.kind != .opened }
    let each = max(1, wanted / max(1, changing.count))
    let stride = max(1, changing.count * 4 / max(1, wanted))
    for (number, operation) in recording.operations.enumerated() {
      disk.apply(operation)
      if operation.kind == .acknowledged {
        let lines = operation.path.split(separator: "\n")
        acknowledged = lines.last.flatMap { Position($0) } ?? acknowledged
      }
      if number % stride != 0 { continue }
      let lucks: [Disk.Luck] =
        ignoresSync
        ? [.some] : [.nothing, .everything, .torn] + Array(repeating: .some, count: each + 2)
      for luck in lucks {
        let image = disk.image(luck, &chance)
        var hasher = Hasher()
        for (path, bytes) in image {
          hasher.combine(path)
          hasher.combine(bytes ?? [])
        }
        hasher.combine(acknowledged)
        guard seen.insert(hasher.finalize()).inserted else { continue }
        look(
          at: image, folder, leaves, acknowledged, &outcome, "operation \(number), \(luck)",
          quiet: ignoresSync)
      }
    }
    return outcome
  }

  private func look(
    at image: [(path: String, bytes: [UInt8]?)], _ folder: String, _ leaves: [TreeHash],
    _ acknowledged: Position?, _ outcome: inout Outcome, _ what: String, quiet: Bool
  ) {
    outcome.images += 1
    let place = Place.make("image")
    for (path, bytes) in image {
      let there = place + path.dropFirst(folder.count)
      let parent = (there as NSString).deletingLastPathComponent
      try? FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true)
      if let bytes {
        _ = FileManager.default.createFile(atPath: there, contents: Data(bytes))
      } else {
        try? FileManager.default.createDirectory(atPath: there, withIntermediateDirectories: true)
      }
    }
    let end = Child.run {
      let book = Crash.judge(place + "/book", leaves, acknowledged, quiet)
      guard book == .sound || book == .absent else { return book.rawValue }
      // A copy that has its name is a verified ledger.
      let copy = Crash.judge(place + "/book-copy", leaves, nil, quiet)
      return copy == .absent ? book.rawValue : copy.rawValue
    }
    switch end {
    case .status(let status):
      switch Verdict(rawValue: status) {
      case .sound: outcome.sound += 1
      case .absent: outcome.absent += 1
      case .noticed: outcome.noticed += 1
      case .lost: outcome.lost += 1
      default: outcome.wrong += 1
      }
    case .signal, .late: outcome.ended += 1
    }
    if !quiet, end != .status(0), end != .status(1) { note("  crash: \(what): \(end)") }
  }

  private static func judge(
    _ path: String, _ leaves: [TreeHash], _ acknowledged: Position?, _ quiet: Bool
  ) -> Verdict {
    func say(_ text: String) { if !quiet { note("  \(text)") } }
    do {
      let journal = try Journal(path, Workload.options())
      let head = try journal.read { (s) throws(JournalError) in s.head }
      if let acknowledged, head < acknowledged {
        say("\(acknowledged) events were acknowledged, \(head) are there")
        return .lost
      }
      let root = try journal.rehashed(head)
      var (edge, complete) = (TreeEdge(), [TreeEdge.Complete]())
      for leaf in leaves.prefix(Int(head)) { edge.append(leaf, &complete) }
      let found = try journal.check()
      if head <= leaves.count, root == edge.root, found.isEmpty {
        // And it can be written to.
        _ = try journal.append([Workload.probe])
        return .sound
      }
      say("head \(head), \(found.first?.description ?? "other events")")
      return .wrong
    } catch JournalError.absent {
      return acknowledged == nil ? .absent : .lost
    } catch {
      say("\(error)")
      return .noticed
    }
  }
}
