import Ledger

extension MappingReader {
  private static let eventKeys: Set<String> = [
    "type", "when", "key", "elsewhere", "subject", "occurred_at", "value_date", "actor", "refs",
    "correlation", "body",
  ]

  /// The rules in order; `events:` at the top is one rule for every row.
  func readRules() throws(Objection) -> [Program.Rule] {
    if let given = root["rules"] {
      if let events = root["events"] {
        throw events.objection(
          "mapping.shape", "there are both events: and rules:", "put the events into a rule")
      }
      var rules: [Program.Rule] = []
      for item in given.items {
        _ = try item.pairs("a rule", known: ["when", "events", "set", "about"])
        rules.append(try rule(item))
      }
      if !rules.isEmpty { return rules }
    }
    guard root["events"] != nil else {
      throw Objection(
        "mapping.required", "the mapping has no events",
        remedy: "add events: with a list, or rules: with a list of when:, events: and set:")
    }
    return [try rule(root, top: true)]
  }

  private func rule(_ yaml: YAML, top: Bool = false) throws(Objection) -> Program.Rule {
    var rule = Program.Rule(when: nil, events: [], sets: [])
    if !top, let when = yaml["when"] { rule.when = try condition(when) }
    for item in yaml["events"]?.items ?? [] { rule.events.append(try event(item)) }
    if !top, let sets = yaml["set"] {
      for pair in try sets.pairs("set") {
        guard let (slot, kind) = scope.memory[pair.key] else {
          throw Objection(
            "mapping.name", "there is no memory named \(Objection.quote(pair.key))",
            remedy:
              "declare it under memory:; there is \(Objection.list(scope.memory.keys.sorted()))"
          ).at("", pair.line)
        }
        let value = try MappingReader.at(pair.value) { () throws(Objection) -> Compiled in
          let text = try pair.value.text(pair.key)
          if text.isEmpty { return Compiled(kind, constant: .empty) }
          return try scope.use.keeping(nil) { () throws(Objection) in
            try compiler.compile(try FormulaParser.parse(text), as: kind)
          }
        }
        rule.sets.append((slot, pair.key, value))
      }
    }
    guard !rule.events.isEmpty || !rule.sets.isEmpty else {
      throw yaml.objection("mapping.required", "a rule does nothing", "give it events: or set:")
    }
    return rule
  }

  private func event(_ yaml: YAML) throws(Objection) -> Program.Event {
    _ = try yaml.pairs("an event", known: MappingReader.eventKeys)
    guard let named = yaml["type"] else {
      throw yaml.objection(
        "mapping.required", "an event has no type", "add type: such as payment.received")
    }
    let type = try eventType(named)
    func inherited(_ key: String) -> YAML? { yaml[key] ?? root[key] }
    guard let happened = inherited("occurred_at") else {
      throw yaml.objection(
        "mapping.required", "\(type.name) does not say when it happened",
        "add occurred_at: to the event or to the top of the mapping")
    }
    let occurred = try constant(try template(happened, "occurred_at"), as: [.time, .date])
    guard occurred.kind == .time || occurred.kind == .date else {
      throw compiler.unfit(occurred.kind, Kind.time.phrase).about("occurred_at")
        .at("", happened.line)
    }
    var valueDate: Compiled?
    if let given = inherited("value_date") {
      let date = try constant(try template(given, "value_date"), as: [.date])
      guard date.kind == .date else {
        throw compiler.unfit(date.kind, Kind.date.phrase).about("value_date").at("", given.line)
      }
      valueDate = date
    }
    guard let doer = inherited("actor") else {
      throw yaml.objection(
        "mapping.required", "\(type.name) does not say who did it",
        "add actor: to the event or to the top of the mapping")
    }
    var notes = EventPlanNotes(amount: type.amount?.name, day: nil)
    if case .property(let field) = type.day { notes.day = field.name }
    let body = try MappingReader.at(yaml) { () throws(Objection) in
      try BodyPlan(yaml["body"], shape: type.shape, path: "", compiler: compiler, event: notes)
    }
    return Program.Event(
      type: type, when: try condition(yaml["when"]),
      subject: try subject(yaml, type), occurred: occurred, valueDate: valueDate,
      actor: try actor(doer), refs: try refs(inherited("refs")),
      correlation: try optionalText(inherited("correlation"), "correlation"), body: body,
      key: try optionalText(yaml["key"], "key"), isFollowed: try isFollowed(yaml))
  }

