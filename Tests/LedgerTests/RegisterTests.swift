import Foundation
import Testing

@testable import Ledger

/// Where the repository is.
let repository = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  .deletingLastPathComponent()

/// The examples that stand in the schema files.
enum Examples {
  /// The examples of an event's schema file as canonical JSON: the same bytes without white space.
  static func of(_ type: EventType) throws -> [[UInt8]] {
    let event = type.name.split(separator: ".")[1]
    let url = repository.appending(path: "schemas/\(type.noun)/\(event).v\(type.version).json")
    let text = Array(try Data(contentsOf: url))
    var reader = JSONReader(text.span)
    var found: [[UInt8]] = []
    try reader.object()
    var first = true
    while let name = try reader.name(&first) {
      guard reader.string(name) == "examples" else {
        try reader.skip()
        continue
      }
      try reader.array()
      var firstItem = true
      while try reader.item(&firstItem) {
        _ = try reader.kind()
        let start = reader.position
        try reader.skip()
        found.append(compact(Array(text[start..<reader.position])))
      }
    }
    return found
  }

  /// JSON without the white space between its tokens.
  static func compact(_ json: [UInt8]) -> [UInt8] {
    var out: [UInt8] = []
    var (isQuoted, isEscaped) = (false, false)
    for byte in json {
      if isQuoted {
        isQuoted = isEscaped || byte != UInt8(ascii: "\"")
        isEscaped = !isEscaped && byte == UInt8(ascii: "\\")
      } else if byte == UInt8(ascii: "\"") {
        isQuoted = true
      } else if byte == 0x20 || byte == 0x0A {
        continue
      }
      out.append(byte)
    }
    return out
  }
}

@Suite struct `The register` {
  @Test func `every event of the catalogue is registered under one number`() throws {
    #expect(Register.events.count == 132)
    #expect(Register.nouns.count == 36)
    #expect(Register.events.map(\.code) == Array(1...132))
    let type = try #require(Register.event(code: EventCode.paymentReceived, version: 1))
    #expect(type === Register.event("payment.received"))
    #expect(type.amount?.name == "amount")
    #expect(type.field("mode")?.list == "payment_mode")
    #expect(type.field("instructions")?.part?.field("amount")?.kind == .money)
    #expect(UInt64(type.field("instructions")?.key ?? -1) == Key.PaymentReceived.instructions)
    #expect(Register.codes["disposition"]?.code("no_answer")?.extras["class"] == "unanswered")
    #expect(Register.event("payment.lost") == nil)
  }

  @Test func `the table is read in less than two milliseconds`() {
    let text = Array(RegisterTable.types.utf8)
    let clock = ContinuousClock()
    let best = (0..<20).map { _ in clock.measure { _ = RegisterReader(text).table() } }.min()!
    print("register table: \(best)")
    #if !DEBUG
      #expect(best < .milliseconds(2))
    #endif
  }

  @Test(arguments: Register.events.map(\.name))
  func `every example survives JSON, CBOR and Swift byte for byte`(name: String) throws {
    let type = try #require(Register.event(name))
    let examples = try Examples.of(type)
    #expect(!examples.isEmpty)
    for example in examples {
      let cbor = try BodyCodec.encode(example, as: type)
      let text = try BodyCodec.json(cbor, as: type)
      #expect(String(decoding: text, as: UTF8.self) == String(decoding: example, as: UTF8.self))
      #expect(try BodyCodec.unknownCodes(cbor.span, as: type).isEmpty)
      let bytes = cbor.span
      var reader = CBORReader(bytes)
      let event = try Event(code: type.code, version: type.version, reading: &reader)
      guard let body = event.body else {
        #expect(event == .untyped(type.code))
        continue
      }
      let isAtEnd = reader.isAtEnd
      #expect(isAtEnd)
      #expect(body.encoded == cbor)
      // A stored property that the schema does not have would never be written.
      let names = Mirror(reflecting: body).children.map { $0.label ?? "" }
      #expect(names == type.fields.map { camel($0.name) })
    }
  }

