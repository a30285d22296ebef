/// The part of an event between header and body: everything about it that is not of it.
///
/// A CBOR map with integer keys; what is absent costs nothing. An event without envelope has length
/// 0.
package struct Envelope: Hashable, Sendable {
  /// An id the ledger keeps a number for, introduced by this event.
  package struct Introduced: Hashable, Sendable {
    /// Kind of the number.
    package var kind: NameKind
    /// The id as text.
    package var id: String
    /// An introduction of `id`.
    package init(kind: NameKind, id: String) {
      self.kind = kind
      self.id = id
    }
  }

  /// A stored reference: a number for what has one, text for everything else.
  package enum Target: Hashable, Sendable {
    /// A further account, with the position before this one on *its* trail.
    case account(UInt32, previous: Position)
    /// A party, agency, unit or policy by number.
    case numbered(NameKind, UInt32)
    /// Anything else.
    case other(Reference)
  }

  /// Where the bytes came from; the import by its number.
  package struct Provenance: Hashable, Sendable {
    /// Index into `Provenance.kinds`.
    package var kind: UInt8
    /// Number of the import, 0 for none.
    package var importNumber: UInt32 = 0
    /// Line of its file, 0 for none.
    package var line: UInt64 = 0
    /// Which of the events of that line.
    package var ordinal: UInt64 = 0
    /// Field device.
    package var device: String?
    /// The source kinds in stored order.
    package static let kinds = ["cli", "api", "web", "import", "device"]
    /// Provenance of a kind.
    package init(kind: UInt8) { self.kind = kind }
  }

  /// The client's id for the event; nil when it derives from import and line.
  package var eventID: String?
  /// Ids that get their number by this event, in order.
  package var introduced: [Introduced] = []
  /// The subject, when it is not the header's account.
  package var subject: Target?
  /// Other streams and entries it concerns.
  package var refs: [Target] = []
  /// Number of the actor who keyed it, if another.
  package var recordedBy: UInt32?
  /// Where the bytes came from.
  package var source: Provenance?
  /// Id of the event that caused it.
  package var causation: String?
  /// Case it is part of.
  package var correlation: String?
  /// SHA-256 digests of documents, 32 bytes each.
  package var evidence: [[UInt8]] = []
  /// Flags that came with it (an export's own).
  package var flags: [String] = []
  /// Position of the entry that this one reverses or remarks on.
  package var target: Position?
  /// A `value_date` that was given although the day comes from the body.
  package var valueDate: Day?
  /// Set when the entry's content was destroyed.
  package var redacted: Redacted?

  /// An empty envelope.
  package init() {}

  /// Keys of the map, in order.
  package enum Key {
    /// What the event is called, what it gives numbers to, what it is about.
    package static let eventID: UInt64 = 0, introduced: UInt64 = 1, subject: UInt64 = 2
    /// What else it concerns, who keyed it, where it came from.
    package static let refs: UInt64 = 3, recordedBy: UInt64 = 4, source: UInt64 = 5
    /// Why it happened, in which case, shown by what.
    package static let causation: UInt64 = 6, correlation: UInt64 = 7, evidence: UInt64 = 8
    /// What was said of it, what it takes back, its money day.
    package static let flags: UInt64 = 9, target: UInt64 = 10, valueDate: UInt64 = 11
    /// What its content was, as a hash.
    package static let redacted: UInt64 = 12
  }
}