  private func isFollowed(_ yaml: YAML) throws(Objection) -> Bool {
    guard let given = yaml["elsewhere"] else { return false }
    guard try given.text("elsewhere") == "follow", yaml["key"] != nil else {
      throw given.objection(
        "mapping.shape", "elsewhere can only be follow, and only beside a key",
        "leave it out to refuse a row whose key stands under another account")
    }
    return true
  }

  private func eventType(_ yaml: YAML) throws(Objection) -> EventType {
    let name = try yaml.text("type")
    guard let type = Register.event(name) else {
      let noun = name.prefix { $0 != "." }
      let near = Register.events.filter { $0.noun == noun }.map(\.name)
      throw yaml.objection(
        "event.type", "there is no event \(Objection.quote(name))",
        near.isEmpty
          ? "the nouns are " + Objection.list(Register.nouns) : "there are " + Objection.list(near))
    }
    guard type.isImported else {
      throw yaml.objection(
        "event.not-imported", "\(name) cannot be imported",
        "policies, facts about the ledger, reversals and erasures are decided here; use their command"
      )
    }
    return type
  }

  private func subject(_ yaml: YAML, _ type: EventType) throws(Objection) -> Compiled? {
    if let given = yaml["subject"] { return try text(given, "subject") }
    guard type.subject != "account" else { return nil }
    throw yaml.objection(
      "mapping.required",
      "\(type.name) belongs to a stream of kind \(type.subject), not to an account",
      "add subject: with the id of the \(type.subject)")
  }

  private func actor(_ yaml: YAML) throws(Objection) -> Program.ActorPlan {
    guard case .map = yaml else {
      let id = try text(yaml, "actor")
      var plan = Program.ActorPlan(id: id)
      if case .text(let bytes) = id.constant {
        plan.constant = Actor(id: String(decoding: bytes, as: UTF8.self))
      }
      return plan
    }
    _ = try yaml.pairs("actor", known: ["id", "role", "employment", "agency"])
    guard let id = yaml["id"] else {
      throw yaml.objection("mapping.required", "the actor has no id", "add id:")
    }
    return Program.ActorPlan(
      id: try text(id, "actor.id"), role: try optionalText(yaml["role"], "actor.role"),
      employment: try optionalText(yaml["employment"], "actor.employment"),
      agency: try optionalText(yaml["agency"], "actor.agency"))
  }

  /// A text that never changes, read as the first kind that fits it.
  private func constant(_ compiled: Compiled, as kinds: [Kind]) throws(Objection) -> Compiled {
    guard compiled.kind == .text, case .text(let bytes) = compiled.constant else { return compiled }
    for kind in kinds {
      guard let value = Literal.value(bytes, as: kind, currency: nil) else { continue }
      return Compiled(kind, constant: value)
    }
    return compiled
  }

  private func optionalText(_ yaml: YAML?, _ place: String) throws(Objection) -> Compiled? {
    guard let yaml else { return nil }
    return try text(yaml, place)
  }

  private func condition(_ yaml: YAML?) throws(Objection) -> Compiled? {
    guard let yaml else { return nil }
    return try condition(yaml) as Compiled
  }

  private func refs(_ yaml: YAML?) throws(Objection) -> [(kind: String, id: Compiled)] {
    var refs: [(kind: String, id: Compiled)] = []
    guard let yaml else { return refs }
    for item in yaml.items {
      for pair in try item.pairs("refs") { refs.append((pair.key, try text(pair.value, pair.key))) }
    }
    return refs
  }
}
