import Foundation
import Journaling
import Ledger

/// Processes that are stopped in the middle, go on later, or never again: writers beside writers,
/// and readers beside writers.
struct Pauses {
  var seed: UInt64
  var count: Int

  struct Outcome {
    var runs = 0
    /// Another writer got its turn, or was told who has it.
    var passed = 0
    var told = 0
    var faults = Faults.Outcome()
    /// Who was stopped did not go on, or another waited for ever or got another answer.
    var stuck = 0
    /// A reader saw something else than before.
    var strayed = 0
  }

  func run() -> Outcome {
    var (outcome, chance) = (Outcome(), Chance(seed))
    for _ in 0..<count {
      outcome.runs += 1
      writers(&outcome, &chance)
      readers(&outcome, &chance)
    }
    return outcome
  }

  // One writer is stopped at a moment of chance; another comes, and reads and writes.
  private func writers(_ outcome: inout Outcome, _ chance: inout Chance) {
    let folder = Place.make("pauses")
    Place.remove(folder + "-acks")
    let writer = Child.begin(["workload", folder, "append=1000000"], [:])
    usleep(UInt32(30_000 + chance.below(60_000)))
    kill(writer, SIGSTOP)
    let before = Acknowledged(of: folder).head ?? 0
    let end = Child.run(limit: 10) {
      do throws(JournalError) {
        var options = Workload.options()
        options.patience = 0.1
        let journal = try Journal(folder + "/book", options)
        let seen = try journal.read { (s) throws(JournalError) in s.head }
        if seen < before { return 1 }
        do throws(JournalError) { _ = try journal.append([Workload.probe]) } catch {
          // One that was stopped between taking the lock and writing its name is not known by it.
          guard case .locked(_, let holder) = error,
            holder.contains("pid \(writer)") || holder == "unknown"
          else { return 1 }
          return 3
        }
        return 0
      } catch {
        guard case .absent = error else { return 1 }
        return before == 0 ? 0 : 1
      }
    }
    switch end {
    case .status(0): outcome.passed += 1
    case .status(3): outcome.told += 1
    default:
      outcome.stuck += 1
      note("  a second writer: \(end)")
    }
    kill(writer, SIGCONT)
    var patience = 200
    while Acknowledged(of: folder).head ?? 0 <= before, patience > 0 {
      usleep(10_000)
      patience -= 1
    }
    if patience == 0 {
      outcome.stuck += 1
      note("  a writer that was stopped did not go on")
    }
    kill(writer, SIGKILL)
    _ = Child.wait(writer)
    Faults.look(at: folder, "a writer stopped and ended", &outcome.faults)
  }

  // A reader is stopped while a writer goes on, and must see what it saw; another is killed.
  private func readers(_ outcome: inout Outcome, _ chance: inout Chance) {
    let folder = Place.root + "/pauses"
    let readers = (0..<2).map { _ in Child.begin(["read", folder], [:]) }
    usleep(UInt32(30_000 + chance.below(60_000)))
    kill(readers[0], SIGSTOP)
    kill(readers[1], SIGKILL)
    let goal = (Acknowledged(of: folder).head ?? 0) + 1200
    let writer = Child.begin(["workload", folder, "append=\(goal)"], [:])
    if Child.wait(writer) != .status(0) {
      outcome.stuck += 1
      note("  a writer beside a stopped reader did not end well")
    }
    kill(readers[0], SIGCONT)
    let end = Child.wait(readers[0])
    if end != .status(0) {
      outcome.strayed += 1
      note("  a reader that was stopped: \(end)")
    }
    _ = Child.wait(readers[1])
    Faults.look(at: folder, "readers stopped and ended", &outcome.faults)
  }
}
