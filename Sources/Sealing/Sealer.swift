package import Ledger

/// Seals what is personal where it comes in, and opens it for whoever may look.
///
/// The key store is opened when it is first needed: a ledger without anything personal needs no
/// keys, and reading masks needs none either.
package final class Sealer {
  private let path: String
  private let source: KeySource
  private let mode: KeyStore.Mode
  private var opened: KeyStore?

  /// Told once, when the key file was made just now: its path.
  package var onNewKey: (String) -> Void = { _ in }
  /// Asked when the ledger has no key store: whether one may be begun.
  package var mayBegin: () throws(SealingError) -> Bool = { true }
  /// Personal values that were let through and stayed sealed, since their key is not in the store;
  /// those of who was erased do not count.
  package private(set) var unopened = 0

  /// A sealer of the ledger at a path.
  package init(_ ledger: String, source: KeySource, mode: KeyStore.Mode) {
    (path, self.source, self.mode) = (ledger, source, mode)
  }

  /// The key store, opened now if it was not.
  package func store() throws(SealingError) -> KeyStore {
    if let opened { return opened }
    let store = try KeyStore(
      ledger: path, source: source, mode: mode, mayBegin: mayBegin, onNewKey: onNewKey)
    opened = store
    return store
  }

  // MARK: In

  /// Seals the personal values of a draft that stand there as text; a draft without any stays as it
  /// is. The same values under the same `context` give the same bytes: it is the id by which the
  /// sender would send the event again.
  package func seal(_ draft: inout Draft, context: String) throws(SealingError) {
    guard draft.isPlain else { return }
    let store = try store()
    guard let type = Register.event(code: draft.type, version: draft.version) else {
      throw .corrupt("there is no event \(draft.type)")
    }
    let owner = try Sealer.owner(of: draft, type)
    guard let key = try store.key(of: owner, making: true) else {
      throw .corrupt("no key can be made for \(owner.kind) \(owner.id)")
    }
    var failure: SealingError?
    do throws(WireError) {
      draft.body = try PersonalFields.replacing(in: draft.body.span, of: type) { field, value in
        guard case .plain(let text) = value else { return value }
        do throws(SealingError) {
          let place = Sealer.place(owner, type, field)
          return .sealed(try key.seal(text, place: place, context: context))
        } catch {
          failure = error
          return value
        }
      }
    } catch { throw .corrupt("\(error)") }
    if let failure { throw failure }
    draft.isPlain = false
  }

  /// What a client said, as bytes that nobody without the person's key can test guesses against;
  /// for the answer to a command that is kept under its key.
  package func digest(_ said: [UInt8], of draft: Draft) throws(SealingError) -> [UInt8] {
    guard let type = Register.event(code: draft.type, version: draft.version),
      let key = try store().key(of: try Sealer.owner(of: draft, type), making: true)
    else { return said }
    return key.digest(said)
  }

  /// The digest by which a file with personal values is known: nobody without the ledger's key can
  /// test guesses against it.
  package func digest(ofFile sha256: [UInt8]) throws(SealingError) -> [UInt8] {
    try store().own.digest(sha256)
  }

  /// Writes the keys that were made to disk.
  package func flush() throws(SealingError) { try opened?.flush() }

  /// Forgets the keys that were made.
  package func abandon() { opened?.abandon() }

  // MARK: Rejects

  private static let token = Array("sealed:".utf8)
  private static let rejects = Array("rejects".utf8)

  /// A cell of a row that was refused, in a form that stands in a file: sealed by the ledger's own
  /// key, and opened again when the row is imported.
  package func token(_ cell: [UInt8]) throws(SealingError) -> [UInt8] {
    if cell.isEmpty || cell.starts(with: Sealer.token) { return cell }
    let sealed = try store().own.seal(cell, place: Sealer.rejects, context: "")
    var out = JSONWriter()
    out.base64(sealed.span)
    return Sealer.token + out.bytes.dropFirst().dropLast()
  }

  /// The cell that a token was made of; nil for anything else.
  package func cell(_ text: ArraySlice<UInt8>) throws(SealingError) -> [UInt8]? {
    guard text.starts(with: Sealer.token) else { return nil }
    let code = Array(text.dropFirst(Sealer.token.count))
    guard let sealed = Base64.bytes(code.span) else { return nil }
    return try store().own.open(sealed, place: Sealer.rejects)
  }

  // MARK: Out

  /// A body with its personal values as text where their keys stand; whatever cannot be opened
  /// stays sealed, and so does what `may` does not let through. Nil when the body cannot be read.
  package func open(
    _ body: Span<UInt8>, of type: EventType, subject: Reference,
    may: (Field) -> Bool = { _ in true }
  ) throws(SealingError) -> [UInt8]? {
    let store = try store()
    guard let owner = try? PersonalFields.owner(of: type, subject: subject, body: body) else {
      return nil
    }
    let key: PersonKey?
    do throws(SealingError) { key = try store.key(of: owner, making: false) } catch {
      guard case .erased = error else { throw error }
      return KeyStore.copy(body)
    }
    return try? PersonalFields.replacing(in: body, of: type) { field, value in
      guard may(field), case .sealed(let bytes) = value, !Redaction.isMark(bytes) else {
        return value
      }
      if let plain = key?.open(bytes, place: Sealer.place(owner, type, field)) {
        return .plain(plain)
      }
      unopened += 1
      return value
    }
  }

  private static func owner(of draft: Draft, _ type: EventType) throws(SealingError) -> Reference {
    do throws(WireError) {
      return try PersonalFields.owner(of: type, subject: draft.subject, body: draft.body.span)
    } catch { throw .corrupt("\(error)") }
  }

  // Whose, which event, which property: a sealed value moved elsewhere does not open.
  private static func place(_ owner: Reference, _ type: EventType, _ field: Field) -> [UInt8] {
    var out = CBORWriter(capacity: 64)
    out.text(owner.kind)
    out.text(owner.id)
    out.uint(UInt64(type.code))
    out.uint(UInt64(field.key))
    return out.bytes
  }
}
