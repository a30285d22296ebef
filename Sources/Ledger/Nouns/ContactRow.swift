/// What an attempt leaves for books and decisions.
extension Contact: DeskNoun {
  /// Types of events that leave a row.
  package static let reads = TypeMask([EventCode.contactAttempted])

  /// One attempt to reach somebody, or to reach us.
  package struct Row: DeskRow {
    /// What an attempt was and came to.
    package struct Traits: OptionSet, BitwiseCopyable, Hashable, Sendable {
      /// One bit a trait.
      package let rawValue: UInt16
      /// The set with these bits.
      package init(rawValue: UInt16) { self.rawValue = rawValue }
      /// We reached out.
      package static let outbound = Traits(rawValue: 1)
      /// Somebody answered, or something that took a message.
      package static let connected = Traits(rawValue: 2)
      /// The person meant.
      package static let rightParty = Traits(rawValue: 4)
      /// Somebody else.
      package static let thirdParty = Traits(rawValue: 8)
      /// Somebody went there.
      package static let visit = Traits(rawValue: 16)
      /// More than one of us went there.
      package static let joint = Traits(rawValue: 32)
      /// The person complained.
      package static let complaint = Traits(rawValue: 64)
      /// The person had asked to be called back.
      package static let requested = Traits(rawValue: 128)
      /// The number never rang.
      package static let unconnected = Traits(rawValue: 256)
      /// Somebody was spoken to.
      package static let conversation = Traits(rawValue: 512)
    }

    /// Position of the event.
    package var seq: Position
    /// When it began, microseconds UTC.
    package var occurred: Int64
    /// Local date of its beginning.
    package var day: Int32
    /// Number of the actor who made it.
    package var actor: UInt32
    /// The day on which something is to follow.
    package var nextOn: Int32 = .min
    /// How long it took, seconds.
    package var seconds: Int32 = 0
    /// What it was and came to.
    package var traits: Traits = []
    /// Places of its channel and of where it went among the codes of their lists, from 1; 0 for
    /// what no list has.
    var channel: UInt8 = 0, place: UInt8 = 0

    /// Whether it went by one of these channels.
    func went(by channels: [TextKey]) -> Bool { Contact.has(channels, channel, Contact.channels) }
    /// Whether it went to one of these places.
    func went(to places: [TextKey]) -> Bool { Contact.has(places, place, Contact.places) }
  }

  private static let channels = keys("channel"), places = keys("place")

  private static func keys(_ list: String) -> [TextKey] {
    (Register.codes[list]?.codes ?? []).map { TextKey($0.code) }
  }

  private static func place(of key: TextKey, _ keys: [TextKey]) -> UInt8 {
    keys.firstIndex(of: key).map { UInt8(clamping: $0 + 1) } ?? 0
  }

  private static func has(_ wanted: [TextKey], _ place: UInt8, _ keys: [TextKey]) -> Bool {
    place > 0 && wanted.contains(keys[Int(place) - 1])
  }

  /// Keys of the results that fix whom an attempt reached, and of those that took a message.
  private struct Results: Sendable {
    var rightParty: Set<TextKey> = [], thirdParty: Set<TextKey> = [], message: Set<TextKey> = []

    init() {
      for code in Register.codes["disposition"]?.codes ?? [] {
        let key = TextKey(code.code)
        if code.extras["reached"] == "right_party" { rightParty.insert(key) }
        if code.extras["reached"] == "third_party" { thirdParty.insert(key) }
        if code.extras["class"] == "message_left" { message.insert(key) }
      }
    }
  }

  private static let results = Results()
  private static let (inbound, visit) = (TextKey("inbound"), TextKey("visit"))
  private static let (unconnected, conversation) = (
    TextKey("not_connected"), TextKey("conversation")
  )
  private static let callback = TextKey("requested_callback")
  private static let (rightParty, thirdParty) = (TextKey("right_party"), TextKey("third_party"))

  /// A row for each attempt. Whom it reached is what was said; if nobody said, what its result
  /// fixes.
  package static func note(
    _ event: borrowing EventView, _ account: UInt32, _ isSubject: Bool,
    _ column: inout Column<Row>
  ) throws(WireError) {
    guard isSubject else { return }
    let header = event.header
    var row = Row(
      seq: header.seq, occurred: header.occurred,
      day: header.occurredOn.rawValue,
      actor: header.actor, traits: .outbound)
    var (reached, result) = (TextKey.none, TextKey.none)
    var body = CBORReader(event.body)
    for _ in 0..<(try body.map()) {
      switch try body.uint() {
      case Key.ContactAttempted.channel:
        let channel = try body.textKey()
        if channel == visit { row.traits.insert(.visit) }
        row.channel = place(of: channel, channels)
      case Key.ContactAttempted.direction:
        if try body.textKey() == inbound { row.traits.remove(.outbound) }
      case Key.ContactAttempted.purpose:
        if try body.textKey() == callback { row.traits.insert(.requested) }
      case Key.ContactAttempted.place: row.place = place(of: try body.textKey(), places)
      case Key.ContactAttempted.reached: reached = try body.textKey()
      case Key.ContactAttempted.result: result = try body.textKey()
      case Key.ContactAttempted.durationS: row.seconds = Int32(clamping: try body.int())
      case Key.ContactAttempted.nextActionOn: row.nextOn = Int32(clamping: try body.int())
      case Key.ContactAttempted.participants:
        let count = try body.array()
        if count > 0 { row.traits.insert(.joint) }
        for _ in 0..<count { try body.skip() }
      case Key.ContactAttempted.complaintRaised:
        if try body.bool() { row.traits.insert(.complaint) }
      default: try body.skip()
      }
    }
    if result == unconnected { row.traits.insert(.unconnected) }
    if result == conversation { row.traits.insert(.conversation) }
    row.traits.formUnion(came(to: result, reached))
    column.add(row, account)
  }

