import Ledger

/// Cash on its way to the bank: rounds of collectors with receipt books, hand-overs to a cashier,
/// deposits and what the bank makes of them, counts. Some receipts come late from offline devices;
/// some deposits name receipts nobody holds, twice, or more cash than there is. Its chance is its
/// own.
struct CashLife {
  private var teller: Teller
  private let accounts: Int
  private var payments = 0, deposits = 0

  // What a person has by a rough idea: receipts with their sums, and all sums.
  private struct Purse {
    let who: Doer
    var receipts: [(number: String, amount: Int64)] = []
    var sum: Int64 { receipts.reduce(0) { $0 + $1.amount } }
  }

  private struct Leaves {
    let book: String
    let first: Int, last: Int
    var next: Int
  }

  init(_ accounts: Int, seed: UInt64) {
    self.accounts = accounts
    teller = Teller(Chance(seed: seed ^ 0xCA54, stream: 0), late: 1000, wrong: 60)
  }

  /// Lives through the whole story, one collector after the other.
  mutating func live(_ scribe: inout Scribe) {
    guard accounts > 0 else { return }
    var desks = (1...max(1, accounts / 200)).map {
      Purse(who: Doer(role: .cashier, number: UInt16($0)))
    }
    for number in 1...max(4, accounts / 30) {
      let desk = number % desks.count
      round(Doer(role: .collector, number: UInt16(number)), &desks[desk], &scribe)
    }
    // What was brought to the cashiers goes to the bank in the end.
    for index in desks.indices { bank(&desks[index], on: scribe.last - 5, &scribe) }
  }

  private mutating func round(_ who: Doer, _ desk: inout Purse, _ scribe: inout Scribe) {
    var purse = Purse(who: who)
    var books = 0
    var leaves = issue(who, &books, on: scribe.first, &scribe)
    var day = scribe.first + teller.chance.pick(1...9)
    while day < scribe.last {
      for _ in 0..<teller.chance.pick(1...4) {
        if leaves.next > leaves.last - 3 {
          close(leaves, who, on: day, &scribe)
          leaves = issue(who, &books, on: day, &scribe)
        }
        collect(&purse, &leaves, on: day, &scribe)
      }
      let later = day + teller.chance.pick(0...2)
      switch teller.chance.pick(0...9) {
      case 0...2: handOver(&purse, &desk, on: later, &scribe)
      case 3...7: bank(&purse, on: later, &scribe)
      default: break
      }
      if teller.chance.happens(1500) { bank(&desk, on: later + 1, &scribe) }
      if teller.chance.happens(2500) { count(purse, on: later, &scribe) }
      day = day + teller.chance.pick(8...20)
    }
  }

  // MARK: - Receipts

  private mutating func issue(
    _ who: Doer, _ books: inout Int, on day: Day, _ scribe: inout Scribe
  ) -> Leaves {
    books += 1
    let first = Int(who.number) * 1000 + books * 25
    let leaves = Leaves(
      book: "RB-\(who.number)-\(books)", first: first, last: first + 24, next: first)
    teller.tell(
      Saying(
        "receipt.book_issued", on: .party(who.id),
        ["book": .text(leaves.book), "first": .number(first), "last": .number(leaves.last)]),
      by: Teller.clerk, on: day, &scribe)
    return leaves
  }

  private mutating func close(_ leaves: Leaves, _ who: Doer, on day: Day, _ scribe: inout Scribe) {
    teller.tell(
      Saying(
        "receipt.book_closed", on: .party(who.id),
        [
          "book": .text(leaves.book),
          "last_used": teller.chance.happens(7000) ? .number(leaves.next - 1) : nil,
        ]), by: Teller.clerk, on: day, &scribe)
  }

  private mutating func collect(
    _ purse: inout Purse, _ leaves: inout Leaves, on day: Day, _ scribe: inout Scribe
  ) {
    let (who, book) = (purse.who, leaves.book)
    if teller.chance.happens(300) { leaves.next += 1 }
    if teller.chance.happens(300) {
      teller.tell(
        Saying(
          "receipt.voided", on: .party(who.id),
          [
            "book": .text(book), "number": .number(leaves.next),
            "reason": .text(teller.chance.pick(["spoiled", "wrong_amount", "not_paid", "lost"])),
          ]), by: who, on: day, &scribe)
      leaves.next += 1
    }
    payments += 1
    let (payment, amount) = ("K-\(payments)", Int64(teller.chance.pick(50...900)) * 1000)
    var leaf = leaves.next
    leaves.next += 1
    if teller.chance.happens(150) { leaf = teller.chance.happens(5000) ? leaf - 1 : leaf + 500 }
    let isNumbered = teller.chance.happens(9300)
    let made = teller.tell(
      Saying(
        "payment.received",
        [
          "payment": .text(payment), "amount": .sum(amount), "mode": "cash",
          "receipt_no": isNumbered ? "R\(leaf)" : nil, "book": .text(book),
          "collector": teller.chance.happens(9000) ? .text(who.id) : nil,
        ]), of: UInt32(teller.chance.pick(1...accounts)), by: who, on: day, value: day, &scribe)
    guard made != nil else { return }
    purse.receipts.append((isNumbered ? "R\(leaf)" : payment, amount))
    teller.tell(
      Saying(
        "receipt.issued", on: .party(who.id),
        [
          "book": .text(book), "number": .number(leaf), "payment": .text(payment),
          "amount": .sum(amount),
        ]), by: who, on: day, &scribe)
  }

