import ArgumentParser
import Glibc
import Journaling
import Sealing

/// Which key opens and seals what is about persons: `--keys`, else the environment, else the file
/// beside the ledger.
struct KeyOptions: ParsableArguments {
  @Option(
    name: .long,
    help: """
      The key that wraps the keys of persons: a file of mode 0600, or "|COMMAND" that prints it. Without \
      it ARREARS_KEYS, else LEDGER.key beside the ledger, which is made when something personal is \
      recorded for the first time.
      """)
  var keys: String?

  /// A sealer of the ledger; nothing is opened or made before it is needed.
  func sealer(_ ledger: LedgerOptions, _ mode: KeyStore.Mode) throws -> Sealer {
    let path = try ledger.path()
    let sealer = Sealer(path, source: KeySource(named, ledger: path), mode: mode)
    sealer.onNewKey = { path in
      Terminal.note(
        "Made the key \(path). Keep it apart from the ledger and its backups: without it nothing "
          + "personal can be read, and with it everything.\n")
    }
    return sealer
  }

  private var named: String? {
    if let keys, !keys.isEmpty { return keys }
    guard let value = unsafe getenv("ARREARS_KEYS") else { return nil }
    let text = unsafe String(cString: value)
    return text.isEmpty ? nil : text
  }
}

/// The same for verbs that seal into a ledger that is there: whether they may begin a key store
/// where one was before.
struct SealingOptions: ParsableArguments {
  @OptionGroup var keys: KeyOptions

  @Flag(
    help: """
      Begin a key store although the ledger holds what was sealed and its own store is lost: that \
      stays sealed.
      """)
  var newKeys = false

  /// A sealer of the ledger that a journal has open.
  func sealer(_ ledger: LedgerOptions, _ mode: KeyStore.Mode, _ journal: Journal) throws -> Sealer {
    let sealer = try keys.sealer(ledger, mode)
    let isAsked = newKeys
    sealer.mayBegin = { () throws(SealingError) in
      if isAsked { return true }
      return try !journal.holdsSealed()
    }
    return sealer
  }
}
