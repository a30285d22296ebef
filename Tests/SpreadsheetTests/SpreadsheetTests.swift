import Glibc
import LedgerTesting
import Spreadsheet
import Testing

/// A file in the temporary folder.
private func temporary(_ bytes: [UInt8] = []) -> String {
  let path = "/tmp/arrears-sheet-\(UInt64.random(in: 0..<UInt64.max)).xlsx"
  let file = unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
  _ = unsafe bytes.withUnsafeBytes { unsafe write(file, $0.baseAddress, $0.count) }
  close(file)
  return path
}

private func opened(_ path: String) throws -> Workbook {
  let file = unsafe open(path, O_RDONLY)
  var start = [UInt8](repeating: 0, count: 65_536)
  let count = unsafe start.withUnsafeMutableBytes {
    unsafe pread(file, $0.baseAddress, $0.count, 0)
  }
  return try Workbook(descriptor: file, start: Array(start.prefix(max(0, count))))
}

private func read(_ parts: [Archive.Part]) throws -> [SheetRow] {
  let path = temporary(Archive.zip(parts))
  defer { unsafe unlink(path) }
  let book = try opened(path)
  var rows: [SheetRow] = []
  if let sheet = book.sheets.first { try book.rows(of: sheet) { rows.append($0) } }
  return rows
}

/// By which rule a workbook is refused.
private func refusal(_ parts: [Archive.Part]) -> String? {
  do { _ = try read(parts) } catch { return (error as? SpreadsheetError)?.rule }
  return nil
}

@Suite struct `A spreadsheet that is written` {
  @Test func `comes back as it was: texts as texts, sums with their digits, days as days`() throws {
    let path = temporary()
    defer { unsafe unlink(path) }
    var writer = try SpreadsheetWriter(path: path, created: 1_774_915_200)
    try writer.begin(sheet: "Answer", [.init("what", width: 10), .init("sum", width: 10)])
    let texts = [
      "=1+1", "+1", "-1", "@SUM(A1)", "  blanks  ", "line\nline", "a\0b\u{1}c\u{FFFF}", "_x0041_",
      "<&>\"'", "हिन्दी 🙂", "0004101", "\tx",
    ]
    for text in texts { try writer.write([.text(text), .none]) }
    try writer.write([.day(20_543, text: "2026-03-31"), .number(-123_456_789_012_345, decimals: 2)])
    try writer.write([.day(-30_000, text: "1887-11-12"), .number(5, decimals: 3)])
    try writer.begin(sheet: "Provenance", [.init("what", width: 10)])
    try writer.close()
    let book = try opened(path)
    #expect(book.sheets.map(\.name) == ["Answer", "Provenance"])
    var rows: [SheetRow] = []
    try book.rows(of: book.sheets[0]) { rows.append($0) }
    #expect(rows[0].cells.map(\.value) == [.text("what"), .text("sum")])
    #expect(
      rows.dropFirst().prefix(texts.count).map { $0.cells[0].value } == texts.map { .text($0) })
    #expect(rows.flatMap(\.cells).allSatisfy { !$0.isFormula })
    let last = rows.suffix(2).flatMap(\.cells).map(\.value)
    #expect(last[0] == .moment(day: 20_543, milliseconds: 0, hasTime: false))
    #expect(last[2] == .text("1887-11-12"))
    var sums: [String] = []
    for index in [1, 3] {
      if case .number(let text) = last[index] { sums.append(PlainNumber(text)?.text() ?? "") }
    }
    #expect(sums == ["-1234567890123.45", "0.005"])
  }

  @Test func `has the same bytes for the same rows`() throws {
    var files: [[UInt8]] = []
    for _ in 0..<2 {
      let path = temporary()
      defer { unsafe unlink(path) }
      var writer = try SpreadsheetWriter(path: path, created: 1_774_915_200)
      try writer.begin(sheet: "Answer", [.init("sum", width: 10)])
      for index in 0..<100 { try writer.write([.number(Int64(index), decimals: 2)]) }
      try writer.close()
      let file = unsafe open(path, O_RDONLY)
      var bytes = [UInt8](repeating: 0, count: 1 << 20)
      let count = unsafe bytes.withUnsafeMutableBytes {
        unsafe Glibc.read(file, $0.baseAddress, $0.count)
      }
      close(file)
      files.append(Array(bytes.prefix(count)))
    }
    #expect(files[0] == files[1])
    #expect(files[0].count > 1_000)
  }

  @Test func `refuses what a cell cannot hold instead of cutting it`() throws {
    let path = temporary()
    defer { unsafe unlink(path) }
    var writer = try SpreadsheetWriter(path: path, created: 1)
    try writer.begin(sheet: "Answer", [.init("note", width: 10)])
    #expect(throws: SpreadsheetError.self) {
      try writer.write([.text(String(repeating: "x", count: 32_768))])
    }
    #expect(throws: SpreadsheetError.self) {
      try writer.write([.number(1_000_000_000_000_000, decimals: 2)])
    }
  }
}

