/// Rolls accounts through the days of a policy trial, under the rules as they are and under the
/// draft.
package struct TrialFold: ~Copyable, Sendable {
  private let sides: [PolicyBook]
  private let days: [Day]
  private let accountName: @Sendable (UInt32) -> String
  private let namesAccounts: Bool
  private var reckoner = Reckoner()
  private var standing: [[Standing]]
  private var paid: [[Int64]] = [[], []]
  private var survey = Survey()
  private var dead = Dead()
  private var byProduct: [UInt64: Plans] = [:]
  // Debtors of whom an account is npa, by side and day; nil in the trial that finds them.
  private let borrowers: [[Set<String>]]?

  /// The terms of each day, the stretches of days that one run serves, and the numbers of bucket
  /// labels in the trial, by day.
  struct Plan: Sendable {
    let terms: [Terms]
    let stretches: [Range<Int>]
    let labels: [[Int]]
  }

  /// The plans of both sides for accounts that share their terms, and whether one run serves both.
  final class Plans: Sendable {
    let sides: [Plan]
    let isSame: Bool

    init(_ sides: [Plan]) {
      self.sides = sides
      isSame = zip(sides[0].terms, sides[1].terms).allSatisfy { $0.reckonsLike($1) }
    }
  }

  /// A fold over days, for the policies as they are and as they would be; where these class
  /// borrowers, with the debtors of whom an account is npa, or nil to find them.
  package init(
    _ days: [Day], now: PolicyBook, draft: PolicyBook, borrowers: [[Set<String>]]?,
    accountName: @escaping @Sendable (UInt32) -> String
  ) {
    (self.days, sides, self.accountName) = (days, [now, draft], accountName)
    self.borrowers = borrowers
    namesAccounts = now.namesAccounts || draft.namesAccounts
    standing = [[Standing]](
      repeating: [Standing](repeating: Standing(), count: days.count), count: 2)
  }

  /// Rolls one account and adds it to the trial.
  package mutating func take(
    _ number: UInt32, _ facts: Span<Fact>, _ parts: Span<Piece>, of portfolio: borrowing Portfolio,
    into trial: inout PolicyTrial
  ) throws(WireError) {
    let shared = try plans(number, facts, portfolio, &trial)
    let (plans, isSame) = (shared.sides, shared.isSame)
    let currencies = survey.currencies.isEmpty ? [0] : survey.currencies
    for (index, currency) in currencies.enumerated() {
      for side in plans.indices {
        if side == 1, isSame {
          for day in days.indices { relabel(day, plans[0].terms[day], plans[1].terms[day]) }
          continue
        }
        roll(side, plans[side], facts, parts, currency, isFirst: index == 0)
        if trial.ordersMoney, !isSame { note(side) }
      }
      guard let borrowers else {
        gather(plans, portfolio.facts.texts[survey.debtor], into: &trial)
        continue
      }
      join(borrowers, plans, portfolio.facts.texts[survey.debtor])
      trial.note(
        number, Currency(rawValue: currency), standing, plans, paid: isSame ? nil : paid)
    }
  }

  // Notes the debtor on the sides and days on which the account is npa by itself.
  private func gather(_ plans: [Plan], _ debtor: String, into trial: inout PolicyTrial) {
    if debtor.isEmpty { return }
    for side in plans.indices {
      for day in days.indices where plans[side].terms[day].classification.borrowerWise {
        if standing[side][day].isNPA { trial.borrowers[side][day].insert(debtor) }
      }
    }
  }

  // Classes the account with its debtor, where policy does.
  private mutating func join(_ borrowers: [[Set<String>]], _ plans: [Plan], _ debtor: String) {
    if borrowers.isEmpty { return }
    for side in plans.indices {
      for day in days.indices
      where plans[side].terms[day].classification.borrowerWise
        && borrowers[side][day].contains(debtor)
      {
        standing[side][day].assetClass = Classification.classes.count - 1
      }
    }
  }

  private mutating func roll(
    _ side: Int, _ plan: Plan, _ facts: Span<Fact>, _ parts: Span<Piece>, _ currency: UInt16,
    isFirst: Bool
  ) {
    for stretch in plan.stretches {
      var rows: [Standing] = []
      swap(&rows, &standing[side])
      reckoner.roll(
        facts, parts: parts, currency: currency, days: days[stretch],
        terms: plan.terms[stretch.upperBound - 1]
      ) { day, result in rows[day] = Standing(result, plan.terms[day], isFirst: isFirst) }
      swap(&rows, &standing[side])
    }
  }

  // Bands have other names or borders, and nothing else is different. Written off and undated are
  // told by their places, which every scheme with both has.
  private mutating func relabel(_ day: Int, _ old: borrowing Terms, _ terms: borrowing Terms) {
    let row = standing[0][day]
    standing[1][day] = row
    standing[1][day].bucket = terms.buckets.index(
      days: row.dpd, writtenOff: row.bucket == old.buckets.labels.count - 1,
      undated: row.bucket == 0, bounced: row.isBounced)
  }

  private mutating func note(_ side: Int) {
    paid[side] = []
    for obligation in reckoner.obligations.indices {
      for component in 0..<Component.count {
        paid[side].append(
          reckoner.raised[obligation * Component.count + component]
            - reckoner.unpaid(obligation, component))
      }
    }
  }

  private mutating func plans(
    _ number: UInt32, _ facts: Span<Fact>, _ portfolio: borrowing Portfolio,
    _ trial: inout PolicyTrial
  ) throws(WireError) -> Plans {
    survey.look(at: facts, asOf: .min, &dead)
    let (product, group) = (survey.product, survey.portfolio)
    let key = UInt64(product) << 32 | UInt64(group)
    if !namesAccounts, let known = byProduct[key] { return known }
    let who = PolicySubject(
      product: portfolio.facts.texts[product], portfolio: portfolio.facts.texts[group],
      account: namesAccounts ? accountName(number) : "")
    var plans: [Plan] = []
    for side in sides {
      var terms: [Terms] = []
      for day in days { terms.append(try side.terms(for: who, on: day)) }
      let labels = terms.map { terms in
        zip(terms.buckets.labels, terms.buckets.places).map { trial.number(of: $0, at: $1) }
      }
      plans.append(
        Plan(terms: terms, stretches: Terms.stretches(terms, days), labels: labels))
    }
    let made = Plans(plans)
    if !namesAccounts { byProduct[key] = made }
    return made
  }
}

