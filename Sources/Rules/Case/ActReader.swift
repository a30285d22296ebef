import Ledger

/// Makes acts of stored events, by one plan for each type.
final class ActReader {
  private var plans: [ReadingPlan?] = Array(repeating: nil, count: 256)
  private let names: Names
  private let named: TypeMask

  /// A reader that takes the ids of events of the types in `named`.
  init(names: Names, named: TypeMask) {
    (self.names, self.named) = (names, named)
  }

  private func plan(_ header: Header) throws(WireError) -> ReadingPlan {
    let code = Int(header.type)
    guard code < plans.count else { throw WireError("an event of unknown type", at: 2) }
    if let plan = plans[code] { return plan }
    guard let plan = ReadingPlan(code: header.type, version: header.version) else {
      throw WireError("an event of unknown type", at: 2)
    }
    plans[code] = plan
    return plan
  }

  /// The act of an event in the trail of `account`; lists are kept in `one`.
  func read(_ event: borrowing EventView, _ account: UInt32, _ one: Case?) throws(WireError) -> Act
  {
    var act = Act(event.header)
    act.header.account = account != 0 ? account : event.header.account
    let actor = names.actor(event.header.actor)
    (act.actor, act.agency) = (actor.id, actor.agency)
    if named.contains(event.header.type), let id = try Envelope.idKey(of: event.envelope) {
      act.id = id
    }
    if event.header.type == EventCode.documentFiled {
      // A document says in its references which entry it belongs to.
      for case .other(let reference) in try Envelope(reading: event.envelope).refs
      where reference.kind == "event" {
        act.set(.about, Int64(bitPattern: TextKey(reference.id).rawValue))
      }
    }
    let plan = try plan(event.header)
    var body = CBORReader(event.body)
    for _ in 0..<(try body.map()) {
      let key = Int(try body.uint())
      guard key < plan.steps.count else {
        try body.skip()
        continue
      }
      let (property, step) = plan.steps[key]
      switch step {
      case .skip: try body.skip()
      case .text: act.set(property, Int64(bitPattern: try body.textKey().rawValue))
      case .number: act.set(property, try body.int())
      case .truth: act.set(property, try body.bool() ? 1 : 0)
      case .money:
        _ = try body.array()
        act.set(property, try body.int())
        try body.skip()
      case .instant:
        _ = try body.array()
        act.set(property, try body.int())
        try body.skip()
      case .presence:
        try body.skip()
        act.set(property, 1)
      case .bytes:
        let start = body.position
        try body.skip()
        if let one {
          act.set(property, one.keep(body.bytes.extracting(start..<body.position)))
        }
      }
    }
    return act
  }
}
