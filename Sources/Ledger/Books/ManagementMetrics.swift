/// The figures of the management report and their definitions. No public standard defines most of
/// them, and several are in use under one name: each variant has its own.
extension ManagementReport {
  /// All of them, in the order in which they are printed.
  package static let metrics =
    ends + moves + balances + flows + cures + efficiency + risk + contact + promised + paper
    + costs

  /// Those that only a line that is a bucket has.
  static let ofBuckets: Set<String> = [
    "net_flow", "tracked_roll", "flow_to_npa", "tracked_to_npa", "flow_to_write_off",
  ]

  /// One of its figures.
  package typealias Figure = Metric<ManagementTally>

  private static let ends: [Figure] = [
    .sum("opening_accounts", .count, "open at the opening: the cohort, with what has exited since")
    {
      Int128($0.movement.counts.reduce(0, +))
    },
    .sum("opening_balance", .money, "balance at the opening of what was open then") {
      $0.movement.sums.reduce(0, +)
    },
    .sum("opening_overdue", .money, "overdue at the opening of what was open then") {
      $0.openingOverdue
    },
    .sum("closing_accounts", .count, "open at the closing, new ones too") {
      Int128($0.closingAccounts)
    },
    .sum("closing_balance", .money, "balance at the closing of what is open then") {
      $0.movement.closing
    },
    .sum("closing_overdue", .money, "overdue at the closing of what is open then") {
      $0.closingOverdue
    },
    .sum("exited_accounts", .count, "of the cohort sold or moved away: in no rate below") {
      Int128($0.movement.count(.exited))
    },
  ]

  private static let moves: [Figure] = [
    .count("resolution_count", "normalised, rolled back and stabilised of the cohort, by count") {
      $0.movement.resolutionByCount
    },
    .count("resolution_improved_count", "normalised and rolled back of the cohort, by count") {
      Ratio(
        $0.movement.count(.normalised) + $0.movement.count(.rolledBack), of: $0.movement.count)
    },
    .count("normalisation_count", "from arrears to current, or closed, by count") {
      Ratio($0.movement.count(.normalised), of: $0.movement.count)
    },
    .count("roll_back_count", "to a lower bucket that is not current, by count") {
      Ratio($0.movement.count(.rolledBack), of: $0.movement.count)
    },
    .count("stabilisation_count", "in the same bucket, by count") {
      Ratio($0.movement.count(.stabilised), of: $0.movement.count)
    },
    .count("roll_forward_count", "to a higher bucket, or written off, by count") {
      Ratio($0.movement.count(.rolledForward), of: $0.movement.count)
    },
  ]

  private static let balances: [Figure] = [
    .money(
      "resolution_balance",
      "normalised, rolled back and stabilised of the cohort, by opening balance"
    ) {
      $0.movement.resolution
    },
    .money(
      "resolution_improved_balance", "normalised and rolled back of the cohort, by opening balance"
    ) {
      $0.movement.improved
    },
    .money("normalisation_balance", "from arrears to current, or closed, by opening balance") {
      $0.movement.normalisation
    },
    .money("roll_back_balance", "to a lower bucket that is not current, by opening balance") {
      $0.movement.rollBack
    },
    .money("stabilisation_balance", "in the same bucket, by opening balance") {
      $0.movement.stabilisation
    },
    .money("roll_forward_balance", "to a higher bucket, or written off, by opening balance") {
      $0.movement.rollForward
    },
  ]

  private static let flows: [Figure] = [
    .money(
      "net_flow",
      "closing balance of the next bucket over opening balance of this one (OCC roll rate)"
    ) { Ratio($0.next ?? 0, of: $0.next == nil ? 0 : $0.movement.sum) },
    .money(
      "tracked_roll",
      "opening balance of the accounts that moved to the next bucket exactly, over that of this one"
    ) { Ratio($0.next == nil ? 0 : $0.movement.tracked, of: $0.next == nil ? 0 : $0.movement.sum) },
    .rate("flow_to_npa", "product of net_flow from this bucket to the first that is npa") {
      Ratio.product($0.netToNPA)
    },
    .rate("tracked_to_npa", "product of tracked_roll from this bucket to the first that is npa") {
      Ratio.product($0.trackedToNPA)
    },
    .rate("flow_to_write_off", "product of net_flow from this bucket to written off") {
      Ratio.product($0.netToWriteOff)
    },
  ]

  private static let cures: [Figure] = zip(["all", "30", "60"], 0...).flatMap { name, index in
    let of =
      "delinquent at the opening"
      + (index == 0 ? "" : " for more than \(ManagementTally.floors[index]) days")
      + ", not written off, that close current or closed"
    return [
      Figure.count("cure_\(name)_count", of + ", by count; observed at the closing only") {
        Ratio($0.cures[index].cured, of: $0.cures[index].all)
      },
      Figure.money("cure_\(name)_balance", of + ", by opening balance") {
        Ratio($0.cures[index].curedSum, of: $0.cures[index].sum)
      },
      Figure.count(
        "cure_\(name)_3_months_count",
        of + ", and were so one and two months before; nothing for a period without these, by count"
      ) { Ratio($0.cures[index].stayed, of: $0.cures[index].observed) },
      Figure.money(
        "cure_\(name)_3_months_balance", of + ", and were so one and two months before, by balance"
      ) { Ratio($0.cures[index].stayedSum, of: $0.cures[index].observedSum) },
    ]
  }

