import Foundation

/// Prints figures, and remembers whether one of those that must be zero is not.
struct Figures {
  var failed = false
  mutating func add(_ name: String, _ value: Int, mustBe limit: ClosedRange<Int>? = nil) {
    if let limit, !limit.contains(value) { failed = true }
    let verdict = limit.map { $0.contains(value) ? "\tholds" : "\tFAILS" } ?? ""
    note("\(name)\t\(value)\(verdict)")
  }
}

/// What each verb measures and what it must come to. A figure called a control belongs to a run that
/// was broken on purpose: one that finds nothing there would find nothing anywhere.
extension Figures {
  private static let none = 0...0
  private static let some = 1...Int.max

  /// Runs a verb; false for one that there is not.
  mutating func prove(_ verb: String, _ wish: Wish) throws -> Bool {
    switch verb {
    case "crash": try crash(wish)
    case "faults": try faults(wish)
    case "kills": kills(wish)
    case "pauses": pauses(wish)
    case "full": full(wish)
    case "flips": try flips(wish)
    case "model": try model(wish)
    case "threads":
      let (events, found) = try Threads(count: wish.count ?? 60).run()
      for line in found { note("  \(line)") }
      add("events of six threads beside two that read", events)
      add("  disagreements", found.count, mustBe: Figures.none)
    case "fuzz": try fuzz(wish)
    case "seeds": try Fuzz.writeSeeds(to: wish.out)
    case "ledgers":
      let ledgers = Ledgers(seed: wish.seed, count: wish.count ?? 1000, folder: wish.out)
      add("events of \(ledgers.count) ledgers", try ledgers.run())
    default: return false
    }
    return true
  }

  private mutating func crash(_ wish: Wish) throws {
    let crash = Crash(seed: wish.seed, images: wish.count ?? 5000, preload: wish.preload)
    let (real, control, operations) = try crash.run()
    func found(_ verdict: Verdict) -> Int { real.found[verdict, default: 0] }
    add("operations recorded", operations)
    add("crash images, all different", real.images)
    add("  sound", found(.sound))
    add("  no ledger there, none promised", found(.absent))
    add("  acknowledged events, copies or keys lost", found(.lost), mustBe: Figures.none)
    add("  refused or said to be damaged", found(.noticed), mustBe: Figures.none)
    add("  wrong without a word", found(.wrong), mustBe: Figures.none)
    add("  ended the process", real.ended, mustBe: Figures.none)
    add("control: images with syncs left out", control.images)
    add("  bad ones", control.bad, mustBe: (control.images / 2 + 1)...Int.max)
  }

  private mutating func faults(_ wish: Wish) throws {
    let faults = Faults(preload: wish.preload, seed: wish.seed, isLong: wish.isLong)
    for (work, outcome) in try faults.run() {
      add("\(work.name): calls that change or wait", outcome.calls)
      add("  runs, each call with each fault", outcome.runs)
      add("  of them told with a sentence", outcome.told)
      add("  acknowledged events lost", outcome.lost, mustBe: Figures.none)
      add("  ledgers damaged", outcome.damaged, mustBe: Figures.none)
      add("  traps", outcome.ended, mustBe: Figures.none)
    }
    let control = try faults.control()
    add("control: faults on a program that lies", control.runs)
    add("  found out", control.lost, mustBe: Figures.some)
  }

  private mutating func kills(_ wish: Wish) {
    let faults = Faults(preload: wish.preload, seed: wish.seed)
    let (outcome, writing) = faults.kills(wish.count ?? 300)
    add("kills at moments of chance, the clock jumping", outcome.runs)
    add("  of them after something was written", writing, mustBe: (outcome.runs / 5)...Int.max)
    add("  acknowledged events lost", outcome.lost, mustBe: Figures.none)
    add("  ledgers damaged or not opened", outcome.damaged + outcome.ended, mustBe: Figures.none)
    let control = faults.kills(25, early: true).0
    add("control: kills of a program that lies", control.runs)
    add("  found out", control.lost, mustBe: Figures.some)
  }

  private mutating func pauses(_ wish: Wish) {
    let outcome = Pauses(seed: wish.seed, count: wish.count ?? 10).run()
    add("writers and readers stopped and continued", outcome.runs)
    add("  second writers that got their turn", outcome.passed)
    add("  second writers told who has it", outcome.told)
    add("  waited for ever or did not go on", outcome.stuck, mustBe: Figures.none)
    add("  readers that saw something else", outcome.strayed, mustBe: Figures.none)
    add("  lost, damaged or not opened", outcome.faults.bad, mustBe: Figures.none)
  }

  private mutating func full(_ wish: Wish) {
    let full = Full(count: wish.count ?? 8)
    var kinds = [("files that may not grow further", full.limits())]
    if Full.canMount {
      kinds.insert(("disks of memory that are full", full.disks()), at: 0)
    } else {
      note("NOT TRIED: this system lets us mount no disk of memory.")
    }
    for (name, outcome) in kinds {
      add(name, outcome.runs)
      add("  told with a sentence", outcome.told, mustBe: Figures.some)
      add("  had room for everything", outcome.fitted)
      add("  acknowledged events lost", outcome.lost, mustBe: Figures.none)
      add("  ledgers damaged", outcome.damaged, mustBe: Figures.none)
      add("  traps", outcome.ended, mustBe: Figures.none)
    }
  }

  private mutating func flips(_ wish: Wish) throws {
    let count = wish.count ?? 400
    let kinds: [(String, Flips.Damage, Int)] = [
      ("bits turned in log and views", .bit, count),
      ("pages of the log swapped", .swapped, count / 4),
      ("pages of the log put back", .older, count / 4),
    ]
    for (name, damage, count) in kinds {
      let outcome = try Flips(seed: wish.seed, count: count).run(damage)
      add(name, outcome.runs)
      add("  found by verify", outcome.found)
      add("  not opened, and said", outcome.refused)
      add("  in bytes that mean nothing, nothing changed", outcome.harmless)
      add("  undetected damage in live data", outcome.undetected, mustBe: Figures.none)
      add("  reading ended by the system, told by the parent", outcome.ended)
      add("  traps and loops", outcome.trapped, mustBe: Figures.none)
    }
    let control = try Flips(seed: wish.seed, count: count).control()
    add("control: bits turned before a verifier that is blind", min(40, count))
    add("  undetected", control, mustBe: Figures.some)
  }

  private mutating func model(_ wish: Wish) throws {
    let (done, found) = try Model(seed: wish.seed, count: wish.count ?? 20_000).run()
    for line in found { note("  \(line)") }
    add("operations of chance against plain arrays", done)
    add("  disagreements", found.count, mustBe: Figures.none)
    let control = try Model(seed: wish.seed, count: 2000, forgets: true).run()
    add("control: operations against arrays that forget", control.done)
    add("  disagreements", control.found.count, mustBe: Figures.some)
  }

  private mutating func fuzz(_ wish: Wish) throws {
    let fuzz = Fuzz(seed: wish.seed, seconds: wish.seconds)
    let outcomes = try fuzz.run(only: wish.out.isEmpty ? nil : wish.out)
    for outcome in outcomes { add("fuzz runs of \(outcome.name)", outcome.runs) }
    add("  traps on any input", outcomes.count { $0.trapped }, mustBe: Figures.none)
    add("control: traps of a target that traps", fuzz.control() ? 1 : 0, mustBe: Figures.some)
  }
}
