import Foundation
import Journaling
import Ledger
import Proof

/// The programs that are recorded, made to fail, paused and killed. Status 0 done, 3 an error that
/// was told with a sentence, which goes to standard error.
enum Worker {
  /// `workload FOLDER STEP…`.
  static func run(_ words: [String]) -> Int32 {
    guard let folder = words.first else { return 2 }
    var work = Workload(folder)
    return told { try work.run(words.dropFirst()) }
  }

  /// `look FOLDER`: the verdict as a status.
  static func look(_ words: [String]) -> Int32 {
    guard let folder = words.first else { return 2 }
    return Judge(folder: folder, acknowledged: Acknowledged(of: folder)).all().rawValue
  }

  /// `read FOLDER`: reads the ledger again and again through one snapshot, for half a second; what
  /// it sees must not change.
  static func read(_ words: [String]) -> Int32 {
    guard let folder = words.first else { return 2 }
    var isSame = true
    let status = told {
      let journal = try Journal(folder + "/book", Workload.options())
      try journal.read { (snapshot) throws(JournalError) in
        let root = try snapshot.root(of: snapshot.head)
        for _ in 0..<50 where isSame {
          var (edge, complete) = (TreeEdge(), [TreeEdge.Complete]())
          try snapshot.bundles { (bundle) throws(JournalError) in
            // The last bundle may have grown since.
            for index in 0..<bundle.count where bundle.header(index).seq <= snapshot.head {
              edge.append(bundle.event(index).leaf, &complete)
            }
          }
          isSame = edge.root == root
          usleep(10_000)
        }
      }
    }
    return isSame ? status : 1
  }

  private static func told(_ body: () throws -> Void) -> Int32 {
    do {
      try body()
      return 0
    } catch {
      FileHandle.standardError.write(Data("\(error)\n".utf8))
      return 3
    }
  }
}