  private static let efficiency: [Figure] = [
    .sum(
      "demand", .money,
      "what fell due in the period less what was waived or cancelled, of accounts not written off"
    ) { $0.efficiency.demand },
    .sum(
      "collected", .money,
      "money with value dates in the period, less what was reversed, refunded or moved away"
    ) { $0.efficiency.collected },
    .money(
      "efficiency_current_demand_first",
      "for each account the lesser of collected and demand, over demand"
    ) { $0.efficiency.currentDemandFirst },
    .money(
      "efficiency_current_oldest_first",
      "for each account what is left for demand when opening arrears are paid first, over demand"
    ) { $0.efficiency.currentOldestFirst },
    .money("efficiency_total", "collected over demand; arrears may take it above the whole") {
      $0.efficiency.total
    },
    .money("efficiency_with_arrears", "collected over demand and opening arrears") {
      $0.efficiency.withArrears
    },
    .money(
      "liquidation", "collected of the cohort over its opening balance, written off left out"
    ) { Ratio($0.liquidated, of: $0.openingRisk.gross) },
  ]

  private static let risk: [Figure] =
    [30, 60, 90].enumerated().flatMap { index, days in
      let of =
        "whole balance of accounts more than \(days) days past due over all balance, written off left out"
      return [
        Figure.money("opening_par_\(days)", of + ", at the opening") {
          $0.openingRisk.ratio(index)
        },
        Figure.money(
          "par_\(days)", of + ", at the closing; a plan that made the account current hides it here"
        ) { $0.closingRisk.ratio(index) },
        Figure.money(
          "par_\(days)_restructured",
          "par_\(days) with the whole balance of accounts under a plan in force, whatever their days"
        ) { $0.restructuredRisk.ratio(index) },
      ]
    } + [
      Figure.sum("written_off_balance", .money, "written off and not in par, at the closing") {
        $0.closingRisk.writtenOff
      },
      Figure.money(
        "recovery_write_off",
        "collected of accounts written off by the opening over their balance then"
      ) { Ratio($0.recovered, of: $0.pool) },
    ]

  private static let contact: [Figure] = [
    .count("coverage", "accounts attempted of accounts allocated at the opening") {
      Ratio($0.allocatedAttempted, of: $0.contacts.allocated ?? 0)
    },
    .count("intensity_of_attempted", "outbound attempts to an account attempted") {
      $0.contacts.intensity
    },
    .count("intensity_of_allocated", "outbound attempts to an account allocated") {
      Ratio($0.allocatedAttempts, of: $0.contacts.allocated ?? 0)
    },
    .count("connect_rate", "answered of outbound attempts") { $0.contacts.connect },
    .count("contact_rate", "right or third party reached of outbound attempts") {
      $0.contacts.contact
    },
    .count("right_party_rate", "right party reached of outbound attempts") {
      $0.contacts.rightPartyRate
    },
    .count(
      "contactability_of_allocated", "accounts with a right-party contact of accounts allocated"
    ) { Ratio($0.allocatedReached, of: $0.contacts.allocated ?? 0) },
    .count(
      "contactability_of_attempted", "accounts with a right-party contact of accounts attempted"
    ) { $0.contacts.contactability },
    .count("promise_rate", "promises made of right-party contacts") { $0.contacts.promiseRate },
    .count(
      "first_call_resolution",
      "with exactly one right-party contact in the period, of accounts normalised from arrears"
    ) { Ratio($0.resolvedAtOnce, of: $0.resolved) },
  ]

  private static let promised: [Figure] = [
    .count("kept_count", "kept of promised sums due in the period that matured by the closing") {
      $0.promises.kept
    },
    .count("broken_count", "broken of promised sums due in the period that matured by the closing")
    { $0.promises.broken },
    .count(
      "partial_count", "partly kept of promised sums due in the period that matured by the closing"
    ) { Ratio($0.promises[.partial], of: $0.promises.matured) },
    .money(
      "kept_value",
      "money counted of money promised, of promised sums due in the period that matured"
    ) { $0.promises.keptValue },
  ]

  private static let paper: [Figure] = [
    .count("bounce_count", "bounced of first presentations in the period") {
      Ratio($0.bounces.bounced, of: $0.bounces.presented)
    },
    .money("bounce_value", "bounced of first presentations in the period, by value") {
      Ratio($0.bounces.bouncedValue, of: $0.bounces.presentedValue)
    },
    .count("bounce_ex_technical", "bounced but for technical returns, of first presentations") {
      Ratio($0.bounces.bounced - $0.bounces.technical, of: $0.bounces.presented)
    },
    .count(
      "bounce_net", "bounced less what a later presentation brought in, of first presentations"
    ) {
      Ratio($0.bounces.bounced - $0.bounces.honouredLater, of: $0.bounces.presented)
    },
    .count("bounce_clearance", "bounced of which nothing is owed at the closing") {
      Ratio($0.bounces.cleared, of: $0.bounces.bounced)
    },
  ]

  private static let costs: [Figure] = [
    .sum("legal_fees", .money, "legal fees incurred in the period") { $0.fees },
    .sum(
      "commission", .money,
      "agreed commission of agencies on money of the period that came while they held the account"
    ) { $0.commission },
    .money(
      "cost_of_collection",
      "legal fees and commission over all money collected, recoveries too; salaries, visits and "
        + "messages are recorded nowhere and not in it"
    ) { Ratio($0.fees + $0.commission, of: $0.received) },
  ]
}
