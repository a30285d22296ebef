internal import Crypto
internal import Ledger

/// The key of one person: 64 bytes of chance. The first half encrypts (AES-256-GCM); the other
/// makes digests that nobody without it can recompute (HMAC-SHA256).
///
/// A sealed value, as it stands in the log for ever:
///
/// | bytes | what |
/// |---|---|
/// | 1 | format, 1 |
/// | 12 | nonce: the start of the keyed digest of context, place and plaintext |
/// | n | ciphertext, as long as the plaintext |
/// | 16 | tag, over the ciphertext and the place: whose, which event, which property |
///
/// The nonce is the keyed digest by which the same plaintext under the same id is recognised: equal
/// context, place and plaintext give equal bytes, everything else gives another nonce, and whoever
/// lacks the key learns only that two stored values are the same bytes.
struct PersonKey {
  private let cipher: SymmetricKey
  private let mac: SymmetricKey

  static let length = 64
  private static let format: UInt8 = 1

  init?(_ bytes: [UInt8]) {
    guard bytes.count == PersonKey.length else { return nil }
    cipher = SymmetricKey(data: bytes[..<32])
    mac = SymmetricKey(data: bytes[32...])
  }

  /// Bytes of chance for a new key.
  static func chance(_ count: Int = length) -> [UInt8] {
    var generator = SystemRandomNumberGenerator()
    return (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
  }

  /// The keyed digest of some bytes.
  func digest(_ bytes: [UInt8]) -> [UInt8] {
    Array(HMAC<SHA256>.authenticationCode(for: bytes, using: mac))
  }

  /// Seals a value at its place. `context` is the id under which the same value is the same.
  func seal(_ plain: [UInt8], place: [UInt8], context: String) throws(SealingError) -> [UInt8] {
    var said = CBORWriter(capacity: plain.count + place.count + 64)
    said.text(context)
    said.data(place)
    said.data(plain)
    let start = Array(digest(said.bytes)[..<12])
    do {
      let box = try AES.GCM.seal(
        plain, using: cipher, nonce: try AES.GCM.Nonce(data: start), authenticating: place)
      return [PersonKey.format] + start + Array(box.ciphertext) + Array(box.tag)
    } catch { throw .corrupt("a value cannot be sealed") }
  }

  /// Opens a value; nil when it was sealed with another key, at another place, or changed.
  func open(_ sealed: [UInt8], place: [UInt8]) -> [UInt8]? {
    guard sealed.count >= 29, sealed[0] == PersonKey.format,
      let nonce = try? AES.GCM.Nonce(data: sealed[1..<13]),
      let box = try? AES.GCM.SealedBox(
        nonce: nonce, ciphertext: sealed[13..<sealed.count - 16],
        tag: sealed[(sealed.count - 16)...]),
      let plain = try? AES.GCM.open(box, using: cipher, authenticating: place)
    else { return nil }
    return Array(plain)
  }
}

/// Wraps the keys of persons with the key that stands outside the ledger.
struct Wrapping {
  private let key: SymmetricKey

  init(_ bytes: [UInt8]) { key = SymmetricKey(data: bytes) }

  /// Nonce, ciphertext and tag of a key, bound to whose it is.
  func wrap(_ bytes: [UInt8], of owner: String) throws(SealingError) -> [UInt8] {
    do {
      let nonce = PersonKey.chance(12)
      let box = try AES.GCM.seal(
        bytes, using: key, nonce: try AES.GCM.Nonce(data: nonce),
        authenticating: Array(owner.utf8))
      return nonce + Array(box.ciphertext) + Array(box.tag)
    } catch { throw .corrupt("a key cannot be wrapped") }
  }

  /// The key again; nil when it was wrapped by another key or for another owner.
  func unwrap(_ wrapped: [UInt8], of owner: String) -> [UInt8]? {
    guard wrapped.count == 28 + PersonKey.length,
      let nonce = try? AES.GCM.Nonce(data: wrapped[..<12]),
      let box = try? AES.GCM.SealedBox(
        nonce: nonce, ciphertext: wrapped[12..<12 + PersonKey.length],
        tag: wrapped[(12 + PersonKey.length)...]),
      let bytes = try? AES.GCM.open(box, using: key, authenticating: Array(owner.utf8))
    else { return nil }
    return Array(bytes)
  }
}
