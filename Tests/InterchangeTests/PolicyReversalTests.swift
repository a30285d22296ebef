import Crypto
import Interchange
import Journaling
import Ledger
import LedgerTesting
import Testing

@Suite struct `A policy that was adopted by mistake` {
  @Test func `judges no more once its adoption is reversed, and again when that was the mistake`()
    throws
  {
    let ledger = try TemporaryLedger()
    let journal = try ledger.open()
    let zone = try #require(Zone("Asia/Kolkata"))
    func record(_ id: String, _ type: String, _ subject: String, _ body: String) throws {
      let json = """
        {"event_id":"\(id)","type":"\(type)","v":1,"subject":\(subject),\
        "occurred_at":"2026-01-01T10:00:00+05:30","actor":{"id":"m1"},"source":{"kind":"cli"},\
        "body":\(body)}
        """
      _ = try journal.record(try EventJSON(json).draft, said: Array(json.utf8), zone: zone)
    }
    func inForce() throws -> [String] {
      try journal.read { (snapshot) throws(JournalError) in
        let vantage = Vantage(asOf: .undated - 1, knownAt: snapshot.head)
        return try journal.policies(Question(vantage: vantage), snapshot).versions.map(\.label)
      }
    }
    let policy = #"{"counting":"elapsed"}"#
    let body = try BodyCodec.encodeJSON(Array(policy.utf8).span)
    let hash = SHA256.hash(data: body).map { String($0, radix: 16) }
      .map { $0.count == 1 ? "0" + $0 : $0 }.joined()
    try record(
      "adopted", "policy.adopted", #"{"kind":"policy","id":"counting"}"#,
      """
      {"policy":"counting","kind":"dpd_counting","version":1,"effective_from":"2026-01-01",\
      "status":"in_force","retroactive":"none","body":\(policy),"body_hash":"\(hash)"}
      """)
    #expect(try inForce() == ["counting@1"])
    try record(
      "undone", "event.reversed", #"{"kind":"event","id":"adopted"}"#,
      #"{"reverses":"adopted","reason":"typing_error"}"#)
    #expect(try inForce() == [])
    try record(
      "redone", "event.reversed", #"{"kind":"event","id":"undone"}"#,
      #"{"reverses":"undone","reason":"typing_error"}"#)
    #expect(try inForce() == ["counting@1"])
  }
}
