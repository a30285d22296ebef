import Ledger
import Rules

/// A finding in words, as it is printed and compared.
struct Told: Comparable {
  var id = "", rule = "", version = "", pack = "", severity = "", code = "", subject = ""
  var on = "", event = "", shows = "", events = "", actor = "", agency = "", review = ""
  var citation = ""

  /// What it is about, whatever version judged it.
  var about: [String] { [rule, code, subject, event] }

  /// By day, then rule, subject, event and id: a total order.
  static func < (a: Told, b: Told) -> Bool {
    (a.on, a.rule, a.subject, a.event, a.id) < (b.on, b.rule, b.subject, b.event, b.id)
  }

  /// The lines of a run that was written with `--format ndjson`.
  static func lines(of path: String) throws -> [Told] {
    let bytes = try Edge.read(path, limit: 1 << 28)
    var found: [Told] = []
    let lines = bytes.split(separator: 10)
    guard !lines.isEmpty else {
      throw Failure("\(path) has no line, as no run leaves it that came to its end; run it again.")
    }
    for (number, line) in lines.enumerated() {
      do {
        let body = try BodyCodec.encodeJSON(Array(line).span)
        let value = try Rules.Value(reading: body.span)
        func text(_ name: String) -> String { value[name]?.text ?? "" }
        // A run that found nothing says how much each rule looked at.
        if value["examined"] != nil { continue }
        guard !text("id").isEmpty, !text("rule").isEmpty else {
          throw Failure("it is no finding")
        }
        var one = Told()
        (one.id, one.rule, one.version) = (text("id"), text("rule"), text("version"))
        (one.code, one.subject, one.on) = (text("code"), text("subject"), text("on"))
        (one.event, one.shows, one.severity) = (text("event"), text("shows"), text("severity"))
        found.append(one)
      } catch {
        throw Failure(
          "\(path), line \(number + 1), is no finding; write the run with --format ndjson.")
      }
    }
    return found.sorted()
  }
}

/// What differs between two runs: new, gone, changed.
struct Comparison {
  private var rows: [(change: String, one: Told, was: String)] = []
  private var same = 0

  /// Findings are the same by their id; one that is about the same and has another id changed its
  /// version.
  init(_ before: [Told], _ after: [Told]) {
    var left = before
    for one in after {
      if let index = left.firstIndex(where: { $0.id == one.id }) {
        let old = left.remove(at: index)
        if old.shows == one.shows, old.severity == one.severity {
          same += 1
        } else {
          rows.append(("changed", one, "\(old.severity) \(old.shows)"))
        }
      } else if let index = left.firstIndex(where: { $0.about == one.about }) {
        rows.append(("changed", one, "version \(left.remove(at: index).version)"))
      } else {
        rows.append(("new", one, ""))
      }
    }
    rows += left.map { ("gone", $0, "") }
  }

  /// The table of differences.
  var sheet: Sheet {
    var sheet = Sheet(
      title: "Findings that differ",
      columns: [
        .init("change"), .init("id"), .init("rule"), .init("version"), .init("code"),
        .init("subject"), .init("on"), .init("event"), .init("shows"), .init("was"),
      ])
    for (change, one, was) in rows {
      sheet.rows.append(
        [
          change, one.id, one.rule, one.version, one.code, one.subject, one.on, one.event,
          one.shows, was,
        ].map { .text($0) })
    }
    func count(_ change: String) -> Int { rows.count { $0.change == change } }
    sheet.notes.append(
      "\(count("new")) new, \(count("gone")) gone, \(count("changed")) changed, \(same) the same.")
    return sheet
  }
}
