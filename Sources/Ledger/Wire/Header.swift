/// The fixed 64 bytes in front of every event, little-endian, in this order and without padding.
///
/// They hold what a money or contact fold needs, so that such a fold never opens a body. The
/// drawing is in `Format.md`; a test lays this struct beside it.
public struct Header: BitwiseCopyable, Hashable, Sendable {
  /// Format of header, envelope and body together; 1.
  public var format: UInt8 = 1
  /// Version of the event's schema.
  public var version: UInt8 = 1
  /// The event's number in the register (`x-code`).
  public var type: UInt16 = 0
  /// What is special about this event; see `Flags`.
  public var flags: Flags = []
  /// Currency of `amount`; `.none` when the event carries no money.
  public var currency: UInt16 = 0
  /// Position in the ledger, gapless from 1.
  public var seq: UInt64 = 0
  /// Position of the event before this one on the same account's trail; 0 for its first, and for
  /// events on no account.
  public var previous: UInt64 = 0
  /// Number of the account whose trail this event stands in; 0 for none. Further accounts stand in
  /// the envelope's refs.
  public var account: UInt32 = 0
  /// Number of the actor who did it.
  public var actor: UInt32 = 0
  /// When the ledger learned it: microseconds UTC, never decreasing along `seq`.
  public var recorded: Int64 = 0
  /// When it happened: microseconds UTC.
  public var occurred: Int64 = 0
  /// The sum the schema names as `x-amount`, in minor units; 0 when there is none.
  public var amount: Int64 = 0
  /// The day from which the fact counts: the schema's `x-day`, else the local date of `occurred`.
  public var day: Int32 = 0
  /// Length of the envelope that follows, in bytes; the body is the rest.
  public var envelope: UInt16 = 0
  /// Minutes the clock of `occurred` was ahead of UTC.
  public var offset: Int16 = 0

  /// An empty header of the current format.
  @inlinable public init() {}

  /// Bytes a header takes.
  @inlinable public static var size: Int { 64 }

  /// What is special about an event, without opening its envelope.
  public struct Flags: OptionSet, BitwiseCopyable, Hashable, Sendable {
    /// The bits as stored.
    public var rawValue: UInt16
    /// Wraps stored bits.
    @inlinable public init(rawValue: UInt16) { self.rawValue = rawValue }
    /// History: stored as it came, not decided by a command.
    @inlinable public static var imported: Flags { Flags(rawValue: 1) }
    /// The envelope names further accounts; the event stands in their trails too.
    @inlinable public static var concernsOthers: Flags { Flags(rawValue: 2) }
    /// `value_date` was given, not taken from `occurred_at`.
    @inlinable public static var valueDateGiven: Flags { Flags(rawValue: 4) }
    /// The envelope introduces numbers for ids that the ledger had not seen before.
    @inlinable public static var introduces: Flags { Flags(rawValue: 8) }
    /// The content was destroyed; the envelope keeps the leaf hash of the bytes as they were.
    @inlinable public static var redacted: Flags { Flags(rawValue: 16) }
  }
}

extension Header {
  /// Reads a header from the first 64 bytes. The caller has checked that they are there.
  @inlinable public init(_ bytes: Span<UInt8>) {
    precondition(bytes.count >= 64, "an event is at least 64 bytes")
    self = unsafe bytes.withUnsafeBytes { unsafe $0.loadUnaligned(as: Header.self) }
  }

  /// The local date of the occurrence, whatever day the fact counts from.
  package var occurredOn: Day { Moment(rawValue: occurred).day(offset: offset) }

  /// Appends the 64 bytes.
  public func write(to bytes: inout [UInt8]) {
    unsafe withUnsafeBytes(of: self) { unsafe bytes.append(contentsOf: $0) }
  }
}
