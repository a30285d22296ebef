/// One account's life along the days, ready to be drawn: what fell due, what came, who spoke, what
/// protected, and how old the debt was.
package struct Timeline: Sendable {
  /// A sum on a day, and when it was told.
  package struct Sum: Sendable {
    /// The day it counts from and the day it was recorded.
    package var day: Day, recorded: Day
    /// Minor units, and whether it still stands.
    package var amount: Int64, stands: Bool
    /// What it is called.
    package var label: String
  }

  /// A promise from the day it was made to the day it was for.
  package struct Bracket: Sendable {
    /// How it came out.
    package enum Verdict: CaseIterable, Sendable { case kept, broken, open, withdrawn }
    /// Its ends.
    package var made: Day, due: Day
    /// Minor units and verdict.
    package var amount: Int64, verdict: Verdict
  }

  /// An attempt to reach somebody.
  package struct Contact: Sendable {
    /// The day, the channel, and whether anybody was reached.
    package var day: Day, channel: String, reached: Bool
  }

  /// Something that happened once: a notice, a legal step, a write-off.
  package struct Flag: Sendable {
    /// The day and what it was.
    package var day: Day, label: String
  }

  /// A time in which something protected the account or a person.
  package struct Band: Sendable {
    /// First day, and the day on which it ended; nil when it has not.
    package var from: Day, to: Day?
    /// What it was, and whether it stopped the days.
    package var label: String, pauses: Bool
  }

  /// The age of the debt at the end of a day: as known now, and as it was known that day.
  package struct Age: Sendable {
    /// The day.
    package var day: Day
    /// Delinquent days and bucket as known now, and days as known then.
    package var now: Int, bucket: Int, then: Int
  }

  /// The account, and its product and customer.
  package let account: String
  /// First and last day.
  package let from: Day, to: Day
  /// The account as it stands on the last day.
  package private(set) var standing = Observation()
  /// Dues, money that came, money that went back, charges, and what was given up.
  package private(set) var dues: [Sum] = [], receipts: [Sum] = [], returns: [Sum] = []
  /// Charges and waivers; a waiver does not stand.
  package private(set) var charges: [Sum] = []
  /// Promises, contacts, flags and protections.
  package private(set) var promises: [Bracket] = [], contacts: [Contact] = []
  /// What happened once, and what protected.
  package private(set) var flags: [Flag] = [], bands: [Band] = []
  /// The age of the debt, day by day.
  package private(set) var ages: [Age] = []
  private var promised: [(id: String, terms: Parts.PromiseTerms, items: [Parts.Item], made: Day)] =
    []
  private var withdrawn: Set<String> = []
  private var holds: [String: Int] = [:]

  /// The life of an account between two days.
  ///
  /// - Parameters:
  ///   - question: its day is the last one that counts, its position what is known now.
  ///   - zone: in which a recorded moment is a day.
  package init(
    _ history: AccountHistory, from: Day, to: Day, _ question: Question, policies: PolicyBook,
    house: House, zone: Zone
  ) throws(WireError) {
    account = history.id
    (self.from, self.to) = (from, to)
    var question = question
    question.vantage.asOf = to
    standing = try history.observe(question, policies: policies, house: house) { _ in true }
    var dead: Set<Position> = []
    for index in history.events.indices.reversed() {
      let header = history.header(index)
      guard header.type == EventCode.eventReversed, !dead.contains(header.seq) else { continue }
      let target = try history.event(index) { (event) throws(WireError) in
        try Envelope(reading: event.envelope).target
      }
      if let target { dead.insert(target) }
    }
    let pausing = standing.terms.holds.pausesAging
    for index in history.events.indices where !dead.contains(history.header(index).seq) {
      let header = history.header(index)
      let event = try history.event(index) { (event) throws(WireError) in
        try Event(reading: event)
      }
      note(event, header, zone.day(of: Moment(rawValue: header.recorded)), pausing)
    }
    settle()
    try age(history, question, policies, house, zone)
  }

  private mutating func note(_ event: Event, _ header: Header, _ recorded: Day, _ pausing: [String])
  {
    let day = Day(rawValue: header.day)
    let sum = Sum(day: day, recorded: recorded, amount: header.amount, stands: true, label: "")
    switch event {
    case .dueRaised(let due):
      var item = sum
      item.label = due.due
      item.stands = !standing.owed.contains { $0.obligation.seq == header.seq && $0.unpaid > 0 }
      dues.append(item)
    case .paymentReceived(let paid):
      var item = sum
      item.label = paid.payment
      receipts.append(item)
    case .paymentTransferred(let moved):
      var item = sum
      item.label = moved.payment
      if moved.to == account { receipts.append(item) } else { returns.append(item) }
    case .paymentReversed(let back):
      var item = sum
      item.label = back.payment
      returns.append(item)
      for at in receipts.indices where receipts[at].label == back.payment {
        receipts[at].stands = false
      }
    case .paymentRefunded: returns.append(sum)
    case .chargeLevied, .interestApplied: charges.append(sum)
    case .chargeWaived, .settlementExecuted:
      var item = sum
      item.stands = false
      charges.append(item)
    default: noteOther(event, header, day, pausing)
    }
  }

  private mutating func noteOther(_ event: Event, _ header: Header, _ day: Day, _ pausing: [String])
  {
    switch event {
    case .contactAttempted(let contact):
      contacts.append(
        Contact(day: day, channel: contact.channel, reached: contact.reached == "right_party"))
    case .promiseMade(let promise):
      promised.append((promise.promise, promise.terms, promise.items, day))
    case .promiseWithdrawn(let promise): withdrawn.insert(promise.promise)
    case .holdPlaced(let hold):
      holds[hold.hold] = bands.count
      bands.append(
        Band(
          from: hold.from, to: hold.to, label: Timeline.words(hold.kind),
          pauses: pausing.contains(hold.kind)))
    case .holdLifted(let hold):
      if let at = holds[hold.hold] { bands[at].to = min(bands[at].to ?? hold.to, hold.to) }
    case .restrictionPlaced(let limit):
      holds[limit.restriction] = bands.count
      bands.append(
        Band(
          from: limit.from ?? day, to: limit.to, label: Timeline.words(limit.kind), pauses: false))
    case .restrictionLifted(let limit):
      if let at = holds[limit.restriction] { bands[at].to = day }
    case .accountWrittenOff: flags.append(Flag(day: day, label: "written off"))
    case .accountClosed: flags.append(Flag(day: day, label: "closed"))
    case .accountReopened: flags.append(Flag(day: day, label: "reopened"))
    case .accountFlagged(let flag): flags.append(Flag(day: day, label: Timeline.words(flag.flag)))
    case .noticeSent(let notice):
      flags.append(Flag(day: day, label: Timeline.words(notice.kind) + " notice"))
    case .disputeRaised: flags.append(Flag(day: day, label: "dispute"))
    case .complaintReceived: flags.append(Flag(day: day, label: "complaint"))
    default:
      let name = Register.name(of: header.type)
      let parts = name.split(separator: ".")
      guard ["legal", "settlement", "security"].contains(parts.first ?? "") else { return }
      flags.append(Flag(day: day, label: Timeline.words(String(parts.last ?? ""))))
    }
  }

  private static func words(_ code: String) -> String {
    String(code.map { $0 == "_" ? " " : $0 })
  }

  // Kept when receipts that stand, of the days from the promise to its grace, come to the sum less
  // tolerance (`domain.md` 2.13); one rupee for two promises is for the promise book to tell.
  private mutating func settle() {
    for promise in promised {
      for item in promise.items {
        let end = item.dueOn + Int(clamping: promise.terms.graceDays)
        let came = receipts.filter { $0.stands && $0.day >= promise.made && $0.day <= end }
          .reduce(Int64(0)) { $0 + $1.amount }
        let enough = Int128(item.amount.minor) * Int128(10_000 - promise.terms.toleranceBp)
        var verdict = Bracket.Verdict.broken
        if withdrawn.contains(promise.id) {
          verdict = .withdrawn
        } else if Int128(came) * 10_000 >= enough {
          verdict = .kept
        } else if to <= end {
          verdict = .open
        }
        promises.append(
          Bracket(
            made: promise.made, due: item.dueOn, amount: item.amount.minor, verdict: verdict))
      }
    }
  }

  private mutating func age(
    _ history: AccountHistory, _ question: Question, _ policies: PolicyBook, _ house: House,
    _ zone: Zone
  ) throws(WireError) {
    var question = question
    var day = from
    while day <= to {
      question.vantage.asOf = day
      let now = try history.observe(question, policies: policies, house: house) { _ in true }
      let end = zone.endOfDay(day).rawValue
      let then = try history.observe(question, policies: policies, house: house) {
        history.header($0).recorded <= end
      }
      let labels = now.terms.buckets.labels
      ages.append(
        Age(
          day: day, now: now.reckoning.dpd, bucket: labels.firstIndex(of: now.bucket) ?? 0,
          then: then.reckoning.dpd))
      day = day + 1
    }
  }
}
