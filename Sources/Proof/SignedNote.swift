/// A signed note (C2SP signed-note): a text, an empty line, and signatures.
///
/// ```
/// first line of the text
/// further lines
///
/// — key.name base64(key id ‖ signature)
/// ```
package struct SignedNote: Hashable, Sendable {
  /// One signature line.
  package struct Signature: Hashable, Sendable {
    /// Name of the key.
    package var name: String
    /// First four bytes of SHA-256(name ‖ 0x0A ‖ type ‖ public key).
    package var id: UInt32
    /// The signature itself, without the id in front.
    package var bytes: [UInt8]

    /// A signature.
    package init(name: String, id: UInt32, bytes: [UInt8]) {
      (self.name, self.id, self.bytes) = (name, id, bytes)
    }

    /// The line, with its end.
    package var line: String {
      let id = (0..<4).map { UInt8(truncatingIfNeeded: self.id >> UInt32(24 - 8 * $0)) }
      return "\u{2014} \(name) \(Base64.text(id + bytes))\n"
    }

    /// Reads a line without its end; nil when it is none.
    package init?(line: some StringProtocol) {
      let parts = line.split(separator: " ", omittingEmptySubsequences: false)
      guard parts.count == 3, parts[0] == "\u{2014}", NoteKey.isName(String(parts[1])),
        let bytes = Base64.bytes(parts[2]), bytes.count > 4
      else { return nil }
      name = String(parts[1])
      id = bytes[..<4].reduce(0) { $0 << 8 | UInt32($1) }
      self.bytes = Array(bytes[4...])
    }
  }

  /// The text, which ends with a newline.
  package var text: String
  /// Signatures, 1 to 64 of them.
  package var signatures: [Signature]

  /// A note.
  package init(text: String, signatures: [Signature]) {
    (self.text, self.signatures) = (text, signatures)
  }

  /// The note as it is written.
  package var note: String { text + "\n" + signatures.map(\.line).joined() }

  /// Reads a note. What is wrong with it is said in a few words, to stand behind the file's name.
  package init(_ note: [UInt8]) throws(NoteError) {
    guard note.count <= 1 << 20 else { throw NoteError("it is longer than 1 MiB") }
    guard let all = String(validating: note, as: UTF8.self) else {
      throw NoteError("it is not UTF-8")
    }
    guard note.allSatisfy({ $0 >= 0x20 || $0 == 0x0A }) else {
      throw NoteError("a control character stands in it")
    }
    guard note.last == 0x0A else { throw NoteError("its last line is cut short") }
    let lines = all.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
      .map { String(String.UnicodeScalarView($0)) }.dropLast()
    guard let border = lines.lastIndex(of: ""), border > 0 else {
      throw NoteError("no empty line stands between text and signatures")
    }
    text = lines[..<border].map { $0 + "\n" }.joined()
    signatures = []
    for line in lines[(border + 1)...] {
      guard let signature = Signature(line: line) else {
        throw NoteError("a line behind the empty one is no signature")
      }
      signatures.append(signature)
    }
    guard !signatures.isEmpty else { throw NoteError("it has no signature") }
    guard signatures.count <= 64 else { throw NoteError("it has more than 64 signatures") }
  }

  /// Throws unless the key signed the text. Signatures of other keys are passed over.
  package func require(_ key: NoteKey) throws(NoteError) {
    var isSigned = false
    for signature in signatures where signature.name == key.name && signature.id == key.id {
      guard key.isSigned(text, signature.bytes) else {
        throw NoteError("the signature of \(key.name) does not fit its text")
      }
      isSigned = true
    }
    guard isSigned else { throw NoteError("no signature of the key \(key.text) stands under it") }
  }
}

/// What is wrong with a note, a key, or a checkpoint, in a few words.
package struct NoteError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The words.
  package var description: String
  /// An error with its words.
  package init(_ description: String) { self.description = description }
}
