import Foundation
import Testing

/// The style guide, failing. A rule of style is a test or it is a wish.

private let swift = SourceTree.swift
private let sources = SourceTree.sources

@Suite struct `Who may import whom` {
  /// Modules of this package and of the machine that a module may name; `Swift` itself is not
  /// listed.
  private let allowed: [String: Set<String>] = [
    "Ledger": [],
    "LMDB": ["CLMDB", "Glibc", "Synchronization"],
    "Spreadsheet": ["CSpreadsheet", "Glibc"],
    "Proof": ["CSHA256", "Crypto"],
    "Journaling": ["Ledger", "LMDB", "Proof", "Glibc", "Synchronization", "Crypto"],
    "Sealing": ["Ledger", "LMDB", "Journaling", "Glibc", "Crypto"],
    "Interchange": [
      "Ledger", "Journaling", "Sealing", "Spreadsheet", "Glibc", "Crypto", "Yams",
    ],
    "Rules": ["Ledger", "Journaling"],
    "LedgerCommand": [
      "Ledger", "Journaling", "Sealing", "Interchange", "Rules", "Proof", "Spreadsheet",
      "ArgumentParser", "Glibc",
      "Synchronization", "Crypto",
    ],
    "LedgerTesting": ["Ledger", "Journaling", "Glibc", "Synchronization"],
  ]

  private func imports(_ file: SourceFile) -> [(line: Int, module: String)] {
    file.code.indices.compactMap { index in
      let words = file.code[index].split(separator: " ").map(String.init)
      guard let at = words.firstIndex(of: "import"), words.count > at + 1 else { return nil }
      guard words[..<at].allSatisfy({ $0.hasPrefix("@") || isAccess($0) }) else { return nil }
      return (index, words[at + 1])
    }
  }

  private func isAccess(_ word: String) -> Bool {
    ["public", "package", "internal", "private", "fileprivate"].contains(word)
  }

  @Test func `no module names another that it may not know`() {
    var found = ""
    for file in swift where file.path.hasPrefix("Sources/") {
      let may = allowed[file.module] ?? []
      for (line, module) in imports(file) where !may.contains(module) {
        found += "\(file.at(line)) imports \(module)\n"
      }
    }
    #expect(found.isEmpty, "\(found)")
  }

  @Test func `SHA-256 comes in where it is needed and nowhere else`() {
    let stated: Set = [
      "Sources/Journaling/Batch+Draft.swift", "Sources/Journaling/Clerk.swift",
      "Sources/Journaling/DerivedID.swift",
      "Sources/Interchange/Import/Import.swift", "Sources/Interchange/Mapping/Mapping.swift",
      "Sources/Interchange/Restore.swift", "Sources/Interchange/Text/ByteFile.swift",
      "Sources/Journaling/Publishing.swift",
      "Sources/LedgerCommand/Commands/Bundle/Bundle.swift",
      "Sources/LedgerCommand/Commands/Comply/Telling.swift",
      "Sources/LedgerCommand/Commands/Policy/PolicyAdopt.swift",
      "Sources/LedgerCommand/Commands/Policy/PolicyDraft.swift",
      "Sources/LedgerCommand/Reply.swift", "Sources/Sealing/PersonKey.swift",
      "Sources/Proof/NoteKey.swift",
    ]
    let found = sources.filter { file in imports(file).contains { $0.module == "Crypto" } }
    #expect(Set(found.map(\.path)) == stated)
  }
}

@Suite struct `What nobody writes` {
  /// Lines of code in which a word begins that matches; a member of that name is another thing.
  /// What any such line holds is looked for first: a regular expression takes its time.
  private func find(_ pattern: String, holding marks: [String], in files: [SourceFile]) throws
    -> String
  {
    let word = try Regex("(?:^|[^A-Za-z0-9_.`])(?:\(pattern))")
    return places(files) { line in
      marks.contains(where: line.contains) && line.firstMatch(of: word) != nil
    }
  }

