import CSpreadsheet
import Glibc

/// The parts of a ZIP file, read through libzip and never unpacked to a disk. What would unpack to
/// more than its size can honestly hold is refused before it is read.
@safe final class ZipArchive {
  /// The most parts there may be.
  static let partLimit = 4_096
  /// The most bytes all parts may unpack to.
  static let sizeLimit: UInt64 = 1 << 30
  /// A part beyond 16 MB may unpack to so many times its size; sheets of figures reach some thirty.
  static let ratioLimit: UInt64 = 200

  /// One part: its place, and the bytes it says it unpacks to.
  struct Part {
    /// Its place among the parts.
    var index: UInt64
    /// Bytes unpacked.
    var size: UInt64
  }

  /// The parts by their names.
  private(set) var parts: [String: Part] = [:]
  private let archive: OpaquePointer

  /// Opens what a descriptor shows, which is closed together with the archive.
  init(descriptor: Int32) throws(SpreadsheetError) {
    var code: Int32 = 0
    guard let archive = unsafe zip_fdopen(descriptor, ZIP_CHECKCONS, &code) else {
      close(descriptor)
      throw SpreadsheetError(
        "xlsx.zip", "the file is no sound ZIP archive, which an .xlsx file is",
        remedy: "open it in a spreadsheet program and save it again as .xlsx")
    }
    unsafe self.archive = unsafe archive
    let count = unsafe zip_get_num_entries(archive, 0)
    guard count <= ZipArchive.partLimit else {
      throw SpreadsheetError(
        "xlsx.bomb", "the file has \(count) parts, and at most \(ZipArchive.partLimit) are read",
        remedy: "save the sheet alone as a new .xlsx file")
    }
    var total: UInt64 = 0
    for index in 0..<UInt64(max(0, count)) {
      var status = unsafe zip_stat_t()
      guard unsafe zip_stat_index(archive, index, 0, &status) == 0,
        let raw = unsafe status.name
      else { continue }
      let name = unsafe String(cString: raw)
      guard unsafe status.encryption_method == 0 else { throw ZipArchive.encrypted }
      let (size, packed) = unsafe (status.size, status.comp_size)
      total = total.addingReportingOverflow(size).partialValue
      let isBlown = size > 16 << 20 && size / max(1, packed) > ZipArchive.ratioLimit
      guard size <= ZipArchive.sizeLimit, total <= ZipArchive.sizeLimit, !isBlown else {
        throw SpreadsheetError(
          "xlsx.bomb", "the part \(name.prefix(60)) would unpack from \(packed) to \(size) bytes",
          remedy: "save the sheet alone as a new .xlsx file, or as CSV")
      }
      parts[name] = Part(index: index, size: size)
    }
  }

  deinit { unsafe zip_discard(archive) }

  /// A file that needs a password.
  static let encrypted = SpreadsheetError(
    "xlsx.encrypted", "the file is encrypted",
    remedy: "save it without a password and import that")

  /// Gives the bytes of a part piece by piece.
  func read(_ name: String, _ body: (Span<UInt8>) throws(SpreadsheetError) -> Void)
    throws(SpreadsheetError)
  {
    guard let part = parts[name] else {
      throw SpreadsheetError(
        "xlsx.part", "the file lacks its part \(name)",
        remedy: "open it in a spreadsheet program and save it again as .xlsx")
    }
    let broken = SpreadsheetError(
      "xlsx.zip", "the part \(name) cannot be unpacked",
      remedy: "the file is damaged; get it again from where it came")
    guard let file = unsafe zip_fopen_index(archive, part.index, 0) else { throw broken }
    defer { unsafe zip_fclose(file) }
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    var done: UInt64 = 0
    while true {
      let count = unsafe buffer.withUnsafeMutableBytes {
        unsafe zip_fread(file, $0.baseAddress, UInt64($0.count))
      }
      guard count >= 0 else { throw broken }
      if count == 0 { break }
      done += UInt64(count)
      guard done <= part.size else { throw broken }
      try body(buffer.span.extracting(0..<Int(count)))
    }
    guard done == part.size else { throw broken }
  }
}
