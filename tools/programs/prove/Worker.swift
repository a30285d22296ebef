import Foundation
import Journaling
import Ledger

/// The program that is recorded, made to fail, and killed.
enum Worker {
  /// `append PATH ACKS EVENTS [maintain]`, `import PATH ACKS FILE`. Status 0 done, 3 an error that
  /// the ledger told, whose sentence goes to standard error.
  static func run(_ words: [String]) -> Int32 {
    guard words.count >= 4 else { return 2 }
    let work = Workload(words[1], acknowledgements: words[2])
    do {
      switch words[0] {
      case "append":
        try work.append(to: Int(words[3]) ?? 0)
        if words.contains("maintain") { try work.maintain() }
      case "import": try work.import(words[3])
      default: return 2
      }
      return 0
    } catch {
      FileHandle.standardError.write(Data("\(error)\n".utf8))
      return 3
    }
  }
}
