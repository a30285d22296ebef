import Glibc
import Ledger

/// Reads the lines of a file, whatever its size; an overlong line is an objection, not a crash.
package struct LineReader {
  private let file: ByteFile
  private let limit: Int
  private var window: [UInt8]
  private var start = 0
  private var end = 0
  private var base = 0
  private var line = 0

  /// A reader of lines of at most `limit` bytes.
  package init(_ file: ByteFile, limit: Int = 4 << 20) {
    self.file = file
    self.limit = limit
    window = [UInt8](repeating: 0, count: min(1 << 20, limit))
  }

  /// Bytes behind the reader.
  package var consumed: Int { base + start }

  /// Lends the next line without its end; false at the end of the file. Empty lines are passed over.
  package mutating func next(
    _ each: (_ line: Int, _ place: Range<Int>, _ bytes: Span<UInt8>?) -> Void
  ) throws(Objection) -> Bool {
    while true {
      guard let found = try find() else { return false }
      line += 1
      var last = start + found.length
      let place = base + start..<base + start + found.step
      defer { start += found.step }
      if found.isOverlong {
        each(line, place, nil)
        return true
      }
      if place.lowerBound == 0, found.length >= 3, window[0] == 0xEF, window[1] == 0xBB,
        window[2] == 0xBF
      {
        start += 3
        last = max(last, start)
      }
      if last > start, window[last - 1] == 13 { last -= 1 }
      let first = start
      start = place.lowerBound - base
      if last == first { continue }
      each(line, place, window.span.extracting(first..<last))
      return true
    }
  }

  private struct Found {
    var length: Int
    var step: Int
    var isOverlong = false
  }

  /// Where the next line end stands; `end` when there is none in the window.
  private func newline(from start: Int) -> Int {
    unsafe window.withUnsafeBytes { bytes in
      guard let base = bytes.baseAddress, start < end,
        let found = unsafe memchr(base + start, 10, end - start)
      else { return end }
      return unsafe UnsafeRawPointer(found) - base
    }
  }

  private mutating func find() throws(Objection) -> Found? {
    var looked = start
    while true {
      looked = newline(from: looked)
      if looked < end { return Found(length: looked - start, step: looked + 1 - start) }
      if end - start > limit { return try skip() }
      let left = end - start
      if start > 0 {
        for index in 0..<left { window[index] = window[start + index] }
        (base, start, end, looked) = (base + start, 0, left, left)
      } else if end == window.count {
        window.append(contentsOf: repeatElement(0, count: window.count))
      }
      let count = try file.read(window.count - end, at: base + end, into: &window, from: end)
      end += count
      if count == 0 {
        return end == start ? nil : Found(length: end - start, step: end - start)
      }
    }
  }

  /// Finds the end of an overlong line without keeping it.
  private mutating func skip() throws(Objection) -> Found? {
    var length = end - start
    var place = base + end
    (base, start, end) = (base + start, 0, 0)
    let from = base
    while true {
      let count = try file.read(window.count, at: place, into: &window, from: 0)
      if count == 0 { break }
      if let found = window[..<count].firstIndex(of: 10) {
        length = place + found + 1 - from
        break
      }
      place += count
      length = place - from
    }
    // The window holds nothing of the next line; the next read starts behind this one.
    (base, start, end) = (from, 0, 0)
    return Found(length: length, step: length, isOverlong: true)
  }
}

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
      do throws(Objection) { read = .success(try EventJSON(bytes)) } catch {
        read = .failure(error)
      }
    }
    guard more, let read else { return false }
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
