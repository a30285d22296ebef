/// What a promise may be refused for (`domain.md` 2.13).
extension Promise.Made: Decided {
  /// Refused when its sums, days or terms do not fit, whoever promises has no authority, or it puts
  /// off once too often.
  package func decide(_ scene: inout Scene) throws(Refusal) {
    try scene.requireKnown()
    try checkSums(scene)
    try checkParty(scene)
    let rules = scene.terms()
    try checkTerms(rules.promises, isHistory: scene.isHistory)
    // History is judged as of the day it was said; a command must not promise the past.
    let said = scene.isHistory ? min(scene.occurredOn, scene.today) : scene.today
    let (judge, figures) = scene.account.promises(asOf: said, terms: rules)
    try checkDays(scene, from: said, rules.promises)
    guard total.minor <= figures.outstanding else {
      throw Refusal(
        rule: "promise.more-than-outstanding",
        "\(total) is promised, \(Money(minor: figures.outstanding, currency: total.currency)) "
          + "is outstanding.",
        remedy: "Promise at most what is outstanding.")
    }
    let mine = TextKey(promise)
    guard !judge.items.contains(where: { $0.row.promise == mine }) else {
      throw Refusal(
        rule: "promise.exists", "Account \(scene.account.id) has a promise \(promise) already.",
        remedy: "Choose another id; a promise that changes is made anew, with `supersedes`.")
    }
    try checkSuperseded(scene, judge, said, rules.promises)
    let replaced = supersedes.map { TextKey($0) }
    for item in judge.items where item.waits(on: said) && item.row.promise != replaced {
      let due = Day(rawValue: item.row.due)
      guard !items.contains(where: { $0.dueOn == due }) else {
        throw Refusal(
          rule: "promise.same-day", "Another open promise of the account falls on \(due).",
          remedy: "Choose another day, or replace the other promise with `supersedes`.")
      }
    }
  }

  private func checkSums(_ scene: Scene) throws(Refusal) {
    try scene.require(total, "sum promised")
    guard !items.isEmpty else {
      throw Refusal(
        rule: "promise.items", "The promise has no item.",
        remedy: "Give at least one day and sum: items=2026-05-05:4500.00.")
    }
    var sum: Int64 = 0
    for item in items {
      try scene.require(item.amount, "sum of an item")
      sum = sum.addingReportingOverflow(item.amount.minor).partialValue
      guard sum > 0, item.amount.currency == total.currency else {
        throw Refusal(
          rule: "promise.total", "The items do not add up to one sum in \(total.currency.code).",
          remedy: "Give all sums in one currency.")
      }
    }
    guard sum == total.minor else {
      throw Refusal(
        rule: "promise.total",
        "The items add up to \(Money(minor: sum, currency: total.currency)), "
          + "the total says \(total).",
        remedy: "Make the total the sum of the items.")
    }
  }

  // Who owes, or may speak for who owes; of an account that was never opened nobody knows who does.
  private func checkParty(_ scene: Scene) throws(Refusal) {
    guard let debtor = scene.account.debtor, debtor != party else { return }
    let key = TextKey(party)
    let isEntitled = scene.account.links.contains {
      $0.party == key && $0.contains(scene.occurredOn) && Link.entitled.contains($0.role)
    }
    if isEntitled { return }
    throw Refusal(
      rule: "promise.third-party",
      "\(party) neither owes account \(scene.account.id) nor may promise for who does.",
      remedy: "Record party.linked with the role that entitles, or note the words on the contact.")
  }

