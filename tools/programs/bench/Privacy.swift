import Foundation
import Interchange
import Journaling
import Ledger
import Sealing

/// What sealing costs: nanoseconds a value, and microseconds a person for whom a key is made.
enum Privacy {
  private static func line(_ index: Int, person: Int) -> String {
    """
    {"event_id":"e\(index)","type":"contact.attempted","v":1,"subject":{"kind":"account","id":"LN-1"},\
    "occurred_at":"2026-01-05T10:00:00+05:30","actor":{"id":"bench"},"body":{"channel":"call",\
    "direction":"outbound","party":"P-\(person)","address_used":"98450\(10_000 + index % 90_000)"}}
    """
  }

  /// Forgets a person of `count` events, in a ledger of them and ten others' as many; seconds from
  /// the order to the event that is durable.
  static func erase(_ path: String, _ count: Int) throws -> [String: Double] {
    let journal = try Journal.create(path, Appending.identity)
    do {
      let sealer = Sealer(path, source: KeySource(nil, ledger: path), mode: .writing)
      var drafts: [Draft] = []
      for index in 0..<11 * count {
        drafts.append(try EventJSON(line(index, person: index % 11)).draft)
      }
      for index in drafts.indices { try sealer.seal(&drafts[index], context: "e\(index)") }
      try sealer.flush()
      try journal.write { (batch: inout Batch) throws(JournalError) in
        for draft in drafts { try batch.append(draft) }
      }
    }
    guard let today = Day("2026-01-31") else { return [:] }
    let begun = Clock.seconds
    let own = try journal.belongings(of: "P-3", today: today)
    let sealer = Sealer(path, source: KeySource(nil, ledger: path), mode: .writing)
    let keys = try sealer.destroyKeys(of: "P-3", own, in: journal, at: Journal.systemClock())
    var draft = try EventJSON(line(0, person: 3)).draft
    draft.type = EventCode.partyDataErased
    draft.subject = Reference(kind: "party", id: "P-3")
    draft.body = Party.DataErased(scope: "all", reason: "request", authority: "bench").encoded
    (draft.eventID, draft.isPlain) = (nil, false)
    _ = try journal.append([draft])
    return ["seconds": Clock.seconds - begun, "keys": Double(keys)]
  }

  /// Seals `count` values of one person and opens them again; then makes a key each for a tenth as
  /// many persons.
  static func seal(_ path: String, _ count: Int) throws -> [String: Double] {
    _ = try Journal.create(path, Appending.identity)
    let sealer = Sealer(path, source: KeySource(nil, ledger: path), mode: .writing)
    var drafts: [Draft] = []
    for index in 0..<count { drafts.append(try EventJSON(line(index, person: 0)).draft) }
    var begun = Clock.seconds
    for index in drafts.indices { try sealer.seal(&drafts[index], context: "e\(index)") }
    let sealed = Clock.seconds - begun
    guard let type = Register.event("contact.attempted") else { return [:] }
    begun = Clock.seconds
    for draft in drafts {
      _ = try sealer.open(draft.body.span, of: type, subject: draft.subject)
    }
    let opened = Clock.seconds - begun
    var people: [Draft] = []
    for index in 0..<count / 10 {
      people.append(try EventJSON(line(index, person: index + 1)).draft)
    }
    begun = Clock.seconds
    for index in people.indices { try sealer.seal(&people[index], context: "e\(index)") }
    try sealer.flush()
    let made = Clock.seconds - begun
    return [
      "seal": sealed / Double(count) * 1e9, "open": opened / Double(count) * 1e9,
      "person": made / Double(max(1, people.count)) * 1e6,
    ]
  }
}