@Suite struct `A spreadsheet that is read` {
  @Test func `counts days from 1900 with the day that never was, or from 1904`() throws {
    let serials = ["1", "59", "60", "61", "46112", "46112.5", "0", "-1", "2958465", "2958466"]
    func values(_ book: String) throws -> [CellValue] {
      let cells = serials.enumerated().map {
        #"<row r="\#($0 + 1)"><c r="A\#($0 + 1)" s="1"><v>\#($1)</v></c></row>"#
      }
      return try read(
        Archive.workbook(rows: cells.joined(), styles: [0, 14], workbookPr: book)
      ).map { $0.cells[0].value }
    }
    let never = "29 February 1900, which never was"
    #expect(
      try values("") == [
        .moment(day: -25_567, milliseconds: 0, hasTime: false),
        .moment(day: -25_509, milliseconds: 0, hasTime: false), .fault(never),
        .moment(day: -25_508, milliseconds: 0, hasTime: false),
        .moment(day: 20_543, milliseconds: 0, hasTime: false),
        .moment(day: 20_543, milliseconds: 43_200_000, hasTime: false), .fault("no date: 0"),
        .fault("no date: -1"), .moment(day: 2_932_896, milliseconds: 0, hasTime: false),
        .fault("no date: 2958466"),
      ])
    let later = try values(#"date1904="1""#)
    #expect(later[0] == .moment(day: -24_106, milliseconds: 0, hasTime: false))
    #expect(later[4] == .moment(day: 22_005, milliseconds: 0, hasTime: false))
  }

