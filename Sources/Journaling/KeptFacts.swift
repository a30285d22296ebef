package import Ledger

/// What is kept of the log for books over many accounts: the facts of money in `views/facts`, and
/// each column of the desk in a folder of its own beside it, made when a book first asks for it. A
/// question reads these, and from the log only what came since, which is kept too when it is much.
package final class KeptFacts {
  /// When facts are kept and used.
  package enum Use: Sendable {
    /// The log is read, and nothing is kept.
    case never
    /// What is there is used; facts are kept when there are enough of them.
    case whenWorthwhile
    /// Facts are kept, however few.
    case always

    /// Events from which on keeping is worth a file.
    var least: Position {
      switch self {
      case .never: .max
      case .whenWorthwhile: 500_000
      case .always: 1
      }
    }

    /// Events from which on it is worth while to keep what came since.
    var step: Position { self == .whenWorthwhile ? 16_384 : 1 }
  }

  /// Facts of money; nil when they are not kept.
  let money: KeptStretches?
  /// Texts behind them.
  package let texts: Interned
  /// Columns of the desk.
  let columns: [(bit: Desk.Reads, stretches: KeptStretches)]
  private var copy = Stretch.Copy()

  /// Whether something was read that is not what was kept.
  package var isDamaged: Bool {
    money?.isDamaged == true || columns.contains { $0.stretches.isDamaged }
  }

  /// What other threads open the same by.
  package struct Source: Sendable {
    fileprivate let money: KeptStretches.Source?
    fileprivate let texts: Interned
    fileprivate let columns: [(bit: Desk.Reads, stretches: KeptStretches.Source)]

    /// Opens it for one thread; what there is no reader for is read from the log.
    package func open() -> KeptFacts {
      KeptFacts(
        money: money?.open(), texts,
        columns: columns.compactMap { column in
          column.stretches.open().map { (column.bit, $0) }
        })
    }
  }

  /// What other threads open the same by.
  package var source: Source {
    Source(
      money: money?.source, texts: texts, columns: columns.map { ($0.bit, $0.stretches.source) })
  }

  private init(
    money: KeptStretches?, _ texts: Interned,
    columns: [(bit: Desk.Reads, stretches: KeptStretches)]
  ) {
    (self.money, self.texts, self.columns) = (money, texts, columns)
  }

  /// Nothing is kept.
  package static var none: KeptFacts { KeptFacts(money: nil, Interned(), columns: []) }

  /// Opens what is kept of a ledger for a question that looks at these columns.
  package static func open(
    _ journal: Journal, _ snapshot: borrowing Snapshot, reads: Desk.Reads = []
  ) -> KeptFacts {
    var (money, texts): (KeptStretches?, Interned?)
    money = KeptStretches.open(journal.folder.facts, form: Stretch.version, journal, snapshot)
    texts = try? money?.texts()
    if texts == nil { money = nil }
    var columns: [(Desk.Reads, KeptStretches)] = []
    for column in reads.columns {
      let folder = journal.folder.column(column.name)
      if let found = KeptStretches.open(folder, form: column.form, journal, snapshot) {
        columns.append((column.bit, found))
      }
    }
    return KeptFacts(money: money, texts ?? Interned(), columns: columns)
  }

  /// From where on the log says what is not kept: facts, and each column of `reads`.
  package func beginning(_ reads: Desk.Reads) -> Beginning {
    Beginning(
      facts: money?.last ?? 0,
      columns: reads.columns.map { column in
        (column.bit, columns.first { $0.bit == column.bit }?.stretches.last ?? 0)
      })
  }

  /// Where the log is read from.
  package struct Beginning {
    /// Facts stand behind this position.
    var facts: Position
    /// The rows of each column stand behind its position.
    var columns: [(bit: Desk.Reads, after: Position)]

    /// What is read in which part of the log, first to last: a part ends where more begins.
    func parts(upTo last: Position) -> [(ClosedRange<Position>, facts: Bool, Desk.Reads)] {
      let ends = Set([facts] + columns.map(\.after) + [last]).filter { $0 <= last }.sorted()
      var parts: [(ClosedRange<Position>, facts: Bool, Desk.Reads)] = []
      var first: Position = 0
      for end in ends where end > first {
        var reads: Desk.Reads = []
        for column in columns where column.after <= first { reads.insert(column.bit) }
        if facts <= first || !reads.isEmpty {
          parts.append((first + 1...end, facts <= first, reads))
        }
        first = end
      }
      return parts
    }
  }

  /// Gives the facts of the accounts in some places of a stretch, a copy for each generation.
  package func read(
    _ stretch: UInt32, _ slots: ContiguousArray<Int>,
    into copies: inout ContiguousArray<Stretch.Copy>
  ) throws(JournalError) {
    for generation in 0..<(money?.count ?? 0) {
      if copies.count <= generation { copies.append(Stretch.Copy()) }
      try money?.read(stretch, slots, of: generation, into: &copies[generation])
    }
  }

  /// Lays the kept rows of the accounts in some places of a stretch into those columns of a
  /// portfolio that are among `reads`.
  func lay(
    _ stretch: UInt32, _ slots: ContiguousArray<Int>, _ reads: Desk.Reads, upTo last: Position,
    into portfolio: inout Portfolio
  ) throws(JournalError) {
    let slot = portfolio.firstSlot(of: stretch)
    var laid: Desk.Reads = []
    for column in columns where reads.contains(column.bit) {
      laid.insert(column.bit)
      for generation in 0..<column.stretches.count {
        try column.stretches.read(stretch, slots, of: generation, into: &copy)
        portfolio.desk.lay(
          column.bit, copy.words, slots, part: generation, from: slot, upTo: last)
      }
    }
    if !laid.isEmpty { portfolio.desk.noteLaid(laid, slots, from: slot) }
  }
}

