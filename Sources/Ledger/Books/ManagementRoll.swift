/// The movement of the management report laid out as a table: a row a bucket, and how many of its
/// accounts, with what balance at the opening, moved which way.
extension ManagementReport {
  func rollSheet(_ naming: Naming) -> Sheet {
    var table = Sheet(
      title: "How accounts moved from the end of \(lines.opening) to the end of \(closing)",
      columns: lines.column + [.init("currency"), .init("accounts", .integer)])
    let moves = Movement.Move.allCases
    table.columns += moves.map { .init($0.code, .integer) } + [.init("balance", .money)]
    table.columns += moves.map { .init($0.code + "_balance", .money) }
    for (line, name) in lines.ordered(rolled, naming) {
      let row = tallies[line]?.movement ?? Movement.Row()
      table.rows.append(
        lines.cell(name) + [.text(line.currency.code), .integer(row.counts.reduce(0, +))]
          + moves.map { .integer(row.count($0)) }
          + [.money(row.sums.reduce(0, +), line.currency)]
          + moves.map { .money(row.sum($0), line.currency) })
    }
    table.definitions = [
      ("accounts", "open at the opening, with what has exited since"),
      ("normalised", "from arrears to current, or closed"),
      ("rolled_back", "to a lower bucket that is not current"),
      ("stabilised", "in the same bucket"),
      ("rolled_forward", "to a higher bucket, or written off"),
      ("exited", "sold, assigned or moved to another servicer"),
      ("balance", "outstanding at the opening, the unpaid part of everything raised"),
    ]
    table.notes.append(lines.sentence)
    return table
  }

  // The lines of the cohort; of buckets every one that the scheme has, filled or not.
  private var rolled: Set<PeriodLine> {
    let cohort = tallies.filter { $0.value.movement.counts.contains { $0 != 0 } }.keys
    var found = Set(cohort)
    guard lines.by == .bucket else { return found }
    for currency in Set(tallies.keys.map(\.currency)) {
      for label in lines.labels.dropFirst() {
        found.insert(PeriodLine(label: label, currency: currency))
      }
    }
    return found
  }
}