  // History was promised on the terms of its own house.
  private func checkTerms(_ rules: PromiseTerms, isHistory: Bool) throws(Refusal) {
    guard 0...3660 ~= terms.graceDays, 0...10_000 ~= terms.toleranceBp else {
      throw Refusal(
        rule: "promise.terms",
        "\(terms.graceDays) days of grace and \(terms.toleranceBp) basis points are no terms.",
        remedy: "Leave `terms` out, and the policy's are taken.")
    }
    if isHistory { return }
    guard terms.graceDays == rules.graceDays, terms.toleranceBp == rules.toleranceBP,
      terms.counting == rules.counting
    else {
      throw Refusal(
        rule: "promise.terms",
        "\(terms.graceDays):\(terms.toleranceBp):\(terms.counting) are not the policy's terms, "
          + "\(rules.graceDays):\(rules.toleranceBP):\(rules.counting).",
        remedy: "Leave `terms` out, and the policy's are taken; adopt promise_terms for others.")
    }
  }

  private func checkDays(_ scene: Scene, from said: Day, _ rules: PromiseTerms) throws(Refusal) {
    guard scene.occurredOn <= scene.today else {
      throw Refusal(
        rule: "promise.future", "The promise was made on \(scene.occurredOn), after today.",
        remedy: "Record it when it has been made.")
    }
    for (index, item) in items.enumerated() {
      guard item.dueOn >= said else {
        throw Refusal(
          rule: "promise.past-day", "\(item.dueOn) is promised, and it is \(said) already.",
          remedy: "Promise today or a day to come.")
      }
      guard item.dueOn - said <= Int(rules.horizonDays) else {
        throw Refusal(
          rule: "promise.horizon",
          "\(item.dueOn) is promised, more than \(rules.horizonDays) days ahead.",
          remedy: "Promise an earlier day, or agree a plan.")
      }
      guard !items[..<index].contains(where: { $0.dueOn == item.dueOn }) else {
        throw Refusal(
          rule: "promise.same-day", "Two items of the promise fall on \(item.dueOn).",
          remedy: "Make them one item.")
      }
    }
  }

  private func checkSuperseded(
    _ scene: Scene, _ judge: Promise.Judge, _ said: Day, _ rules: PromiseTerms
  ) throws(Refusal) {
    guard let supersedes else { return }
    let key = TextKey(supersedes)
    let old = judge.items.filter { $0.row.promise == key }
    guard let first = old.first else {
      throw Refusal(
        rule: "promise.unknown",
        "Account \(scene.account.id) has no promise \(supersedes) to replace.",
        remedy: "`arrears show promises --form book` lists the promises.")
    }
    guard old.contains(where: { $0.waits(on: said) }) else {
      throw Refusal(
        rule: "promise.not-open",
        "Promise \(supersedes) is \(first.verdict.code); only an open one is put off.",
        remedy: "Leave `supersedes` out: the verdict on the old promise stands.")
    }
    guard Int64(first.supersessions) < rules.maxSupersessions else {
      throw Refusal(
        rule: "promise.put-off-too-often",
        "Promise \(supersedes) was put off \(first.supersessions) times; "
          + "the policy allows \(rules.maxSupersessions).",
        remedy: "Let it be judged, or agree a plan.")
    }
  }
}

extension Promise.Withdrawn: Decided {
  /// Refused when the promise is not open, or its first day has passed.
  package func decide(_ scene: inout Scene) throws(Refusal) {
    try scene.requireKnown()
    let today = scene.isHistory ? scene.occurredOn : scene.today
    let (judge, _) = scene.account.promises(asOf: today, terms: scene.terms())
    let items = judge.items.filter { $0.row.promise == TextKey(promise) }
    guard let first = items.first else {
      throw Refusal(
        rule: "promise.unknown", "Account \(scene.account.id) has no promise \(promise).",
        remedy: "`arrears show promises --form book` lists the promises.")
    }
    guard scene.occurredOn.rawValue <= first.row.due else {
      throw Refusal(
        rule: "promise.judged",
        "The first day of promise \(promise), \(Day(rawValue: first.row.due)), has passed.",
        remedy: "Its verdict stands; a promise entered by mistake is reversed with event.reversed.")
    }
    guard items.contains(where: { $0.waits(on: today) }) else {
      throw Refusal(
        rule: "promise.not-open", "Promise \(promise) is \(first.verdict.code) already.",
        remedy: "Only an open promise is withdrawn.")
    }
  }
}
