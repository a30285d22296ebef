import Ledger

/// A year of small stories, each with a breach of one rule in it or with a near miss, and what the
/// plainest model expects: the breaches that were planted and nothing else.
struct Garden {
  /// What must be found.
  struct Breach: Hashable, Comparable, CustomStringConvertible {
    var rule: String, code: String
    /// The id of the event it hangs on; of the account when it hangs on none.
    var at: String

    var description: String { "\(rule) \(code) \(at)" }
    static func < (a: Breach, b: Breach) -> Bool { a.description < b.description }
  }

  /// An account of a story, its debtor and its zone.
  struct Account {
    var id: String, person: String
    var zone: Zone
  }

  private(set) var breaches: [Breach] = []
  private var events: [(recorded: Int64, order: Int, line: String)] = []
  private var count = 0

  /// The lines in order of recording, as `arrears restore` takes them.
  var lines: String {
    events.sorted { ($0.recorded, $0.order) < ($1.recorded, $1.order) }.map(\.line)
      .joined(separator: "\n")
  }

  /// A number that no other part of any story has.
  mutating func next() -> Int {
    count += 1
    return count
  }

  mutating func plant(_ rule: String, _ code: String, _ at: String) {
    breaches.append(Breach(rule: rule, code: code, at: at))
  }

  /// `{'a':1}` with quotes as JSON wants them.
  private static func json(_ text: String) -> String {
    String(text.map { $0 == "'" ? "\"" : $0 })
  }

  /// An event at a time of a day on the clock of a zone; gives its id.
  @discardableResult mutating func event(
    _ type: String, _ subject: String, _ body: String, _ zone: Zone, _ day: Day,
    _ time: String = "11:00:00", late hours: Int64 = 0, by actor: String = "{'id':'ops'}",
    refs: String = ""
  ) -> String {
    let id = "E\(next())"
    let parts = time.split(separator: ":").compactMap { Int($0) }
    let at: ClockTime
    switch zone.moment(of: day, hour: parts[0], minute: parts[1], second: parts[2]) {
    case .one(let time), .ambiguous(let time, _), .missing(let time, _): at = time
    }
    let recorded = at.moment.rawValue + hours * 3_600_000_000
    let kind = subject.prefix { $0 != ":" }
    let name = subject.dropFirst(kind.count + 1)
    var line = "{'event_id':'\(id)','type':'\(type)','v':1,'subject':{'kind':'\(kind)',"
    line += "'id':'\(name)'},'refs':[\(refs)],'occurred_at':'\(at)',"
    if refs.isEmpty { line = line.replacing("'refs':[],", with: "") }
    line += "'recorded_at':'\(Moment(rawValue: recorded))','actor':\(actor),'body':\(body)}"
    events.append((recorded, count, Garden.json(line)))
    return id
  }

  /// An event on an account.
  @discardableResult mutating func on(
    _ a: Account, _ type: String, _ body: String, _ day: Day, _ time: String = "11:00:00",
    late hours: Int64 = 0, by actor: String = "{'id':'ops'}", refs: String = ""
  ) -> String {
    event(
      type, "account:" + a.id, body, a.zone, day, time, late: hours, by: actor, refs: refs)
  }

  /// An event about the debtor of an account.
  @discardableResult mutating func about(
    _ a: Account, _ type: String, _ body: String, _ day: Day, _ time: String = "11:00:00",
    late hours: Int64 = 0
  ) -> String {
    event(type, "party:" + a.person, body, a.zone, day, time, late: hours)
  }

  /// An account that was opened before the year began.
  mutating func account(
    _ product: String, _ zone: String, _ money: String, more: String = "", person: String? = nil
  ) -> Account {
    let number = next()
    guard let zone = Zone(zone), let day = Day("2023-01-10") else { fatalGarden() }
    let a = Account(id: "A\(number)", person: person ?? "P\(number)", zone: zone)
    on(
      a, "account.opened",
      "{'account_no':'\(a.id)','product':'\(product)','principal':\(cash(5_000_000, money)),"
        + "'opened_on':'\(day)','debtor':'\(a.person)','time_zone':'\(zone.name)'\(more)}", day)
    return a
  }

  private func fatalGarden() -> Never { preconditionFailure("no such zone or day") }

  /// A sum as JSON.
  func cash(_ minor: Int64, _ currency: String) -> String {
    "{'minor':\(minor),'currency':'\(currency)'}"
  }

  /// A contact with everything in order; `with` replaces or adds properties.
  @discardableResult mutating func contact(
    _ a: Account, _ day: Day, _ time: String = "11:00:00", _ with: [String: String] = [:],
    late hours: Int64 = 0, by actor: String = "{'id':'ops'}"
  ) -> String {
    var fields: [String: String] = [
      "channel": "'call'", "direction": "'outbound'", "party": "'\(a.person)'",
      "party_role": "'debtor'", "result": "'busy'", "recording_ref": "'R\(count)'",
      "recording_notice": "true", "optout_notice": "true",
    ]
    for (name, value) in with { fields[name] = value.isEmpty ? nil : value }
    let body = fields.sorted { $0.key < $1.key }.map { "'\($0.key)':\($0.value)" }
    return on(
      a, "contact.attempted", "{\(body.joined(separator: ","))}", day, time, late: hours,
      by: actor)
  }

  /// A due of an account.
  @discardableResult mutating func due(_ a: Account, _ minor: Int64, _ money: String, _ on: Day)
    -> String
  {
    let number = next()
    return self.on(
      a, "due.raised",
      "{'due':'D\(number)','kind':'instalment','due_date':'\(on)','amount':\(cash(minor, money))}",
      on - 20)
  }

  /// Money that came; a mode that no rule about posting covers.
  @discardableResult mutating func pay(
    _ a: Account, _ minor: Int64, _ money: String, _ day: Day, mode: String = "upi",
    more: String = "", _ time: String = "11:00:00"
  ) -> String {
    let number = next()
    return on(
      a, "payment.received",
      "{'payment':'Y\(number)','amount':\(cash(minor, money)),'mode':'\(mode)'\(more)}", day, time)
  }
}
