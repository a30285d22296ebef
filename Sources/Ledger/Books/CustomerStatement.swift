/// The figures of a customer's statement: everything that moved one account's balance in a period.
///
/// The balance is what is outstanding less what is in credit, so that it closes with the figure of
/// the card. Each line is the difference that its entry makes when the entries before it are known
/// already: what a waiver, a cancellation or a refund could not reach is not in it. A line stands
/// where its entry counts: a due from the day it is shown, money from its value date, a payment
/// undone from its value date on that date.
package struct CustomerStatement: Sendable {
  /// One line.
  package struct Line: Sendable {
    /// Position of the entry.
    package var seq: Position
    /// When it happened, and its own day: the date a due falls due, the value date of money.
    package var date: Day, valueDate: Day
    /// What it was, in plain words.
    package var particulars: String
    /// What it added to the balance, below zero when it took from it.
    package var change: Int64
    /// The balance after it.
    package var balance: Int64
    /// What moved it.
    var kind: Fact.Kind
  }

  /// The account's id.
  package let account: String
  /// The currency of its sums.
  package private(set) var currency = Currency.none
  /// First and last day.
  package let from: Day, to: Day
  /// Balance before the first day.
  package private(set) var opening: Int64 = 0
  /// The lines of the period, in the order in which they count.
  package private(set) var lines: [Line] = []
  /// Balance at the end of the last day.
  package var closing: Int64 { lines.last?.balance ?? opening }
  /// Payments in the balance that count only when they clear, and have not cleared.
  package private(set) var uncleared: Int64 = 0

  /// The language of its words.
  package let language: Language

  private var words: [Position: String] = [:]
  private var provisional: [TextKey: Position] = [:]
  private var cleared: Set<TextKey> = []

  /// An empty statement.
  package init(account: String, from: Day, to: Day, language: Language = .english) {
    self.language = language
    self.account = account
    self.from = from
    self.to = to
  }

  /// Notes what an event of the account's trail is called.
  package mutating func note(_ event: borrowing EventView) throws(WireError) {
    let told = try Event(reading: event)
    words[event.header.seq] = Particulars(account: account, language: language).words(told)
    switch told {
    case .paymentReceived(let payment) where payment.provisional == true:
      provisional[TextKey(payment.payment)] = event.header.seq
      if let cheque = payment.cheque { cheques[TextKey(cheque)] = TextKey(payment.payment) }
    case .paymentCredited(let payment): cleared.insert(TextKey(payment.payment))
    case .chequeCleared(let cheque):
      if let payment = cheques[TextKey(cheque.cheque)] { cleared.insert(payment) }
    default: break
    }
  }

  private var cheques: [TextKey: TextKey] = [:]
}

// MARK: - Reckoning

extension CustomerStatement {
  // A fact that moves money: the day it counts from, and where in that day.
  private struct Mover {
    var index: Int
    var fact: Fact
    var counts: Int32
    var rank: Int

    func precedes(_ other: Mover) -> Bool {
      (counts, rank, fact.occurred, fact.seq, index)
        < (other.counts, other.rank, other.fact.occurred, other.fact.seq, other.index)
    }
  }

  /// Fills the lines from everything the account's trail said.
  package mutating func close(_ state: AccountState, _ terms: Terms) {
    currency = state.currency ?? .none
    var dead = Dead()
    dead.find(in: state.facts.rows.span)
    let facts = state.facts.rows.filter { !dead.contains($0.seq) && $0.kind != .entryReversed }
    let movers = movers(facts)
    let first = movers.firstIndex { $0.counts >= from.rawValue } ?? movers.count
    var known = facts.map { !$0.kind.isMoney }
    for mover in movers[..<first] { known[mover.index] = true }
    var reckoner = Reckoner()
    func balance() -> Int64 {
      var counted: ContiguousArray<Fact> = []
      for index in facts.indices where known[index] { counted.append(facts[index]) }
      let result = reckoner.reckon(
        counted.span, parts: state.facts.parts.span, currency: currency.rawValue, asOf: to,
        terms: terms)
      return result.outstanding - result.credit
    }
    opening = balance()
    var (last, at) = (opening, first)
    while at < movers.count {
      let fact = movers[at].fact
      // A cancellation of several dues is one entry, and one line.
      while at < movers.count, movers[at].fact.seq == fact.seq {
        known[movers[at].index] = true
        at += 1
      }
      let now = balance()
      lines.append(
        Line(
          seq: fact.seq, date: Day(rawValue: fact.seen), valueDate: Day(rawValue: fact.day),
          particulars: words[fact.seq] ?? "", change: now - last, balance: now, kind: fact.kind))
      last = now
    }
    noteUncleared(facts)
  }

