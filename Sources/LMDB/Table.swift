/// A named table of an environment. Tables are opened once, when the environment is, and then only
/// lent to transactions of the same environment.
public struct Table: Hashable, Sendable {
  /// What the keys of a table are.
  public enum Keys: Hashable, Sendable {
    /// 64-bit integers in the machine's order (LMDB's `MDB_INTEGERKEY`).
    case integers
    /// 1 to 511 bytes, ordered as bytes.
    case bytes
  }

  /// What its keys are.
  public let keys: Keys
  let number: UInt32
}
