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

  /// A cheque that went to the bank, by what tells one paper from another.
  package struct Deposit: Sendable {
    /// The account through which it went.
    package var account: String
    /// Positions of its receipt and of its first deposit.
    package var received: Position, seq: Position
    /// Whether it was given back or lost, so that it may come again elsewhere.
    var isGone: Bool
  }

  private var deposits: [TextKey: Deposit] = [:]
  /// Cheques of one number, bank and drawer that went to the bank through two accounts: the first
  /// deposit, and the later one. They are one paper where the bank is named.
  package private(set) var twice: [(first: Deposit, later: Deposit)] = []

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

  /// After an account's last entry: cheques that came back while their money is credited still, and
  /// those that go to the bank elsewhere too. A command cannot refuse such a return, since the
  /// reversal that belongs to it comes after it, nor such a deposit, since it sees one account.
  package mutating func close(_ scene: Scene) {
    var lives = Cheque.Lives()
    let desk = scene.account.desk
    lives.follow(desk.cheques, until: .undated)
    for row in desk.cheques.rows where row.kind == .deposited {
      guard let life = lives.all.first(where: { $0.cheque == row.cheque }), life.received != 0
      else { continue }
      note(
        Deposit(
          account: scene.account.id, received: life.received, seq: row.seq,
          isGone: life.state.isOver && life.state != .cleared), of: life.twin)
    }
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

  // Keeps the first deposit of a paper, and what stands against it. Each account is met once.
  private mutating func note(_ deposit: Deposit, of paper: TextKey) {
    guard let known = deposits[paper] else { return deposits[paper] = deposit }
    if known.account == deposit.account { return }
    let (first, later) = known.seq < deposit.seq ? (known, deposit) : (deposit, known)
    deposits[paper] = first
    if !first.isGone { twice.append((first, later)) }
  }

  /// Lists a deposit of a paper that went to the bank through another account before.
  package mutating func list(_ later: Deposit, after first: Deposit, number: String, bank: String) {
    rows.append(
      Row(
        seq: later.seq, account: later.account, event: "cheque.deposited",
        rule: "cheque.other-account",
        what: "Cheque \(number) of bank \(bank) went to the bank through account \(first.account) "
          + "too, at seq \(first.seq); one paper is paid once."))
  }
}
