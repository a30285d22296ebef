import Foundation
import Testing

@testable import Ledger

@Suite struct `The contract` {
  /// Runs a Python script of tools/, or says loudly that there is no Python.
  func run(_ arguments: String...) throws -> (status: Int32, output: String)? {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["python3"] + arguments
    process.currentDirectoryURL = repository
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    if process.terminationStatus == 127 {
      print("SKIPPED: python3 is missing, so nobody checked schemas/ (\(arguments[0]))")
      return nil
    }
    return (process.terminationStatus, output)
  }

  @Test func `schemas and generated Swift are in step`() throws {
    guard let (status, output) = try run("tools/register.py", "--check") else { return }
    #expect(status == 0, "\(output)")
  }

  @Test func `other people's readers agree`() throws {
    var lines = ""
    for type in Register.events {
      for example in try Examples.of(type) {
        let cbor = try BodyCodec.encode(example, as: type)
        var hex = JSONWriter()
        hex.hex(cbor.span)
        lines += "{\"type\":\"\(type.name)\",\"v\":\(type.version),\"json\":"
        lines += String(decoding: example, as: UTF8.self)
        lines += ",\"cbor\":" + String(decoding: hex.bytes, as: UTF8.self) + "}\n"
      }
    }
    let folder = repository.appending(path: ".build-contract")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try Data(lines.utf8).write(to: folder.appending(path: "bodies.ndjson"))
    guard let (status, output) = try run("tools/contract.py") else { return }
    #expect(status == 0, "\(output)")
  }

  @Test func `bodies are encoded at a rate that an import needs`() throws {
    let type = try #require(Register.event("payment.received"))
    let body = Array(
      #"{"payment":"PAY-28446","amount":{"minor":1035000,"currency":"INR"},"mode":"upi","payer":"P-73976","receipt_no":"RB-12/25014","collector":"P-55270","instrument_ref":"UPI-609714228317"}"#
        .utf8)
    let rounds = 20_000
    let clock = ContinuousClock()
    let encoding = try clock.measure {
      for _ in 0..<rounds { _ = try BodyCodec.encode(body.span, as: type) }
    }
    let cbor = try BodyCodec.encode(body, as: type)
    let writing = try clock.measure {
      for _ in 0..<rounds { _ = try BodyCodec.json(cbor, as: type) }
    }
    print("JSON to CBOR \(encoding / rounds) a body, CBOR to JSON \(writing / rounds)")
  }
}