  @Test func `a body that was changed anywhere is judged by both checks alike`() throws {
    var (forms, right, wrong) = (BodyForms(), 0, 0)
    for type in Register.events {
      let place = forms.place(of: type)
      for example in try Examples.of(type) {
        let cbor = try BodyCodec.encode(example, as: type)
        let whole = forms.fits(cbor.span, place)
        #expect(whole, "\(type.name)")
        for at in cbor.indices {
          for change: UInt8 in [1, 0x20, 0x80, 0xFF] {
            var bytes = cbor
            bytes[at] ^= change
            let isRight = (try? BodyCodec.check(bytes.span, as: type)) != nil
            let fits = forms.fits(bytes.span, place)
            #expect(fits == isRight, "\(type.name), byte \(at)")
            if isRight { right += 1 } else { wrong += 1 }
          }
        }
        let cut = forms.fits(Array(cbor.dropLast()).span, place)
        #expect(!cut, "\(type.name)")
      }
    }
    #expect(right > 1000 && wrong > 1000)
  }

  func camel(_ name: String) -> String {
    let words = name.split(separator: "_")
    return String(words[0]) + words.dropFirst().map(\.capitalized).joined()
  }

  @Test func `properties may come in any order, with white space and escapes`() throws {
    let type = try #require(Register.event("due.raised"))
    let sorted =
      #"{"due":"d\n1","kind":"fee","due_date":"2026-04-05","#
      + #""amount":{"minor":-5,"currency":"JPY"}}"#
    let shuffled = """
       { "amount" : {"currency":"JPY", "minor":-5} , "du\\u0065_date": "2026\\u002d04-05",
      "k\\u0069nd":"f\\u0065e", "due":"d\\n1"}
      """.replacing("\\n", with: "\\u000a")
    // A control character makes no id.
    #expect(throws: BodyError.self) { try BodyCodec.encode(Array(sorted.utf8), as: type) }
    let good = Array(sorted.replacing("\\n", with: "é").utf8)
    let cbor = try BodyCodec.encode(good, as: type)
    let other = shuffled.replacing("\\u000a", with: "\\u00e9")
    #expect(try BodyCodec.encode(Array(other.utf8), as: type) == cbor)
    #expect(try BodyCodec.json(cbor, as: type) == good)
  }

  @Test func `a policy body is checked by its own file`() throws {
    let buckets = try #require(Register.policy("buckets"))
    let good = #"{"bands":[{"label":"1-30","from":1,"to":30}]}"#
    try BodyCodec.check(Array(good.utf8).span, as: buckets)
    #expect(throws: BodyError("0 items; at least 1 are needed", path: "bands")) {
      try BodyCodec.check(Array(#"{"bands":[]}"#.utf8).span, as: buckets)
    }
    #expect(throws: BodyError("-1 is less than 0", path: "bands[0].from")) {
      try BodyCodec.check(Array(#"{"bands":[{"label":"x","from":-1}]}"#.utf8).span, as: buckets)
    }
    let waterfall = try #require(Register.policy("waterfall"))
    #expect(throws: BodyError(#""diagonal" is none of vertical, horizontal"#, path: "method")) {
      try BodyCodec.check(
        Array(#"{"method":"diagonal","order":[],"advance":"at_once"}"#.utf8).span, as: waterfall)
    }
  }

  @Test(arguments: [
    ("promise_to_pay", "promise"), ("not", "not_connected"), ("refusess", "refuses"),
    ("no_anwser", "no_answer"), ("odd", nil), ("prom", nil), ("", nil),
  ])
  func `the code that was meant is the nearest`(said: String, meant: String?) throws {
    let list = try #require(Register.codes["disposition"])
    #expect(list.nearest(said)?.code == meant)
  }

  @Test func `an unknown code is kept, and named`() throws {
    let type = try #require(Register.event("account.written_off"))
    let body = #"""
      {"amount":{"minor":5,"currency":"INR"},"kind":"lunar","authority":"board",
      "components":[{"kind":"moon_dust","amount":{"minor":5,"currency":"INR"}}]}
      """#
    let cbor = try BodyCodec.encode(Array(body.utf8), as: type)
    let found = try BodyCodec.unknownCodes(cbor.span, as: type)
    #expect(found.map(\.path) == ["kind", "components[0].kind"])
    #expect(found.map(\.code) == ["lunar", "moon_dust"])
  }
}

extension EventType {
  /// The property of this name.
  func field(_ name: String) -> Field? { shape.field(name) }
}
