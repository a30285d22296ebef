internal import Crypto

/// The public key of a signed note: a name and an Ed25519 key (type 1).
package struct NoteKey: Hashable, Sendable {
  /// Name of the key; for a log's key the log's origin.
  package let name: String
  /// The 32 bytes of RFC 8032.
  package let key: [UInt8]
  /// First four bytes of SHA-256(name ‖ 0x0A ‖ 0x01 ‖ key).
  package let id: UInt32

  /// A key; nil when the name is empty or has a space or a plus, or the key is none.
  package init?(name: String, key: [UInt8]) {
    guard NoteKey.isName(name), key.count == 32,
      (try? Curve25519.Signing.PublicKey(rawRepresentation: key)) != nil
    else { return nil }
    self.name = name
    self.key = key
    let digest = TreeHash.plain((Array(name.utf8) + [0x0A, 1] + key).span).bytes
    id = digest[..<4].reduce(0) { $0 << 8 | UInt32($1) }
  }

  /// The key as one word, `name+id+base64(0x01 ‖ key)`, as Go's note package writes it.
  package var text: String { "\(name)+\(NoteKey.hex(id))+\(Base64.text([1] + key))" }

  /// Reads a key; nil unless its id fits.
  package init?(_ text: some StringProtocol) {
    let parts = text.split(separator: "+", maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3, let bytes = Base64.bytes(parts[2]), bytes.first == 1,
      let key = NoteKey(name: String(parts[0]), key: Array(bytes.dropFirst())),
      NoteKey.hex(key.id) == parts[1]
    else { return nil }
    self = key
  }

  /// Whether the bytes are this key's signature of the text.
  package func isSigned(_ text: String, _ signature: [UInt8]) -> Bool {
    guard let key = try? Curve25519.Signing.PublicKey(rawRepresentation: key) else { return false }
    return key.isValidSignature(signature, for: Array(text.utf8))
  }

  /// Whether a text may be the name of a key: not empty, no space, no plus, no control character.
  package static func isName(_ name: String) -> Bool {
    !name.isEmpty && name.utf8.count <= 255
      && name.unicodeScalars.allSatisfy {
        !$0.properties.isWhitespace && $0 != "+" && $0.value >= 0x20 && $0.value != 0x7F
      }
  }

  fileprivate static func hex(_ id: UInt32) -> String {
    let digits = String(id, radix: 16)
    return String(repeating: "0", count: 8 - digits.count) + digits
  }
}

/// The private key of a signed note.
package struct NoteSigner: Sendable {
  /// The public half.
  package let key: NoteKey
  private let seed: [UInt8]

  /// A new key, by the system's own chance.
  package init?(newKeyNamed name: String) {
    self.init(name: name, seed: Array(Curve25519.Signing.PrivateKey().rawRepresentation))
  }

  /// The key of a seed of 32 bytes.
  package init?(name: String, seed: [UInt8]) {
    guard let secret = try? Curve25519.Signing.PrivateKey(rawRepresentation: seed),
      let key = NoteKey(name: name, key: Array(secret.publicKey.rawRepresentation))
    else { return nil }
    self.key = key
    self.seed = seed
  }

  /// The key as one word, `PRIVATE+KEY+name+id+base64(0x01 ‖ seed)`, as Go's note package writes
  /// it.
  package var text: String {
    "PRIVATE+KEY+\(key.name)+\(NoteKey.hex(key.id))+\(Base64.text([1] + seed))"
  }

  /// Reads a key; nil unless its id fits.
  package init?(_ text: some StringProtocol) {
    let parts = text.split(separator: "+", maxSplits: 4, omittingEmptySubsequences: false)
    guard parts.count == 5, parts[0] == "PRIVATE", parts[1] == "KEY",
      let bytes = Base64.bytes(parts[4]), bytes.first == 1,
      let signer = NoteSigner(name: String(parts[2]), seed: Array(bytes.dropFirst())),
      NoteKey.hex(signer.key.id) == parts[3]
    else { return nil }
    self = signer
  }

  /// The signature of a text; nil when the key cannot sign.
  package func sign(_ text: String) -> SignedNote.Signature? {
    guard let secret = try? Curve25519.Signing.PrivateKey(rawRepresentation: seed),
      let bytes = try? secret.signature(for: Array(text.utf8))
    else { return nil }
    return SignedNote.Signature(name: key.name, id: key.id, bytes: Array(bytes))
  }
}
