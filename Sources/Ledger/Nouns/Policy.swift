/// placeholder doc
package enum Policy {}

// MARK: - Facts

extension PolicyVersion {
  /// What a `policy.adopted` says; nil when its scope is written in no known grammar.
  init?(adopted event: borrowing EventView, inForce: inout Bool) throws(WireError) {
    var (policy, kind, scope, status, retroactive) = ("", "", String?.none, "in_force", "none")
    var version: Int64 = 0
    var to = Day.undated
    var content: [UInt8] = []
    var body = CBORReader(event.body)
    for _ in 0..<(try body.map()) {
      switch try body.uint() {
      case Key.PolicyAdopted.policy: policy = try body.text()
      case Key.PolicyAdopted.kind: kind = try body.text()
      case Key.PolicyAdopted.version: version = try body.int()
      case Key.PolicyAdopted.effectiveTo: to = Day(rawValue: Int32(clamping: try body.int()))
      case Key.PolicyAdopted.status: status = try body.text()
      case Key.PolicyAdopted.retroactive: retroactive = try body.text()
      case Key.PolicyAdopted.appliesTo: scope = try body.text()
      case Key.PolicyAdopted.body:
        let start = body.position
        try body.skip()
        content = body.array(start..<body.position)
      default: try body.skip()
      }
    }
    guard let scope = PolicyScope(scope) else { return nil }
    inForce = status == "in_force"
    self.init(
      policy: policy, version: version, kind: kind, from: Day(rawValue: event.header.day), to: to,
      retroactive: retroactive != "none", scope: scope, seq: event.header.seq, body: content)
  }
}
