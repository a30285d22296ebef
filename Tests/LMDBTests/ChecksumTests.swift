import LMDB
import Testing

@Suite struct `CRC32C` {
  @Test func `of the standard check string is E3069283`() {
    #expect(crc32c(Array("123456789".utf8).span) == 0xE306_9283)
    #expect(crc32cPortable(Array("123456789".utf8).span) == 0xE306_9283)
    #expect(crc32c([UInt8]().span) == 0)
  }

  @Test func `is the same by hardware and by table at every length`() {
    var bytes: [UInt8] = []
    for index in 0..<300 {
      #expect(crc32c(bytes.span) == crc32cPortable(bytes.span))
      bytes.append(UInt8(truncatingIfNeeded: index * 37 + index / 5))
    }
  }

  @Test func `is the same where three stretches are taken at once`() {
    var bytes: [UInt8] = []
    for index in 0..<7000 { bytes.append(UInt8(truncatingIfNeeded: index * 131 + index / 7)) }
    for count in [383, 384, 385, 767, 768, 3071, 3072, 3080, 3455, 3456, 3463, 6144, 6999, 7000] {
      let part = bytes.span.extracting(0..<count)
      #expect(crc32c(part) == crc32cPortable(part))
    }
  }
}
