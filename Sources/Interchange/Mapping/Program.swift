package import Ledger

/// A mapping made ready for one file: it turns rows into events.
package struct Program {
  /// One event that a row may give. A class, so that a row costs no copies of its parts.
  final class Event {
    /// Its type.
    let type: EventType
    /// On which rows; nil for all.
    let when: Compiled?
    /// Whose stream it belongs to; nil for the row's case.
    let subject: Compiled?
    /// When it happened.
    let occurred: Compiled
    /// From which day it counts.
    let valueDate: Compiled?
    /// Who did it.
    let actor: ActorPlan
    /// What else it concerns.
    let refs: [(kind: String, id: Compiled)]
    /// Case it is part of.
    let correlation: Compiled?
    /// Its fields.
    let body: BodyPlan
    /// What it is called in the world; nil when only its line names it.
    let key: Compiled?
    /// Whether what comes with it goes where it stands already.
    let isFollowed: Bool

    /// An event of all its parts.
    init(
      type: EventType, when: Compiled?, subject: Compiled?, occurred: Compiled,
      valueDate: Compiled?, actor: ActorPlan, refs: [(kind: String, id: Compiled)],
      correlation: Compiled?, body: BodyPlan, key: Compiled?, isFollowed: Bool
    ) {
      (self.key, self.isFollowed) = (key, isFollowed)
      (self.type, self.when, self.subject, self.occurred) = (type, when, subject, occurred)
      (self.valueDate, self.actor, self.refs) = (valueDate, actor, refs)
      (self.correlation, self.body) = (correlation, body)
    }
  }

  /// Who did it.
  struct ActorPlan {
    /// The id.
    var id: Compiled
    /// `actor_role`.
    var role: Compiled?
    /// `employment`.
    var employment: Compiled?
    /// The agency worked for.
    var agency: Compiled?
    /// The actor, when it is the same for every row.
    var constant: Actor?
  }

  /// What happens to the rows that meet a condition.
  struct Rule {
    /// On which rows; nil for all.
    var when: Compiled?
    /// What it gives.
    var events: [Event]
    /// What is remembered afterwards.
    var sets: [(slot: Int, name: String, value: Compiled)]
  }

  /// The rules in order.
  var rules: [Rule] = []
  /// The account a row is about.
  var subject: Compiled
  /// Its column, for a message.
  var subjectName: String
  /// Whether rows that no rule covers are passed over.
  var skipsOthers = false
  /// The column that says the currency.
  var currencyColumn: Int?
  /// The currency of every row.
  var fixedCurrency: Currency?
  /// How many named values there are.
  var valueCount = 0
  /// What is remembered of a new case.
  var start: [Value] = []
  /// Turns local times into instants.
  var clock: LocalClock
  /// How numbers are written.
  var numbers = NumberFormat()
  /// What the columns hold that the mapping declares, by their places.
  var types: [Int: ColumnType] = [:]
  /// Whether it fills anything that is about a person.
  package internal(set) var isPersonal = false
  /// The columns that a rejects file may show when it does.
  var openColumns: Set<Int> = []
  /// Whether rows of one case come together, so that only one case is remembered.
  var casesAreTogether = false
  /// The order rows are taken in; empty for the order of the file.
  package internal(set) var sort: [SortKey] = []
}

