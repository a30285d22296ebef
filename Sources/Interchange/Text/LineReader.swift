import Glibc

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
    window = [UInt8](repeating: 0, count: min(1 << 20, limit, file.size + 1))
  }

  /// Bytes behind the reader.
  package var consumed: Int { base + start }

  /// Lends the next line without its end; false at the end of the file. Empty lines are passed
  /// over.
  package mutating func next(
    _ each: (_ line: Int, _ place: Range<Int>, _ bytes: Span<UInt8>?) -> Void
  ) throws(Objection) -> Bool {
    while true {
      guard let found = try find() else { return false }
      line += 1
      let place = base + start..<base + start + found.step
      if found.isOverlong {
        each(line, place, nil)
        // The window holds nothing of what follows.
        (base, start, end) = (place.upperBound, 0, 0)
        return true
      }
      var first = start
      var last = start + found.length
      if place.lowerBound == 0, found.length >= 3, window[0] == 0xEF, window[1] == 0xBB,
        window[2] == 0xBF
      {
        first += 3
      }
      if last > first, window[last - 1] == 13 { last -= 1 }
      start += found.step
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

  /// Finds the end of an overlong line without keeping it; the window is of no use afterwards.
  private mutating func skip() throws(Objection) -> Found {
    let from = base + start
    var place = base + end
    while true {
      let count = try file.read(window.count, at: place, into: &window, from: 0)
      if count == 0 { break }
      if let found = window[..<count].firstIndex(of: 10) {
        place += found + 1
        break
      }
      place += count
    }
    return Found(length: place - from, step: place - from, isOverlong: true)
  }
}
