// MARK: - What a trial prints

extension PolicyTrial {
  /// The forms of the answer.
  package enum Form: String, CaseIterable, Sendable {
    case bucket, roll, assetClass = "class", account, allocation
  }

  /// The table of a form.
  package func sheet(_ form: Form, _ naming: Naming) -> Sheet {
    var sheet: Sheet =
      switch form {
      case .bucket: cells(buckets, labels, ordered, "bucket", "Buckets at month-ends")
      case .assetClass: classSheet()
      case .roll: rollSheet()
      case .account: accountSheet(naming)
      case .allocation: allocationSheet(naming)
      }
    if let last = days.last {
      let count = changes.last ?? 0
      sheet.notes.append(
        "\(count) accounts stand in another bucket or class on \(last): --by account names them.")
    }
    if ordersMoney {
      sheet.notes.append(
        "Money of \(reapplied.count) accounts would pay other things: --by allocation shows it.")
    }
    sheet.notes.append(
      "No charge is computed by a policy in this version, so none would differ; charges stand as they "
        + "were levied.")
    return sheet
  }

  private func columns(_ keys: [Sheet.Column], _ side: [Sheet.Column]) -> [Sheet.Column] {
    keys
      + side.flatMap { column in
        [column, Sheet.Column("draft_" + column.name, column.kind)]
      }
  }

  private func classSheet() -> Sheet {
    let names = Classification.classes
    return cells(classes, names, Array(names.indices), "class", "Classes at month-ends")
  }

  private func cells(
    _ cells: Tally, _ labels: [String], _ order: [Int], _ name: String, _ title: String
  ) -> Sheet {
    var sheet = Sheet(
      title: "\(title): under the rules as they are, and under the draft",
      columns: columns(
        [.init("as_of", .day), .init(name), .init("currency")],
        [.init("accounts", .integer), .init("overdue", .money), .init("outstanding", .money)]))
    sheet.keys = 3
    for currency in cells.currencies.sorted() {
      for day in days.indices {
        for label in order {
          let now = cells[.now, day, currency, 0, label]
          let draft = cells[.draft, day, currency, 0, label]
          if now == Sums(), draft == Sums() { continue }
          sheet.rows.append(
            [.day(days[day]), .text(labels[label]), .text(currency.code)]
              + pair(now, draft, currency))
        }
      }
    }
    return sheet
  }

  private func pair(_ now: Sums, _ draft: Sums, _ currency: Currency) -> [Sheet.Cell] {
    [
      .integer(now.accounts), .integer(draft.accounts), .money(now.overdue, currency),
      .money(draft.overdue, currency), .money(now.outstanding, currency),
      .money(draft.outstanding, currency),
    ]
  }

  private func rollSheet() -> Sheet {
    var sheet = Sheet(
      title: "Roll between buckets from month-end to month-end, by what was owed at its opening",
      columns: columns(
        [.init("to_day", .day), .init("from"), .init("to"), .init("currency")],
        [.init("accounts", .integer), .init("overdue", .money), .init("outstanding", .money)]))
    sheet.keys = 4
    let order = ordered
    for currency in rolls.currencies.sorted() {
      for day in days.indices.dropFirst() {
        for from in order {
          for to in order {
            let now = rolls[.now, day, currency, from, to]
            let draft = rolls[.draft, day, currency, from, to]
            if now == Sums(), draft == Sums() { continue }
            sheet.rows.append(
              [
                .day(days[day]), .text(labels[from]), .text(labels[to]), .text(currency.code),
              ] + pair(now, draft, currency))
          }
        }
      }
    }
    return sheet
  }

  private func accountSheet(_ naming: Naming) -> Sheet {
    var sheet = Sheet(
      title: "Accounts that stand in another bucket or class on the last day",
      columns: [
        .init("account"), .init("currency"), .init("overdue", .money), .init("dpd", .integer),
        .init("draft_dpd", .integer), .init("bucket"), .init("draft_bucket"), .init("class"),
        .init("draft_class"),
      ])
    sheet.keys = 2
    sheet.rows = moved.map { (naming.account($0.account), $0) }
      .sorted { ($0.0, $0.1.currency.code) < ($1.0, $1.1.currency.code) }
      .map { name, item in
        [
          .text(name), .text(item.currency.code), .money(Int128(item.overdue), item.currency),
          .integer(Int64(item.dpd[0])), .integer(Int64(item.dpd[1])), .text(item.bucket[0]),
          .text(item.bucket[1]), .text(item.assetClass[0]), .text(item.assetClass[1]),
        ]
      }
    return sheet
  }

  private func allocationSheet(_ naming: Naming) -> Sheet {
    var sheet = Sheet(
      title: "Money that would pay other dues or components by the last day",
      columns: [.init("account"), .init("currency"), .init("elsewhere", .money)]
        + Component.allCases.prefix(4).map { .init("draft_" + $0.code, .money) })
    sheet.keys = 2
    sheet.rows = reapplied.map { (naming.account($0.account), $0) }
      .sorted { ($0.0, $0.1.currency.code) < ($1.0, $1.1.currency.code) }
      .map { name, item in
        [.text(name), .text(item.currency.code), .money(Int128(item.moved), item.currency)]
          + item.gains.prefix(4).map { .money(Int128($0), item.currency) }
      }
    return sheet
  }
}
