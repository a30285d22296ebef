/// ZIP archives and workbooks made by hand for tests: what no honest program writes as well.
package enum Archive {
  /// One part of an archive.
  package struct Part {
    /// Its name.
    package var name: String
    /// Its bytes, stored as they are.
    package var bytes: [UInt8]
    /// What it says of its unpacked size, when that is a lie; it then calls itself packed.
    package var claims: UInt32?

    /// A part of text.
    package init(_ name: String, _ text: String, claims: UInt32? = nil) {
      (self.name, bytes, self.claims) = (name, Array(text.utf8), claims)
    }
  }

  /// An archive of these parts.
  package static func zip(_ parts: [Part]) -> [UInt8] {
    var out: [UInt8] = []
    var directory: [UInt8] = []
    for part in parts {
      let place = out.count
      let common =
        two(20) + two(0) + two(part.claims == nil ? 0 : 8)
        + four(0x0021_0000) + four(checksum(part.bytes)) + four(UInt32(part.bytes.count))
        + four(part.claims ?? UInt32(part.bytes.count)) + two(UInt16(part.name.utf8.count)) + two(0)
      out += four(0x0403_4B50) + common + Array(part.name.utf8) + part.bytes
      directory +=
        four(0x0201_4B50) + two(20) + common + two(0) + two(0) + two(0) + four(0)
        + four(UInt32(place)) + Array(part.name.utf8)
    }
    let count = two(UInt16(parts.count))
    let end = four(UInt32(directory.count)) + four(UInt32(out.count)) + two(0)
    return out + directory + four(0x0605_4B50) + two(0) + two(0) + count + count + end
  }

  /// The parts of a workbook with one sheet: its XML, and those of the texts and the styles.
  package static func workbook(
    rows: String, after: String = "", columns: String = "", texts: [String] = [],
    styles: [Int] = [], workbookPr: String = "", sheets: [(name: String, state: String)] = []
  ) -> [Part] {
    let names = sheets.isEmpty ? [(name: "Sheet1", state: "visible")] : sheets
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    func relation(_ id: String, _ kind: String, _ target: String) -> String {
      #"<Relationship Id="\#(id)" Type="\#(office)/\#(kind)" Target="\#(target)"/>"#
    }
    let list = names.enumerated().map {
      #"<sheet name="\#($1.name)" sheetId="\#($0 + 1)" state="\#($1.state)" r:id="r\#($0 + 1)"/>"#
    }.joined()
    var relations = relation("t", "sharedStrings", "sharedStrings.xml")
    relations += relation("s", "styles", "/xl/styles.xml")
    let sheet = "<worksheet>\(columns)<sheetData>\(rows)</sheetData>\(after)</worksheet>"
    var parts = [
      Part("_rels/.rels", "<R>" + relation("a", "officeDocument", "xl/workbook.xml") + "</R>")
    ]
    for index in names.indices {
      relations += relation("r\(index + 1)", "worksheet", "worksheets/sheet\(index + 1).xml")
      parts.append(Part("xl/worksheets/sheet\(index + 1).xml", sheet))
    }
    let shared = texts.map { "<si><t>\($0)</t></si>" }.joined()
    let looks = styles.map { #"<xf numFmtId="\#($0)"/>"# }.joined()
    return parts + [
      Part(
        "xl/workbook.xml",
        #"<workbook xmlns:r="\#(office)"><workbookPr \#(workbookPr)/><sheets>\#(list)</sheets></workbook>"#
      ),
      Part("xl/_rels/workbook.xml.rels", "<R>\(relations)</R>"),
      Part("xl/sharedStrings.xml", "<sst>\(shared)</sst>"),
      Part("xl/styles.xml", "<styleSheet><cellXfs>\(looks)</cellXfs></styleSheet>"),
    ]
  }

  private static func two(_ value: UInt16) -> [UInt8] {
    [UInt8(truncatingIfNeeded: value), UInt8(truncatingIfNeeded: value >> 8)]
  }

  private static func four(_ value: UInt32) -> [UInt8] {
    two(UInt16(truncatingIfNeeded: value)) + two(UInt16(truncatingIfNeeded: value >> 16))
  }

  private static func checksum(_ bytes: [UInt8]) -> UInt32 {
    var state = UInt32.max
    for byte in bytes {
      state ^= UInt32(byte)
      for _ in 0..<8 { state = state & 1 == 1 ? state >> 1 ^ 0xEDB8_8320 : state >> 1 }
    }
    return ~state
  }
}
