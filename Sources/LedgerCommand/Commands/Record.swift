import ArgumentParser
import Glibc
import Interchange
import Journaling
import Ledger
import Sealing

/// Records one command.
struct Record: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "record",
    abstract: "Record one event: a command, which may be refused, or a fact.",
    discussion: """
      A command is what somebody here decides, such as promise.made; it may be refused. A fact is \
      what happened elsewhere, such as payment.credited or consent.given; it is stored, and \
      flagged if it should not have happened. `arrears schema` says which is which.
      Fields are given as name=value; `arrears record EVENT --help` shows which there are. One JSON \
      object may say them all, in the form of its schema ({"minor":450000,"currency":"INR"} for a \
      sum). The stream is named by its kind: account=LN-1, party=P-9. Sums are plain \
      decimals, in the ledger's currency unless another stands behind them; lists are separated by \
      commas, parts of an item by colons, or given as JSON.
        arrears record payment.received account=LN-1 payment=R7 \\
            amount=4500.00 mode=cash
        arrears record due.raised account=LN-1 due=d9 kind=instalment \\
            due_date=2026-05-05 amount=1000.00 \\
            components=principal:700.00,interest:300.00
        arrears record event.reversed reverses=seq:42 reason=typing_error
      What is about a person is given as plain text and sealed before it is stored.
      The same --key with the same words gives the first answer again and records nothing.
      """)

  @OptionGroup var ledger: LedgerOptions
  @OptionGroup var sealing: SealingOptions

  @Option(help: "Who did it. Default: the name of the user who is logged in.")
  var actor: String?

  @Option(help: "The role in which it was done, such as collector.")
  var role: String?

  @Option(help: "This command's name for ever; sent again, it is recorded once.")
  var key: String?

  @Flag(help: "Only say whether it would be refused.")
  var dryRun = false

  @Argument(help: "The event's name, such as payment.received.")
  var event: String

  @Argument(
    help: "name=value …, or the stream and one JSON object, or - to read that from standard input.")
  var fields: [String] = []

  func run() throws {
    guard let type = Register.event(event) else {
      throw Failure("No event is called \(event); `arrears schema` lists all of them.")
    }
    try AccessRole.require(.write, of: role)
    guard Decisions.contains(type.code) || Decisions.isFact(type) else {
      if type.code == EventCode.partyDataErased {
        throw Failure("\(event) is recorded by `arrears erase`, which destroys the key.")
      }
      if type.code == EventCode.ledgerEntryRedacted {
        throw Failure("\(event) is recorded by `arrears redact`, which destroys the content.")
      }
      if type.code == EventCode.ledgerCheckpointPublished {
        throw Failure(
          "\(event) is written by no verb: `arrears checkpoint` keeps and sends a signed note, and "
            + "leaves the log as it was signed.")
      }
      throw Failure(
        type.isDecided
          ? "\(event) cannot be recorded yet, since its noun cannot decide; bring it in by "
            + "`arrears import`, as history."
          : "\(event) is written by the ledger itself, in the course of another verb.")
    }
    guard !fields.isEmpty else {
      throw Failure(
        "\(event) needs fields.\n\n\(Schema.fields(type.shape))\n"
          + "The stream is named by \(type.subject)=ID.")
    }
    let journal = try ledger.open(writing: "record")
    let zone = try journal.zone()
    var words = try Words(fields, type, journal)
    if type.code == EventCode.promiseMade { try words.freezeTerms(journal, zone) }
    var draft = try draft(words, type, journal, zone)
    let sealer = try sealing.sealer(ledger, dryRun ? .rehearsing : .writing, journal)
    var said = words.said
    if draft.isPlain {
      said = try sealer.digest(said, of: draft)
      let id = draft.eventID ?? ""
      try sealer.seal(&draft, context: key ?? id)
    }
    if dryRun {
      let receipt = try journal.rehearse(
        draft, key: key.map(CommandKey.init), said: said, zone: zone)
      if receipt.replayed {
        Terminal.out("\(event) was recorded before under this key, seq \(receipt.first).\n")
        return
      }
      let flags = receipt.flags
      Terminal.out("\(event) would be recorded\(flags.isEmpty ? "" : ", and flagged").\n")
      for flag in flags { Terminal.note("arrears: flagged: \(flag)\n") }
      return
    }
    let receipt = try journal.record(
      draft, key: key.map(CommandKey.init), said: said, zone: zone
    ) { () throws(JournalError) in
      do throws(SealingError) { try sealer.flush() } catch { throw .invalid("\(error)") }
    }
    let again = receipt.replayed ? "  (recorded before under this key)" : ""
    Terminal.out("\(event)  \(draft.subject.id)  seq \(receipt.first)\(again)\n")
    for flag in receipt.flags { Terminal.note("arrears: flagged: \(flag)\n") }
    try journal.close()
  }

  /// What `arrears record EVENT --help` says: the event's own fields instead of the verb's options.
  static func eventToExplain() -> String? {
    let words = CommandLine.arguments.dropFirst()
    guard words.first == "record", words.contains("--help") || words.contains("-h"),
      let type = words.lazy.compactMap({ Register.event($0) }).first
    else { return nil }
    return Schema.event(type) + "\narrears record \(type.name) \(type.subject)=ID "
      + type.shape.fields.filter { $0.isRequired && $0.name != type.subject }
      .map { "\($0.name)=…" }.joined(separator: " ") + "\n"
  }

  private func draft(_ words: Words, _ type: EventType, _ journal: Journal, _ zone: Zone) throws
    -> Draft
  {
    let now = Journal.systemClock()
    let local = ClockTime(moment: now, offset: zone.offset(at: now))
    do throws(BodyError) { _ = try BodyCodec.encode(Array(words.body.utf8), as: type) } catch {
      throw Record.failure(error.path, error.what, type)
    }
    var json = "{\"event_id\":\(Rendering.quote(words.event["event_id"] ?? Edge.uuid(at: now)))"
    json += ",\"type\":\(Rendering.quote(type.name)),\"v\":\(type.version)"
    json += ",\"subject\":{\"kind\":\(Rendering.quote(type.subject)),"
    json += "\"id\":\(Rendering.quote(words.subject))}"
    let occurred = words.event["occurred_at"] ?? local.description
    json += ",\"occurred_at\":\(Rendering.quote(occurred))"
    for name in ["value_date", "causation", "correlation"] {
      guard let value = words.event[name] else { continue }
      json += ",\(Rendering.quote(name)):\(Rendering.quote(value))"
    }
    json += ",\"actor\":{\"id\":\(Rendering.quote(actor ?? Edge.user()))"
    if let role { json += ",\"role\":\(Rendering.quote(role))" }
    json += "},\"source\":{\"kind\":\"cli\"},\"body\":\(words.body)}"
    do throws(Objection) {
      return try EventJSON(json).draft
    } catch {
      throw Record.failure(error, type)
    }
  }

  private static func failure(_ objection: Objection, _ type: EventType) -> Failure {
    let path = objection.column ?? ""
    return failure(path.hasPrefix("body.") ? String(path.dropFirst(5)) : path, objection.what, type)
  }

  private static func failure(_ path: String, _ what: String, _ type: EventType) -> Failure {
    Failure(
      "\(type.name)\(path.isEmpty ? "" : ", \(path)"): \(what); "
        + "see `arrears record \(type.name) --help`.")
  }
}

