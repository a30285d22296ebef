// MARK: - Verdicts

extension Legal {
  /// A statutory clock: until when something is to be done, or from when it may be.
  package struct Clock: Hashable, Sendable {
    /// Which one.
    package enum Name: String, Sendable {
      case noticeBy = "notice_by", payBy = "pay_by", complaintBy = "complaint_by"
      case possessionFrom = "possession_from", replyBy = "reply_by", saleFrom = "sale_from"
      case complyBy = "comply_by", sueBy = "sue_by"

      /// Whether it is our duty, so that it can be missed; the others are waited for.
      package var isDuty: Bool {
        self == .noticeBy || self == .complaintBy || self == .replyBy || self == .sueBy
      }
    }

    /// Which one.
    package var name: Name
    /// The last day, or the first one of what is waited for.
    package var day: Day
    /// The day on which it was done; nil while it is not.
    package var done: Day?

    /// Whether a duty was done too late, or not at all by the end of a day after its last.
    package func isMissed(asOf: Day) -> Bool { name.isDuty && (done ?? asOf) > day }
    /// Whether it runs: not done, and its day not past.
    package func runs(asOf: Day) -> Bool { done == nil && asOf <= day }
  }

  /// Where a matter stands, when no court has said so.
  package enum Stage: String, Sendable {
    case noticeDue = "notice_due", noticeSent = "notice_sent", unserved, served, replied
    case waiting, paidInTime = "paid_in_time", paid, causeOfAction = "cause_of_action"
    case timeBarred = "time_barred", mayAct = "measure_open"
    case possession, saleNoticed = "sale_noticed", auctioned, sold, released
    case filed, stayed, ended, toSue = "to_sue"
  }

  /// One thing that is followed: a returned cheque, a secured measure, a case, a notice.
  package struct Matter: Sendable {
    /// What kind of thing.
    package enum Kind: String, Sendable { case s138, sarfaesi, notice, suit = "case", limitation }
    /// What kind of thing.
    package var kind: Kind
    /// Where it stands.
    package var stage: Stage
    /// Its clocks, in the order in which they start.
    package var clocks: [Clock] = []
    /// The cheque it is about.
    package var cheque: Cheque.Life?
    /// The notice it is about.
    package var notice: Notice?
    /// The case it came to.
    package var suit: Suit?

    /// The clock to look at: of those that run the one whose day comes first.
    package func running(asOf: Day) -> Clock? {
      clocks.filter { $0.runs(asOf: asOf) }.min { $0.day < $1.day }
    }

    /// Whether nothing more is expected of it.
    package var isOver: Bool {
      switch stage {
      case .paidInTime, .paid, .ended, .sold, .released: true
      default: false
      }
    }
  }

  /// What is told of an account that legal verdicts look at.
  package struct Brief: Sendable {
    /// Notices, answers and cases.
    package var file: File
    /// What happened to collateral.
    package var security: Security.Life
    /// Cheques.
    package var cheques = Cheque.Lives()
    private let paper: Column<Paper.Row>
    private let terms: Terms
    private let asOf: Day

    /// What `desk` tells by the end of a day, under the terms that judge it.
    package init(_ desk: Desk, _ terms: Terms, asOf: Day) {
      file = File(desk.legal.rows, asOf: asOf)
      security = Security.Life(desk.security.rows, asOf: asOf)
      cheques.follow(desk.cheques, until: asOf)
      (paper, self.terms, self.asOf) = (desk.paper, terms, asOf)
    }
  }
}

extension Legal.Brief {
  /// Everything to follow: returned cheques, secured measures, cases, notices that stand alone, and
  /// a last day to sue that somebody stated. `owes` says whether the account still owes anything.
  package func matters(owes: Bool) -> [Legal.Matter] {
    var found: [Legal.Matter] = []
    for life in cheques.all {
      if let matter = dishonour(life) { found.append(matter) }
    }
    if let matter = secured(owes: owes) { found.append(matter) }
    let taken = found.compactMap { $0.suit?.filed.id }
    for suit in file.suits where !taken.contains(suit.filed.id) {
      found.append(proceeding(suit))
    }
    for notice in file.notices where stands(alone: notice) { found.append(lone(notice)) }
    if let row = file.limitation, !file.suits.contains(where: isClaim), owes {
      let clock = Legal.Clock(name: .sueBy, day: Day(rawValue: row.on))
      let stage = asOf > clock.day ? Legal.Stage.timeBarred : .toSue
      found.append(Legal.Matter(kind: .limitation, stage: stage, clocks: [clock]))
    }
    return found
  }

