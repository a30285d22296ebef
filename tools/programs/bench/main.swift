import Foundation

/// Does one measurement in this process and prints `name=value` words.
func measure(_ words: [String]) throws -> [String: Double] {
  func number(_ index: Int) -> Int { index < words.count ? Int(words[index]) ?? 0 : 0 }
  guard words.count >= 2 else { return [:] }
  let path = words[1]
  return switch words[0] {
  case "append": try Appending.bulk(path, number(2), transaction: number(3))
  case "single": try Appending.single(path, number(2))
  case "replay": try Replaying.headers(path, rounds: number(2), threads: number(3))
  case "aging": try Books.aging(path, rounds: number(2))
  case "trail": try Books.trails(path, number(2))
  case "restore": try Restoring.restore(path, words[2])
  case "import": try Restoring.receipts(path, words[2], words[3])
  default: [:]
  }
}

let words = Array(CommandLine.arguments.dropFirst())
if words.first == "one" {
  do {
    let found = try measure(Array(words.dropFirst()))
    print(found.map { "\($0.key)=\($0.value)" }.sorted().joined(separator: " "))
  } catch {
    FileHandle.standardError.write(Data("\(error)\n".utf8))
    exit(2)
  }
}