extension Envelope {
  /// The envelope as stored; empty when there is nothing to say.
  package func write(to out: inout CBORWriter) {
    var pairs = 0
    pairs += eventID == nil ? 0 : 1
    pairs += introduced.isEmpty ? 0 : 1
    pairs += subject == nil ? 0 : 1
    pairs += refs.isEmpty ? 0 : 1
    pairs += recordedBy == nil ? 0 : 1
    pairs += source == nil ? 0 : 1
    pairs += causation == nil ? 0 : 1
    pairs += correlation == nil ? 0 : 1
    pairs += evidence.isEmpty ? 0 : 1
    pairs += flags.isEmpty ? 0 : 1
    pairs += target == nil ? 0 : 1
    pairs += valueDate == nil ? 0 : 1
    pairs += redacted == nil ? 0 : 1
    if pairs == 0 { return }
    out.map(pairs)
    if let eventID {
      out.uint(Key.eventID)
      Envelope.write(id: eventID, to: &out)
    }
    if !introduced.isEmpty {
      out.uint(Key.introduced)
      out.array(introduced.count * 2)
      for item in introduced {
        out.uint(UInt64(item.kind.rawValue))
        out.text(item.id)
      }
    }
    if let subject {
      out.uint(Key.subject)
      subject.write(to: &out)
    }
    if !refs.isEmpty {
      out.uint(Key.refs)
      out.array(refs.count)
      for ref in refs { ref.write(to: &out) }
    }
    if let recordedBy {
      out.uint(Key.recordedBy)
      out.uint(UInt64(recordedBy))
    }
    if let source {
      out.uint(Key.source)
      source.write(to: &out)
    }
    if let causation {
      out.uint(Key.causation)
      Envelope.write(id: causation, to: &out)
    }
    if let correlation {
      out.uint(Key.correlation)
      out.text(correlation)
    }
    writeTail(to: &out)
  }

  private func writeTail(to out: inout CBORWriter) {
    if !evidence.isEmpty {
      out.uint(Key.evidence)
      out.array(evidence.count)
      for digest in evidence { out.data(digest) }
    }
    if !flags.isEmpty {
      out.uint(Key.flags)
      out.array(flags.count)
      for flag in flags { out.text(flag) }
    }
    if let target {
      out.uint(Key.target)
      out.uint(target)
    }
    if let valueDate {
      out.uint(Key.valueDate)
      out.int(Int64(valueDate.rawValue))
    }
    if let redacted {
      out.uint(Key.redacted)
      redacted.write(to: &out)
    }
  }

  /// Reads a stored envelope; an empty one when there are no bytes. Unknown keys are refused: they
  /// belong to a newer format.
  package init(reading bytes: Span<UInt8>) throws(WireError) {
    self.init()
    if bytes.count == 0 { return }
    var reader = CBORReader(bytes)
    for _ in 0..<(try reader.map()) {
      let at = reader.position
      switch try reader.uint() {
      case Key.eventID: eventID = try Envelope.id(&reader)
      case Key.introduced:
        for _ in 0..<(try reader.array() / 2) {
          guard let kind = NameKind(rawValue: UInt8(clamping: try reader.uint())) else {
            throw WireError("an introduced id of unknown kind", at: at)
          }
          introduced.append(Introduced(kind: kind, id: try reader.text()))
        }
      case Key.subject: subject = try Target(reading: &reader)
      case Key.refs:
        for _ in 0..<(try reader.array()) { refs.append(try Target(reading: &reader)) }
      case Key.recordedBy: recordedBy = UInt32(clamping: try reader.uint())
      case Key.source: source = try Provenance(reading: &reader)
      case Key.causation: causation = try Envelope.id(&reader)
      case Key.correlation: correlation = try reader.text()
      case Key.evidence:
        for _ in 0..<(try reader.array()) { evidence.append(try reader.data()) }
      case Key.flags:
        for _ in 0..<(try reader.array()) { flags.append(try reader.text()) }
      case Key.target: target = try reader.uint()
      case Key.valueDate: valueDate = Day(rawValue: Int32(clamping: try reader.int()))
      case Key.redacted: redacted = try Redacted(reading: &reader)
      default: throw WireError("an envelope key this version does not know", at: at)
      }
    }
  }

  /// Where an event came from, without reading what else its envelope says.
  package static func source(of bytes: Span<UInt8>) throws(WireError) -> Provenance? {
    if bytes.count == 0 { return nil }
    var reader = CBORReader(bytes)
    for _ in 0..<(try reader.map()) {
      let key = try reader.uint()
      if key == Key.source { return try Provenance(reading: &reader) }
      if key > Key.source { return nil }
      try reader.skip()
    }
    return nil
  }

