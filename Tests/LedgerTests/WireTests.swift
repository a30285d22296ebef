import Testing

@testable import Ledger

@Suite struct `The wire` {
  @Test func `a header is 64 bytes and its fields stand where the drawing says`() {
    #expect(MemoryLayout<Header>.size == 64)
    #expect(MemoryLayout<Header>.offset(of: \.type) == 2)
    #expect(MemoryLayout<Header>.offset(of: \.seq) == 8)
    #expect(MemoryLayout<Header>.offset(of: \.account) == 24)
    #expect(MemoryLayout<Header>.offset(of: \.recorded) == 32)
    #expect(MemoryLayout<Header>.offset(of: \.amount) == 48)
    #expect(MemoryLayout<Header>.offset(of: \.day) == 56)
    #expect(MemoryLayout<Header>.offset(of: \.offset) == 62)
  }

  @Test func `an envelope comes back as it was written`() throws {
    var envelope = Envelope()
    envelope.eventID = "0190e2b4-6c1a-7000-8000-0123456789ab"
    envelope.introduced = [.init(kind: .account, id: "A1"), .init(kind: .actor, id: "u1")]
    envelope.subject = .numbered(.party, 7)
    envelope.refs = [.account(3, previous: 99), .other(Reference(kind: "cheque", id: "C1"))]
    envelope.recordedBy = 2
    var source = Envelope.Provenance(kind: 3)
    source.importNumber = 1
    source.line = 42
    envelope.source = source
    envelope.causation = "e1"
    envelope.evidence = [[UInt8](repeating: 7, count: 32)]
    envelope.target = 12
    envelope.valueDate = Day("2026-01-05")
    var out = CBORWriter()
    envelope.write(to: &out)
    #expect(try Envelope(reading: out.bytes.span) == envelope)
  }

  @Test func `damaged CBOR ends in an error, never in a trap`() {
    var generator = SystemRandomNumberGenerator()
    for _ in 0..<20_000 {
      let bytes = (0..<Int.random(in: 0...40, using: &generator)).map { _ in
        UInt8.random(in: 0...255, using: &generator)
      }
      var reader = CBORReader(bytes.span)
      while !reader.isAtEnd {
        do throws(WireError) { try reader.skip() } catch { break }
      }
      _ = try? Envelope(reading: bytes.span)
    }
  }

  @Test func `a flipped bit in a bundle's offsets is noticed or leads to bytes inside it`() throws {
    var bytes = [UInt8](repeating: 0, count: 56)
    for at in 0..<4 { bytes[at] = UInt8(truncatingIfNeeded: Bundle.magic >> UInt32(8 * at)) }
    (bytes[8], bytes[16]) = (1, 3)
    for offset in [72, 140, 210, 300] as [UInt32] {
      for shift in stride(from: 0, to: 32, by: 8) {
        bytes.append(UInt8(truncatingIfNeeded: offset >> UInt32(shift)))
      }
    }
    bytes.append(contentsOf: repeatElement(7, count: 300 - bytes.count))
    #expect(try Bundle(bytes.span).count == 3)
    var refused = 0
    for bit in 16 * 8..<72 * 8 {
      bytes[bit / 8] ^= 1 << UInt8(bit % 8)
      if let bundle = try? Bundle(bytes.span) {
        for index in 0..<bundle.count {
          _ = bundle.header(index)
          #expect(bundle.event(index).bytes.count >= 64)
        }
      } else {
        refused += 1
      }
      bytes[bit / 8] ^= 1 << UInt8(bit % 8)
    }
    #expect(refused > 120)
  }
}
