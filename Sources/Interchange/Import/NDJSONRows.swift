import Ledger

/// The lines of an NDJSON file, one event each.
package struct NDJSONRows: RowSource {
  private var lines: LineReader
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
      guard let bytes else {
        read = .failure(
          Objection(
            "ndjson.line-length", "the line is longer than 4 MB",
            remedy: "look for a missing line end"))
        return
      }
      // The header of an export says nothing that could be imported.
      if line == 1, ExportHeader(bytes) != nil { return }
      do throws(Objection) { read = .success(try EventJSON(bytes)) } catch {
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

  private static func refusal(_ draft: Draft) -> Objection? {
    guard let type = Register.event(code: draft.type, version: draft.version), !type.isImported
    else { return nil }
    return Objection(
      "event.not-imported", "\(type.name) cannot be imported", column: "type",
      remedy: "use its command, or restore the export of a whole ledger")
  }
}