  // Somebody was reached, or a message was left: the attempt connected.
  private static func came(to result: TextKey, _ reached: TextKey) -> Row.Traits {
    if reached == rightParty { return [.rightParty, .connected] }
    if reached == thirdParty { return [.thirdParty, .connected] }
    if reached == .none, results.rightParty.contains(result) { return [.rightParty, .connected] }
    if reached == .none, results.thirdParty.contains(result) { return [.thirdParty, .connected] }
    return results.message.contains(result) ? .connected : []
  }
}

// MARK: - Decisions

extension Contact.Attempted: Decided {
  /// Refused when it ends before it starts, contradicts itself, compares ways to repay that are
  /// none, or leaves out what the field must say: why the person has not paid, and where a visit
  /// was; and to firms and agents who may not act on the day of it.
  package func decide(_ scene: inout Scene) throws(Refusal) {
    try scene.requireKnown()
    guard scene.occurredOn <= scene.today else {
      throw Refusal(
        rule: "contact.future", "The contact began on \(scene.occurredOn), after today.",
        remedy: "Record it when it has happened; what is planned is a next_action.")
    }
    if let durationS, durationS < 0 {
      throw Refusal(
        rule: "contact.ends-before-start",
        "The contact lasts \(durationS) seconds: it would end before it starts.",
        remedy: "Give the seconds from its start to its end, or leave duration_s out.")
    }
    let fixed = result.flatMap { Register.codes["disposition"]?.code($0)?.extras["reached"] }
    if let reached, let fixed, reached != fixed {
      throw Refusal(
        rule: "contact.reached",
        "The result \(result ?? "") means that \(fixed) was reached, not \(reached).",
        remedy: "Leave reached out, or give the result that fits it.")
    }
    if direction == "outbound", (reached ?? fixed) == "right_party", reasonForDelay == nil {
      throw Refusal(
        rule: "contact.reason-missing",
        "The person was reached, and reason_for_delay does not say why the debt is unpaid.",
        remedy: "Ask and record the reason; `other` is one.")
    }
    if (reached ?? fixed) == "nobody", reasonForDelay != nil {
      throw Refusal(
        rule: "contact.reason-told",
        "Nobody was reached, and reason_for_delay says why the debt is unpaid.",
        remedy: "Leave it out, or say who was reached and told it.")
    }
    if channel == "visit", geo == nil, geoMissingReason == nil {
      throw Refusal(
        rule: "contact.visit-where", "The visit has neither a position nor a reason for none.",
        remedy: "Give geo, or geo_missing_reason such as no_signal.")
    }
    try scene.require(options: options)
    if let participants, Set(participants).count < participants.count {
      throw Refusal(
        rule: "contact.participants", "A participant of the joint visit is named twice.",
        remedy: "Name each participant once; the actor is not among them.")
    }
    guard direction == "outbound", scene.house.hasAgents else { return }
    try scene.requireFree(scene.whoActs)
    for who in participants ?? [] { try scene.requireFree(who) }
  }
}

extension Scene {
  // A firm is active on the panel; an agent holds a certificate, and of a firm that is active.
  // Nothing is asked of somebody of whom neither was ever told: he is of the house's own staff.
  fileprivate func requireFree(_ who: String) throws(Refusal) {
    let key = TextKey(who)
    let certificates = house.certificates(of: key, on: occurredOn)
    if certificates?.isEmpty == true {
      throw Refusal(
        rule: "contact.agent-certified",
        "The certificate of \(who) is not valid on \(occurredOn).",
        remedy: "Record the new certificate with agent.certified, or let somebody else do it.")
    }
    var stopped: (firm: TextKey, standing: Agency.Standing)?
    for firm in [key] + (certificates ?? []).map(\.agency) {
      let standing = house.agency(firm, on: occurredOn).standing
      // A certificate of the house itself, or of a firm that may act, is enough.
      if firm != key, standing == .unknown || standing == .active { return }
      if standing != .unknown, standing != .active { stopped = stopped ?? (firm, standing) }
    }
    guard let stopped else { return }
    let firm = stopped.firm == key ? who : house.name(stopped.firm) ?? "the agent"
    throw Refusal(
      rule: "contact.actor-active",
      "Agency \(firm) may not act on \(occurredOn): it is \(stopped.standing.words).",
      remedy: "Let somebody else do it, or record agency.reinstated or agency.empanelled.")
  }
}
