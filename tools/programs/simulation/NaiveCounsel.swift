package import Ledger

/// What customers tell and are told: disputes, reasons for delay, ways to repay, credit that is
/// stopped.
extension NaiveWork {
  /// `account,dispute,stage,amount,age` of every dispute at the end of a day; one without a sum is
  /// about all that is outstanding.
  package func disputes(asOf: Day, knownAt: UInt64) -> [String] {
    let known = known(asOf, knownAt)
    return known.heard.flatMap { account, told -> [String] in
      told.compactMap { event in
        guard event.on <= asOf,
          case .desked(.disputed(let number, let amount, let old)) = event.deed
        else { return nil }
        let decision = told.first { other in
          if case .desked(.decided(number, _, _)) = other.deed { return other.on <= asOf }
          return false
        }
        var stage = old == nil ? "raised" : "reopened"
        if case .desked(.decided(_, let outcome, _)) = decision?.deed { stage = outcome.rawValue }
        let sum = amount ?? period.figures(of: account, on: asOf, known.period)?.outstanding ?? 0
        let age = (decision?.on ?? asOf) - event.on
        return "\(account),X\(event.number)-\(number),\(stage),\(sum),\(age)"
      }
    }.sorted()
  }

  /// `[line,]reason,told,accounts,last_accounts,overdue_accounts,overdue,overdue_bp`; the line is
  /// the bucket or who holds the account, none in total.
  package func reasons(by grouping: String, from: Day, _ files: Files) -> [String] {
    struct Tally { var told = 0, accounts = 0, last = 0, owing = 0, overdue: Int64 = 0 }
    var lines: [String: [String: Tally]] = [:]
    let (holders, asOf) = (files.known.period.holders, files.known.asOf)
    for file in files.all {
      guard let stand = file.stand else { continue }
      let held = holders.holder(file.account) { $0.on <= asOf }
      let line =
        switch grouping {
        case "total": ""
        case "bucket": stand.row.bucket + ","
        default: holders.label(held, grouping, asOf) + ","
        }
      let told = file.touches.filter { from <= $0.told.on }.compactMap(\.touch.reason)
      for reason in told { lines[line, default: [:]][reason, default: Tally()].told += 1 }
      for reason in Set(told) { lines[line, default: [:]][reason, default: Tally()].accounts += 1 }
      if told.isEmpty, stand.row.overdue == 0 { continue }
      var mine = lines[line, default: [:]][told.last ?? "none_told"] ?? Tally()
      mine.last += told.isEmpty ? 0 : 1
      mine.owing += stand.row.overdue > 0 ? 1 : 0
      mine.overdue += stand.row.overdue
      lines[line, default: [:]][told.last ?? "none_told"] = mine
    }
    return lines.flatMap { line, reasons in
      let sum = reasons.values.reduce(0) { $0 + $1.overdue }
      return reasons.map { reason, tally in
        let share = sum == 0 ? "" : "\((tally.overdue * 20_000 + sum) / (2 * sum))"
        return "\(line)\(reason),\(tally.told),\(tally.accounts),\(tally.last),\(tally.owing),"
          + "\(tally.overdue),\(share)"
      }
    }.sorted()
  }

  /// `day,account,customer,option,adviser,outstanding,total,saved,instalments,each,until,days,
  /// advised,taken_up`.
  package func advice(from: Day, _ files: Files) -> [String] {
    let known = files.known.period
    return files.all.flatMap { file -> [String] in
      let (account, story) = (file.account, file.story)
      return file.touches.filter { from <= $0.told.on }.flatMap { told, touch -> [String] in
        if touch.options.isEmpty { return [] }
        let then = period.stand(account, story, known, on: told.on, scheme: told.on)
        let owed = then?.row.outstanding ?? 0
        return touch.options.map { option in
          let each = option.instalments.map { (option.total * 2 / Int64($0) + 1) / 2 }
          let days = option.until.map { "\($0 - told.on)" } ?? ""
          let taken = option.advised ? NaiveWork.takenUp(option, told, file) : nil
          return [
            "\(told.on)", account, file.customer, option.kind, told.actor, "\(owed)",
            "\(option.total)", "\(owed - option.total)",
            option.instalments.map { "\($0)" } ?? "", each.map { "\($0)" } ?? "",
            option.until.map { "\($0)" } ?? "", days, option.advised ? "yes" : "",
            taken.map { "\($0)" } ?? "",
          ].joined(separator: ",")
        }
      }
    }.sorted()
  }

  private static func takenUp(
    _ option: Desking.Option, _ contact: NaiveDesk.Told, _ file: File
  ) -> Day? {
    if option.kind == "pay_now" {
      var paid: Int64 = 0
      for money in file.stand?.life.money ?? [] where money.event.day >= contact.on {
        paid += money.left
        if paid >= option.total { return money.event.day }
      }
      return nil
    }
    let step = option.kind == "plan" ? "plan.agreed" : "settlement.accepted"
    return file.told.filter { one in
      one.said?.type == step && one.on <= file.asOf && one.occurred >= contact.occurred
    }.map(\.on).min()
  }

  /// Every customer: `customer,stage,accounts,exposure,overdue,dpd,stopped_since,order`.
  package func credit(_ files: Files) -> [String] {
    let (known, asOf) = (files.known, files.known.asOf)
    var sums: [String: (accounts: Int, exposure: Int64, overdue: Int64, dpd: Int)] = [:]
    for file in files.all {
      guard let row = file.stand?.row else { continue }
      let customer = file.customer
      let old = sums[customer] ?? (0, 0, 0, 0)
      sums[customer] = (
        old.accounts + 1, old.exposure + row.outstanding, old.overdue + row.overdue,
        max(old.dpd, row.dpd)
      )
    }
    return sums.map { customer, sum in
      let words = (known.people[customer] ?? []).compactMap { one in one.said.map { (one, $0) } }
      let order = words.first { told, saying in
        saying.type == "restriction.placed" && saying.text("kind") == "credit_stop"
          && saying.day("from") ?? told.on <= asOf
          && !words.contains { other, lift in
            lift.type == "restriction.lifted" && other.on <= asOf
              && lift.text("restriction") == saying.text("restriction")
          }
      }?.1
      let isBeyond = sum.dpd > 90
      let stage =
        isBeyond
        ? (order == nil ? "to_stop" : "stopped") : order == nil ? "within" : "to_review"
      return [
        customer, stage, "\(sum.accounts)", "\(sum.exposure)", "\(sum.overdue)", "\(sum.dpd)",
        order?.day("from").map { "\($0)" } ?? "", order?.text("restriction") ?? "",
      ].joined(separator: ",")
    }.sorted()
  }
}
