import Foundation
import Journaling
import Ledger

let usage = """
  usage: prove crash|faults|kills|flips|model|fuzz|ledgers [--count N] [--seed N] [--seconds N]
               [--preload FILE] [--out DIR]

  Proves what a ledger survives, one kind a run, and prints figures, one a line: name, value. What
  was found is printed above. Exit status 1 when something was found. `tools/prove` runs all of them.

  """

/// What was asked for.
struct Wish {
  var count: Int?
  var seed = UInt64.random(in: 0 ... .max)
  var seconds = 5.0
  var preload = ""
  var out = ""

  init(_ words: ArraySlice<String>) {
    var words = words
    while let name = words.popFirst() {
      guard let value = words.popFirst() else { break }
      switch name {
      case "--count": count = Int(value)
      case "--seed": seed = UInt64(value) ?? seed
      case "--seconds": seconds = Double(value) ?? seconds
      case "--preload": preload = value
      case "--out": out = value
      default: break
      }
    }
  }
}

/// Prints figures, and remembers whether one of those that must be zero is not.
struct Figures {
  var failed = false
  mutating func add(_ name: String, _ value: Int, mustBe limit: ClosedRange<Int>? = nil) {
    if let limit, !limit.contains(value) { failed = true }
    let verdict = limit.map { $0.contains(value) ? "\tholds" : "\tFAILS" } ?? ""
    note("\(name)\t\(value)\(verdict)")
  }
}

/// Every call of an append and of an import, with every kind of fault.
func proveFaults(_ faults: Faults, _ figures: inout Figures) throws {
  let lines = Place.make("lines") + "/rows.ndjson"
  var text = ""
  for number in 1...150 {
    text += """
      {"event_id":"e-\(number)","type":"account.flagged","v":1,"subject":{"kind":"account","id":\
      "LN-\(number % 9)"},"occurred_at":"2025-12-01T10:00:00+05:30","actor":{"id":"asha"},"source":\
      {"kind":"cli"},"body":{"flag":"fraud","raised":true}}

      """
  }
  try text.write(toFile: lines, atomically: true, encoding: .utf8)
  let kinds = ["eio", "enospc", "eintr", "short", "kill"]
  let works: [(String, (String) -> [String])] = [
    ("append", { ["append", $0 + "/book", $0 + "-acks", "330"] }),
    ("import", { ["import", $0 + "/book", $0 + "-acks", lines] }),
  ]
  for (name, work) in works {
    let (outcome, calls) = try faults.everyCall(kinds, work)
    figures.add("calls of \(name) that write or wait", calls)
    figures.add("  runs, each call with each of \(kinds.count) faults", outcome.runs)
    figures.add("  of them told with a sentence", outcome.told)
    figures.add("  acknowledged events lost", outcome.lost, mustBe: 0...0)
    figures.add("  ledgers damaged", outcome.damaged, mustBe: 0...0)
    figures.add("  traps", outcome.ended, mustBe: 0...0)
  }
}

let words = CommandLine.arguments.dropFirst()
guard let verb = words.first else {
  FileHandle.standardError.write(Data(usage.utf8))
  exit(2)
}
if verb == "workload" { exit(Worker.run(Array(words.dropFirst()))) }
let wish = Wish(words.dropFirst())
note("seed of \(verb): \(wish.seed)")
var figures = Figures()
do {
  switch verb {
  case "crash":
    let crash = Crash(seed: wish.seed, images: wish.count ?? 5000, preload: wish.preload)
    let (real, control, operations) = try crash.run()
    figures.add("operations recorded", operations)
    figures.add("crash images, all different", real.images)
    figures.add("  sound", real.sound)
    figures.add("  no ledger there, none promised", real.absent)
    figures.add("  acknowledged events lost", real.lost, mustBe: 0...0)
    figures.add("  refused or said to be damaged", real.noticed, mustBe: 0...0)
    figures.add("  wrong without a word", real.wrong, mustBe: 0...0)
    figures.add("  ended the process", real.ended, mustBe: 0...0)
    figures.add("control images, syncs left out", control.images)
    figures.add("  bad ones", control.bad, mustBe: (control.images / 2 + 1)...Int.max)
  case "faults":
    let faults = Faults(preload: wish.preload, seed: wish.seed)
    try proveFaults(faults, &figures)
  case "kills":
    let outcome = Faults(preload: wish.preload, seed: wish.seed).kills(wish.count ?? 300)
    figures.add("kills at moments of chance", outcome.runs)
    figures.add("  acknowledged events lost", outcome.lost, mustBe: 0...0)
    figures.add("  ledgers damaged or not opened", outcome.damaged + outcome.ended, mustBe: 0...0)
  case "flips":
    let outcome = try Flips(seed: wish.seed, count: wish.count ?? 2000).run()
    figures.add("bits flipped", outcome.flips)
    figures.add("  found by verify", outcome.found)
    figures.add("  refused by LMDB or the system, and said", outcome.refused)
    figures.add("  in unused bytes, nothing changed", outcome.harmless)
    figures.add("  undetected damage in live data", outcome.undetected, mustBe: 0...0)
    figures.add("  traps and loops", outcome.trapped, mustBe: 0...0)
  case "model":
    let (done, found) = try Model(seed: wish.seed, count: wish.count ?? 20_000).run()
    for line in found { note("  \(line)") }
    figures.add("operations of chance against plain arrays", done)
    figures.add("  disagreements", found.count, mustBe: 0...0)
  case "fuzz":
    let outcomes = try Fuzz(seed: wish.seed, seconds: wish.seconds).run(
      only: wish.out.isEmpty ? nil : wish.out)
    for outcome in outcomes { figures.add("fuzz runs of \(outcome.name)", outcome.runs) }
    figures.add("  traps on any input", outcomes.count { $0.trapped }, mustBe: 0...0)
  case "ledgers":
    let ledgers = Ledgers(seed: wish.seed, count: wish.count ?? 1000, folder: wish.out)
    figures.add("events of \(ledgers.count) ledgers", try ledgers.run())
  default:
    FileHandle.standardError.write(Data(usage.utf8))
    exit(2)
  }
} catch {
  note("\(verb): \(error)")
  figures.failed = true
}
Place.remove(Place.root)
exit(figures.failed ? 1 : 0)
