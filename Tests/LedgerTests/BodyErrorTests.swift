import Testing

@testable import Ledger

@Suite struct `Bodies that do not fit` {
  /// Event, body, and the sentence they get: one a line.
  static let cases = ##"""
    due.raised | {} | due: missing; due.raised requires it
    due.raised | {"due":"d1","kind":"fee","due_date":"2026-02-30","amount":{"minor":1,"currency":"INR"}} | due_date: "2026-02-30" is no day of the calendar (YYYY-MM-DD)
    due.raised | {"due":"d1","kind":"fee","due_date":"2026-02-28"} | amount: missing; due.raised requires it
    due.raised | {"due":"d1","colour":"red"} | colour: not a property of due.raised
    due.raised | {"due":"d1","due":"d1"} | due: given twice
    due.raised | {"due":""} | due: an id has at least one character and no control characters
    due.raised | {"due":7} | due: expected a string, found a number
    due.raised | {"due":null} | due: found null; leave the property out instead
    due.raised | {"kind":"two words"} | kind: a code is visible ASCII without spaces
    due.raised | {"amount":12} | amount: expected money {"minor": …, "currency": …}, found a number
    due.raised | {"amount":{"minor":"12","currency":"INR"}} | amount.minor: expected an integer, found a string
    due.raised | {"amount":{"minor":12.5,"currency":"INR"}} | amount.minor: 12.5 is a float; every number is a whole one
    due.raised | {"amount":{"minor":1e3,"currency":"INR"}} | amount.minor: 1e3 is a float; every number is a whole one
    due.raised | {"amount":{"minor":9223372036854775808,"currency":"INR"}} | amount.minor: 9223372036854775808 is longer than 64 bits can hold
    due.raised | {"amount":{"minor":-9223372036854775809,"currency":"INR"}} | amount.minor: -9223372036854775809 is longer than 64 bits can hold
    due.raised | {"amount":{"minor":12,"currency":"XQX"}} | amount.currency: "XQX" is no currency of ISO 4217
    due.raised | {"amount":{"minor":12,"currency":"inr"}} | amount.currency: "inr" is no currency of ISO 4217
    due.raised | {"amount":{"minor":12}} | amount.currency: missing; money requires it
    due.raised | {"amount":{"minor":12,"major":1}} | amount.major: not a property of money
    due.raised | {"components":[{"kind":"fee","amount":{"minor":1,"currency":"INR"}},{"kind":"tax","amount":{"minor":true,"currency":"INR"}}]} | components[1].amount.minor: expected an integer, found true or false
    due.raised | {"components":[{"kind":"fee"}]} | components[0].amount: missing; component requires it
    due.raised | {"components":{}} | components: expected a list, found an object
    due.raised | {"instalment_no":007} | instalment_no: not JSON: a leading zero (byte 20)
    due.raised | [] | expected an object, found a list
    due.raised | {"due":"d1" | not JSON: expected a comma or a closing brace (byte 11)
    due.raised | {"due":"d1} | due: not JSON: a string is not closed (byte 11)
    due.raised | {"due":"\ud800"} | due: not JSON: half a surrogate pair (byte 14)
    due.raised | {due:1} | not JSON: no value starts like this (byte 1)
    account.imported | {"statement_hash":"ABCD"} | statement_hash: a digest is 64 lower-case hexadecimal digits
    hold.placed | {"notified_at":"2026-01-05T10:00:00"} | notified_at: "2026-01-05T10:00:00" is no instant with an offset (2026-01-05T10:00:00+05:30)
    event.annotated | {"about":"e1","remark":""} | remark: a personal value has at least one character
    event.annotated | {"about":"e1","remark":{"sealed":"a=="}} | remark.sealed: not base64url without padding
    account.flagged | {"raised":"yes"} | raised: expected true or false, found a string
    restriction.placed | {"windows":[{"start":"24:00"}]} | windows[0].start: "24:00" is no time of day (HH:MM)
    policy.adopted | {"body":{"rate":0.5}} | body.rate: 0.5 is a float; every number is a whole one
    policy.adopted | {"body":{"a":1,"b":2,"a":3}} | body.a: given twice
    policy.adopted | {"body":[1]} | body: expected an object, found a list
    """##

  @Test(arguments: cases.split(separator: "\n").map(String.init))
  func `each says which property and why`(line: String) throws {
    let columns = line.split(separator: " | ").map(String.init)
    let type = try #require(Register.event(columns[0].trimmingPrefix { $0 == " " }.description))
    #expect {
      try BodyCodec.encode(Array(columns[1].utf8), as: type)
    } throws: { error in
      #expect("\(error)" == columns[2])
      return true
    }
  }

  @Test func `deep nesting ends in an error`() throws {
    let deep = [UInt8](repeating: UInt8(ascii: "["), count: 100_000)
    var reader = JSONReader(deep.span)
    #expect(throws: BodyError.self) { try reader.skip() }
    let body = Array(#"{"body":{"a":"#.utf8) + deep
    let type = try #require(Register.event("policy.adopted"))
    #expect(throws: BodyError.self) { try BodyCodec.encode(body, as: type) }
  }

  @Test func `no damage to a body or to its JSON makes a trap`() throws {
    var state: UInt64 = 7
    func random(_ below: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(below))
    }
    for type in Register.events {
      for example in try Examples.of(type) {
        let cbor = try BodyCodec.encode(example, as: type)
        for _ in 0..<20 {
          var json = example
          json[random(json.count)] = UInt8(random(256))
          if let back = try? BodyCodec.encode(json, as: type) {
            #expect(throws: Never.self) { try BodyCodec.json(back, as: type) }
          }
          var bytes = cbor
          bytes[random(bytes.count)] = UInt8(random(256))
          _ = try? BodyCodec.json(bytes, as: type)
          _ = try? BodyCodec.unknownCodes(bytes.span, as: type)
          let damaged = Array(bytes.prefix(random(bytes.count + 1)))
          var reader = CBORReader(damaged.span)
          _ = try? Event(code: type.code, version: type.version, reading: &reader)
        }
      }
    }
  }
}
