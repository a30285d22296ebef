/// Aging: what is overdue and how old it is.
///
/// Two forms that must never be confused: *bucketed* puts the whole account into the bucket of its
/// oldest unpaid due (collections); *slotted* puts each unpaid due into the slot of its own age
/// (receivables).
package struct Aging: Book {
  /// `show aging`.
  package static let name = "aging"

  /// What a row stands for.
  package enum Grouping: String, CaseIterable, Sendable {
    case account, bucket, customer, product, currency, payer
    case zone, state, region, area, branch, team, collector, agency, legal
  }

  /// Bucketed or slotted.
  package enum Form: String, CaseIterable, Sendable { case bucketed, slotted }

  struct Key: Hashable, Sendable {
    var label: String
    var holder = Holder.nobody
    var currency: Currency
  }

  struct Sums: Hashable, Sendable {
    var accounts: Int64 = 0
    var owing: Int64 = 0
    var dues: Int64 = 0
    var overdue: Int128 = 0
    var outstanding: Int128 = 0
    var credit: Int128 = 0
    var dpd: Int64 = 0
    var disputed: Int128 = 0

    mutating func add(_ other: Sums) {
      accounts += other.accounts
      owing += other.owing
      dues += other.dues
      overdue += other.overdue
      outstanding += other.outstanding
      credit += other.credit
      dpd = max(dpd, other.dpd)
      disputed += other.disputed
    }
  }

  struct Row: Hashable, Sendable {
    var account: UInt32
    var currency: Currency
    var overdue: Int64
    var outstanding: Int64
    var credit: Int64
    var disputed: Int64
    var dpd: Int32
    var pastDue: Int32
    var paused: Int32
    var oldest: Day?
    var next: Day?
    var bucket: String
    var assetClass: String
    var customer: String
    var product: String
    var slots: [Int64]
  }

  let grouping: Grouping
  let form: Form
  let asOf: Day
  /// Whether a column says what of it is in dispute: a sum of an account, which neither a payer nor
  /// a slot has.
  let disputed: Bool
  var rows: [Row] = []
  var sums: [Key: Sums] = [:]
  /// Whoever holds the accounts, when it adds up by holders.
  var holders: Holders?
  /// Labels in the order of the schemes met, so that every band is shown, empty ones too.
  var labels: [String] = []
  var claims: Int64 = 0
  /// Numbers of accounts whose sums are beyond 64 bits.
  var overflows: [UInt32] = []

  /// An empty aging of a form, grouped, at the end of a day; what is in dispute is looked up only
  /// where it is asked for.
  package init(by grouping: Grouping, form: Form, asOf: Day, disputed: Bool = false) {
    let hasAccounts = grouping != .payer && !(grouping == .bucket && form == .slotted)
    self.disputed = disputed && hasAccounts
    self.grouping = grouping
    self.form = form
    self.asOf = asOf
    holders = HolderGrouping(rawValue: grouping.rawValue).map(Holders.init(by:))
  }

  /// Allocations, when it adds up by holders; disputes, when they are asked for.
  package var reads: Desk.Reads {
    var reads: Desk.Reads = holders == nil ? [] : .allocations
    if disputed { reads.insert(.disputes) }
    return reads
  }
  /// Every account is in it, held or not.
  package var leads: Desk.Reads { [] }

  /// Adds the account to its row, bucket, slots or group.
  package mutating func take(_ account: borrowing AccountView) {
    let result = account.reckoning
    if result.claimed { claims += 1 }
    if result.overflows { overflows.append(account.number) }
    note(labels: form == .slotted ? Aging.slotLabels(account.terms) : account.terms.buckets.labels)
    switch grouping {
    case .account: rows.append(row(account))
    case .bucket where form == .slotted: takeSlots(account)
    case .payer: takePayers(account)
    default:
      let label: String =
        switch grouping {
        case .bucket: account.bucket
        case .customer: account.debtor
        case .product: account.product
        case .currency: account.currency.code
        default: ""
        }
      let holder = holders?.line(
        of: Allocation.holder(account.desk.allocations.rows, on: asOf), on: asOf, account.house)
      add(
        Sums(
          accounts: 1, owing: result.outstanding > 0 ? 1 : 0, overdue: Int128(result.overdue),
          outstanding: Int128(result.outstanding), credit: Int128(result.credit),
          dpd: Int64(result.dpd), disputed: Int128(inDispute(account))), label, account.currency,
        holder ?? .nobody)
    }
  }

  // What open disputes hold of what is unpaid: never more than that.
  private func inDispute(_ account: borrowing AccountView) -> Int64 {
    guard disputed else { return 0 }
    var sum: Int64 = 0
    let outstanding = account.reckoning.outstanding
    for dispute in Dispute.cases(account.desk.disputes.rows, asOf: asOf) where dispute.stage.isOpen
    {
      let amount = dispute.amount(of: outstanding, in: account.currency)
      if amount.currency == account.currency { sum = min(outstanding, sum &+ amount.minor) }
    }
    return max(0, sum)
  }

  private mutating func add(
    _ more: Sums, _ label: String, _ currency: Currency, _ holder: Holder = .nobody
  ) {
    let key = Key(label: label, holder: holder, currency: currency)
    sums[key, default: Sums()].add(more)
  }

  private mutating func note(labels new: [String]) {
    if labels.isEmpty { labels = new }
    if labels == new { return }
    for label in new where !labels.contains(label) { labels.append(label) }
  }

  /// Joins rows and sums; labels keep the order in which they were met.
  package mutating func merge(_ other: Aging) {
    rows += other.rows
    for (key, more) in other.sums { sums[key, default: Sums()].add(more) }
    if let more = other.holders { holders?.merge(more) }
    note(labels: other.labels)
    claims += other.claims
    overflows += other.overflows
  }
}