  private func isClaim(_ suit: Legal.Suit) -> Bool { Legal.Word.claims.contains(suit.proceeding) }

  // MARK: Returned cheques

  /// The demand that follows the last return of a cheque.
  package func demand(for life: Cheque.Life) -> Legal.Notice? {
    file.notices.first {
      $0.kind == Legal.Word.s138 && $0.sent.of == life.cheque && $0.sentOn >= life.memo
    }
  }

  /// What was paid for a cheque from a day on and stands at the end of another.
  package func paid(for cheque: TextKey, from first: Day, until last: Day) -> Int64 {
    paper.credit(carriedBy: cheque, .byCheque, from: first, until: last)
  }

  /// The clocks of a demand that was served: until when the drawer pays, from when there is a
  /// cause, and until when the complaint is filed.
  package func complaint(_ served: Day) -> (payBy: Day, cause: Day, last: Day) {
    let law = terms.legal
    let cause = LegalClocks.cause(served, payDays: law.payDays)
    let last = LegalClocks.complaint(cause, months: law.complaintMonths, court: law.court)
    return (LegalClocks.last(served, days: law.payDays), cause, last)
  }

  /// The complaint filed about a cheque from a day on.
  private func complaint(about life: Cheque.Life, from day: Day) -> Legal.Suit? {
    file.suits.first {
      $0.proceeding == Legal.Word.complaint && $0.filed.of == life.cheque && $0.filedOn >= day
    }
  }

  private func dishonour(_ life: Cheque.Life) -> Legal.Matter? {
    guard life.bounces > 0 else { return nil }
    let demand = demand(for: life)
    guard demand != nil || life.noticeBy(terms) != nil else { return nil }
    let last = terms.cheques.notice(life.memoReceived, skipping: terms.legal.tolls)
    var matter = Legal.Matter(kind: .s138, stage: .noticeDue, cheque: life, notice: demand)
    matter.clocks = [Legal.Clock(name: .noticeBy, day: last, done: demand?.sentOn)]
    let isPaid = paid(for: life.cheque, from: life.memo, until: asOf) >= life.amount
    guard let demand else {
      matter.stage = asOf > last ? .timeBarred : .noticeDue
      if isPaid { (matter.stage, matter.clocks) = (.paid, []) }
      return matter
    }
    let sum = demand.sent.currency == 0 ? life.amount : demand.sent.amount
    guard let served = demand.servedOn else {
      matter.stage = demand.failure == nil ? .noticeSent : .unserved
      if isPaid || life.state == .cleared { matter.stage = .paid }
      return barred(matter, demand.sentOn > last)
    }
    let clocks = complaint(served)
    matter.suit = complaint(about: life, from: served)
    let until = min(asOf, clocks.payBy)
    if paid(for: life.cheque, from: demand.sentOn, until: until) >= sum {
      matter.stage = .paidInTime
      return matter
    }
    matter.clocks.append(
      Legal.Clock(
        name: .payBy, day: clocks.payBy, done: matter.suit.map { min($0.filedOn, clocks.payBy) }))
    matter.clocks.append(
      Legal.Clock(name: .complaintBy, day: clocks.last, done: matter.suit?.filedOn))
    if let suit = matter.suit { return follow(suit, matter) }
    matter.stage =
      asOf < clocks.cause ? .waiting : asOf > clocks.last ? .timeBarred : .causeOfAction
    return barred(matter, demand.sentOn > last)
  }

  // A demand that went out too late founds nothing: no further clock of it is waited for.
  private func barred(_ matter: Legal.Matter, _ isLate: Bool) -> Legal.Matter {
    guard isLate, !matter.isOver else { return matter }
    var matter = matter
    matter.stage = .timeBarred
    matter.clocks = [matter.clocks[0]]
    return matter
  }

  // MARK: Secured measures

  /// The last demand under section 13(2).
  package var securedDemand: Legal.Notice? { file.notices.last { $0.kind == Legal.Word.demand13 } }

  /// The first day of a measure under section 13(4) after a demand.
  package func possessionFrom(_ demand: Legal.Notice) -> Day {
    LegalClocks.measure(demand.start, waitDays: terms.legal.possessionDays)
  }

