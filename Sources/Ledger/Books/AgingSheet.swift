// MARK: - What aging prints

extension Aging {
  /// The table of the form and grouping asked for.
  package func sheet(_ naming: Naming) -> Sheet {
    var table: Sheet =
      switch (grouping, form) {
      case (.account, .bucketed): accountTable(naming.account)
      case (.account, .slotted): slottedAccountTable(naming.account)
      case (.bucket, _): bucketTable()
      default: groupTable(naming)
      }
    if claims > 0 {
      table.notes.append(
        "\(claims) accounts stand on opening figures claimed by their source system, until its own "
          + "events replace them.")
    }
    if grouping == .payer {
      table.notes.append(
        "An account stands with each payer that owes something of it; unallocated is credit, and "
          + "money that waits.")
    }
    if let note = Sheet.beyond(overflows.map(naming.account)) { table.notes.append(note) }
    return table
  }

  private func sorted(_ accountName: (UInt32) -> String) -> [(name: String, row: Row)] {
    rows.map { (name: accountName($0.account), row: $0) }
      .sorted(on: { ($0.name, $0.row.currency.code) }, by: <)
  }

  private func accountTable(_ accountName: (UInt32) -> String) -> Sheet {
    var table = Sheet(
      title: "Aging by account, bucketed: the whole account by its oldest unpaid due",
      columns: [
        .init("account"), .init("currency"), .init("overdue", .money),
        .init("outstanding", .money), .init("dpd", .integer), .init("bucket"), .init("class"),
        .init("credit", .money), .init("oldest_due", .day), .init("next_due", .day),
        .init("past_due_days", .integer), .init("paused_days", .integer), .init("customer"),
        .init("product"),
      ] + disputedColumn)
    table.rows = sorted(accountName).map { name, row in
      [
        .text(name), .text(row.currency.code), .money(Int128(row.overdue), row.currency),
        .money(Int128(row.outstanding), row.currency), .integer(Int64(row.dpd)),
        .text(row.bucket), .text(row.assetClass), .money(Int128(row.credit), row.currency),
        row.oldest.map(Sheet.Cell.day) ?? .none, row.next.map(Sheet.Cell.day) ?? .none,
        .integer(Int64(row.pastDue)), .integer(Int64(row.paused)), .text(row.customer),
        .text(row.product),
      ] + disputedCell(Int128(row.disputed), row.currency)
    }
    return table
  }

  private func slottedAccountTable(_ accountName: (UInt32) -> String) -> Sheet {
    var table = Sheet(
      title: "Aging by account, slotted: each unpaid due by its own age",
      columns: [.init("account"), .init("currency")]
        + labels.map { .init($0, .money) } + [
          .init("overdue", .money), .init("outstanding", .money),
        ] + disputedColumn)
    table.rows = sorted(accountName).map { name, row in
      [.text(name), .text(row.currency.code)]
        + labels.indices.map {
          .money(Int128($0 < row.slots.count ? row.slots[$0] : 0), row.currency)
        }
        + [
          .money(Int128(row.overdue), row.currency), .money(Int128(row.outstanding), row.currency),
        ] + disputedCell(Int128(row.disputed), row.currency)
    }
    return table
  }

  private func bucketTable() -> Sheet {
    var table = Sheet(
      title: form == .bucketed
        ? "Aging by bucket: the whole account by its oldest unpaid due"
        : "Aging by slot: each unpaid due by its own age",
      columns: [
        .init("bucket"), .init("currency"), .init("accounts", .integer), .init("overdue", .money),
        .init("outstanding", .money), .init("owing", .integer), .init("credit", .money),
      ] + (form == .slotted ? [.init("dues", .integer)] : []) + disputedColumn)
    let currencies = Set(sums.keys.map(\.currency)).sorted()
    for currency in currencies {
      for label in labels {
        let sum = sums[Key(label: label, currency: currency)] ?? Sums()
        if label == "undated", sum == Sums() { continue }
        table.rows.append(
          [
            .text(label), .text(currency.code), .integer(sum.accounts),
            .money(sum.overdue, currency), .money(sum.outstanding, currency), .integer(sum.owing),
            .money(sum.credit, currency),
          ] + (form == .slotted ? [.integer(sum.dues)] : [])
            + disputedCell(sum.disputed, currency))
      }
    }
    return table
  }

  private func groupTable(_ naming: Naming) -> Sheet {
    var table = Sheet(
      title: "Aging by \(grouping.rawValue)",
      columns: [
        .init(grouping.rawValue), .init("currency"), .init("accounts", .integer),
        .init("overdue", .money), .init("outstanding", .money), .init("owing", .integer),
        .init("credit", .money), .init("dpd", .integer),
      ] + disputedColumn)
    if holders != nil { table.title += ", as allocated on \(asOf)" }
    let lines = sums.map { key, sum in (key: named(key, naming), sum: sum) }.sorted {
      ($0.key.holder.line.rawValue, $0.key.label, $0.key.currency.code)
        < ($1.key.holder.line.rawValue, $1.key.label, $1.key.currency.code)
    }
    if grouping == .currency { table.columns.removeFirst() }
    table.rows = lines.map { key, sum in
      let cells: [Sheet.Cell] =
        [
          .text(key.label), .text(key.currency.code), .integer(sum.accounts),
          .money(sum.overdue, key.currency), .money(sum.outstanding, key.currency),
          .integer(sum.owing), .money(sum.credit, key.currency), .integer(sum.dpd),
        ] + disputedCell(sum.disputed, key.currency)
      return grouping == .currency ? Array(cells.dropFirst()) : cells
    }
    return table
  }

  private var disputedColumn: [Sheet.Column] { disputed ? [.init("disputed", .money)] : [] }

  private func disputedCell(_ sum: Int128, _ currency: Currency) -> [Sheet.Cell] {
    disputed ? [.money(sum, currency)] : []
  }

  private func named(_ key: Key, _ naming: Naming) -> Key {
    var key = key
    if let holders { key.label = holders.name(key.holder, naming) }
    return key
  }
}
