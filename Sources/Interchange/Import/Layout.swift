/// A file that is no CSV laid out as one, which is what a mapping reads. Rows keep their places in
/// the file they come from, and what cannot be taken is laid out with its reason.
struct Layout {
  /// How the text is written.
  let dialect: Dialect
  /// The text, under the name and digest of the file.
  let file: ByteFile
  /// The row or line of the file by the physical line of the text, from line 1.
  let rows: [UInt32]
  /// Why a row cannot be taken, by its number.
  let faults: [Int: Objection]

  /// A layout of a file; of how its mapping says CSV is written, only comments and names matter.
  init(of given: ByteFile, _ text: LayoutText, _ mapping: Dialect) throws(Objection) {
    var dialect = Dialect()
    dialect.header = mapping.header
    dialect.comment = mapping.comment
    self.dialect = dialect
    file = try ByteFile(of: given, laidOut: text.bytes)
    (rows, faults) = (text.rows, text.faults)
  }
}

/// The text of a layout while it is made.
struct LayoutText {
  /// The text.
  private(set) var bytes: [UInt8] = []
  /// The rows by lines.
  private(set) var rows: [UInt32] = []
  /// Why rows cannot be taken.
  private(set) var faults: [Int: Objection] = [:]

  /// Adds a row that stands at `number` in the file, with why it cannot be taken.
  mutating func put(_ fields: [String], _ number: Int, _ fault: Objection? = nil) {
    if let fault, faults[number] == nil { faults[number] = fault }
    var lines = 1
    for (index, field) in fields.enumerated() {
      if index > 0 { bytes.append(44) }
      bytes += Rejects.field(Array(field.utf8), 44)
      for byte in field.utf8 where byte == 10 { lines += 1 }
    }
    // A line without a byte would be passed over.
    if fields.count == 1, fields[0].isEmpty { bytes += [34, 34] }
    bytes.append(10)
    for _ in 0..<lines { rows.append(UInt32(clamping: number)) }
  }
}