/// What a person wrote behind `record`, sorted into stream, event and body.
struct Words {
  /// Id of the stream.
  var subject = ""
  /// Event-level values by name.
  var event: [String: String] = [:]
  /// The body as a JSON object.
  var body = ""
  /// What was said, in an order of its own, for the idempotency key.
  var said: [UInt8] = []
  /// Fields of the body given as name=value.
  private(set) var given: [String] = []

  private static let eventLevel = [
    "event_id", "occurred_at", "value_date", "causation", "correlation",
  ]

  /// Sorts the words of a command.
  init(_ words: [String], _ type: EventType, _ journal: Journal) throws {
    var values: [String: String] = [:]
    var json: String?
    for word in words {
      if word == "-" || word.hasPrefix("{") {
        guard json == nil else { throw Failure("Two JSON objects are given; give one.") }
        json =
          word == "-" ? String(decoding: try Edge.read("-", limit: 1 << 20), as: UTF8.self) : word
        continue
      }
      guard let cut = word.firstIndex(of: "=") else {
        throw Failure("`\(word)` is no field; write name=value.")
      }
      let name = String(word[..<cut])
      guard values[name] == nil else { throw Failure("The field \(name) is given twice.") }
      values[name] = String(word[word.index(after: cut)...])
    }
    said = Array(
      (type.name + "\n" + (json ?? "") + "\n"
        + values.keys.sorted().map { "\($0)=\(values[$0] ?? "")\n" }.joined()).utf8)
    for name in Words.eventLevel {
      guard type.shape.field(name) == nil else { continue }
      event[name] = values.removeValue(forKey: name)
    }
    var parts: [String] = []
    for field in type.fields {
      guard let text = values[field.name] else { continue }
      guard json == nil else {
        throw Failure(
          "The field \(field.name) stands beside a JSON object; put it into the object.")
      }
      let value = try Words.value(text, field, journal)
      parts.append(Rendering.quote(field.name) + ":" + value)
      given.append(field.name)
    }
    subject = try Words.id(try Words.subject(&values, type, journal), type.subject)
    for field in type.fields { values[field.name] = nil }
    if let unknown = values.keys.sorted().first {
      let names = type.shape.fields.map(\.name).joined(separator: ", ")
      throw Failure("\(type.name) has no field \(unknown); it has \(names).")
    }
    body = json ?? "{" + parts.joined(separator: ",") + "}"
  }

