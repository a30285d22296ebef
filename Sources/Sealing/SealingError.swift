package import Journaling
package import LMDB

/// Why something personal cannot be sealed or opened, as one sentence that says what to do.
package enum SealingError: Error, Hashable, Sendable {
  /// The ledger has no key store: nothing was ever sealed here, or it was lost.
  case noStore(String)
  /// The ledger holds what was sealed, and its key store is gone: none is begun unasked.
  case lostStore(String)
  /// The key that wraps all others is not where it was said to be.
  case noKey(String)
  /// The key file can be read by others; its path and its mode.
  case openToOthers(String, UInt32)
  /// What was read is no key: where from.
  case notAKey(String)
  /// It is a key, and not the one that wraps the keys of this ledger.
  case wrongKey(String)
  /// The command that should give the key failed.
  case commandFailed(String)
  /// The person was erased.
  case erased(String)
  /// Another process has the key store open.
  case inUse(String)
  /// A row or a value is not what it should be.
  case corrupt(String)
  /// The log of events, or a file, said no.
  case journal(JournalError)
  /// LMDB said no.
  case storage(LMDBError)
  /// The operating system said no: what was tried, and its `errno`.
  case system(String, Int32)
}

extension SealingError: CustomStringConvertible {
  /// The sentence.
  package var description: String {
    switch self {
    case .noStore(let folder):
      "There are no keys in \(folder), so what is sealed stays sealed; put back the key store of "
        + "this ledger if it had one."
    case .lostStore(let folder):
      "There are no keys in \(folder), although this ledger holds what was sealed; put its key store "
        + "back, or begin anew with --new-keys, after which that stays sealed."
    case .noKey(let path):
      "The key \(path) is not there, so what is sealed stays sealed and nothing personal can be "
        + "recorded; name the key of this ledger with --keys or ARREARS_KEYS."
    case .openToOthers(let path, let mode):
      "The key file \(path) can be read by others (mode 0\(String(mode, radix: 8))); run "
        + "`chmod 600 \(path)`, and make new keys if somebody may have read it."
    case .notAKey(let path):
      "What \(path) gives is no key of Arrears; a key is one line: arrears-key-1 and 64 hexadecimal "
        + "digits."
    case .wrongKey(let path):
      "The key \(path) is not the one that this ledger's keys are wrapped with; name the right one "
        + "with --keys or ARREARS_KEYS."
    case .commandFailed(let command):
      "The key command `\(command)` failed; it must print the key and exit with 0."
    case .erased(let owner):
      "The data of \(owner) were erased, and nothing personal can be recorded of them again; "
        + "give a new person an id of their own."
    case .inUse(let folder):
      "Another process works with the keys in \(folder); wait until it is done or end it."
    case .corrupt(let what): "The key store is damaged: \(what); restore it from its backup."
    case .journal(let error): error.description
    case .storage(let error): "The key store: \(error)"
    case .system(let what, let code): JournalError.system(what, code).description
    }
  }
}
