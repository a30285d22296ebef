import Foundation
import Journaling
import Ledger

/// What the program meets while it works: calls that fail, one at a time and each once, and its own
/// end. After each the ledger must hold everything that was acknowledged, must be whole, and must
/// go on. The clock jumps all the while.
struct Faults {
  let preload: String
  var seed: UInt64
  /// Every kind of fault for every kind of work, and not the two worst for the longer ones.
  var isLong = false

  struct Outcome {
    var calls = 0
    var runs = 0
    var told = 0
    var lost = 0
    var damaged = 0
    var ended = 0
    var bad: Int { lost + damaged + ended }

    mutating func add(_ other: Outcome) {
      calls += other.calls
      runs += other.runs
      told += other.told
      lost += other.lost
      damaged += other.damaged
      ended += other.ended
    }
  }

  /// A kind of work: what is done before, undisturbed and once, and what is watched.
  struct Work {
    var name: String
    var before: [String] = []
    var steps: [String]
    /// Whether every kind of fault is always tried.
    var isFirst = false
  }

  static let works = [
    Work(name: "append", steps: ["append=330"], isFirst: true),
    Work(name: "import", before: ["append=3"], steps: ["import"], isFirst: true),
    Work(name: "books kept", before: ["append=300", "import"], steps: ["keep"]),
    Work(name: "rebuild", before: ["append=300", "import"], steps: ["rebuild"]),
    Work(name: "erasure", before: ["append=300", "import", "keep"], steps: ["erase"]),
    Work(name: "redaction", before: ["append=330", "import", "append=530"], steps: ["redact"]),
    Work(name: "backup", before: ["append=300", "import"], steps: ["backup"]),
    Work(name: "shipping", before: ["append=300", "import"], steps: ["ship"]),
    Work(name: "restore", before: ["append=300", "import", "ship"], steps: ["restore"]),
  ]

  private static let all = ["eio", "enospc", "eintr", "short", "kill"]

  /// Every work.
  func run() throws -> [(Work, Outcome)] {
    try Faults.works.map { work in
      (work, try everyCall(isLong || work.isFirst ? Faults.all : ["enospc", "kill"], work))
    }
  }

  /// Faults on a program that says that things are done before they are: they must be found.
  func control() throws -> Outcome {
    let work = Work(name: "control", steps: ["early", "append=60"])
    return try everyCall(["eio", "kill"], work, isQuiet: true)
  }

  /// A fault at call N for every N of a kind of work, and an end in front of it.
  private func everyCall(_ kinds: [String], _ work: Work, isQuiet: Bool = false) throws -> Outcome {
    var outcome = Outcome()
    let template = Place.make("template")
    Place.remove(template + "-acks")
    if !work.before.isEmpty {
      guard Child.wait(Child.begin(["workload", template] + work.before, [:])) == .status(0) else {
        throw CocoaError(.executableLoad)
      }
    }
    let folder = Place.root + "/fault"
    func begin(_ variables: [String: String]) throws -> Child.End {
      try Place.copy(template, to: folder)
      let more = ["LD_PRELOAD": preload, "ARREARS_WATCH": folder, "ARREARS_CLOCK": "\(seed)"]
      let child = Child.begin(
        ["workload", folder] + work.steps, more.merging(variables) { $1 }, isQuiet: true)
      return Child.wait(child)
    }
    guard try begin(["ARREARS_COUNT": folder + "-count"]) == .status(0) else {
      throw CocoaError(.executableLoad)
    }
    let text = try String(contentsOfFile: folder + "-count", encoding: .utf8)
    outcome.calls = Int(text.trimmingCharacters(in: .whitespacesAndNewlines)) ?? 0
    for number in 1...max(1, outcome.calls) {
      for kind in kinds {
        let variable = kind == "kill" ? "ARREARS_KILL" : "ARREARS_FAULT"
        let end = try begin([variable: kind == "kill" ? "\(number)" : "\(number):\(kind)"])
        outcome.runs += 1
        switch end {
        case .status(0): break
        case .status(3): outcome.told += 1
        case .signal(SIGKILL) where kind == "kill": break
        default:
          outcome.ended += 1
          note("  \(work.name), \(kind) at call \(number): \(end)")
        }
        Faults.look(at: folder, "\(work.name), \(kind) at call \(number)", &outcome, isQuiet)
      }
    }
    return outcome
  }

  /// Ends the program at moments of chance while it appends; gives also in how many runs something
  /// had been written.
  func kills(_ count: Int, early: Bool = false) -> (Outcome, writing: Int) {
    var (outcome, writing, chance) = (Outcome(), 0, Chance(seed))
    let folder = Place.root + "/kills"
    for number in 0..<count {
      if number % 25 == 0 {
        _ = Place.make("kills")
        Place.remove(folder + "-acks")
      }
      let before = Acknowledged(of: folder).head ?? 0
      let child = Child.begin(
        ["workload", folder] + (early ? ["early"] : []) + ["append=1000000"],
        ["LD_PRELOAD": preload, "ARREARS_CLOCK": "\(chance.next())"])
      // Every other one is let begin first: a busy machine would see few that had written.
      if number % 2 == 0 {
        var patience = 2000
        while patience > 0, Acknowledged(of: folder).head ?? 0 == before {
          usleep(1000)
          patience -= 1
        }
      }
      usleep(UInt32(chance.below(90_000)))
      kill(child, SIGKILL)
      _ = Child.wait(child)
      outcome.runs += 1
      if Acknowledged(of: folder).head ?? 0 > before { writing += 1 }
      Faults.look(at: folder, "kill \(number)", &outcome, early)
    }
    return (outcome, writing)
  }

  /// Judges what stands in a folder, in a process of its own.
  static func look(
    at folder: String, _ what: String, _ outcome: inout Outcome, _ isQuiet: Bool = false
  ) {
    let judge = Judge(
      folder: folder, acknowledged: Acknowledged(of: folder), isQuiet: isQuiet)
    let end = Child.run { judge.all().rawValue }
    switch end {
    case .status(Verdict.sound.rawValue), .status(Verdict.absent.rawValue): return
    case .status(Verdict.lost.rawValue): outcome.lost += 1
    case .status: outcome.damaged += 1
    default: outcome.ended += 1
    }
    if !isQuiet { note("  \(what): \(end)") }
  }
}
