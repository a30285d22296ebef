import Ledger

/// The lines of an NDJSON file, one event each.
package struct NDJSONRows: RowSource {
  private var lines: LineReader
  private var isCovered = false
  /// Lines whose `recorded_at` or `seq` was not taken over.
  package private(set) var stamped = 0

  /// The lines of a file.
  package init(_ file: ByteFile) throws(Objection) {
    guard file.size > 0 else {
      throw Objection(
        "ndjson.empty", "the file is empty", remedy: "check that it was written whole"
      ).at(file.name, 0)
    }
    lines = LineReader(file)
  }

  /// Bytes that have been read.
  package var consumed: Int { lines.consumed }

  /// Reads the next line as an event to be imported: recorded now, as history.
  package mutating func next(_ row: inout SourceRow) throws(Objection) -> Bool {
    var read: Result<EventJSON, Objection>?
    row.drafts.removeAll(keepingCapacity: true)
    row.objection = nil
    let more = try lines.next { line, place, bytes in
      row.line = line
      row.place = place
      isCovered = true
      guard let bytes else {
        read = .failure(
          Objection(
            "ndjson.line-length", "the line is longer than 4 MB",
            remedy: "look for a missing line end"))
        return
      }
      // The header of an export says nothing that could be imported.
      if line == 1, ExportHeader(bytes) != nil { return }
      do throws(Objection) {
        let event = try EventJSON(bytes)
        isCovered = event.isPersonal
        read = .success(event)
      } catch {
        isCovered = !NDJSONRows.isImpersonal(bytes)
        read = .failure(error)
      }
    }
    guard more else { return false }
    guard let read else { return true }
    switch read {
    case .failure(let objection): row.objection = objection
    case .success(var event):
      if let objection = NDJSONRows.refusal(event.draft) {
        row.objection = objection
        return true
      }
      if event.seq != nil || event.recorded != nil { stamped += 1 }
      event.flagUnknownCodes()
      var draft = event.draft
      draft.imported = true
      draft.source = draft.source?.device.map { Source(kind: "import", device: $0) }
      row.drafts.append(draft)
    }
    return true
  }

  /// Nothing of a line that is about a person, or of which that cannot be said.
  package func covered() throws(Objection) -> [UInt8]? { isCovered ? masked : nil }

  // A line that cannot be used, but is known to be of an event that is about nobody: its type says
  // so, however the line goes on.
  private static func isImpersonal(_ line: Span<UInt8>) -> Bool {
    var reader = JSONReader(line)
    var type: EventType?
    do throws(BodyError) {
      var first = true
      try reader.object()
      while let name = try reader.name(&first) {
        if reader.string(name) == "type" {
          type = Register.event(reader.string(try reader.text()))
        } else {
          try reader.skip()
        }
      }
    } catch { return type.map { !$0.isPersonal } ?? false }
    return type.map { !$0.isPersonal } ?? false
  }

  /// Whether some line of a file has personal values as plain text.
  static func isPersonal(_ file: ByteFile) throws(Objection) -> Bool {
    let names = Register.events.filter(\.isPersonal).map { Array("\"\($0.name)\"".utf8) }
    var lines = LineReader(file)
    var found = false
    while !found {
      let more = try lines.next { _, _, bytes in
        guard let bytes, NDJSONRows.has(names, bytes) else { return }
        found = (try? EventJSON(bytes))?.draft.isPlain ?? false
      }
      if !more { break }
    }
    return found
  }

  // Whether one of these quoted names stands in a line, which is gone through once.
  private static func has(_ names: [[UInt8]], _ line: Span<UInt8>) -> Bool {
    for index in line.indices where line[index] == UInt8(ascii: "\"") {
      for name in names where index + name.count <= line.count {
        var at = 1
        while at < name.count, line[index + at] == name[at] { at += 1 }
        if at == name.count { return true }
      }
    }
    return false
  }

  private static func refusal(_ draft: Draft) -> Objection? {
    guard let type = Register.event(code: draft.type, version: draft.version), !type.isImported
    else { return nil }
    return Objection(
      "event.not-imported", "\(type.name) cannot be imported", column: "type",
      remedy: "use its command, or restore the export of a whole ledger")
  }
}
