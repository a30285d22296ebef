internal import LMDB
internal import Ledger

extension Writer {
  /// Recreates names, numbers, runs, ids and tiles from the events, inside the open transaction.
  func rebuild() throws {
    for table in [tables.names, tables.numbers, tables.runs, tables.ids, tables.tiles] {
      try clear(table)
    }
    names.reset()
    try loadTree(sealed: try view.sealed(tables))
    var numbers = [UInt32](repeating: 0, count: NameKind.allCases.count)
    try each(upTo: head) { event in
      if !event.header.flags.contains(.introduces) { return }
      for name in try Envelope(reading: event.envelope).introduced {
        numbers[Int(name.kind.rawValue)] += 1
        try store(name, numbers[Int(name.kind.rawValue)])
      }
    }
    // Runs come again with full borders; what would be less than a run stays pending.
    var indexed: Position = 0
    while head - indexed >= Trails.flushAt {
      trails.reset(indexed: indexed)
      let last = indexed + Trails.flushAt
      try trails.load(view, tables, upTo: last)
      try flush(upTo: last)
      indexed = last
    }
    trails.reset(indexed: indexed)
  }

  // Reads in stretches, since names are written between them.
  private func each(upTo last: Position, _ body: (borrowing EventView) throws -> Void) throws {
    var next: Position = 1
    while next <= last {
      guard try event(next, { try body($0) }) != nil else {
        throw JournalError.corrupt("the log at \(next)", "the event is missing")
      }
      next += 1
    }
  }
}