  /// The further accounts an event stands in the trail of, without reading the rest.
  package static func accounts(of bytes: Span<UInt8>, _ each: (UInt32) -> Void) throws(WireError) {
    if bytes.count == 0 { return }
    var reader = CBORReader(bytes)
    for _ in 0..<(try reader.map()) {
      guard try reader.uint() == Key.refs else {
        try reader.skip()
        continue
      }
      for _ in 0..<(try reader.array()) {
        if case .account(let number, _) = try Target(reading: &reader) { each(number) }
      }
    }
  }

  /// Writes an event id: 16 bytes for a UUID in lower case, text for anything else.
  package static func write(id: String, to out: inout CBORWriter) {
    if let bytes = UUIDText.bytes(id.utf8Span.span) {
      out.head(2, 16)
      for index in 0..<16 { out.bytes.append(bytes[index]) }
    } else {
      out.text(id)
    }
  }

  /// The digest of the event's id as text, which stands first in an envelope; nil without one.
  package static func idKey(of bytes: Span<UInt8>) throws(WireError) -> TextKey? {
    if bytes.count == 0 { return nil }
    var reader = CBORReader(bytes)
    guard try reader.map() > 0, try reader.uint() == Key.eventID else { return nil }
    guard try reader.peekMajor() == 2 else { return try reader.textKey() }
    let range = try reader.dataRange()
    guard range.count == 16 else { return TextKey(UUIDText.text(reader.array(range))) }
    let letters = UUIDText.letters(bytes.extracting(range))
    return TextKey(letters.span)
  }

  /// Reads an event id.
  package static func id(_ reader: inout CBORReader) throws(WireError) -> String {
    guard try reader.peekMajor() == 2 else { return try reader.text() }
    return UUIDText.text(try reader.data())
  }
}

extension Envelope.Target {
  func write(to out: inout CBORWriter) {
    switch self {
    case .account(let number, let previous):
      out.array(3)
      out.uint(UInt64(NameKind.account.rawValue))
      out.uint(UInt64(number))
      out.uint(previous)
    case .numbered(let kind, let number):
      out.array(2)
      out.uint(UInt64(kind.rawValue))
      out.uint(UInt64(number))
    case .other(let reference):
      out.array(2)
      out.text(reference.kind)
      out.text(reference.id)
    }
  }

  init(reading reader: inout CBORReader) throws(WireError) {
    let at = reader.position
    let items = try reader.array()
    if try reader.peekMajor() == 3, items == 2 {
      let kind = try reader.text()
      self = .other(Reference(kind: kind, id: try reader.text()))
      return
    }
    guard items >= 2, let kind = NameKind(rawValue: UInt8(clamping: try reader.uint())) else {
      throw WireError("a reference of unknown kind", at: at)
    }
    let number = UInt32(clamping: try reader.uint())
    if items == 3 {
      self = .account(number, previous: try reader.uint())
    } else {
      self = .numbered(kind, number)
    }
  }
}

extension Envelope.Provenance {
  func write(to out: inout CBORWriter) {
    let items = device != nil ? 5 : ordinal != 0 ? 4 : line != 0 ? 3 : importNumber != 0 ? 2 : 1
    out.array(items)
    out.uint(UInt64(kind))
    if items > 1 { out.uint(UInt64(importNumber)) }
    if items > 2 { out.uint(line) }
    if items > 3 { out.uint(ordinal) }
    if let device { out.text(device) }
  }

  init(reading reader: inout CBORReader) throws(WireError) {
    let items = try reader.array()
    self.init(kind: UInt8(clamping: try reader.uint()))
    if items > 1 { importNumber = UInt32(clamping: try reader.uint()) }
    if items > 2 { line = try reader.uint() }
    if items > 3 { ordinal = try reader.uint() }
    if items > 4 { device = try reader.text() }
  }
}
