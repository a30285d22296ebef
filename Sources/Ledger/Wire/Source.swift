/// Where the bytes of an event came from.
package struct Source: Hashable, Sendable {
  /// `cli`, `api`, `web`, `import` or `device`.
  package var kind: String
  /// The import it came by.
  package var importID: String?
  /// SHA-256 of the file, 64 lower-case hex digits.
  package var fileSHA256: String?
  /// Line of the file, from 1.
  package var line: UInt64?
  /// Which of the events made from that line, from 0; further ones have 1, 2 …
  package var ordinal: UInt64
  /// The field device.
  package var device: String?

  /// A source.
  package init(
    kind: String, importID: String? = nil, fileSHA256: String? = nil, line: UInt64? = nil,
    ordinal: UInt64 = 0, device: String? = nil
  ) {
    self.kind = kind
    self.importID = importID
    self.fileSHA256 = fileSHA256
    self.line = line
    self.ordinal = ordinal
    self.device = device
  }
}
