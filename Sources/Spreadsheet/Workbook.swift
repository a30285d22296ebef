import Glibc

/// An `.xlsx` file that was opened: its sheets, its texts, and which of its numbers are dates.
///
/// Read through libzip and expat as it comes; only the texts that cells share are kept in memory.
package struct Workbook {
  /// One sheet.
  package struct Sheet: Hashable, Sendable {
    /// Its name on the tab.
    package var name: String
    /// Whether its tab is hidden.
    package var isHidden: Bool
    /// The part of the archive that holds it.
    var part: String
  }

  /// What the style of a number says it is.
  enum Look: UInt8 { case number, date, time, dateTime }

  /// The most bytes the shared texts may have.
  static let textLimit = 256 << 20

  /// The sheets in the order of their tabs.
  package private(set) var sheets: [Sheet] = []
  /// Whether days count from 1904, as old programs of Apple count.
  package private(set) var countsFrom1904 = false

  let archive: ZipArchive
  /// Looks by the number of a cell's style.
  private(set) var looks: [Look] = []
  /// The texts that cells share, one behind another.
  private(set) var texts = Texts()

  /// Texts one behind another.
  struct Texts {
    var bytes: [UInt8] = []
    var ends: [Int] = [0]
    /// A text, or nil when there is none of that number.
    func text(_ index: Int) -> String? {
      guard index >= 0, index + 1 < ends.count else { return nil }
      return String(decoding: bytes[ends[index]..<ends[index + 1]], as: UTF8.self)
    }
  }

  /// Whether a file begins as a ZIP archive or as an older or an encrypted document of Office does.
  package static func isOne(_ start: some Collection<UInt8>) -> Bool {
    start.starts(with: [0x50, 0x4B, 0x03, 0x04]) || isCompound(start)
  }

  private static func isCompound(_ start: some Collection<UInt8>) -> Bool {
    start.starts(with: [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1])
  }

  /// Opens the file of a descriptor, which the workbook closes. `start` are its first bytes, some
  /// thousands of them.
  package init(descriptor: Int32, start: [UInt8]) throws(SpreadsheetError) {
    if Workbook.isCompound(start) {
      close(descriptor)
      // The names of its streams are in UTF-16.
      let plain = String(decoding: start.filter { $0 != 0 }, as: UTF8.self)
      if plain.contains("EncryptedPackage") { throw ZipArchive.encrypted }
      throw SpreadsheetError(
        "xlsx.old", "the file is no .xlsx but an .xls of before 2007, or encrypted",
        remedy: "save it as .xlsx without a password and import that")
    }
    archive = try ZipArchive(descriptor: descriptor)
    guard archive.parts["_rels/.rels"] != nil else {
      throw SpreadsheetError(
        "xlsx.part", "the file is a ZIP archive but no .xlsx",
        remedy: "save it as .xlsx in a spreadsheet program; what is zipped must be unzipped first")
    }
    let roots = try Workbook.relations(archive, of: "")
    guard let main = roots.values.first(where: { $0.kind == "officeDocument" })?.target else {
      throw SpreadsheetError(
        "xlsx.part", "the file does not say where its workbook is", remedy: "save it again as .xlsx"
      )
    }
    guard !main.hasSuffix(".bin") else {
      throw SpreadsheetError(
        "xlsx.old", "the file is a binary workbook (.xlsb)", remedy: "save it as .xlsx")
    }
    let relations = try Workbook.relations(archive, of: main)
    try readWorkbook(main, relations)
    for relation in relations.values {
      if relation.kind == "styles" { try readStyles(relation.target) }
      if relation.kind == "sharedStrings" { try readTexts(relation.target) }
    }
  }

  private mutating func readWorkbook(_ part: String, _ relations: [String: Relation])
    throws(SpreadsheetError)
  {
    var (found, from1904): ([Sheet], Bool) = ([], false)
    let scan = XMLScan(part: part)
    scan.start = { name, attributes in
      if name == "workbookPr" { from1904 = ["1", "true"].contains(attributes["date1904"] ?? "") }
      guard name == "sheet", let relation = relations[attributes["id"] ?? ""],
        relation.kind == "worksheet"
      else { return }
      let state = attributes["state"] ?? "visible"
      found.append(
        Sheet(
          name: attributes["name"] ?? "", isHidden: state != "visible", part: relation.target))
    }
    try scan.run(archive)
    (sheets, countsFrom1904) = (found, from1904)
  }

  private mutating func readStyles(_ part: String) throws(SpreadsheetError) {
    var codes: [Int: Look] = [:]
    var found: [Look] = []
    var isInside = false
    let scan = XMLScan(part: part)
    scan.start = { name, attributes in
      switch name {
      case "numFmt":
        if let id = Int(attributes["numFmtId"] ?? "") {
          codes[id] = NumberStyle.look(attributes["formatCode"] ?? "")
        }
      case "cellXfs": isInside = true
      case "xf" where isInside:
        let id = Int(attributes["numFmtId"] ?? "") ?? 0
        found.append(codes[id] ?? NumberStyle.look(builtIn: id))
      default: break
      }
    }
    scan.end = { name in if name == "cellXfs" { isInside = false } }
    try scan.run(archive)
    looks = found
  }

  private mutating func readTexts(_ part: String) throws(SpreadsheetError) {
    var all = Texts()
    let scan = XMLScan(part: part)
    var isSpoken = false
    scan.start = { name, _ in
      // What says how a text is pronounced is no part of it.
      if name == "rPh" { isSpoken = true }
      scan.wantsText = name == "t" && !isSpoken
    }
    scan.text = { (bytes) throws(SpreadsheetError) in
      for index in 0..<bytes.count { all.bytes.append(bytes[index]) }
      guard all.bytes.count <= Workbook.textLimit else {
        throw SpreadsheetError(
          "xlsx.bomb", "the texts of the file have more than \(Workbook.textLimit) bytes",
          remedy: "split the file")
      }
    }
    scan.end = { name in
      scan.wantsText = false
      if name == "rPh" { isSpoken = false }
      if name == "si" { all.ends.append(all.bytes.count) }
    }
    // The closures hold the reader, and the reader the closures.
    defer { scan.fallSilent() }
    try scan.run(archive)
    texts = all
  }

  /// What one part says of another.
  struct Relation {
    /// The last word of its type, such as `worksheet`.
    var kind: String
    /// The part it means.
    var target: String
  }

  // `xl/workbook.xml` keeps its relations in `xl/_rels/workbook.xml.rels`.
  private static func relations(_ archive: ZipArchive, of part: String)
    throws(SpreadsheetError) -> [String: Relation]
  {
    let cut = part.lastIndex(of: "/").map { part.index(after: $0) } ?? part.startIndex
    let folder = part[..<cut]
    var found: [String: Relation] = [:]
    let scan = XMLScan(part: "\(folder)_rels/\(part[cut...]).rels")
    scan.start = { name, attributes in
      guard name == "Relationship", let id = attributes["Id"], let type = attributes["Type"],
        let target = attributes["Target"], attributes["TargetMode"] != "External"
      else { return }
      let kind = type.split(separator: "/").last.map(String.init) ?? ""
      found[id] = Relation(kind: kind, target: path(target, from: String(folder)))
    }
    try scan.run(archive)
    return found
  }

  private static func path(_ target: String, from folder: String) -> String {
    if target.hasPrefix("/") { return String(target.dropFirst()) }
    var words = folder.split(separator: "/")
    for word in target.split(separator: "/") where word != "." {
      if word == ".." { _ = words.popLast() } else { words.append(word) }
    }
    return words.joined(separator: "/")
  }
}