  @Test func `no forced try, no forced cast, no fatal error, no clock of Foundation`() throws {
    for ban in ["try!", "as!", "fatalError(", "Date()"] {
      let pattern = ban.replacing("(", with: #"\("#).replacing(")", with: #"\)"#)
      let found = try find(pattern, holding: [ban], in: sources)
      #expect(found.isEmpty, "\(found)")
    }
  }

  @Test func `only the command line and tools print`() throws {
    let found = try find(
      #"print\("#, holding: ["print("], in: sources.filter(\.isLibrary))
    #expect(found.isEmpty, "\(found)")
  }

  // What replay reads for every event is public so that it is inlined across modules: measured, and
  // written down as decision 0015.
  @Test func `nothing is public but LMDB and what replay reads`() throws {
    let inlined: Set = [
      "Sources/Ledger/Vocabulary/Vantage.swift", "Sources/Ledger/Wire/CBOR.swift",
      "Sources/Ledger/Wire/EventView.swift", "Sources/Ledger/Wire/Header.swift",
      "Sources/Ledger/Wire/TextKey.swift",
    ]
    let files = swift.filter {
      $0.module != "LMDB" && !$0.isGenerated && !inlined.contains($0.path)
    }
    let word = #/^\s*(@\w+(\([^)]*\))?\s+)*public\b/#
    let found = places(files) { $0.contains("public") && $0.firstMatch(of: word) != nil }
    #expect(found.isEmpty, "\(found)")
  }

  // The parser works a missing name out from the type, and that took a sixth of a start.
  @Test func `a command says its name`() {
    var found = ""
    for file in swift where file.module == "LedgerCommand" {
      for (index, line) in file.code.enumerated() where line.hasSuffix("CommandConfiguration(") {
        if file.code[index + 1].contains("commandName:") { continue }
        found += "\(file.at(index))\n"
      }
    }
    #expect(found.isEmpty, "\(found)")
  }

  @Test func `nothing is left to do later`() {
    let marks = ["TO" + "DO", "FIX" + "ME"]
    let files = swift + SourceTree.documents
    let found = places(files, { line in marks.contains { line.contains($0) } }, in: \.lines)
    #expect(found.isEmpty, "\(found)")
  }

  @Test func `no type is called by what it is not`() throws {
    let found = try find(
      #"(struct|class|enum|actor|protocol|typealias) \w*(Manager|Handler|Helper|Util)"#,
      holding: ["Manager", "Handler", "Helper", "Util"], in: swift)
    #expect(found.isEmpty, "\(found)")
  }
}

@Suite struct `How long things are` {
  @Test func `a file has at most 350 lines`() {
    let found = swift.filter { !$0.isGenerated && $0.lines.count > 350 }.map {
      "\($0.path): \($0.lines.count)"
    }
    #expect(found.isEmpty, "\(found.joined(separator: "\n"))")
  }

  @Test func `a function has at most 70 lines`() {
    var found: [String] = []
    for file in swift where !file.isGenerated {
      var open: (line: Int, indent: Int)?
      for index in file.code.indices {
        let line = file.code[index]
        let indent = line.prefix { $0 == " " }.count
        if let start = open, indent == start.indent, line.dropFirst(indent).hasPrefix("}") {
          if index - start.line >= 70 {
            found.append("\(file.at(start.line)): \(index - start.line + 1) lines")
          }
          open = nil
        }
        if let start = open, indent < start.indent, !line.isEmpty { open = nil }
        // A function inside a function is counted with it; a requirement without a body ends at the
        // next one beside it.
        guard open == nil || open?.indent == indent, !line.hasSuffix("}") else { continue }
        let isNear = line.contains("func ") || line.contains("init")
        if isNear, line.contains(#/(^|\s)(func |init[(<?])/#) { open = (index, indent) }
      }
    }
    #expect(found.isEmpty, "\(found.joined(separator: "\n"))")
  }

  // A literal is as long as what it says; the formatter leaves it alone as well.
  @Test func `a line has at most 100 columns, what is quoted not counted`() {
    var found: [String] = []
    for file in swift where !file.isGenerated {
      for (index, line) in file.lines.enumerated() where line.count > 100 {
        if file.code[index].count <= 100, line.contains("\"") || file.code[index].isEmpty,
          !line.contains("//")
        {
          continue
        }
        found.append("\(file.at(index)): \(line.count)")
      }
    }
    #expect(found.isEmpty, "\(found.joined(separator: "\n"))")
  }

  @Test func `a line of a document has at most 110 columns, a row of a table as many as it needs`()
  {
    var found: [String] = []
    for file in SourceTree.documents {
      // What a program printed stands as it was printed.
      var isQuoted = false
      for (index, line) in file.lines.enumerated() {
        if line.hasPrefix("```") { isQuoted.toggle() }
        guard line.count > 110, !line.hasPrefix("|"), !isQuoted else { continue }
        found.append("\(file.at(index)): \(line.count)")
      }
    }
    #expect(found.isEmpty, "\(found.joined(separator: "\n"))")
  }
}

@Suite struct `What is explained` {
  @Test func `whatever crosses a target of a library says what it is`() {
    var found: [String] = []
    for file in sources where file.isLibrary {
      for index in file.lines.indices where isDeclaration(file.code[index]) {
        var above = index - 1
        while above >= 0, isAttribute(file.lines[above]) { above -= 1 }
        let text = above >= 0 ? file.lines[above].trimmingCharacters(in: .whitespaces) : ""
        if !text.hasPrefix("///") { found.append(file.at(index) + "  " + file.lines[index]) }
      }
    }
    #expect(found.isEmpty, "\(found.count)\n\(found.joined(separator: "\n"))")
  }

  private func isDeclaration(_ line: String) -> Bool {
    guard line.contains("package") || line.contains("public"), !line.contains("import ") else {
      return false
    }
    return line.contains(#/^\s*(@\w+(\([^)]*\))?\s+)*(package|public)\b/#)
  }

  private func isAttribute(_ line: String) -> Bool {
    line.contains(#/^\s*(@\w+(\([^)]*\))?\s*)+$/#)
  }

  @Test func `no comment is left with one word on a line by a break in the one above`() {
    var found = ""
    func words(_ line: String) -> [Substring]? {
      let line = line.drop { $0 == " " }
      return line.hasPrefix("//") ? line.drop { $0 == "/" }.split(separator: " ") : nil
    }
    for file in swift where !file.isGenerated {
      for index in file.lines.indices.dropFirst().dropLast() where file.lines[index - 1].count > 80
      {
        guard words(file.lines[index])?.count == 1, words(file.lines[index - 1]) != nil,
          words(file.lines[index + 1])?.isEmpty == false
        else { continue }
        found += file.at(index) + "\n"
      }
    }
    #expect(found.isEmpty, "\(found)")
  }

  @Test func `every document has one title`() {
    for file in SourceTree.documents {
      var isCode = false
      var titles = 0
      for line in file.lines {
        if line.hasPrefix("```") { isCode.toggle() }
        if !isCode, line.hasPrefix("# ") { titles += 1 }
      }
      #expect(titles == 1, "\(file.path) has \(titles)")
      #expect(!isCode, "\(file.path) leaves a block of code open")
    }
  }

  @Test func `no document names a file that is not there`() {
    var found: [String] = []
    let roots = ["Sources/", "Tests/", "tools/", "schemas/"]
    for file in SourceTree.documents {
      for (index, line) in file.lines.enumerated() {
        for match in line.matches(of: #/`([A-Za-z][\w./+-]*)`/#) {
          let path = String(match.1)
          guard roots.contains(where: path.hasPrefix), path.contains(".") else { continue }
          if path.contains("NOUN") || path.contains("KIND") { continue }
          let url = SourceTree.root.appending(path: path)
          if !FileManager.default.fileExists(atPath: url.path) {
            found.append("\(file.at(index)): \(path)")
          }
        }
      }
    }
    #expect(found.isEmpty, "\(found.joined(separator: "\n"))")
  }
}

@Suite struct `The census of unsafe` {
  /// Files in which `unsafe` may stand: C, raw memory and system calls.
  private let stated: [String: Set<String>] = [
    "LMDB": [
      "Checksum", "Cursor", "Environment", "FileSystem", "LMDBError", "Pages", "Scrubbing",
      "Transactions", "View",
    ],
    "Ledger": [
      "BodyRules", "BodyValues", "CBOR", "ColumnWords", "EventView", "Header", "JSONReader",
      "JSONText", "JSONWriter", "TextKey",
    ],
    "Journaling": [
      "AccessLog", "Backup", "BundleBuilder", "CheckpointKey", "FileDraft", "GroupCommit",
      "HeadFile", "Identity", "Journal", "KeptStretches", "KeptStretches+Keeping", "LedgerFolder",
      "LogReading", "Publishing", "Redacting", "Salvage",
      "SideThread", "Snapshot", "Tables", "TileFolder", "Writer", "WriterLock",
    ],
    "Sealing": ["Building", "KeySource", "KeyStore"],
    "Interchange": ["ByteFile", "Export", "Import", "LineReader", "Mapping", "Rejects"],
    "LedgerCommand": [
      "Arrears", "Damage", "Edge", "KeyOptions", "Options", "Outlet", "Restore", "SalvageCommand",
      "Settings", "Shell", "Terminal",
    ],
    "Spreadsheet": ["SpreadsheetWriter", "XMLScan", "ZipArchive"],
    "LedgerTesting": ["TemporaryLedger"],
    "Proof": ["TilePath", "TreeHash"],
  ]

  @Test func `unsafe stands only in the files that say so`() {
    var counts: [String: Int] = [:]
    var found: [String] = []
    for file in sources {
      let lines = file.code.indices.filter {
        file.code[$0].contains("unsafe") && file.code[$0].contains(#/\bunsafe\b/#)
      }
      counts[file.module, default: 0] += lines.count
      let base = String(file.name.dropLast(".swift".count))
      if let first = lines.first, stated[file.module]?.contains(base) != true {
        found.append(file.at(first))
      }
      let twins = sources.filter { $0.module == file.module && $0.name == file.name }
      if lines.isEmpty, twins.count == 1, stated[file.module]?.contains(base) == true {
        found.append("\(file.path) has none any more; take it off the census")
      }
    }
    let census = counts.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
    print("lines with unsafe: " + census.joined(separator: ", "))
    #expect(found.isEmpty, "\(found.joined(separator: "\n"))")
  }
}

@Suite struct `The top of the repository` {
  @Test func `holds what it should and nothing else`() throws {
    let allowed: Set = [
      ".build", ".build-contract", ".ci", ".editorconfig", ".git", ".gitignore", ".swift-format",
      ".swiftpm", ".venv", "CHANGELOG.md", "LICENSE", "Package.resolved", "Package.swift",
      "README.md", "Sources", "Tests", "schemas", "tools",
    ]
    let names = try FileManager.default.contentsOfDirectory(atPath: SourceTree.root.path)
    #expect(Set(names.filter { !$0.hasPrefix(".build") }).subtracting(allowed).isEmpty)
  }
}