extension Terms {
  /// The stretches of days, each with its terms, that one run of a reckoner serves.
  static func stretches(_ terms: [Terms], _ days: [Day]) -> [Range<Int>] {
    var out: [Range<Int>] = []
    for day in days.indices {
      if let last = out.last, terms[day].continues(terms[day - 1], until: days[day - 1]) {
        out[out.count - 1] = last.lowerBound..<day + 1
      } else {
        out.append(day..<day + 1)
      }
    }
    return out
  }

  /// Whether days, class and money go by the same rules; bands may have other names.
  func reckonsLike(_ other: Terms) -> Bool {
    judgesLike(other) && waterfalls.count == other.waterfalls.count
      && zip(waterfalls, other.waterfalls).allSatisfy { $0.from == $1.from && $0.rule == $1.rule }
      && buckets.writtenOff != nil && other.buckets.writtenOff != nil
  }

  private func judgesLike(_ other: Terms) -> Bool {
    counting == other.counting && components == other.components && grace == other.grace
      && classification == other.classification && holds == other.holds
      && fromInvoiceDate == other.fromInvoiceDate
  }

  /// Whether these terms, of a later day, judge everything up to `day` as the earlier ones do.
  func continues(_ earlier: Terms, until day: Day) -> Bool {
    guard judgesLike(earlier) else { return false }
    let now = waterfalls.filter { $0.from <= day.rawValue }
    let then = earlier.waterfalls.filter { $0.from <= day.rawValue }
    return now.count == then.count
      && zip(now, then).allSatisfy { $0.from == $1.from && $0.rule == $1.rule }
  }
}

extension PolicyTrial {
  mutating func note(
    _ number: UInt32, _ currency: Currency, _ standing: [[Standing]], _ plans: [TrialFold.Plan],
    paid: [[Int64]]?
  ) {
    for day in days.indices {
      for side in Side.allCases {
        let row = standing[side.rawValue][day]
        guard row.exists else { continue }
        let labels = plans[side.rawValue].labels
        let sums = Sums(
          accounts: 1, overdue: Int128(row.overdue), outstanding: Int128(row.outstanding))
        let label = labels[day][row.bucket]
        buckets.add(sums, side, day: day, currency, label: label)
        classes.add(sums, side, day: day, currency, label: row.assetClass)
        guard day > 0 else { continue }
        let before = standing[side.rawValue][day - 1]
        guard before.exists else { continue }
        let opening = Sums(
          accounts: 1, overdue: Int128(before.overdue), outstanding: Int128(before.outstanding))
        rolls.add(
          opening, side, day: day, currency, from: labels[day - 1][before.bucket], label: label)
      }
      compare(number, currency, day, standing, plans)
    }
    guard ordersMoney, let paid, paid[0].count == paid[1].count else { return }
    var gains = [Int64](repeating: 0, count: Component.count)
    var sum: Int64 = 0
    for at in paid[0].indices where paid[0][at] != paid[1][at] {
      gains[at % Component.count] += paid[1][at] - paid[0][at]
      sum += max(0, paid[1][at] - paid[0][at])
    }
    guard sum != 0 || gains.contains(where: { $0 != 0 }) else { return }
    reapplied.append(Reapplied(account: number, currency: currency, moved: sum, gains: gains))
  }

  private mutating func compare(
    _ number: UInt32, _ currency: Currency, _ day: Int, _ standing: [[Standing]],
    _ plans: [TrialFold.Plan]
  ) {
    let (now, draft) = (standing[0][day], standing[1][day])
    guard now.exists || draft.exists else { return }
    let old = plans[0].labels[day][now.bucket]
    let new = plans[1].labels[day][draft.bucket]
    guard old != new || now.assetClass != draft.assetClass else { return }
    changes[day] += 1
    guard day == days.count - 1 else { return }
    moved.append(
      Moved(
        account: number, currency: currency, overdue: now.overdue,
        bucket: [labels[old], labels[new]],
        assetClass: [
          Classification.classes[now.assetClass], Classification.classes[draft.assetClass],
        ],
        dpd: [now.dpd, draft.dpd]))
  }
}
