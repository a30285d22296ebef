package import Ledger

/// What there is of a person, for erasure. Streams of parties have no index, so the log is scanned
/// once for the few types of events that name a party; accounts are read by their trails.
extension Journal {
  /// What there is of a person now.
  package func belongings(of person: String, today: Day) throws(JournalError) -> Belongings {
    try read { (snapshot) throws(JournalError) in
      let question = Question(vantage: Vantage(asOf: .undated, knownAt: snapshot.head))
      return try belongings(
        of: person, try shared(question, snapshot).policies, today: today, snapshot)
    }
  }

  func belongings(
    of person: String, _ policies: PolicyBook, today: Day, _ snapshot: borrowing Snapshot
  ) throws(JournalError) -> Belongings {
    var found = Belongings()
    let (zone, key) = (try zone(), TextKey(person))
    let number = try snapshot.number(.party, person)
    var debtor: [UInt32] = []
    var others: [UInt32] = []
    let streams = Register.events.filter { $0.subject == NameKind.party.name }.map(\.code)
    let wanted = TypeMask(streams + [EventCode.accountOpened, EventCode.partyLinked])
    try snapshot.bundles(wanted: wanted) { (bundle) throws(JournalError) in
      for index in 0..<bundle.count where wanted.contains(bundle.header(index).type) {
        let header = bundle.header(index)
        do throws(WireError) {
          switch header.type {
          case EventCode.accountOpened:
            let name = Key.AccountOpened.debtor
            if try Journal.names(name, bundle.event(index), key) { debtor.append(header.account) }
          case EventCode.partyLinked:
            let name = Key.PartyLinked.party
            if try Journal.names(name, bundle.event(index), key) { others.append(header.account) }
          default:
            guard let number, header.account == 0,
              try Envelope(reading: bundle.event(index).envelope).subject
                == .numbered(.party, number)
            else { continue }
            found.isKnown = true
            found.note(zone.day(of: Moment(rawValue: header.recorded)))
          }
        } catch { throw .wire(error, at: header.seq) }
      }
    }
    found.add(
      nil, try Journal.retention(policies, PolicySubject(product: "", account: ""), today),
      today: today)
    for account in Set(debtor + others).sorted() {
      found.isKnown = true
      let id = try snapshot.name(.account, account) ?? "?"
      let state = try snapshot.state(of: account, id: id) { header in
        found.note(zone.day(of: Moment(rawValue: header.recorded)))
      }
      if debtor.contains(account) { found.accounts.append(state.id) }
      found.add(state, try Journal.retention(policies, state.subject, today), today: today)
    }
    return found
  }

  private static func names(_ name: UInt64, _ event: borrowing EventView, _ key: TextKey)
    throws(WireError) -> Bool
  {
    var body = CBORReader(event.body)
    for _ in 0..<(try body.map()) {
      if try body.uint() == name { return try body.textKey() == key }
      try body.skip()
    }
    return false
  }

  static func retention(_ policies: PolicyBook, _ subject: PolicySubject, _ day: Day)
    throws(JournalError) -> Retention
  {
    do throws(WireError) { return try policies.terms(for: subject, on: day).retention } catch {
      throw .wire(error, at: 0)
    }
  }
}
