import Foundation

/// Disks that are full for real: the house works on a disk of memory of so many kilobytes, or with a
/// limit on the length of its files, until it is told that there is no room; then there is room again.
struct Full {
  var count: Int

  struct Outcome {
    var runs = 0
    /// Runs in which the program was told, with a sentence, that there is no room.
    var told = 0
    /// Runs in which there was room for everything.
    var fitted = 0
    var lost = 0
    var damaged = 0
    var ended = 0
  }

  /// Whether this system lets us mount a disk of our own.
  static var canMount: Bool { shell("unshare -Urm mount -t tmpfs none /mnt", [:]) == .status(0) }

  private static func shell(_ script: String, _ variables: [String: String]) -> Child.End {
    let own = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    let more = ["PROVE": own ?? "", "STEPS": Crash.life.joined(separator: " ")]
    return Child.wait(
      Child.begin(
        ["-c", script], more.merging(variables) { $1 }, program: "/bin/sh", isQuiet: true))
  }

  /// Sizes in kilobytes, from one at which nothing can begin to one at which nearly all is done.
  private func sizes(_ first: Int, _ last: Int) -> [Int] {
    (0..<count).map { first + (last - first) * $0 / max(1, count - 1) }
  }

  /// On disks of memory.
  func disks() -> Outcome {
    // The lines beside the folder stand on another disk: what is acknowledged must be known.
    let script = """
      exec unshare -Urm /bin/sh -c '
        mount -t tmpfs -o size=${SIZE}k none "$FOLDER" || exit 9
        "$PROVE" workload "$FOLDER" $STEPS; end=$?
        mount -o remount,size=512m "$FOLDER" || exit 9
        "$PROVE" look "$FOLDER"; look=$?
        exit $((end * 16 + look))'
      """
    return run(sizes(100, 3000), script)
  }

  /// With a limit on files.
  func limits() -> Outcome {
    let script = """
      ( trap '' XFSZ; ulimit -f $((SIZE * 2)); exec "$PROVE" workload "$FOLDER" $STEPS ); end=$?
      "$PROVE" look "$FOLDER"; look=$?
      exit $((end * 16 + look))
      """
    return run(sizes(20, 1200), script)
  }

  private func run(_ sizes: [Int], _ script: String) -> Outcome {
    var outcome = Outcome()
    for size in sizes {
      let folder = Place.make("full")
      Place.remove(folder + "-acks")
      let end = Full.shell(script, ["SIZE": String(size), "FOLDER": folder])
      outcome.runs += 1
      guard case .status(let both) = end, both / 16 == 0 || both / 16 == 3 else {
        outcome.ended += 1
        note("  \(size) kB: \(end)")
        continue
      }
      if both / 16 == 0 { outcome.fitted += 1 } else { outcome.told += 1 }
      switch Verdict(rawValue: both % 16) {
      case .sound, .absent: break
      case .lost:
        outcome.lost += 1
        note("  \(size) kB: lost")
      default:
        outcome.damaged += 1
        note("  \(size) kB: \(both % 16)")
      }
    }
    return outcome
  }
}
