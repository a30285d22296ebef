#if FUZZING
  import Foundation

  // libFuzzer's own loop, which comes with `-sanitize=fuzzer`.
  @_silgen_name("LLVMFuzzerRunDriver")
  private func runDriver(
    _ count: UnsafeMutablePointer<Int32>,
    _ words: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?>,
    _ body: @convention(c) (UnsafePointer<UInt8>?, Int) -> Int32
  ) -> Int32

  // The name that libFuzzer's own `main` calls: it comes along, and the linker wants it, though
  // ours begins the program.
  @_cdecl("LLVMFuzzerTestOneInput")
  func takeOne(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
    unsafe taken(Array(UnsafeBufferPointer(start: bytes, count: count)))
    return 0
  }

  nonisolated(unsafe) private var taken: ([UInt8]) -> Void = { _ in }

  /// The same targets, driven by libFuzzer, which sees which branches an input takes and keeps what
  /// leads to new ones: `prove libfuzzer TARGET [options of libFuzzer] FOLDER`.
  enum LibFuzzer {
    static func run(_ words: [String]) -> Int32 {
      guard let name = words.first,
        let target = try? FuzzTarget.all().first(where: { $0.name == name })
      else { return 2 }
      unsafe taken = target.take
      var arguments: [UnsafeMutablePointer<CChar>?] = unsafe []
      for word in ["prove"] + words.dropFirst() { unsafe arguments.append(strdup(word)) }
      unsafe arguments.append(nil)
      var count = Int32(words.count)
      return unsafe arguments.withUnsafeMutableBufferPointer { buffer in
        var base = buffer.baseAddress
        return unsafe runDriver(&count, &base) { unsafe takeOne($0, $1) }
      }
    }
  }
#endif
