import Journaling
import Ledger
import Rules

/// A rule of the catalogue, judged as `arrears comply` judges it.
///
/// `params` become a draft of a pack with this one rule on: its `versions` take the place of the
/// shipped ones, an `effective_from` is a version that starts then, everything else is a parameter.
/// Verdicts given in `derived` are handed to the run.
enum RuleCases {
  /// The findings of a case.
  static func findings(_ one: Value, _ rule: Rule, _ history: History) throws -> [Value] {
    guard let asOf = one["as_of"]?.text.flatMap({ ClockTime($0) }) else {
      throw Inexpressible("as_of is no instant")
    }
    let known = one["known_at"]?.text.flatMap { ClockTime($0) }
    let body = try BodyCodec.encodeJSON(Array(draft(one, rule).json.utf8).span)
    let zone = history.zone
    return try history.journal.reading { snapshot in
      let position = try known.map { (time) in try snapshot.position(knownAt: time.moment) }
      let now = min(asOf.moment, known?.moment ?? asOf.moment)
      let book: Rulebook
      do {
        book = try Rulebook(
          .draft([("The case", body)]), PolicyBook(), asOf: zone.day(of: now), only: [rule.id])
      } catch { throw Inexpressible("its parameters do not fit: \(error)") }
      var hearing = Hearing(
        book, knownAt: position ?? snapshot.head, now: now,
        days: Day(rawValue: -719_162)...Day.undated, zone: zone)
      hearing.given = try given(one)
      hearing.holders = try holders(one)
      let report = try hearing.run(history.journal, snapshot)
      let naming = history.journal.naming
      var told: [Value] = []
      for finding in report.findings {
        told.append(try RuleCases.told(finding, hearing.given, naming, snapshot))
      }
      return told
    }
  }

  private static func draft(_ one: Value, _ rule: Rule) -> Value {
    var change: [String: Value] = ["rule": .text(rule.id), "enabled": .truth(true)]
    var parameters: [String: Value] = [:]
    for (name, value) in one["params"]?.fields ?? [:] {
      let isParameter = rule.parameters.contains { $0.name == name }
      if name == "versions" {
        change["versions"] = value
      } else if name == "effective_from", !isParameter {
        change["versions"] = .list([.object(["from": value])])
      } else {
        parameters[name] = value
      }
    }
    change["parameters"] = .object(parameters)
    return .object(["pack": .text(rule.pack), "rules": .list([.object(change)])])
  }

  private static func given(_ one: Value) throws -> [Given] {
    try (one["derived"]?.items ?? []).map { item in
      guard let name = item["name"]?.text,
        let kind = Derived.allCases.first(where: { $0.name == name }),
        let at = item["at"]?.text.flatMap({ ClockTime($0) })
      else { throw Inexpressible("a derived verdict is none that a rule knows") }
      let subject = item["subject"]?["id"]?.text
      let isAccount = item["subject"]?["kind"]?.text == "account"
      return Given(
        kind, account: isAccount ? subject : nil, person: isAccount ? nil : subject, at: at,
        id: item["id"]?.text ?? "", values: plain(item["body"] ?? .null))
    }
  }

  private static func plain(_ value: Value) -> Rules.Value {
    switch value {
    case .null: .null
    case .truth(let value): .bool(value)
    case .number(let value): .int(value)
    case .text(let text): .text(text)
    case .list(let items): .list(items.map(plain))
    case .object(let fields):
      .map(
        fields.sorted { $0.key < $1.key }.map { Rules.Value.Pair($0.key, plain($0.value)) })
    }
  }

  // A case is about one debtor. Accounts of which its events do not say who owes them are that
  // debtor's: the one whom contacts, restrictions or bookings are about, or nobody named.
  private static func holders(_ one: Value) throws -> [String: String] {
    var people: [String] = []
    var accounts: [String] = []
    var told: Set<String> = []
    func note(_ id: String?, _ list: inout [String]) {
      if let id, !list.contains(id) { list.append(id) }
    }
    let aboutPeople = ["restriction", "consent", "booking", "party"]
    for event in one["events"]?.items ?? [] {
      let type = event["type"]?.text ?? ""
      let subject = event["subject"]?["id"]?.text
      if event["subject"]?["kind"]?.text == "account" { note(subject, &accounts) }
      if type == "account.opened", let subject { told.insert(subject) }
      if aboutPeople.contains(where: { type.hasPrefix($0 + ".") }) { note(subject, &people) }
      let role = event["body"]?["party_role"]?.text ?? "debtor"
      if type == "contact.attempted", role == "debtor" {
        note(event["body"]?["party"]?.text, &people)
      }
    }
    for item in one["derived"]?.items ?? [] {
      if item["subject"]?["kind"]?.text == "account" {
        note(item["subject"]?["id"]?.text, &accounts)
      }
      note(item["body"]?["party"]?.text, &people)
    }
    guard people.count <= 1 else { return [:] }
    let holder = people.first ?? "the debtor of the case"
    return Dictionary(
      uniqueKeysWithValues: accounts.filter { !told.contains($0) }.map { ($0, holder) })
  }

  private static func told(
    _ finding: Finding, _ given: [Given], _ naming: Naming, _ snapshot: borrowing Snapshot
  ) throws -> Value {
    var fields: [String: Value] = ["code": .text(finding.code), "event": .null]
    if finding.anchor != 0 {
      let id = try snapshot.event(at: finding.anchor) { (event) throws(JournalError) in
        try snapshot.eventID(of: event)
      }
      fields["event"] = .text(id ?? "?")
    } else if let verdict = given.first(where: { TextKey($0.id) == finding.derived }) {
      fields["event"] = .text(verdict.id)
    }
    for extra in finding.extras {
      fields[extra.name] =
        switch try extra.value.spoken(naming, snapshot) {
        case .number(let value): .number(value)
        case .day(let day): .text(day.description)
        case .money(let minor, let currency): .money(minor, currency)
        case .text(let text): .text(text)
        case .texts(let texts): .list(texts.map { .text($0) })
        case .account, .property: .null
        }
    }
    return .object(fields)
  }
}