  /// The sale notice that counts for a holding: the last one since its possession, after the last
  /// auction that failed.
  package func saleNotice(of holding: Security.Holding) -> Legal.Notice? {
    let failed = holding.auctions.last { $0.code != Security.Word.sold }
    let since = failed.map { Day(rawValue: $0.day) } ?? holding.since
    return file.notices.last { $0.kind == Legal.Word.sale && $0.sentOn >= since }
  }

  /// The first day of a sale of a holding after its notice; nil without one.
  package func saleFrom(_ holding: Security.Holding) -> Day? {
    saleNotice(of: holding).map {
      terms.legal.saleFrom($0.start, isRepeated: holding.hasFailed)
    }
  }

  /// Representations since a demand, each with its last day and the day of its answer.
  package func representations(since demand: Legal.Notice) -> [Legal.Clock] {
    file.replies.filter {
      $0.code == Legal.Word.representation && $0.day >= demand.sent.day
        && ($0.of == .none || $0.of == demand.sent.id)
    }.map {
      Legal.Clock(
        name: .replyBy,
        day: LegalClocks.last(Day(rawValue: $0.day), days: terms.legal.replyDays),
        done: file.answer(to: $0)?.sentOn)
    }
  }

  private func secured(owes: Bool) -> Legal.Matter? {
    guard let demand = securedDemand else { return nil }
    var matter = Legal.Matter(kind: .sarfaesi, stage: .waiting, notice: demand)
    let from = possessionFrom(demand)
    let holding = security.holdings.last { $0.isStatutory && $0.first.day >= demand.sent.day }
    matter.clocks = representations(since: demand)
    matter.clocks.append(
      Legal.Clock(name: .possessionFrom, day: from, done: holding?.since))
    guard let holding else {
      if !owes {
        (matter.stage, matter.clocks) = (.paid, [])
      } else if asOf >= from {
        matter.stage = .mayAct
      } else if demand.service == nil {
        matter.stage = demand.failure == nil ? .noticeSent : .unserved
      }
      return matter
    }
    if let first = saleFrom(holding) {
      let sold = holding.sold ?? holding.auctions.last
      let isDone = sold.map { $0.day >= first.rawValue } ?? false
      matter.clocks.append(
        Legal.Clock(
          name: .saleFrom, day: first, done: isDone ? sold.map { Day(rawValue: $0.day) } : nil))
    }
    switch holding.stage {
    case .sold: matter.stage = .sold
    case .released: matter.stage = .released
    default:
      let isNoticed = saleNotice(of: holding) != nil
      matter.stage = isNoticed ? .saleNoticed : holding.auctions.isEmpty ? .possession : .auctioned
    }
    return matter
  }

  // MARK: Cases and notices

  private func proceeding(_ suit: Legal.Suit) -> Legal.Matter {
    follow(suit, Legal.Matter(kind: .suit, stage: .filed, suit: suit))
  }

  private func follow(_ suit: Legal.Suit, _ matter: Legal.Matter) -> Legal.Matter {
    var matter = matter
    matter.stage = suit.end != nil ? .ended : suit.isStayed ? .stayed : .filed
    if suit.end == nil, let order = suit.orders.last(where: { $0.on != .min }) {
      matter.clocks.append(Legal.Clock(name: .complyBy, day: Day(rawValue: order.on)))
    }
    return matter
  }

  // A notice is followed by itself unless another matter has it, or a case came after it.
  private func stands(alone notice: Legal.Notice) -> Bool {
    let kind = notice.kind
    if kind == Legal.Word.demand13 || kind == Legal.Word.answer || kind == Legal.Word.sale {
      return false
    }
    if kind == Legal.Word.s138 {
      return !cheques.all.contains { $0.cheque == notice.sent.of && $0.bounces > 0 }
    }
    return !file.suits.contains { isClaim($0) && $0.filedOn >= notice.sentOn }
  }

  private func lone(_ notice: Legal.Notice) -> Legal.Matter {
    let isAnswered = file.replies.contains { $0.of == notice.sent.id }
    let stage: Legal.Stage =
      isAnswered
      ? .replied
      : notice.service != nil ? .served : notice.failure == nil ? .noticeSent : .unserved
    return Legal.Matter(kind: .notice, stage: stage, notice: notice)
  }
}