// MARK: - Slots and payers

extension Aging {
  /// Slots of a scheme: not due, due today, the bands, and money not applied yet.
  static func slotLabels(_ terms: Terms) -> [String] {
    ["not_due", "0"] + terms.buckets.bands.map(\.label) + ["unallocated"]
  }

  /// Unpaid sums of an account by slot.
  static func slots(_ account: borrowing AccountView, asOf: Day) -> [Int64] {
    let bands = account.terms.buckets.bands
    var slots = [Int64](repeating: 0, count: bands.count + 3)
    forEachUnpaid(account, asOf: asOf) { _, left, slot in slots[slot] += left }
    let waits = slots.reduce(0, +) - account.reckoning.outstanding + account.reckoning.credit
    slots[bands.count + 2] = -waits
    return slots
  }

  static func forEachUnpaid(
    _ account: borrowing AccountView, asOf: Day, _ body: (Int, Int64, Int) -> Void
  ) {
    let reckoner = account.reckoner
    let bands = account.terms.buckets.bands
    for index in reckoner.obligations.indices {
      let due = reckoner.obligations[index]
      let left = reckoner.unpaid(index)
      guard left > 0, due.due <= asOf.rawValue || due.seen <= asOf.rawValue else { continue }
      let start = account.terms.fromInvoiceDate ? due.invoiced : due.due
      var slot = 0
      if start <= asOf.rawValue {
        let days = reckoner.delinquent(from: start, to: asOf.rawValue, account.terms)
        slot = days <= 0 ? 1 : 2 + (bands.firstIndex { days <= $0.to } ?? bands.count - 1)
      }
      body(index, left, slot)
    }
  }

  private mutating func takeSlots(_ account: borrowing AccountView) {
    let labels = Aging.slotLabels(account.terms)
    let currency = account.currency
    var met = Set<Int>()
    var found: [(slot: Int, left: Int64, due: Int32)] = []
    Aging.forEachUnpaid(account, asOf: asOf) { index, left, slot in
      found.append((slot, left, account.reckoner.obligations[index].due))
    }
    var total: Int64 = 0
    for item in found {
      total += item.left
      add(
        Sums(
          accounts: met.insert(item.slot).inserted ? 1 : 0, dues: 1,
          overdue: item.due <= asOf.rawValue ? Int128(item.left) : 0,
          outstanding: Int128(item.left)), labels[item.slot], currency)
    }
    let waits = total - account.reckoning.outstanding + account.reckoning.credit
    if waits != 0 {
      add(Sums(accounts: 1, outstanding: -Int128(waits)), "unallocated", currency)
    }
  }

  private mutating func takePayers(_ account: borrowing AccountView) {
    let (currency, result) = (account.currency, account.reckoning)
    var met: [UInt32: Sums] = [:]
    var rest = Sums(
      overdue: Int128(result.overdue), outstanding: Int128(result.outstanding),
      credit: Int128(result.credit))
    Aging.forEachUnpaid(account, asOf: asOf) { index, left, _ in
      let due = account.reckoner.obligations[index]
      let start = account.terms.fromInvoiceDate ? due.invoiced : due.due
      let isDue = due.due <= asOf.rawValue
      // Never more than the account's, which grace and tolerance may have forgiven.
      let days =
        start > asOf.rawValue
        ? 0
        : min(
          result.dpd,
          account.reckoner.delinquent(from: start, to: asOf.rawValue, account.terms))
      met[due.payer, default: Sums(accounts: 1, owing: 1)].add(
        Sums(
          dues: 1, overdue: isDue ? Int128(left) : 0, outstanding: Int128(left), dpd: Int64(days)))
      rest.overdue -= isDue ? Int128(left) : 0
      rest.outstanding -= Int128(left)
    }
    for payer in met.keys.sorted() {
      add(met[payer] ?? Sums(), payer == 0 ? "debtor" : account.texts[payer], currency)
    }
    if rest != Sums() { add(rest, "unallocated", currency) }
  }

  private func row(_ account: borrowing AccountView) -> Row {
    let result = account.reckoning
    return Row(
      account: account.number, currency: account.currency, overdue: result.overdue,
      outstanding: result.outstanding, credit: result.credit,
      disputed: inDispute(account), dpd: Int32(clamping: result.dpd),
      pastDue: Int32(clamping: result.pastDueDays), paused: Int32(clamping: result.pausedDays),
      oldest: result.oldestUnpaid, next: result.nextDue, bucket: account.bucket,
      assetClass: account.assetClass, customer: account.debtor, product: account.product,
      slots: form == .slotted ? Aging.slots(account, asOf: asOf) : [])
  }
}
