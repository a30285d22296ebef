import Ledger

/// Verdicts of the money fold that rules need: when an account entered a bucket, when its arrears
/// were cleared, in which bucket a month began.
struct Deriving {
  private let wanted: Set<Derived>
  let isNeeded: Bool

  init(_ wanted: Set<Derived>, _ hearing: Hearing) {
    self.wanted = wanted
    isNeeded = !wanted.isEmpty
  }

  mutating func note(_ event: borrowing EventView, _ account: UInt32) {}

  mutating func finish(_ accounts: [UInt32], _ docket: Docket, _ add: (Act) -> Void)
    throws(WireError)
  {}
}