  // The stream by its kind; entries and policies are named by their own body, the book is itself.
  private static func subject(
    _ values: inout [String: String], _ type: EventType, _ journal: Journal
  ) throws -> String {
    let named =
      type.shape.field(type.subject) == nil ? values.removeValue(forKey: type.subject) : nil
    if let named { return named }
    switch type.subject {
    case "ledger": return "book"
    case "event":
      if let about = values["reverses"] ?? values["about"] {
        return try Words.eventID(about, journal)
      }
    default:
      if let own = values[type.subject] { return own }
    }
    throw Failure("The stream is missing; say \(type.subject)=ID, in front of a JSON object too.")
  }

  // `seq:42` names an entry by its position; anything else is its id already.
  private static func eventID(_ text: String, _ journal: Journal) throws -> String {
    guard text.hasPrefix("seq:") else { return text }
    guard let seq = Position(text.dropFirst(4)) else {
      throw Failure("`\(text)` names no position; write seq: and a number.")
    }
    let id = try journal.reading { snapshot in
      try snapshot.event(at: seq) { (event) throws(JournalError) in
        try snapshot.eventID(of: event)
      }
    }
    guard let id else { throw Failure("There is no entry at position \(seq).") }
    return id
  }

  // What a person types ends where it seems to end: a blank at either end makes a second id that
  // nobody can tell from the first.
  private static func id(_ text: String, _ name: String) throws -> String {
    guard text.first != " ", text.last != " " else {
      throw Failure("\(name): `\(text)` begins or ends with a blank; leave it out.")
    }
    return text
  }

  private static func value(_ text: String, _ field: Field, _ journal: Journal) throws -> String {
    if text.hasPrefix("[") || text.hasPrefix("{") { return text }
    guard field.isList else { return try single(text, field, journal) }
    let items = text.split(separator: ",").map(String.init)
    return "[" + (try items.map { try single($0, field, journal) }.joined(separator: ",")) + "]"
  }

  private static func single(_ text: String, _ field: Field, _ journal: Journal) throws -> String {
    switch field.kind {
    case .int, .bp:
      guard Int64(text).map(String.init) == text else {
        throw Failure("\(field.name): `\(text)` is no whole number of at most 64 bits, such as 12.")
      }
      return text
    case .bool:
      guard text == "true" || text == "false" else {
        throw Failure("\(field.name): `\(text)` is neither true nor false.")
      }
      return text
    case .money:
      let words = text.split(separator: " ")
      guard words.count <= 2 else {
        throw Failure(
          "\(field.name): `\(text)` is no sum; write one such as 1234.50 or \"1234.50 EUR\".")
      }
      let code = words.count > 1 ? String(words[1]) : journal.identity.currency.code
      guard let currency = Currency(code: code) else {
        throw Failure("\(field.name): \(code) is no ISO 4217 currency.")
      }
      guard let money = Money(decimal: words.first ?? "", currency: currency) else {
        throw Failure(
          "\(field.name): `\(text)` is no sum; write a plain decimal with at most "
            + "\(currency.exponent) digits after the point, such as 1234.50, and not beyond "
            + "\(Money(minor: .max, currency: currency).decimal).")
      }
      return "{\"minor\":\(money.minor),\"currency\":\(Rendering.quote(code))}"
    case .id where text.hasPrefix("seq:") && field.of == "event":
      return Rendering.quote(try eventID(text, journal))
    case .id: return Rendering.quote(try id(text, field.name))
    case .geo:
      let degree: UInt64 = 1_000_000_000_000_000
      let pair = text.split(separator: ":").map { Money.minor(utf8: $0.utf8, exponent: 15) }
      if pair.count == 2, let latitude = pair[0], let longitude = pair[1],
        latitude.magnitude > 90 * degree || longitude.magnitude > 180 * degree
      {
        throw Failure(
          "\(field.name): \(text) is no place on earth; write latitude:longitude in degrees.")
      }
      return Rendering.quote(text)
    case .part:
      let fields = field.part?.fields ?? []
      let pieces = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
      guard pieces.count <= fields.count else {
        throw Failure("\(field.name): `\(text)` has more parts than \(field.typeName) has fields.")
      }
      let pairs = try zip(fields, pieces).map { field, piece in
        Rendering.quote(field.name) + ":" + (try single(piece, field, journal))
      }
      return "{" + pairs.joined(separator: ",") + "}"
    default: return Rendering.quote(text)
    }
  }
}
