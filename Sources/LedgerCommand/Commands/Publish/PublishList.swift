import ArgumentParser
import Journaling
import Ledger

/// What was published.
struct PublishList: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "The reports published, and whether their bytes are whole.",
    discussion: "Exit status 1 when the bytes of any are changed or missing.")

  @OptionGroup var ledger: LedgerOptions
  @OptionGroup var vantage: VantageOptions
  @OptionGroup var format: FormatOptions

  func run() throws {
    let journal = try ledger.open()
    let damaged = try journal.reading { snapshot in
      let resolved = try vantage.resolve(journal, snapshot)
      var sheet = Sheet(
        title: "Published reports",
        columns: [
          .init("report"), .init("book"), .init("as_of", .day), .init("known_at", .integer),
          .init("seq", .integer), .init("bytes"), .init("replaced_by"), .init("sha256"),
        ])
      let all = try journal.publications(to: resolved.vantage.knownAt, snapshot)
      var damaged = 0
      for item in all {
        let later = all.last { $0.supersedes == item.report }
        var state = "whole"
        var book = item.kind
        switch journal.kept(item.digest) {
        case .whole(let bytes):
          book = PublishedText(bytes)?.words.joined(separator: " ") ?? item.kind
        case .changed(let digest):
          state = "changed"
          damaged += 1
          sheet.notes.append(
            "The bytes kept of \(item.report) have digest \(Hex.text(digest)); published was "
              + "\(Hex.text(item.digest)).")
        case .missing:
          state = "missing"
          if !item.words.isEmpty { book = item.words.joined(separator: " ") }
          damaged += 1
        }
        sheet.rows.append([
          .text(item.report), .text(book), .day(item.vantage.asOf),
          .integer(Int64(item.vantage.knownAt)), .integer(Int64(item.seq)), .text(state),
          .text(later.map { $0.withdraws ? "withdrawn" : $0.report } ?? ""),
          .text(Hex.text(item.digest)),
        ])
      }
      let policies = try journal.policies(Question(vantage: resolved.vantage), snapshot)
      let reply = Reply(
        format: format, resolved: resolved,
        policies: policies.label(on: resolved.vantage.asOf), journal: journal)
      try reply.print(sheet, snapshot)
      return damaged
    }
    if damaged > 0 { throw ExitCode(1) }
  }
}

/// The bytes of a report, as they went out.
struct PublishShow: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "A published report, byte for byte.")

  @OptionGroup var ledger: LedgerOptions

  @Argument(help: "The report's id.")
  var report: String

  func run() throws {
    let journal = try ledger.open()
    let (_, bytes) = try journal.reading { snapshot in
      try journal.report(report, snapshot)
    }
    Terminal.out(String(decoding: bytes, as: UTF8.self))
  }
}

extension Journal {
  /// A published report; a failure when it is not there.
  func publication(_ id: String, _ snapshot: borrowing Snapshot) throws -> Publication {
    let all = try publications(snapshot)
    if let found = all.last(where: { $0.report == id }) { return found }
    let names = all.suffix(8).map(\.report).joined(separator: ", ")
    throw Failure(
      "No report \(id) was published; "
        + (names.isEmpty ? "none was." : "among the last are \(names)."))
  }

  /// A published report and its bytes; a failure when it is not there, or not whole any more. Bytes
  /// that were lost are made again from the log and kept, if they come to the same digest.
  func report(_ id: String, _ snapshot: borrowing Snapshot) throws -> (Publication, [UInt8]) {
    let found = try publication(id, snapshot)
    switch kept(found.digest) {
    case .whole(let bytes): return (found, bytes)
    case .missing:
      let again = try ReportText.again(found, self, snapshot).map { Array($0.utf8) }
      if let again, keep(again, if: found.digest) {
        Terminal.note("The bytes of report \(id) were lost; they are made again from the log.\n")
        return (found, again)
      }
      if let why = try snapshot.redacted(since: found) {
        throw Failure(
          "The bytes of report \(id) are not in \(folder.published), and cannot be made again. \(why) "
            + "Restore them from a backup.", status: 1)
      }
      let vantage = "--as-of \(found.vantage.asOf) --known-at \(found.vantage.knownAt)"
      throw Failure(
        "The bytes of report \(id) are not in \(folder.published); restore them from a backup"
          + (again == nil
            ? ", or publish the same book at \(vantage), which makes the same bytes."
            : ": `arrears publish \(found.words.joined(separator: " ")) \(vantage)` makes others "
              + "with this version."),
        status: 1)
    case .changed(let digest):
      throw Failure(
        "The bytes kept of report \(id) are not those that were published: their digest is "
          + "\(Hex.text(digest)), published was \(Hex.text(found.digest)).", status: 1)
    }
  }
}

extension Snapshot {
  /// A sentence about entries that a report saw and that were redacted since; nil when there are
  /// none. What it printed of them cannot be made again.
  func redacted(since report: Publication) throws -> String? {
    let acts = try redactions(after: report.seq).filter {
      Position(clamping: $0.act.seq) <= report.vantage.knownAt
    }
    if acts.isEmpty { return nil }
    let entries = acts.map { "\($0.act.seq) (by seq \($0.position))" }.joined(separator: ", ")
    return "Since it was published the content of \(acts.count == 1 ? "entry" : "entries") "
      + "\(entries) was destroyed."
  }
}
