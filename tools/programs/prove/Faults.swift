import Foundation
import Journaling
import Ledger

/// What the program meets while it writes: calls that fail, one at a time and each once, and its
/// own end. After each the ledger must hold everything that was acknowledged, must be whole, and
/// must go on.
struct Faults {
  let preload: String
  var seed: UInt64

  struct Outcome {
    var runs = 0
    var told = 0
    var lost = 0
    var damaged = 0
    var ended = 0
    var bad: Int { lost + damaged + ended }
  }

  /// A fault at call N for every N of a kind of work, and an end in front of it.
  func everyCall(_ kinds: [String], _ work: (String) -> [String]) throws -> (Outcome, Int) {
    var outcome = Outcome()
    let counted = Place.make("faults")
    let clean = Child.begin(
      ["workload"] + work(counted),
      [
        "LD_PRELOAD": preload, "ARREARS_WATCH": counted, "ARREARS_COUNT": counted + "-count",
      ])
    guard Child.wait(clean) == .status(0) else { throw CocoaError(.executableLoad) }
    let text = try String(contentsOfFile: counted + "-count", encoding: .utf8)
    let calls = Int(text.trimmingCharacters(in: .whitespacesAndNewlines)) ?? 0
    for number in 1...max(1, calls) {
      for kind in kinds {
        let folder = Place.make("fault")
        Place.remove(folder + "-acks")
        let variable = kind == "kill" ? "ARREARS_KILL" : "ARREARS_FAULT"
        let child = Child.begin(
          ["workload"] + work(folder),
          [
            "LD_PRELOAD": preload, "ARREARS_WATCH": folder,
            variable: kind == "kill" ? "\(number)" : "\(number):\(kind)",
          ])
        let end = Child.wait(child)
        outcome.runs += 1
        switch end {
        case .status(0): break
        case .status(3): outcome.told += 1
        case .signal(SIGKILL) where kind == "kill": break
        default:
          outcome.ended += 1
          note("  \(kind) at call \(number): \(end)")
        }
        look(at: folder, "\(kind) at call \(number)", &outcome)
      }
    }
    return (outcome, calls)
  }

  /// Ends the program at moments of chance while it appends.
  func kills(_ count: Int) -> Outcome {
    var outcome = Outcome()
    var chance = Chance(seed)
    let folder = Place.make("kills")
    var goal = 40
    for number in 0..<count {
      if number % 25 == 0 {
        _ = Place.make("kills")
        Place.remove(folder + "-acks")
        goal = 40
      }
      let child = Child.begin(
        ["workload", "append", folder + "/book", folder + "-acks", String(goal + 4000)], [:])
      goal += 40
      usleep(UInt32(4_000 + chance.below(60_000)))
      kill(child, SIGKILL)
      _ = Child.wait(child)
      outcome.runs += 1
      look(at: folder, "kill \(number)", &outcome)
    }
    return outcome
  }

  private func look(
    at folder: String, _ what: String, _ outcome: inout Outcome
  ) {
    let lines = (try? String(contentsOfFile: folder + "-acks", encoding: .utf8)) ?? ""
    let acknowledged = lines.split(separator: "\n").last.flatMap { Position($0) }
    let end = Child.run {
      do {
        let journal = try Journal(folder + "/book", Workload.options())
        let found = try journal.verify()
        let head = try journal.read { (s) throws(JournalError) in s.head }
        if let acknowledged, head < acknowledged { return 1 }
        if let first = found.first {
          note("  \(first)")
          return 2
        }
        _ = try journal.append([Workload.probe])
        return 0
      } catch JournalError.absent {
        return acknowledged == nil ? 0 : 1
      } catch {
        note("  \(error)")
        return 2
      }
    }
    switch end {
    case .status(0): return
    case .status(1): outcome.lost += 1
    case .status(2): outcome.damaged += 1
    default: outcome.ended += 1
    }
    note("  \(what): \(end)")
  }
}
