/// The correspondence file of an account: what was written to whom, what came back, what was filed,
/// in the order of the world.
package struct Correspondence: Book {
  /// `show correspondence`.
  package static let name = "correspondence"

  // Where an event keeps what the file shows; `UInt64.max` where it does not.
  private struct Layout: Sendable {
    var way: String
    var ref = UInt64.max, kind = UInt64.max, channel = UInt64.max
    var who = UInt64.max, digest = UInt64.max
  }

  let asOf: Day
  let from: Day
  let kind: String?
  private var rows: [Document.Row] = []
  private var shelf = Document.Shelf([], asOf: .none)

  /// The file from a day to the end of another; of one kind only, when one is named.
  package init(from: Day, asOf: Day, kind: String?) {
    (self.from, self.asOf, self.kind) = (from, asOf, kind)
  }

  /// What was written and filed.
  package var reads: Desk.Reads { .papers }
  /// No sum is looked at.
  package var reckons: Bool { false }

  /// Takes the papers of the account.
  package mutating func take(_ account: borrowing AccountView) {
    shelf = Document.Shelf(account.desk.papers.rows, asOf: asOf)
    rows = account.desk.papers.rows.filter { (from.rawValue...asOf.rawValue).contains($0.day) }
  }

  /// A file is of one account: the one that has something in it.
  package mutating func merge(_ other: Correspondence) {
    if rows.isEmpty { (rows, shelf) = (other.rows, other.shelf) }
  }

  /// Lines by moment.
  package func sheet(_ naming: Naming) -> Sheet {
    var table = Sheet(
      title: "Correspondence",
      columns: [
        .init("day", .day), .init("way"), .init("event"), .init("kind"), .init("ref"),
        .init("channel"), .init("party"), .init("state"), .init("digest"),
        .init("seq", .integer),
      ])
    table.keys = 0
    for row in rows.sorted(by: { ($0.occurred, $0.seq) < ($1.occurred, $1.seq) }) {
      let layout = Correspondence.layout(row.type)
      func text(_ key: UInt64) -> String { key == .max ? "" : naming.text(row.seq, key) }
      let kind = text(layout.kind)
      if let wanted = self.kind, kind != wanted { continue }
      var way = layout.way
      if row.type == EventCode.contactAttempted {
        way = text(Key.ContactAttempted.direction) == "inbound" ? "in" : "out"
      }
      table.rows.append([
        .day(Day(rawValue: row.day)), .text(way), .text(Register.name(of: row.type)), .text(kind),
        .text(text(layout.ref)), .text(text(layout.channel)), .text(text(layout.who)),
        .text(state(row, naming)), .text(text(layout.digest)), .integer(Int64(row.seq)),
      ])
    }
    return table
  }

  private func state(_ row: Document.Row, _ naming: Naming) -> String {
    if row.type == EventCode.statementIssued, let next = shelf.reissue(of: row.id) {
      return "replaced by \(naming.text(next.seq, Key.StatementIssued.statement))"
    }
    guard row.type == EventCode.documentFiled else { return "" }
    if let purge = shelf.purge(of: row.id) { return "destroyed \(Day(rawValue: purge.day))" }
    return shelf.successor(of: row.id).map {
      "replaced by \(naming.text($0.seq, Key.DocumentFiled.document))"
    } ?? ""
  }

  private static func layout(_ type: UInt16) -> Layout {
    switch type {
    case EventCode.documentFiled:
      Layout(
        way: "filed", ref: Key.DocumentFiled.document, kind: Key.DocumentFiled.kind,
        channel: Key.DocumentFiled.location, who: Key.DocumentFiled.receivedFrom,
        digest: Key.DocumentFiled.sha256)
    case EventCode.documentPurged:
      Layout(
        way: "destroyed", ref: Key.DocumentPurged.document, kind: Key.DocumentPurged.scope)
    case EventCode.noticeSent:
      Layout(
        way: "out", ref: Key.NoticeSent.notice, kind: Key.NoticeSent.kind,
        channel: Key.NoticeSent.channel, who: Key.NoticeSent.to, digest: Key.NoticeSent.textHash)
    case EventCode.legalNoticeSent:
      Layout(
        way: "out", ref: Key.LegalNoticeSent.notice, kind: Key.LegalNoticeSent.kind,
        channel: Key.LegalNoticeSent.mode, who: Key.LegalNoticeSent.to,
        digest: Key.LegalNoticeSent.textHash)
    case EventCode.legalNoticeServed:
      Layout(
        way: "service", ref: Key.LegalNoticeServed.notice, kind: Key.LegalNoticeServed.outcome,
        digest: Key.LegalNoticeServed.proofHash)
    case EventCode.legalReplyReceived:
      Layout(
        way: "in", ref: Key.LegalReplyReceived.reply, kind: Key.LegalReplyReceived.kind,
        digest: Key.LegalReplyReceived.textHash)
    case EventCode.statementIssued:
      Layout(
        way: "out", ref: Key.StatementIssued.statement, kind: Key.StatementIssued.kind,
        channel: Key.StatementIssued.channel, who: Key.StatementIssued.addressee,
        digest: Key.StatementIssued.sha256)
    default:
      Layout(
        way: "out", kind: Key.ContactAttempted.purpose, channel: Key.ContactAttempted.channel,
        who: Key.ContactAttempted.party)
    }
  }
}
