import Glibc
import Interchange
import Journaling
import Ledger
import LedgerTesting

/// Files that tests read from beside the repository, and small ones they make.
enum Fixture {
  /// The folder of the repository.
  static let repository: String = {
    var parts = #filePath.split(separator: "/")
    parts.removeLast(3)
    return "/" + parts.joined(separator: "/")
  }()

  /// The folder with real data that is not part of the repository, or nil when it is absent.
  static func shared(_ path: String) -> String? {
    let given = unsafe getenv("ARREARS_SHARED").map { unsafe String(cString: $0) }
    for root in [given, repository + "/../shared", "/work/shared"] {
      guard let root else { continue }
      let whole = root + "/" + path
      if unsafe access(whole, R_OK) == 0 { return whole }
    }
    print(
      "NOT TESTED: \(path) is not there; set ARREARS_SHARED to the folder with the shared data.")
    return nil
  }

  /// A file in memory.
  static func file(_ text: String, name: String = "rows.csv") throws -> ByteFile {
    try ByteFile(name: name, bytes: Array(text.utf8))
  }

  /// A mapping from text.
  static func mapping(_ text: String) throws -> Mapping {
    try Mapping(Array(text.utf8), name: "map.yaml")
  }

  /// A mapping of the repository.
  static func map(_ name: String) throws -> Mapping {
    try Mapping(path: repository + "/tools/maps/" + name)
  }

  /// Rows of a file through a mapping, without a ledger.
  static func rows(
    _ file: ByteFile, _ mapping: Mapping, zone: String = "Asia/Kolkata", currency: String = "INR"
  ) throws -> CSVRows {
    guard let zone = Zone(zone), let currency = Currency(code: currency) else {
      throw Objection("test", "no such zone or currency", remedy: "correct the test")
    }
    return try CSVRows(file, mapping, zone: zone, currency: currency)
  }

  /// The export of a ledger as text.
  static func export(_ journal: Journal, account: String? = nil) throws -> String {
    var bytes: [UInt8] = []
    var export = Export()
    export.account = account
    try export.run(journal) { bytes += $0 }
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension String {
  /// The text with every occurrence of a part replaced.
  func replacing(_ part: String, with other: String) -> String {
    var out = ""
    var rest = self[...]
    while let range = rest.firstRange(of: part) {
      out += rest[..<range.lowerBound] + other
      rest = rest[range.upperBound...]
    }
    return out + rest
  }
}
