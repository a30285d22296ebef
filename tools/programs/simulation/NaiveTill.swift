import Ledger

/// What may be wrong with what is told of cash: each entry is laid beside the cash as it was known
/// just before it.
extension NaiveCash {
  /// Position, person, event and rule of what is wrong with entries heard by a position.
  func faults(_ knownAt: UInt64) -> [String] {
    var (books, read, faults) = (Books(), [UInt64](), [String]())
    for word in desk.told where word.seq <= knownAt {
      guard let saying = word.said, saying.type.hasPrefix("cash.") else { continue }
      let before = cash(word.seq - 1).sorted { $0.seq < $1.seq }
      // What was heard since is read on; after something was taken back the books are read anew.
      if !before.map(\.seq).starts(with: read) { (books, read) = (Books(), []) }
      for told in before.dropFirst(read.count) {
        let isAnswer = told.said?.type == "cash.deposit_confirmed"
        books.take(told, isAnswer ? told.valueDate ?? told.on : told.on, counts: true)
        read.append(told.seq)
      }
      if let rule = books.fault(saying) {
        faults.append("\(word.seq),party \(saying.stream?.id ?? ""),\(saying.type),\(rule)")
      }
    }
    return faults
  }
}

extension NaiveCash.Books {
  // What is not there cannot be given on, nor brought to the bank twice.
  fileprivate func fault(_ saying: Saying) -> String? {
    switch saying.type {
    case "cash.handed_over":
      let from = saying.text("from")
      if from != saying.stream?.id { return "cash.stream" }
      if from == saying.text("to") { return "cash.two-holders" }
      return given(saying, by: from, isDeposit: false)
    case "cash.deposited":
      let holder = saying.text("holder")
      if holder != saying.stream?.id { return "cash.stream" }
      let slip = saying.text("deposit")
      if slips.contains(where: { $0.id == slip }) { return "cash.deposit-exists" }
      return given(saying, by: holder, isDeposit: true)
    case "cash.counted":
      if saying.text("holder") != saying.stream?.id { return "cash.stream" }
      return saying.text("counted_by") == saying.text("holder") ? "cash.own-count" : nil
    case "cash.deposit_confirmed": return answered(saying)
    default: return nil
    }
  }

  private func given(_ saying: Saying, by who: String, isDeposit: Bool) -> String? {
    let mine = hands[who] ?? .init()
    let notes = mine.notes.sorted { ($0.occurred, $0.seq) < ($1.occurred, $1.seq) }
    for name in saying.texts("receipts") {
      let note = notes.first { $0.receipt == name }
      let slip = note == nil ? banked[name] : note?.slip
      if isDeposit, slip != nil { return "cash.two-deposits" }
      if note == nil { return "cash.not-held" }
    }
    let inHand = notes.reduce(0) { $0 + $1.left } - mine.owes
    return saying.sum("amount") > inHand ? "cash.more-than-held" : nil
  }

  private func answered(_ saying: Saying) -> String? {
    let mine = slips.filter { $0.id == saying.text("deposit") }
    guard let first = mine.first else { return "cash.deposit-unknown" }
    if first.kind == "cheques" { return nil }
    let open = mine.first { $0.kind == "cash" && $0.credited == nil && !$0.isRefused }
    guard let open else { return "cash.answered" }
    let isMore = saying.flag("accepted") && saying.sum("amount") > open.sum
    return isMore ? "cash.more-than-slip" : nil
  }
}