  @Test func `knows texts in three forms, truths, errors and what a formula gave`() throws {
    let rows = try read(
      Archive.workbook(
        rows: #"""
          <row r="3" hidden="1"><c r="B3" t="s"><v>1</v></c><c t="inlineStr"><is><r><t>in</t></r><r><t>line</t></r></is></c>
          <c r="E3" t="b"><v>1</v></c><c r="F3" t="e"><v>#REF!</v></c><c r="G3"><f>A1+1</f><v>12.5</v></c><c r="H3" s="1"/></row>
          """#, texts: ["x", "a_x000D_b<rPh><t>no</t></rPh>"]))
    #expect(rows.count == 1)
    #expect(rows[0].number == 3)
    #expect(rows[0].isHidden)
    #expect(rows[0].cells.map(\.column) == [1, 2, 4, 5, 6])
    #expect(
      rows[0].cells.map(\.value) == [
        .text("a\rb"), .text("inline"), .truth(true), .fault("#REF!"), .number("12.5"),
      ])
    #expect(rows[0].cells.map(\.isFormula) == [false, false, false, false, true])
  }

  @Test func `refuses bombs, damage, passwords and other formats by name`() throws {
    let row = #"<row r="1"><c r="A1"><v>1</v></c></row>"#
    let sound = Archive.workbook(rows: row)
    #expect(refusal(sound) == nil)
    func with(_ name: String, _ part: Archive.Part) -> [Archive.Part] {
      sound.map { $0.name == name ? part : $0 }
    }
    let laughs = """
      <!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>
      <sst><si><t>&b;</t></si></sst>
      """
    let nested = String(repeating: "<g>", count: 5_000)
    let table: [(String, [Archive.Part], String)] = [
      (
        "an XML bomb", with("xl/sharedStrings.xml", .init("xl/sharedStrings.xml", laughs)),
        "xlsx.bomb"
      ),
      ("a deep one", with("xl/styles.xml", .init("xl/styles.xml", nested)), "xlsx.bomb"),
      (
        "a ZIP bomb",
        with("xl/styles.xml", .init("xl/styles.xml", "xxxx", claims: 900_000_000)), "xlsx.bomb"
      ),
      (
        "a part that is longer than it says",
        with("xl/styles.xml", .init("xl/styles.xml", "xxxx", claims: 5)), "xlsx.zip"
      ),
      ("broken XML", with("xl/workbook.xml", .init("xl/workbook.xml", "<a><b></a>")), "xlsx.xml"),
      ("a part that is not there", sound.filter { $0.name != "xl/styles.xml" }, "xlsx.part"),
      ("another archive", [.init("mimetype", "application/vnd.oasis")], "xlsx.part"),
      (
        "rows out of order", Archive.workbook(rows: row + row), "xlsx.order"
      ),
    ]
    for (what, parts, rule) in table { #expect(refusal(parts) == rule, "\(what)") }
    let files: [(String, [UInt8], String)] = [
      ("half a file", Array(Archive.zip(sound).prefix(600)), "xlsx.zip"),
      ("an .xls", [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0, 0], "xlsx.old"),
      (
        "a password",
        [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]
          + "EncryptedPackage".utf8.flatMap { [$0, 0] }, "xlsx.encrypted"
      ),
    ]
    for (what, bytes, rule) in files {
      let path = temporary(bytes)
      defer { unsafe unlink(path) }
      var found: String?
      do { _ = try opened(path) } catch { found = (error as? SpreadsheetError)?.rule }
      #expect(found == rule, "\(what)")
    }
  }

  @Test func `of any bytes is read or refused, and never ends the program`() throws {
    let sound = Archive.zip(
      Archive.workbook(rows: #"<row r="1"><c r="A1" t="s"><v>0</v></c></row>"#, texts: ["x"]))
    var chance = SystemRandomNumberGenerator()
    for _ in 0..<300 {
      var bytes = sound
      for _ in 0..<Int.random(in: 1...4, using: &chance) {
        bytes[Int.random(in: 4..<bytes.count, using: &chance)] = UInt8.random(
          in: 0...255, using: &chance)
      }
      let path = temporary(bytes)
      defer { unsafe unlink(path) }
      guard let book = try? opened(path) else { continue }
      for sheet in book.sheets { try? book.rows(of: sheet) { _ in } }
    }
  }
}

@Suite struct `A number of a spreadsheet` {
  @Test func `means at most fifteen digits`() {
    let table = [
      ("33.299999999999997", "33.3"), ("0.1", "0.1"), ("1E+17", "100000000000000000"),
      ("1.5E-3", "0.0015"), ("-0", "0"), ("007.50", "7.5"),
      ("999999999999999.9", "1000000000000000"),
      ("123456789012345678", "123456789012346000"), ("-12.5", "-12.5"), ("100", "100"),
    ]
    for (written, meant) in table { #expect(PlainNumber(written)?.text() == meant, "\(written)") }
    for text in ["", "-", "1e", "1e999", "x", "1.2.3", "1 000", "1,5"] {
      #expect(PlainNumber(text) == nil, "\(text)")
    }
    #expect(PlainNumber("123456789012345")?.isCut == false)
    #expect(PlainNumber("1234567890123456")?.isCut == true)
  }

  @Test func `is a cell of a range`() {
    #expect(CellRange("B4:C5")?.columns == 1...2)
    #expect(CellRange("XFD1048576")?.rows == 1_048_576...1_048_576)
    for text in ["", "4B", "B0", "XFE1", "C5:B4", "A1:B2:C3"] { #expect(CellRange(text) == nil) }
    #expect([0, 25, 26, 701, 702].map(CellRange.letters) == ["A", "Z", "AA", "ZZ", "AAA"])
  }
}