  private func movers(_ facts: [Fact]) -> [Mover] {
    var movers: [Mover] = []
    for (index, fact) in facts.enumerated() where fact.kind.isMoney {
      guard fact.currency == currency.rawValue || fact.kind == .dueCancelled else { continue }
      var mover = Mover(index: index, fact: fact, counts: fact.day, rank: 1)
      switch fact.kind {
      case .due:
        mover.counts = min(fact.day, fact.seen)
        mover.rank = 0
      case .opening: mover.rank = 0
      case .payment, .transferIn, .transferOut, .refund: mover.rank = 2
      case .reversal:
        mover.rank = 3
        let undone = facts[..<index].last { $0.id == fact.id && $0.kind.bringsMoney }
        if fact.mark == 0, let undone { mover.counts = undone.day }
      default: break
      }
      if mover.counts <= to.rawValue { movers.append(mover) }
    }
    return movers.sorted { $0.precedes($1) }
  }

  private mutating func noteUncleared(_ facts: [Fact]) {
    for fact in facts where fact.kind == .payment && fact.day <= to.rawValue {
      guard provisional[fact.id] == fact.seq, !cleared.contains(fact.id) else { continue }
      let undone = facts.contains { $0.kind == .reversal && $0.id == fact.id }
      if undone { continue }
      uncleared += fact.amount
      for index in lines.indices where lines[index].seq == fact.seq {
        lines[index].particulars += language.say(
          ", counts once it has cleared", ", बैंक में जमा होने पर गिना जाएगा")
      }
    }
  }
}

extension Fact.Kind {
  /// Whether it brings money that can be taken back.
  fileprivate var bringsMoney: Bool { self == .payment || self == .transferIn }
}

// MARK: - What it prints

extension CustomerStatement {
  /// The table: date, value_date, particulars, debit, credit, balance, ref.
  package func sheet() -> Sheet {
    var table = Sheet(
      title: language.say(
        "Statement of account \(account) from \(from) to \(to), in \(currency.code)",
        "खाता \(account) का विवरण, \(from) से \(to) तक, \(currency.code) में"),
      columns: [
        .init("date", .day), .init("value_date", .day), .init("particulars"),
        .init("debit", .money), .init("credit", .money), .init("balance", .money),
        .init("ref", .integer),
      ])
    func money(_ minor: Int64) -> Sheet.Cell { .money(Int128(minor), currency) }
    table.rows.append(
      [
        .day(from), .none, .text(language.say("Opening balance", "प्रारंभिक शेष")), .none, .none,
        money(opening), .none,
      ])
    for line in lines {
      table.rows.append([
        .day(line.date), line.valueDate == .undated ? .none : .day(line.valueDate),
        .text(line.particulars), line.change > 0 ? money(line.change) : .none,
        line.change < 0 ? money(-line.change) : .none, money(line.balance),
        .integer(Int64(line.seq)),
      ])
    }
    table.rows.append(
      [
        .day(to), .none, .text(language.say("Closing balance", "अंतिम शेष")), .none, .none,
        money(closing), .none,
      ])
    if lines.contains(where: { $0.date > to }) {
      table.notes.append(
        language.say(
          "An entry of a later date stands where it counts: a due on the day it falls due, money on "
            + "its value date, a payment taken back on the day of the payment.",
          "बाद की तारीख की प्रविष्टि वहाँ है जहाँ से वह गिनी जाती है: देय अपनी नियत तारीख पर, पैसा अपनी मूल्य तिथि "
            + "पर, लौटा भुगतान भुगतान की तारीख पर।"))
    }
    if closing < 0 {
      table.notes.append(
        language.say("A balance below zero is money in your favour.", "शून्य से कम शेष आपकी जमा राशि है।"))
    }
    if uncleared > 0 {
      let sum = Money(minor: uncleared, currency: currency)
      table.notes.append(
        language.say(
          "Of the payments, \(sum) has not cleared yet; if it does not, it is owed.",
          "भुगतानों में से \(sum) अभी बैंक में जमा नहीं हुए; न होने पर वे बकाया रहेंगे।"))
    }
    if !lines.isEmpty { table.notes.append(split) }
    return table
  }
  // What moved the balance, by kind; together the difference of closing and opening balance.
  private var split: String {
    func sum(_ kinds: Fact.Kind...) -> Money {
      let change = lines.reduce(0) { $0 + (kinds.contains($1.kind) ? $1.change : 0) }
      return Money(minor: change, currency: currency)
    }
    let dues = sum(.due, .dueCancelled, .opening)
    let charges = sum(.charge, .waiver, .interest)
    let money = sum(.payment, .reversal, .refund, .transferIn, .transferOut)
    return language.say(
      "Of the change, dues make \(dues), charges \(charges), receipts \(money).",
      "बदलाव में देय \(dues), प्रभार \(charges), प्राप्तियाँ \(money)।")
  }
}