  // MARK: - On the way

  // Receipts that a paper names: those of the purse, some left out, some that are not there.
  private mutating func named(_ purse: Purse) -> [String] {
    var names = purse.receipts.map(\.number).filter { _ in teller.chance.happens(9500) }
    if teller.chance.happens(400) { names.append("R9\(teller.chance.pick(1...99))") }
    if teller.chance.happens(400) { names.append("R\(teller.chance.pick(1025...1100))") }
    return names
  }

  private mutating func handOver(
    _ purse: inout Purse, _ desk: inout Purse, on day: Day, _ scribe: inout Scribe
  ) {
    var sum = purse.sum
    if teller.chance.happens(300) { sum += 50_000 }
    guard sum > 0 else { return }
    let names = teller.chance.happens(8000) ? named(purse) : nil
    teller.tell(
      Saying(
        "cash.handed_over", on: .party(purse.who.id),
        [
          "from": .text(purse.who.id), "to": .text(desk.who.id), "amount": .sum(sum),
          "receipts": names.map { .texts($0) },
        ]), by: purse.who, on: day, &scribe)
    desk.receipts += purse.receipts
    purse.receipts = []
  }

  private mutating func bank(_ purse: inout Purse, on day: Day, _ scribe: inout Scribe) {
    guard !purse.receipts.isEmpty else { return }
    deposits += 1
    let isPart = teller.chance.happens(1200)
    let slip = isPart ? purse.sum / 2 : purse.sum + (teller.chance.happens(200) ? 70_000 : 0)
    let id = "KD-\(teller.chance.happens(100) ? deposits - 1 : deposits)"
    teller.tell(
      Saying(
        "cash.deposited", on: .party(purse.who.id),
        [
          "deposit": .text(id), "holder": .text(purse.who.id), "amount": .sum(slip),
          "receipts": .texts(named(purse)), "bank_account": "BA-1",
          "slip_no": .text("S\(deposits)"),
        ]), by: purse.who, on: day, &scribe)
    answer(id, slip, on: day + teller.chance.pick(0...3), &scribe)
    if !isPart { purse.receipts = [] }
  }

  private mutating func answer(
    _ id: String, _ slip: Int64, on day: Day, _ scribe: inout Scribe
  ) {
    let (isAccepted, sum): (Bool, Int64)
    switch teller.chance.pick(0...99) {
    case 0..<78: (isAccepted, sum) = (true, slip)
    case 78..<84: (isAccepted, sum) = (true, slip - 10_000)
    case 84..<90: (isAccepted, sum) = (true, slip + 10_000)
    case 90..<96: (isAccepted, sum) = (false, slip)
    default: return
    }
    let stray = teller.chance.happens(150)
    let answer = Saying(
      "cash.deposit_confirmed", on: .party("bank-1"),
      [
        "deposit": .text(stray ? id + "X" : id), "accepted": .flag(isAccepted),
        "amount": .sum(sum), "bank_ref": .text("U" + id),
      ])
    teller.tell(answer, by: .system, on: day, value: day, &scribe)
    // Some answers come twice.
    if teller.chance.happens(150) {
      teller.tell(answer, by: .system, on: day + 1, value: day + 1, &scribe)
    }
  }

  private mutating func count(_ purse: Purse, on day: Day, _ scribe: inout Scribe) {
    let short: Int64 = teller.chance.happens(3000) ? 10_000 : 0
    teller.tell(
      Saying(
        "cash.counted", on: .party(purse.who.id),
        [
          "holder": .text(purse.who.id), "counted": .sum(max(0, purse.sum - short)),
          "expected": .sum(purse.sum), "counted_by": "supervisor-0003",
        ]), by: Doer(role: .supervisor, number: 3), on: day, &scribe)
  }
}
