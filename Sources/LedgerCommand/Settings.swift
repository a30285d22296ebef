import Glibc
import Journaling
import Proof

/// The few lines of `LEDGER/settings`: what signs checkpoints, and where each of them is sent.
///
/// ```
/// key /etc/arrears/book.key
/// send file /mnt/auditor/{size}.txt
/// send command mail -s checkpoint auditor@example.com
/// send print
/// ```
struct Settings {
  /// One place that a checkpoint is sent to.
  enum Place {
    case file(String)
    case command(String)
    case print

    /// Reads what stands behind `send`; nil when it is none.
    init?(_ text: String) {
      let words = text.split(separator: " ", maxSplits: 1).map(String.init)
      switch (words.first, words.count) {
      case ("print", 1): self = .print
      case ("file", 2): self = .file(words[1])
      case ("command", 2): self = .command(words[1])
      default: return nil
      }
    }
  }

  /// Path of the key that signs.
  var key: String?
  /// Where checkpoints go.
  var places: [Place] = []

  /// Reads the settings of a ledger; a ledger without the file has none.
  init(_ folder: LedgerFolder) throws {
    guard unsafe access(folder.settings, F_OK) == 0 else { return }
    let text = String(decoding: try Edge.read(folder.settings, limit: 1 << 16), as: UTF8.self)
    for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      if line.isEmpty || line.hasPrefix("#") { continue }
      if line.hasPrefix("key "), key == nil {
        key = String(line.dropFirst(4))
      } else if line.hasPrefix("send "), let place = Place(String(line.dropFirst(5))) {
        places.append(place)
      } else {
        throw Failure(
          "\(folder.settings), line \(number + 1): “\(line)” is neither `key FILE` nor `send file`, "
            + "`send command` or `send print`.")
      }
    }
  }
}

extension Settings.Place {
  /// Sends a checkpoint there; says where it went.
  func send(_ note: SignedNote, size: UInt64) throws -> String {
    switch self {
    case .print:
      Terminal.out(note.note)
      return "standard output"
    case .command(let command):
      _ = try Shell.run(command, note.note)
      return "the command \(command)"
    case .file(let path):
      let path = path.replacing("{size}", with: String(size))
      let draft = path + ".new"
      unsafe unlink(draft)
      try Edge.write(Array(note.note.utf8), to: draft)
      guard unsafe rename(draft, path) == 0 else {
        throw Failure("\(path) cannot be written: \(unsafe String(cString: strerror(errno))).")
      }
      return path
    }
  }
}