/// The state of a mapping while it runs over a file.
package struct MappingRun {
  private let program: Program
  private let frame: Frame
  private var cases: [[UInt8]: [Value]] = [:]
  private var lastCase: [UInt8]?

  /// A run from the first row on.
  package init(_ program: Program) {
    self.program = program
    frame = Frame(
      currency: program.fixedCurrency ?? .none, clock: program.clock, memory: program.start,
      values: program.valueCount)
  }

  /// The events of a row, in order, without their source. A row with an objection leaves no trace
  /// in what is remembered of its case.
  package mutating func events(of row: inout CSVRow) throws(Objection) -> [Draft] {
    swap(&frame.row, &row)
    defer { swap(&frame.row, &row) }
    for index in frame.values.indices { frame.values[index] = nil }
    if let column = program.currencyColumn {
      guard let currency = Currency(code: String(decoding: frame.row[column], as: UTF8.self)) else {
        throw Objection(
          "money.currency", "\(Objection.quote(frame.row[column])) is no currency of ISO 4217",
          column: "currency", remedy: "use a three-letter code such as INR")
      }
      frame.currency = currency
    }
    let subject = try program.subject.run(frame)
    if program.start.isEmpty { return try run(subject) }
    let name = frame.bytes(subject)
    remember(name)
    let before = frame.memory
    do throws(Objection) {
      let drafts = try run(subject)
      if !program.casesAreTogether { cases[name] = frame.memory }
      return drafts
    } catch {
      frame.memory = before
      throw error
    }
  }

  private mutating func remember(_ name: [UInt8]) {
    if program.casesAreTogether {
      if lastCase != name { frame.memory = program.start }
      lastCase = name
    } else {
      frame.memory = cases[name] ?? program.start
    }
  }

  private func run(_ subject: Value) throws(Objection) -> [Draft] {
    let id = frame.string(subject)
    do throws(Objection) { try FieldWriter.checkID(id.utf8) } catch {
      throw error.about(program.subjectName)
    }
    var drafts: [Draft] = []
    var matched = false
    for rule in program.rules {
      if let when = rule.when, try !FormulaCompiler.truth(when, frame) { continue }
      matched = true
      for event in rule.events {
        if let when = event.when, try !FormulaCompiler.truth(when, frame) { continue }
        drafts.append(try draft(event, id))
      }
      for (slot, name, value) in rule.sets {
        do throws(Objection) { frame.memory[slot] = frame.kept(try value.run(frame)) } catch {
          throw error.about(name)
        }
        // A named value may use what has just been set.
        for index in frame.values.indices { frame.values[index] = nil }
      }
    }
    guard matched || program.skipsOthers else {
      throw Objection(
        "mapping.uncovered", "no rule of the mapping covers this row",
        remedy: "add a rule for it, or say otherwise: skip")
    }
    return drafts
  }

  private func draft(_ event: Program.Event, _ account: String) throws(Objection) -> Draft {
    var id = account
    if let subject = event.subject {
      id = frame.string(try subject.run(frame))
      do throws(Objection) { try FieldWriter.checkID(id.utf8) } catch {
        throw error.about("subject")
      }
    }
    let occurred = try time(event.occurred)
    var valueDate: Day?
    if let step = event.valueDate, case .date(let day) = try step.run(frame) { valueDate = day }
    frame.amount = nil
    frame.day = nil
    frame.isPlain = false
    frame.out.bytes.removeAll(keepingCapacity: true)
    if !frame.flags.isEmpty { frame.flags = [] }
    if !frame.concerns.isEmpty { frame.concerns = [] }
    try event.body.write(frame)
    let day =
      switch event.type.day {
      case .occurred: occurred.day
      case .valueDate: valueDate ?? occurred.day
      case .property: frame.day ?? occurred.day
      }
    var draft = Draft(
      type: event.type.code, subject: Reference(kind: event.type.subject, id: id),
      occurred: occurred, day: day, actor: try actor(event.actor), body: frame.out.bytes)
    draft.version = event.type.version
    draft.valueDate = valueDate
    draft.amount = frame.amount
    draft.isPlain = frame.isPlain
    draft.flags = frame.flags
    for (kind, step) in event.refs {
      let value = try step.run(frame)
      if value.isEmpty { continue }
      draft.refs.append(Reference(kind: kind, id: frame.string(value)))
    }
    if !frame.concerns.isEmpty {
      let own = Reference(kind: "account", id: id)
      draft.concerns = frame.concerns.filter { name in
        let named = Reference(kind: "account", id: name)
        return !(named == own && draft.subject == own) && !draft.refs.contains(named)
      }
    }
    if let step = event.key {
      let value = try step.run(frame)
      if !value.isEmpty {
        let key = frame.string(value)
        if let loss = NaturalKey.loss(inKey: key) { throw loss.about("key") }
        // The type stands in front: a receipt and its credit have one name.
        draft.eventID = "\(event.type.name)/\(key)"
        (draft.isKeyed, draft.isFollowed) = (true, event.isFollowed)
      }
    }
    if let step = event.correlation {
      let value = try step.run(frame)
      if !value.isEmpty { draft.correlation = frame.string(value) }
    }
    try DraftFacts.check(draft)
    return draft
  }

  private func time(_ step: Compiled) throws(Objection) -> ClockTime {
    do throws(Objection) {
      switch try step.run(frame) {
      case .time(let time): return time
      case .date(let day): return try frame.clock.time(day, micros: 0)
      default:
        throw Objection(
          "event.required", "there is no time at which it happened", remedy: "fill it in")
      }
    } catch {
      throw error.about("occurred_at")
    }
  }

  private func actor(_ plan: Program.ActorPlan) throws(Objection) -> Actor {
    if let constant = plan.constant { return constant }
    func text(_ step: Compiled?) throws(Objection) -> String? {
      guard let step else { return nil }
      let value = try step.run(frame)
      return value.isEmpty ? nil : frame.string(value)
    }
    guard let id = try text(plan.id) else {
      throw Objection(
        "event.required", "there is nobody who did it", column: "actor", remedy: "fill it in")
    }
    return Actor(
      id: id, role: try text(plan.role), employment: try text(plan.employment),
      agency: try text(plan.agency))
  }
}
