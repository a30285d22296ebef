import Ledger

/// What the row of an import keeps beside its counts, as a line of JSON.
package struct ImportDetail: Hashable, Sendable {
  /// The file as its user named it.
  package var file = ""
  /// SHA-256 of its bytes, 64 hexadecimal digits.
  package var fileSHA256 = ""
  /// The mapping as its user named it; empty for NDJSON.
  package var mapping = ""
  /// Events stored with a flag.
  package var flagged: UInt64 = 0
  /// Events that stood in the ledger already.
  package var duplicates: UInt64 = 0
  /// Events that stood there and said less, and what they did not say.
  package var corrected: UInt64 = 0, fields: [String] = []
  /// Line of the last row that was taken.
  package var line: UInt64 = 0

  /// An empty detail.
  package init() {}

  /// Reads what `bytes` wrote; nil when it is something else.
  package init?(_ bytes: [UInt8]) {
    do throws(BodyError) {
      var reader = JSONReader(bytes.span)
      var first = true
      try reader.object()
      while let name = try reader.name(&first) {
        switch reader.string(name) {
        case "file": file = reader.string(try reader.text())
        case "file_sha256": fileSHA256 = reader.string(try reader.text())
        case "mapping": mapping = reader.string(try reader.text())
        case "flagged": flagged = UInt64(clamping: try reader.integer())
        case "duplicates": duplicates = UInt64(clamping: try reader.integer())
        case "corrected": corrected = UInt64(clamping: try reader.integer())
        case "fields":
          fields = reader.string(try reader.text()).split(separator: " ").map(String.init)
        case "line": line = UInt64(clamping: try reader.integer())
        default: try reader.skip()
        }
      }
    } catch {
      return nil
    }
  }

  /// The line as kept; names are cut so that it always fits.
  package var bytes: [UInt8] {
    var out = JSONWriter()
    var first = true
    out.raw("{")
    out.name("file", &first)
    out.text(String(file.suffix(500)))
    out.name("file_sha256", &first)
    out.text(fileSHA256)
    out.name("mapping", &first)
    out.text(String(mapping.suffix(500)))
    out.name("flagged", &first)
    out.int(Int64(clamping: flagged))
    out.name("duplicates", &first)
    out.int(Int64(clamping: duplicates))
    if corrected > 0 {
      out.name("corrected", &first)
      out.int(Int64(clamping: corrected))
      out.name("fields", &first)
      out.text(String(fields.joined(separator: " ").prefix(500)))
    }
    out.name("line", &first)
    out.int(Int64(clamping: line))
    out.raw("}")
    return out.bytes
  }
}