/// What the number formats of a spreadsheet say of a number.
enum NumberStyle {
  /// A format that every program knows by its number.
  static func look(builtIn id: Int) -> Workbook.Look {
    switch id {
    case 14...17, 27...31, 34...36, 50...58: .date
    case 18...21, 32, 33, 45...47: .time
    case 22: .dateTime
    default: .number
    }
  }

  /// A format as it was written: what stands in quotes, in brackets or behind a backslash says
  /// nothing, and of several parts the first counts.
  static func look(_ code: String) -> Workbook.Look {
    var (hasDate, hasTime, isQuoted, isSkipped) = (false, false, false, false)
    var bracket = ""
    var isBracketed = false
    for character in code.lowercased() {
      if isSkipped {
        isSkipped = false
        continue
      }
      if isBracketed {
        if character == "]" {
          isBracketed = false
          if ["h", "hh", "m", "mm", "s", "ss"].contains(bracket) { hasTime = true }
        } else {
          bracket.append(character)
        }
        continue
      }
      switch character {
      case "\"": isQuoted.toggle()
      case _ where isQuoted: break
      case "\\", "_", "*": isSkipped = true
      case "[": (isBracketed, bracket) = (true, "")
      case ";": return look(hasDate, hasTime)
      case "y", "d": hasDate = true
      case "h", "s": hasTime = true
      case "m": if !hasTime { hasDate = hasDate || !code.lowercased().contains("h") }
      default: break
      }
    }
    return look(hasDate, hasTime)
  }

  private static func look(_ hasDate: Bool, _ hasTime: Bool) -> Workbook.Look {
    hasDate ? (hasTime ? .dateTime : .date) : hasTime ? .time : .number
  }
}
