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
}
