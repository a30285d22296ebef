import Journaling
import Ledger

/// A JSON file of policy bodies by kind: `{"dpd_counting": "elapsed", "waterfall": {…}}`.
enum PolicyFile {
  /// The bodies as canonical CBOR, checked against their kinds.
  static func read(_ path: String) throws -> [(kind: String, body: [UInt8])] {
    let cbor = try Edge.json(path, "The policy file")
    do throws(WireError) {
      return try bodies(cbor)
    } catch {
      throw Failure("In the policy file \(path), \(error.what).")
    }
  }

  private static func bodies(_ cbor: [UInt8]) throws(WireError) -> [(kind: String, body: [UInt8])] {
    var found: [(kind: String, body: [UInt8])] = []
    var reader = CBORReader(cbor.span)
    for _ in 0..<(try reader.map()) {
      let kind = try reader.text()
      guard PolicyKind.all.contains(kind) else {
        let kinds = PolicyKind.all.joined(separator: ", ")
        throw WireError("no book judges by a policy of kind `\(kind)`; there are \(kinds)", at: 0)
      }
      let start = reader.position
      try reader.skip()
      let body = reader.array(start..<reader.position)
      try PolicyKind.check(kind, body.span)
      found.append((kind, body))
    }
    return found
  }
}
