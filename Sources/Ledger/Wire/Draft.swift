/// An event on its way in: complete, checked against its schema, without a place in the ledger yet.
///
/// The log gives it seq, recorded_at, numbers for its names, and the position before it on its
/// trail.
package struct Draft: Sendable {
  /// Register number of its type.
  package var type: UInt16
  /// Version of its schema.
  package var version: UInt8 = 1
  /// History, stored as it came; false for what a command decided.
  package var imported = true
  /// The stream it belongs to.
  package var subject: Reference
  /// Other streams and entries it concerns, in the order given.
  package var refs: [Reference] = []
  /// Accounts that the body names (`x-of: account`) and that are neither subject nor in `refs`;
  /// they find the event in their trails too.
  package var concerns: [String] = []
  /// When it happened.
  package var occurred: ClockTime
  /// `value_date` as given.
  package var valueDate: Day?
  /// The day from which it counts.
  package var day: Day
  /// The sum for the header.
  package var amount: Money?
  /// Who did it.
  package var actor: Actor
  /// Who keyed it, if another.
  package var recordedBy: Actor?
  /// Where the bytes came from.
  package var source: Source?
  /// The client's id; nil when it derives from import and line.
  package var eventID: String?
  /// Whether its id is a natural key: made of what the thing is called in the world, so that
  /// whoever brings it again, from whatever file, brings the same event.
  package var isKeyed = false
  /// Whether, with a natural key, the event may stand under another subject: what comes with it
  /// goes there too.
  package var isFollowed = false
  /// Id of the event that caused it.
  package var causation: String?
  /// Case it is part of.
  package var correlation: String?
  /// SHA-256 digests of documents, 32 bytes each.
  package var evidence: [[UInt8]] = []
  /// Flags that came with it.
  package var flags: [String] = []
  /// When another ledger recorded it; only `restore` sets it.
  package var recorded: Moment?
  /// Set for an entry whose content was destroyed in the ledger it comes from; only `restore` sets
  /// it.
  package var redacted: Envelope.Redacted?
  /// Id of the event the body reverses or remarks on; the log resolves it to a position.
  package var target: String?
  /// The body in CBOR, as it will be hashed.
  package var body: [UInt8]
  /// Whether personal values still stand in the body as plain text; the log refuses such a draft.
  package var isPlain = false

  /// A draft of `type` with a body.
  package init(
    type: UInt16, subject: Reference, occurred: ClockTime, day: Day, actor: Actor, body: [UInt8]
  ) {
    self.type = type
    self.subject = subject
    self.occurred = occurred
    self.day = day
    self.actor = actor
    self.body = body
  }
}
