import Foundation

let paths = Array(CommandLine.arguments.dropFirst())
if paths.isEmpty || paths[0].hasPrefix("-") {
  FileHandle.standardError.write(
    Data("usage: vectors FILE…   tries the cases of each file; exit 1 when one fails\n".utf8))
  exit(2)
}
var (passed, failed, skipped) = (0, 0, 0)
var isUnreadable = false
for path in paths {
  do {
    for one in try CaseFile(path: path).cases {
      switch one.run() {
      case .passed: passed += 1
      case .failed(let differences):
        failed += 1
        for difference in differences { print("\(one.id): \(difference)") }
      case .skipped(let reason):
        skipped += 1
        print("\(one.id): skipped: \(reason)")
      }
    }
  } catch {
    let reason = (error as? Inexpressible)?.reason ?? "\(error)"
    FileHandle.standardError.write(Data("\(path) cannot be read: \(reason)\n".utf8))
    isUnreadable = true
  }
}
print("\(passed) passed, \(failed) failed, \(skipped) skipped")
exit(isUnreadable ? 2 : failed > 0 ? 1 : 0)
