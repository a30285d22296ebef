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
