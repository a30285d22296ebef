import Glibc

/// The disposable views of a ledger.
enum Views {
  /// Removes all of them; whoever needs one makes it again.
  static func drop(_ ledger: String) throws { try empty(ledger + "/views") }

  private static func empty(_ path: String) throws {
    guard let folder = unsafe opendir(path) else { return }
    defer { unsafe closedir(folder) }
    while let entry = unsafe readdir(folder) {
      let name = unsafe withUnsafeBytes(of: entry.pointee.d_name) {
        unsafe String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name == "." || name == ".." { continue }
      let inner = path + "/" + name
      try empty(inner)
      if unsafe remove(inner) != 0 {
        throw Failure("The view \(inner) cannot be removed; remove it by hand.")
      }
    }
  }
}
