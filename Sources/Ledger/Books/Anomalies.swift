/// History that a command would have refused, and codes that no list has: stored because it
/// happened, listed because it should not have. Judged entry by entry with what was known just
/// before it; nothing of it is stored.
package struct Anomalies: Sendable {
  /// One anomaly.
  package struct Row: Hashable, Sendable {
    /// Position of the entry.
    package var seq: Position
    /// Account in whose trail it stands; of another stream its kind and id: `party P-9`.
    package var account: String
    /// The event's name.
    package var event: String
    /// The rule that would have refused it.
    package var rule: String
    /// What it says.
    package var what: String
    /// An anomaly.
    package init(seq: Position, account: String, event: String, rule: String, what: String) {
      self.seq = seq
      self.account = account
      self.event = event
      self.rule = rule
      self.what = what
    }
  }

  /// The anomalies found.
  package var rows: [Row] = []
  /// Entries that were judged.
  package var judged: Int64 = 0

  /// None yet.
  package init() {}

  /// How many by rule.
  package var counts: [String: Int64] {
    rows.reduce(into: [:]) { $0[$1.rule, default: 0] += 1 }
  }

  /// The table, by position: seq, account, event, rule, what.
  package func sheet() -> Sheet {
    var table = Sheet(
      title: "Anomalies: history that a command would have refused",
      columns: [
        .init("seq", .integer), .init("account"), .init("event"), .init("rule"), .init("what"),
      ])
    let sorted = rows.sorted { ($0.seq, $0.account, $0.rule) < ($1.seq, $1.account, $1.rule) }
    table.rows = sorted.map { row in
      [
        .integer(Int64(row.seq)), .text(row.account), .text(row.event), .text(row.rule),
        .text(row.what),
      ]
    }
    table.notes.append("\(judged) imported entries were judged.")
    return table
  }

  /// Whether events of a type are about another entry and judged with it, not by themselves.
  package static func follows(_ type: UInt16) -> Bool {
    type == EventCode.eventReversed || type == EventCode.eventAnnotated
  }

  /// Judges one imported entry of an account, known so far as `state`, or of another stream, known
  /// so far by `house` and, if it is a party, by `party`; `stream` is then its kind and id.
  package mutating func judge(
    _ event: borrowing EventView, state: AccountState, policies: PolicyBook, house: House,
    today: Day, party: PartyState = PartyState(), stream: String? = nil,
    actors: @escaping @Sendable (UInt32) -> String = { _ in "" },
    accounts: (@Sendable (String, Position) -> AccountState)? = nil
  ) throws(WireError) {
    var scene = Scene(
      history: event.header, account: state, policies: policies, house: house, today: today)
    scene.party = party
    scene.actors = actors
    if let accounts { scene.accounts = accounts }
    try judge(event, in: &scene, at: stream ?? state.id)
  }

  /// Judges one imported entry in a scene that was laid for it; `place` is the account or stream
  /// that the row names.
  package mutating func judge(
    _ event: borrowing EventView, in scene: inout Scene, at place: String
  ) throws(WireError) {
    judged += 1
    let header = event.header
    let name = Register.name(of: header.type)
    try listCodes(of: event, at: place)
    let type = Register.event(code: header.type, version: header.version)
    let told = try Event(reading: event)
    do throws(Refusal) {
      try Decisions.judge(told, about: type?.subject, in: &scene)
    } catch {
      rows.append(
        Row(
          seq: header.seq, account: place, event: name, rule: error.rule,
          what: error.what))
    }
  }

  /// Lists the codes of an entry, imported or not, that their lists do not have: such an entry is
  /// kept, whoever brought it.
  package mutating func listCodes(of event: borrowing EventView, at place: String)
    throws(WireError)
  {
    let header = event.header
    guard let type = Register.event(code: header.type, version: header.version) else { return }
    for code in try BodyCodec.unknownCodes(event.body, as: type) {
      let flag = code.refusal
      rows.append(
        Row(
          seq: header.seq, account: place, event: type.name, rule: flag.rule, what: flag.what))
    }
  }

  /// After an account's last entry: cheques that came back while their money is credited still. A
  /// command cannot refuse such a return, since the reversal that belongs to it comes after it.
  package mutating func close(_ scene: Scene) {
    var lives = Cheque.Lives()
    lives.follow(scene.account.desk.cheques, until: .undated)
    for life in lives.all where life.state == .bounced {
      let kept = scene.credit(keptBy: life)
      guard kept > 0 else { continue }
      let sum = Money(minor: kept, currency: Currency(rawValue: life.currency))
      rows.append(
        Row(
          seq: life.bounce, account: scene.account.id, event: "cheque.bounced",
          rule: "cheque.credit-kept",
          what: "\(sum) of a cheque that came back is still credited; payment.reversed with "
            + "reason=dishonour, caused by the bounce, takes it back."))
    }
  }
}
