import Foundation

/// Does one measurement in this process and gives its numbers.
func measure(_ words: [String]) throws -> [String: Double] {
  func text(_ index: Int) -> String { index < words.count ? words[index] : "" }
  func number(_ index: Int) -> Int { Int(text(index)) ?? 0 }
  let path = text(1)
  return switch text(0) {
  case "append": try Appending.bulk(path, number(2), transaction: max(1, number(3)))
  case "single": try Appending.single(path, number(2))
  case "replay": try Replaying.headers(path, rounds: number(2), threads: max(1, number(3)))
  case "book": try Registers.measure(path, text(2), rounds: max(1, number(3)), from: text(4))
  case "aging": try Books.aging(path, rounds: number(2), by: text(3), from: text(4))
  case "group": try Grouping.appends(path, callers: number(2), number(3), busy: number(4))
  case "rebuild": try Rebuilding.book(path, text(2), rounds: number(3))
  case "trial":
    try Rebuilding.trial(
      path, text(2), rounds: number(3), threads: max(1, number(4)), kind: text(5))
  case "explain": try Rebuilding.explain(path, text(2), number(3))
  case "queue": try Books.queue(path, rounds: number(2), of: text(3))
  case "comply":
    try Books.comply(path, rounds: number(2), from: text(3), threads: max(1, number(4)))
  case "trail": try Books.trails(path, number(2))
  case "restore": try Restoring.restore(path, text(2))
  case "seal": try Privacy.seal(path, number(2))
  case "erase": try Privacy.erase(path, number(2))
  case "verify": try Trusting.verify(path, rounds: number(2))
  case "backup": try Trusting.backup(path, text(2))
  case "inclusion": try Trusting.inclusion(path, number(2))
  case "import": try Restoring.receipts(path, text(2), text(3))
  default: [:]
  }
}

/// The value behind an option.
func option(_ name: String, in words: [String]) -> String? {
  words.firstIndex(of: name).flatMap { $0 + 1 < words.count ? words[$0 + 1] : nil }
}

let words = Array(CommandLine.arguments.dropFirst())
if words.prefix(3) == ["one", "book", "list"] {
  print(Registers.all.map(\.name).joined(separator: "\n"))
  exit(0)
}
if words.first == "one" {
  do {
    let found = try measure(Array(words.dropFirst()))
    print(found.map { "\($0.key)=\($0.value)" }.sorted().joined(separator: " "))
    exit(found.isEmpty ? 2 : 0)
  } catch {
    Runner.say("\(error)")
    exit(2)
  }
}
guard let work = option("--work", in: words), let ours = option("--ours", in: words) else {
  Runner.say("usage: tools/bench [--events N | --quick] [--rounds N] [--json]")
  exit(2)
}
let quick = words.contains("--quick")
let events = option("--events", in: words).flatMap { Int($0) } ?? (quick ? 500_000 : 5_000_000)
let rounds = option("--rounds", in: words).flatMap { Int($0) } ?? 3
guard (10_000...5_000_000).contains(events), (1...50).contains(rounds) else {
  Runner.say("--events takes 10000 to 5000000 (the anchors stop there), --rounds 1 to 50.")
  exit(2)
}
var table = Table(
  Runner(work: work, anchors: option("--anchors", in: words), ours: ours), events: events,
  rounds: rounds)
table.measure()
print(
  words.contains("--json")
    ? table.figures.map(\.json).joined(separator: "\n") : Figure.table(table.figures))
