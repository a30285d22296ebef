/// Ways to repay that were compared for a person in a contact, and the one advised.
package enum Advice: DeskNoun {
  /// Types of events that leave a row.
  package static let reads = TypeMask([EventCode.contactAttempted])

  /// One of the ways compared.
  package struct Row: DeskRow {
    /// Position of the event.
    package var seq: Position
    /// When the contact began, microseconds UTC.
    package var occurred: Int64
    /// Key of the code of the way.
    package var kind: TextKey
    /// What it costs in all, minor units.
    package var total: Int64
    /// In how many payments; 0 when nobody said.
    package var instalments: Int64
    /// Local date of the contact, and the day of the last payment.
    package var day: Int32, until: Int32
    /// Number of the actor who advised.
    package var actor: UInt32
    /// ISO 4217 number.
    package var currency: UInt16
    /// Whether it is the one advised.
    package var advised: Bool
  }

  /// A row for each way that a contact compares.
  package static func note(
    _ event: borrowing EventView, _ account: UInt32, _ isSubject: Bool,
    _ column: inout Column<Row>
  ) throws(WireError) {
    guard isSubject else { return }
    let header = event.header
    let day = Moment(rawValue: header.occurred).day(offset: header.offset).rawValue
    var body = CBORReader(event.body)
    for _ in 0..<(try body.map()) {
      guard try body.uint() == Key.ContactAttempted.options else {
        try body.skip()
        continue
      }
      for _ in 0..<(try body.array()) {
        let option = try Parts.Option(reading: &body)
        column.add(
          Row(
            seq: header.seq, occurred: header.occurred, kind: TextKey(option.kind),
            total: option.total.minor, instalments: option.instalments ?? 0, day: day,
            until: option.until?.rawValue ?? .min, actor: header.actor,
            currency: option.total.currency.rawValue, advised: option.advised ?? false), account)
      }
    }
  }
}

// MARK: - State

extension Advice {
  /// The day by which the way advised was taken: the plan agreed to, the settlement accepted, or
  /// the whole sum paid since. Nil while it was not, and for ways that leave no such entry.
  static func takenUp(_ row: Row, _ account: borrowing AccountView, asOf: Day) -> Day? {
    guard row.advised else { return nil }
    var day: Int32?
    switch row.kind {
    case plan:
      for step in account.desk.plans.rows
      where step.kind == .agreed && step.occurred >= row.occurred && step.day <= asOf.rawValue {
        day = min(step.day, day ?? .max)
      }
    case settlement:
      for step in account.desk.settlements.rows
      where step.kind == .accepted && step.occurred >= row.occurred && step.day <= asOf.rawValue {
        day = min(step.day, day ?? .max)
      }
    case payNow:
      var paid: Int64 = 0
      for receipt in account.reckoner.receipts
      where day == nil && receipt.applied && receipt.live > 0 && receipt.day >= row.day {
        paid += receipt.live
        if paid >= row.total { day = receipt.day }
      }
    default: break
    }
    return day.map { Day(rawValue: $0) }
  }

  private static let payNow = TextKey("pay_now"), plan = TextKey("plan")
  private static let settlement = TextKey("settlement")
}

// MARK: - Decisions

extension Scene {
  /// Ways to repay are compared only with each other: two at least, each of a cost and an end that
  /// can be, and one of them at most is advised.
  func require(options: [Parts.Option]?) throws(Refusal) {
    guard let options else { return }
    guard options.count > 1 else {
      throw Refusal(
        rule: "contact.options", "One way to repay is compared with no other.",
        remedy: "Give at least two options, such as pay_now and plan.")
    }
    guard options.count(where: { $0.advised == true }) < 2 else {
      throw Refusal(
        rule: "contact.options-advised", "More than one way to repay is advised.",
        remedy: "Set `advised` on one of the options at most.")
    }
    for option in options {
      try require(option.total, "total of \(option.kind)")
      guard option.instalments ?? 1 > 0, option.until.map({ $0 >= occurredOn }) ?? true else {
        throw Refusal(
          rule: "contact.options-schedule",
          "The way \(option.kind) has no payment, or ends before the contact on \(occurredOn).",
          remedy: "Check `instalments` and `until`.")
      }
    }
  }
}
