import Foundation
import Journaling
import Ledger
import Proof

/// Power cuts: a run is recorded, and every image that a cut could have left is built and opened.
struct Crash {
  var seed: UInt64
  var images: Int
  let preload: String

  /// What a house does: it appends, imports with sealed names, asks books, makes indexes anew,
  /// forgets a person, destroys the content of two entries, copies, ships, restores.
  static let life = [
    "append=330", "import", "keep", "append=530", "rebuild", "erase", "redact", "backup", "ship",
    "append=560", "ship", "restore",
  ]

  struct Outcome {
    var images = 0
    var found: [Verdict: Int] = [:]
    var ended = 0
    var bad: Int { [.noticed, .lost, .wrong].reduce(ended) { $0 + found[$1, default: 0] } }
  }

  /// Records one run and gives the events that it stored, as leaves.
  func record(_ folder: String) throws -> (Recording, [TreeHash]) {
    let child = Child.begin(
      ["workload", folder] + Crash.life,
      [
        "LD_PRELOAD": preload, "ARREARS_WATCH": folder, "ARREARS_ACK": folder + "-acks",
        "ARREARS_RECORD": folder + "-record", "ARREARS_CLOCK": "\(seed)",
      ])
    guard Child.wait(child) == .status(0) else { throw CocoaError(.executableLoad) }
    return (try Recording(folder + "-record"), try leaves(folder + "/book"))
  }

  private func leaves(_ path: String) throws -> [TreeHash] {
    var leaves: [TreeHash] = []
    try Journal(path).read { (snapshot) throws(JournalError) in
      try snapshot.bundles { (bundle) throws(JournalError) in
        for index in 0..<bundle.count { leaves.append(bundle.event(index).leaf) }
      }
    }
    return leaves
  }

  func run() throws -> (real: Outcome, control: Outcome, operations: Int) {
    let folder = Place.make("crash")
    let (recording, leaves) = try record(folder)
    let real = replay(recording, leaves, folder, ignoresSync: false, images)
    let control = replay(recording, leaves, folder, ignoresSync: true, images / 10)
    Place.remove(folder)
    return (real, control, recording.operations.count)
  }

  /// Builds images at every operation, as many at each as it takes, and looks at those that differ.
  private func replay(
    _ recording: Recording, _ leaves: [TreeHash], _ folder: String, ignoresSync: Bool, _ wanted: Int
  ) -> Outcome {
    var (outcome, chance, acknowledged) = (Outcome(), Chance(seed), Acknowledged())
    var (disk, seen) = (Disk(ignoresSync: ignoresSync), Set<Int>())
    var known: Set<Int> = []
    let changing = recording.operations.filter { $0.kind != .acknowledged && $0.kind != .opened }
    let each = max(1, wanted / max(1, changing.count))
    let stride = max(1, changing.count * 4 / max(1, wanted))
    for (number, operation) in recording.operations.enumerated() {
      disk.apply(operation)
      if operation.kind == .acknowledged { acknowledged.note(operation.path) }
      if number % stride != 0 { continue }
      let lucks: [Disk.Luck] =
        ignoresSync
        ? [.some] : [.nothing, .everything, .torn] + Array(repeating: .some, count: each + 2)
      for luck in lucks {
        let image = Image(disk.image(luck, &chance), folder, acknowledged)
        guard seen.insert(image.hash).inserted else { continue }
        outcome.images += 1
        let judge = Judge(
          folder: Place.root + "/image", acknowledged: acknowledged, leaves: leaves,
          isQuiet: ignoresSync)
        look(image, judge, &known, &outcome, "operation \(number), \(luck)")
      }
    }
    return outcome
  }

  private func look(
    _ image: Image, _ judge: Judge, _ known: inout Set<Int>, _ outcome: inout Outcome,
    _ what: String
  ) {
    // A thing that was sound is so again while its bytes and what is promised of it are the same.
    let unknown = Judge.things.filter { !known.contains(image.hashes[$0] ?? 0) }
    image.write(Judge.needed(for: unknown))
    let end = Child.run { judge.worst(unknown).rawValue }
    if case .status(let status) = end, let verdict = Verdict(rawValue: status) {
      outcome.found[verdict, default: 0] += 1
      if verdict == .sound { known.formUnion(unknown.compactMap { image.hashes[$0] }) }
    } else {
      outcome.ended += 1
    }
    if !judge.isQuiet, end != .status(0), end != .status(1) { note("  crash: \(what): \(end)") }
  }
}

/// The files as a power cut left them, sorted by the thing they belong to.
private struct Image {
  private var files: [String: [(path: String, bytes: [UInt8]?)]] = [:]
  private(set) var hashes: [String: Int] = [:]
  private(set) var hash = 0

  init(_ all: [(path: String, bytes: [UInt8]?)], _ folder: String, _ acknowledged: Acknowledged) {
    for (path, bytes) in all where path.count > folder.count {
      let path = String(path.dropFirst(folder.count + 1))
      files[Judge.thing(of: path), default: []].append((path, bytes))
    }
    var whole = Hasher()
    whole.combine(acknowledged)
    for thing in Judge.things {
      var hasher = Hasher()
      hasher.combine(thing)
      for (path, bytes) in files[thing] ?? [] {
        hasher.combine(path)
        unsafe bytes?.withUnsafeBytes { unsafe hasher.combine(bytes: $0) }
      }
      // What is promised of a thing belongs to it.
      hasher.combine(acknowledged.promises(of: thing))
      let hash = hasher.finalize()
      hashes[thing] = hash
      whole.combine(hash)
    }
    hash = whole.finalize()
  }

  /// Lays the files of some things into an empty folder.
  func write(_ things: [String]) {
    let place = Place.make("image")
    for (path, bytes) in things.flatMap({ files[$0] ?? [] }) {
      let there = place + "/" + path
      let parent = (there as NSString).deletingLastPathComponent
      try? FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true)
      if let bytes {
        _ = FileManager.default.createFile(
          atPath: there, contents: Data(bytes), attributes: [.posixPermissions: 0o600])
      } else {
        try? FileManager.default.createDirectory(atPath: there, withIntermediateDirectories: true)
      }
    }
    unsafe unlink(place + "-needle")
    try? FileManager.default.copyItem(
      atPath: Place.root + "/crash-needle", toPath: place + "-needle")
  }
}
