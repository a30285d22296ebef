import Testing

@testable import Proof

@Suite struct `A signed note` {
  // The example of C2SP signed-note and the key of Go's note package, both published.
  @Test func `is read as Go's note package writes it`() throws {
    let key = try #require(
      NoteKey("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"))
    let text = """
      If you think cryptography is the answer to your problem,
      then you don't know what your problem is.

      \u{2014} PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=

      """
    let note = try SignedNote(Array(text.utf8))
    try note.require(key)
    #expect(note.note == text)
    var changed = note
    changed.text += "!\n"
    #expect(throws: NoteError("the signature of PeterNeumann does not fit its text")) {
      try changed.require(key)
    }
    let other = try #require(NoteSigner(newKeyNamed: "PeterNeumann")).key
    #expect(throws: NoteError.self) { try note.require(other) }
  }

  @Test func `of a key of ours is accepted by its public half alone`() throws {
    let signer = try #require(NoteSigner(newKeyNamed: "example.com/book"))
    let again = try #require(NoteSigner(signer.text))
    #expect(again.key == signer.key && NoteKey(signer.key.text) == signer.key)
    let text = "example.com/book\n7\n\(TreeHash.empty.base64)\n"
    let note = SignedNote(text: text, signatures: [try #require(again.sign(text))])
    let read = try SignedNote(Array(note.note.utf8))
    let point = try Checkpoint(read, signedBy: signer.key)
    #expect((point.size, point.root, point.heads) == (7, .empty, nil))
  }

  @Test func `that is cut, changed or of another log is refused in words`() throws {
    let signer = try #require(NoteSigner(newKeyNamed: "a.example/1"))
    let stranger = try #require(NoteSigner(newKeyNamed: "a.example/2"))
    let point = Checkpoint(
      origin: "a.example/1", size: 3, root: .empty, heads: .empty, redactions: 2,
      access: Checkpoint.Access(lines: 4, hash: .empty))
    let note = SignedNote(text: point.text, signatures: [try #require(signer.sign(point.text))])
    #expect(try Checkpoint(note, signedBy: signer.key) == point)
    let bytes = Array(note.note.utf8)
    for cut in 0..<bytes.count {
      #expect(throws: NoteError.self) {
        _ = try Checkpoint(SignedNote(Array(bytes[..<cut])), signedBy: signer.key)
      }
      for bit in 0..<8 {
        var flipped = bytes
        flipped[cut] ^= 1 << UInt8(bit)
        #expect(throws: NoteError.self, "byte \(cut) bit \(bit)") {
          _ = try Checkpoint(SignedNote(flipped), signedBy: signer.key)
        }
      }
    }
    var foreign = point
    foreign.origin = "a.example/3"
    let other = SignedNote(
      text: foreign.text, signatures: [try #require(stranger.sign(foreign.text))])
    #expect(throws: NoteError.self) { _ = try Checkpoint(other, signedBy: stranger.key) }
  }

  @Test func `has keys with names that C2SP allows`() {
    for name in ["", "two words", "a+b", "a\u{00A0}b", "a\nb"] {
      #expect(NoteSigner(newKeyNamed: name) == nil, "\(name)")
    }
    #expect(NoteKey("PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW") == nil)
  }

  @Test func `writes base64 one way only`() {
    for count in 0..<40 {
      let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 91 &+ 200) }
      #expect(Base64.bytes(Base64.text(bytes)) == bytes)
    }
    for bad in ["A", "AB", "AB=", "AB=C", "AC==\n", "AB==", "A===", "====", "AAB=", "A B=", "AA-_"]
    {
      #expect(Base64.bytes(bad) == nil, "\(bad)")
    }
    #expect(Base64.text(Array("any carnal pleas".utf8)) == "YW55IGNhcm5hbCBwbGVhcw==")
  }
}
