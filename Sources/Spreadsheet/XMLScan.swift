import CSpreadsheet
import Glibc

/// Reads XML through expat as it comes: no tree, no entities, no outside. A document that declares
/// a document type is refused at once, since no spreadsheet has one and every XML bomb needs one.
@safe package final class XMLScan {
  /// Attributes of an element by their local names.
  package typealias Attributes = [String: String]

  /// Told of an element's start.
  package var start: (_ name: String, Attributes) throws(SpreadsheetError) -> Void = { _, _ in }
  /// Told of an element's end.
  package var end: (_ name: String) throws(SpreadsheetError) -> Void = { _ in }
  /// Told of text, in pieces; only where `wantsText` is set.
  package var text: (Span<UInt8>) throws(SpreadsheetError) -> Void = { _ in }
  /// Whether text is wanted here.
  package var wantsText = false

  private let part: String
  private let rules: String
  private let parser: XML_Parser?
  private var fault: SpreadsheetError?
  private var depth = 0
  private var fed: Int = 0

  /// A reader of the part of that name; `rules` begins the names of the rules by which it refuses.
  package init(part: String, rules: String = "xlsx") {
    (self.part, self.rules) = (part, rules)
    unsafe parser = unsafe XML_ParserCreate(nil)
  }

  deinit { unsafe XML_ParserFree(parser) }

  /// Names what the parser calls.
  private func listen() {
    unsafe XML_SetUserData(parser, Unmanaged.passUnretained(self).toOpaque())
    unsafe XML_SetElementHandler(
      parser,
      { data, name, attributes in
        guard let data = unsafe data, let name = unsafe name else { return }
        let scan = unsafe Unmanaged<XMLScan>.fromOpaque(data).takeUnretainedValue()
        unsafe scan.began(name, attributes)
      },
      { data, name in
        guard let data = unsafe data, let name = unsafe name else { return }
        let scan = unsafe Unmanaged<XMLScan>.fromOpaque(data).takeUnretainedValue()
        scan.depth -= 1
        scan.heed { () throws(SpreadsheetError) in
          try scan.end(unsafe XMLScan.local(name))
        }
      })
    unsafe XML_SetCharacterDataHandler(parser) { data, bytes, count in
      guard let data = unsafe data, let bytes = unsafe bytes else { return }
      let scan = unsafe Unmanaged<XMLScan>.fromOpaque(data).takeUnretainedValue()
      guard scan.wantsText, scan.fault == nil else { return }
      unsafe bytes.withMemoryRebound(to: UInt8.self, capacity: Int(count)) { bytes in
        let span = unsafe Span<UInt8>(_unsafeStart: bytes, count: Int(count))
        scan.heed { () throws(SpreadsheetError) in try scan.text(span) }
      }
    }
    unsafe XML_SetStartDoctypeDeclHandler(parser) { data, _, _, _, _ in
      guard let data = unsafe data else { return }
      let scan = unsafe Unmanaged<XMLScan>.fromOpaque(data).takeUnretainedValue()
      scan.heed { () throws(SpreadsheetError) in
        throw SpreadsheetError(
          scan.rules + ".bomb",
          "the part \(scan.part) declares a document type, which none of its kind does",
          remedy: "do not open this file; ask who sent it")
      }
    }
  }

  private func began(
    _ name: UnsafePointer<CChar>, _ given: UnsafeMutablePointer<UnsafePointer<CChar>?>?
  ) {
    depth += 1
    var attributes: Attributes = [:]
    if var at = unsafe given {
      while let key = unsafe at.pointee, let value = unsafe at[1] {
        unsafe attributes[XMLScan.local(key)] = unsafe String(cString: value)
        unsafe at += 2
      }
    }
    heed { () throws(SpreadsheetError) in
      guard depth <= 100 else {
        throw SpreadsheetError(
          rules + ".bomb", "the part \(part) is nested more than 100 deep",
          remedy: "ask where the file was made")
      }
      try start(unsafe XMLScan.local(name), attributes)
    }
  }

  // The name without the prefix of its namespace.
  private static func local(_ name: UnsafePointer<CChar>) -> String {
    let colon = unsafe strrchr(name, Int32(UInt8(ascii: ":")))
    return unsafe String(cString: colon.map { unsafe UnsafePointer($0) + 1 } ?? name)
  }

  // An error cannot be thrown through C: it is kept, and the parser is stopped.
  private func heed(_ body: () throws(SpreadsheetError) -> Void) {
    guard fault == nil else { return }
    do throws(SpreadsheetError) { try body() } catch {
      fault = error
      _ = unsafe XML_StopParser(parser, XML_Bool(XML_FALSE))
    }
  }

  /// Line of what is being told of, from 1.
  package var line: Int { Int(unsafe XML_GetCurrentLineNumber(parser)) }

  /// Forgets what it tells: its listeners hold it, and it holds them.
  package func fallSilent() {
    (start, text, end) = ({ _, _ in }, { _ in }, { _ in })
  }

  /// Reads a whole document.
  package func run(_ bytes: [UInt8]) throws(SpreadsheetError) {
    listen()
    var done = 0
    while done < bytes.count {
      let count = min(1 << 16, bytes.count - done)
      try feed(bytes.span.extracting(done..<done + count), isLast: false)
      done += count
    }
    try feed([UInt8]().span, isLast: true)
  }

  /// Reads the part of an archive.
  func run(_ archive: ZipArchive) throws(SpreadsheetError) {
    listen()
    try archive.read(part) { (bytes) throws(SpreadsheetError) in try feed(bytes, isLast: false) }
    try feed([UInt8]().span, isLast: true)
  }

  private func feed(_ bytes: Span<UInt8>, isLast: Bool) throws(SpreadsheetError) {
    fed += bytes.count
    let status = unsafe bytes.withUnsafeBytes { bytes in
      unsafe XML_Parse(
        parser, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(bytes.count),
        isLast ? 1 : 0)
    }
    if let fault { throw fault }
    guard status == XML_STATUS_OK else {
      let line = unsafe XML_GetCurrentLineNumber(parser)
      let reason = unsafe XML_ErrorString(XML_GetErrorCode(parser)).map {
        unsafe String(cString: $0)
      }
      throw SpreadsheetError(
        rules + ".xml",
        "the part \(part) is no sound XML at its line \(line): \(reason ?? "unknown")",
        remedy: "the file is damaged; get it again from where it came")
    }
    // What the parser holds back is one tag or one attribute; none of a spreadsheet is so long.
    guard fed - Int(unsafe XML_GetCurrentByteIndex(parser)) <= 8 << 20 else {
      throw SpreadsheetError(
        rules + ".bomb", "a tag of the part \(part) is longer than 8 MB",
        remedy: "ask where the file was made")
    }
  }
}
