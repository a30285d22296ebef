import ArgumentParser
import Journaling
import Proof

/// Makes the key that signs checkpoints, or shows its public half.
struct KeyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "key",
    abstract: "Make the key that signs checkpoints, or show its public half.",
    discussion: """
      The key stands outside the ledger, in a file that only its owner may read (mode 0600), and beside \
      it FILE.last says what was signed last. The public half goes to whoever will check. ORIGIN names \
      the log for ever: an address without scheme, such as example.com/book.
        arrears key /etc/arrears/book.key --new example.com/book
        arrears key /etc/arrears/book.key
      """)

  @Argument(help: "The key's file.")
  var file: String

  @Option(help: "Make a new key for the log of this origin; the file must not exist.")
  var new: String?

  func run() throws {
    let key = try new.map { try CheckpointKey.create(file, origin: $0) } ?? CheckpointKey(file)
    Terminal.out(key.key.text + "\n")
  }
}
