// MARK: - Facts

extension Security: DeskNoun {
  /// Types of events that leave a row.
  package static let reads = TypeMask([
    EventCode.securityPossessionTaken, EventCode.securityReleased, EventCode.securityValued,
    EventCode.securityAuctionHeld, EventCode.securitySold, EventCode.securityDocumentsReleased,
    EventCode.securityDocumentsLost,
  ])

  /// What one event said of the collateral.
  package struct Row: DeskRow {
    /// Kinds of events.
    package enum Kind: UInt8, BitwiseCopyable, Sendable {
      case taken, released, valued, auctioned, sold, papersBack, papersLost
    }

    /// Position of the event.
    package var seq: Position
    /// When it happened, microseconds UTC.
    package var occurred: Int64
    /// The value, the best bid or the price, minor units.
    package var amount: Int64
    /// Auctioned: the reserve. Sold: the surplus as stated; `Int64.min` when none was.
    package var second: Int64 = .min
    /// Key of the code: kind of possession, reason of a release, outcome, method.
    package var code: TextKey = .none
    /// Taken: key of the law used.
    package var under: TextKey = .none
    /// The day from which it counts.
    package var day: Int32
    /// Currency of the sums; 0 without any.
    package var currency: UInt16
    /// What kind of event.
    package var kind: Kind
    /// Taken: whether the police were told before, and after.
    package var policeBefore = false, policeAfter = false
  }

  /// A row for each event.
  package static func note(
    _ event: borrowing EventView, _ account: UInt32, _ isSubject: Bool,
    _ column: inout Column<Row>
  ) throws(WireError) {
    guard isSubject, let kind = kinds(event.header.type) else { return }
    let header = event.header
    var row = Row(
      seq: header.seq, occurred: header.occurred, amount: header.amount, day: header.day,
      currency: header.currency, kind: kind)
    var body = CBORReader(event.body)
    for _ in 0..<(try body.map()) {
      switch (kind, try body.uint()) {
      case (.taken, Key.SecurityPossessionTaken.kind): row.code = try body.textKey()
      case (.taken, Key.SecurityPossessionTaken.under): row.under = try body.textKey()
      case (.taken, Key.SecurityPossessionTaken.policeBefore): row.policeBefore = try body.bool()
      case (.taken, Key.SecurityPossessionTaken.policeAfter): row.policeAfter = try body.bool()
      case (.released, Key.SecurityReleased.reason): row.code = try body.textKey()
      case (.auctioned, Key.SecurityAuctionHeld.outcome): row.code = try body.textKey()
      case (.auctioned, Key.SecurityAuctionHeld.reserve): try money(&body, &row)
      case (.sold, Key.SecuritySold.method): row.code = try body.textKey()
      case (.sold, Key.SecuritySold.surplus): try money(&body, &row)
      default: try body.skip()
      }
    }
    column.add(row, account)
  }

  private static func money(_ body: inout CBORReader, _ row: inout Row) throws(WireError) {
    _ = try body.array()
    row.second = try body.int()
    row.currency = UInt16(clamping: try body.uint())
  }

  private static func kinds(_ type: UInt16) -> Row.Kind? {
    switch type {
    case EventCode.securityPossessionTaken: .taken
    case EventCode.securityReleased: .released
    case EventCode.securityValued: .valued
    case EventCode.securityAuctionHeld: .auctioned
    case EventCode.securitySold: .sold
    case EventCode.securityDocumentsReleased: .papersBack
    case EventCode.securityDocumentsLost: .papersLost
    default: nil
    }
  }
}

// MARK: - State

extension Security {
  /// Where collateral is.
  package enum Stage: String, Sendable {
    case symbolic, physical, surrendered, valued, auctioned, sold, released

    /// Whether it is in our possession and not gone.
    package var isHeld: Bool { self != .sold && self != .released }
  }

  /// Collateral from the day on which possession of it was taken.
  package struct Holding: Sendable {
    /// How possession was taken first, and last: what was symbolic may become physical.
    package var first: Row, taken: Row
    /// The last valuation; one from before the possession counts until a later one.
    package var valued: Row?
    /// Auctions held.
    package var auctions: [Row] = []
    /// How it was sold or given back.
    package var sold: Row?, released: Row?

    /// Where it stands.
    package var stage: Stage {
      if sold != nil { return .sold }
      if released != nil { return .released }
      if !auctions.isEmpty { return .auctioned }
      if let valued, valued.day >= first.day { return .valued }
      return taken.code == Word.surrender
        ? .surrendered : taken.code == Word.symbolic ? .symbolic : .physical
    }

    /// Whether it was taken under the SARFAESI Act, whose waiting times then hold.
    package var isStatutory: Bool { first.under == Word.statute }
    /// Whether an auction of it failed.
    package var hasFailed: Bool { auctions.contains { $0.code != Word.sold } }
    /// The day on which possession was taken.
    package var since: Day { Day(rawValue: first.day) }
  }

  /// What happened to the collateral of an account by the end of a day.
  package struct Life: Sendable {
    /// Holdings, one after another.
    package private(set) var holdings: [Holding] = []
    /// Valuations while nothing is held, and how title papers went back or were lost.
    package private(set) var valued: Row?, papersBack: Row?, papersLost: Row?

    /// Follows what was heard, in the order of the world. A sale, an auction or a release without
    /// possession changes nothing.
    package init(_ rows: ContiguousArray<Row>, asOf: Day) {
      let told = rows.filter { $0.day <= asOf.rawValue }.sorted {
        ($0.day, $0.occurred, $0.seq) < ($1.day, $1.occurred, $1.seq)
      }
      for row in told { take(row) }
    }

    /// The collateral that is held.
    package var held: Holding? { holdings.last.flatMap { $0.stage.isHeld ? $0 : nil } }

    private mutating func take(_ row: Row) {
      let last = holdings.count - 1
      let isHeld = held != nil
      switch row.kind {
      case .taken:
        if isHeld {
          holdings[last].taken = row
        } else {
          holdings.append(Holding(first: row, taken: row, valued: valued))
        }
      case .valued:
        valued = row
        if isHeld { holdings[last].valued = row }
      case .auctioned: if isHeld { holdings[last].auctions.append(row) }
      case .sold: if isHeld { holdings[last].sold = row }
      case .released: if isHeld { holdings[last].released = row }
      case .papersBack: papersBack = row
      case .papersLost: papersLost = row
      }
    }
  }

  enum Word {
    static let statute = TextKey("sarfaesi_13_4"), surrender = TextKey("surrender")
    static let symbolic = TextKey("symbolic"), sold = TextKey("sold")
  }
}
