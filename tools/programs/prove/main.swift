import Foundation
import Journaling
import Ledger

let usage = """
  usage: prove crash|faults|kills|pauses|full|flips|model|threads|fuzz|ledgers [--count N] [--seed N]
               [--seconds N] [--preload FILE] [--out DIR] [--long]

  Proves what a ledger survives, one kind a run, and prints figures, one a line: name, value. What
  was found is printed above. Exit status 1 when something was found, or when a control, which must
  find something, finds nothing. `tools/prove` runs all of them.

  """

/// What was asked for.
struct Wish {
  var count: Int?
  var seed = UInt64.random(in: 0 ... .max)
  var seconds = 5.0
  var preload = ""
  var out = ""
  var isLong = false

  init(_ words: ArraySlice<String>) {
    var words = words
    while let name = words.popFirst() {
      if name == "--long" {
        isLong = true
        continue
      }
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

let words = CommandLine.arguments.dropFirst()
guard let verb = words.first else {
  FileHandle.standardError.write(Data(usage.utf8))
  exit(2)
}
switch verb {
case "workload": exit(Worker.run(Array(words.dropFirst())))
case "look": exit(Worker.look(Array(words.dropFirst())))
case "read": exit(Worker.read(Array(words.dropFirst())))
#if FUZZING
  case "libfuzzer": exit(LibFuzzer.run(Array(words.dropFirst())))
#endif
default: break
}
let wish = Wish(words.dropFirst())
note("seed of \(verb): \(wish.seed)")
var figures = Figures()
do {
  guard try figures.prove(verb, wish) else {
    FileHandle.standardError.write(Data(usage.utf8))
    exit(2)
  }
} catch {
  note("\(verb): \(error)")
  figures.failed = true
}
Place.remove(Place.root)
exit(figures.failed ? 1 : 0)