// MARK: - Keeping

extension KeptFacts {
  /// What is being kept while a book is answered. Nothing of it is seen before `finish`, and an
  /// answer does not fail because nothing can be kept.
  final class Making {
    private var money: KeptStretches.Making?
    private var columns: [(bit: Desk.Reads, stretches: KeptStretches.Making)] = []
    private var words: ContiguousArray<UInt64> = []

    /// Begins to keep what is not kept yet, up to a position, of facts, if they are wanted, and of
    /// these columns; nil when that is too little to be worth while.
    init?(
      _ folder: LedgerFolder, behind kept: KeptFacts, _ use: Use, upTo last: Position,
      money wanted: Bool, _ reads: Desk.Reads
    ) {
      func making(_ kept: KeptStretches?, _ folder: String, _ form: UInt32)
        -> KeptStretches.Making?
      {
        KeptStretches.Making(folder, behind: kept, form: form, use, upTo: last)
      }
      if wanted { money = making(kept.money, folder.facts, Stretch.version) }
      for column in reads.columns {
        let own = kept.columns.first { $0.bit == column.bit }?.stretches
        if let stretches = making(own, folder.column(column.name), column.form) {
          columns.append((column.bit, stretches))
        }
      }
      if money == nil, columns.isEmpty { return nil }
    }

    /// Keeps a stretch; stretches come in ascending order.
    func keep(_ stretch: UInt32, facts: Span<UInt64>, _ portfolio: inout Portfolio) {
      do { try money?.add(stretch, facts) } catch { money = nil }
      let slot = portfolio.firstSlot(of: stretch)
      for index in columns.indices.reversed() {
        portfolio.desk.write(columns[index].bit, from: slot, to: &words)
        let words = words
        do { try columns[index].stretches.add(stretch, words.span) } catch {
          columns.remove(at: index)
        }
      }
    }

    /// Makes it seen: everything up to `last`.
    func finish(upTo last: Position, crc: UInt32, _ id: String, _ texts: Interned) {
      _ = try? money?.finish(upTo: last, crc: crc, id, texts)
      for column in columns {
        _ = try? column.stretches.finish(upTo: last, crc: crc, id)
      }
    }
  }
}
