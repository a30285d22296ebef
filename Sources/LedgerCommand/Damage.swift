import Glibc

/// What is said when a ledger's file cannot even be read: it is mapped into memory, and where it
/// was cut or spoilt while it was open, the system ends the process instead of returning an error.
enum Damage {
  private static let sentence: StaticString = """
    arrears: The ledger's file cannot be read further: it was cut short or is damaged, or its disk \
    failed; nothing was written; restore a backup, or what `arrears export` wrote.

    """

  /// Begins to listen, once a ledger is to be opened.
  static func listen() {
    for number in [SIGBUS, SIGSEGV] {
      signal(number) { _ in
        unsafe _ = write(2, Damage.sentence.utf8Start, Damage.sentence.utf8CodeUnitCount)
        _exit(2)
      }
    }
  }
}
