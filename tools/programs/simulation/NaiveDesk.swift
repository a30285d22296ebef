package import Ledger

/// A second model of what a desk knows: promises, contacts. It shares no rule with the
/// ledger but the days of the money model, and asks for each line anew.
package struct NaiveDesk: Sendable {
  /// One thing a desk heard.
  struct Told: Sendable {
    var id: String, seq: UInt64, account: String, actor: String
    var occurred: Int64, on: Day, valueDate: Day?
    var number: UInt32
    var deed: Deed

    /// What was told in words.
    var said: Saying? {
      if case .said(let saying) = deed { return saying }
      return nil
    }
    /// The order of the world.
    func precedes(_ other: Told) -> Bool {
      (occurred, seq) < (other.occurred, other.seq)
    }
  }

  /// The same life as the model of money hears it.
  package let model: NaiveModel
  let told: [Told]
  // The same by account.
  private let files: [String: [Told]]

  /// A model of a life.
  package init(_ life: Life) {
    model = NaiveModel(life.told)
    told = life.entries.enumerated().map { index, entry in
      let moment = Moment(rawValue: entry.occurred * 1_000_000)
      let on = moment.day(offset: life.zone.offset(at: moment))
      return Told(
        id: "E\(life.made[index])", seq: UInt64(index + 1), account: Life.name(entry.account),
        actor: entry.actor.id, occurred: entry.occurred, on: on, valueDate: entry.valueDate,
        number: entry.account, deed: entry.deed)
    }
    files = Dictionary(grouping: told) { $0.account }
  }

  /// The customer of an account that has its debtor to itself: `PT-000001`.
  static func debtor(_ number: UInt32) -> String { "PT-" + Life.name(number).dropFirst(3) }

  // What is known and was not taken back, in the order of the log.
  func heard(_ knownAt: UInt64) -> [Told] {
    told.prefix { $0.seq <= knownAt }.filter { model.stands($0.seq, knownAt) }
  }

  // The same of one account, and by account.
  func heard(of account: String, _ knownAt: UInt64) -> [Told] {
    (files[account] ?? []).filter { model.stands($0.seq, knownAt) }
  }

  func standing(_ knownAt: UInt64) -> [String: [Told]] {
    files.mapValues { $0.filter { model.stands($0.seq, knownAt) } }
  }

  // MARK: - Promises

  struct Promised {
    var told: Told
    var vow: Desking.Vow
    var index: Int
    var ended: String?
    var counted: Int64 = 0
    var verdict = ""
    var due: Day { vow.items[index].due }
    var amount: Int64 { vow.items[index].amount }
    var last: Day { due + vow.grace }
    var name: String { "V\(told.number)-\(vow.number)" }
    /// Whether its day, with grace, is still to come or running, and money is still wanted.
    func waits(on day: Day) -> Bool {
      day <= last && !["kept", "withdrawn", "superseded"].contains(verdict)
    }
  }

  /// `account,promise,item,verdict,counted,supersessions` of every item at the end of a day.
  package func promises(asOf: Day, knownAt: UInt64) -> [String] {
    let money = model.money(asOf: asOf, knownAt: knownAt)
    return standing(knownAt).flatMap { account, told in
      promised(told, money[account] ?? [], asOf).map { item in
        "\(account),\(item.name),\(item.index + 1),\(item.verdict),\(item.counted),"
          + "\(putOff(item.vow, item.told, told, asOf))"
      }
    }.sorted()
  }

  /// The items of an account's promises at the end of a day, what was paid of them, and what that
  /// makes of them.
  func promised(_ told: [Told], _ money: [(id: String, day: Day, left: Int64)], _ asOf: Day)
    -> [Promised]
  {
    var items: [Promised] = []
    for event in told where event.on <= asOf {
      guard case .desked(.promised(let vow, _)) = event.deed else { continue }
      for index in vow.items.indices {
        items.append(Promised(told: event, vow: vow, index: index))
      }
    }
    for index in items.indices { items[index].ended = ending(items[index], told, asOf) }
    items.sort { a, b in
      if a.due != b.due { return a.due < b.due }
      if a.told.occurred != b.told.occurred { return a.told.occurred < b.told.occurred }
      return (a.told.seq, a.index) < (b.told.seq, b.index)
    }
    let uncleared = uncleared(told, asOf)
    for receipt in money where !uncleared.contains(receipt.id) {
      var left = receipt.left
      for index in items.indices where items[index].ended == nil {
        let item = items[index]
        guard item.told.on <= receipt.day, receipt.day <= item.last else { continue }
        if item.vow.tagged, tag(receipt.id, told) != item.vow.number { continue }
        let part = max(0, min(left, item.amount - item.counted))
        items[index].counted += part
        left -= part
      }
    }
    for index in items.indices { items[index].verdict = verdict(items[index], asOf) }
    return items
  }

  private func verdict(_ item: Promised, _ asOf: Day) -> String {
    if let ended = item.ended { return ended }
    let missing = item.amount - item.counted
    if missing * 10_000 <= item.amount * Int64(item.vow.tolerance) { return "kept" }
    if asOf >= item.last { return item.counted == 0 ? "broken" : "partial" }
    if asOf < item.due { return "open" }
    return asOf == item.due ? "due_today" : "in_grace"
  }

  // The first word between the promise and its day.
  private func ending(_ item: Promised, _ told: [Told], _ asOf: Day) -> String? {
    var words: [(at: Int64, seq: UInt64, what: String)] = []
    for event in told
    where event.on <= asOf && event.on >= item.told.on && event.on <= item.due
      && event.seq != item.told.seq
    {
      switch event.deed {
      case .desked(.withdrew(item.vow.number, let superseded)):
        words.append((event.occurred, event.seq, superseded ? "superseded" : "withdrawn"))
      case .desked(.promised(let vow, _)) where vow.supersedes == item.vow.number:
        words.append((event.occurred, event.seq, "superseded"))
      default: break
      }
    }
    return words.min { ($0.at, $0.seq) < ($1.at, $1.seq) }?.what
  }

  func putOff(_ vow: Desking.Vow, _ at: Told, _ told: [Told], _ asOf: Day) -> Int {
    guard let old = vow.supersedes else { return 0 }
    for event in told.reversed() where event.seq < at.seq && event.on <= asOf {
      if case .desked(.promised(let other, _)) = event.deed, other.number == old {
        return 1 + putOff(other, event, told, asOf)
      }
    }
    return 1
  }

  private func tag(_ payment: String, _ told: [Told]) -> Int? {
    for event in told {
      if case .desked(.paid(let number, _, let tag, _)) = event.deed,
        payment == "Q\(event.number)-\(number)"
      {
        return tag
      }
    }
    return nil
  }

  // Provisional payments of an account that the bank has not credited by a day, and of which it
  // has not paid the cheque by which they came.
  func uncleared(_ told: [Told], _ asOf: Day) -> Set<String> {
    var provisional: [String: Int] = [:]
    var (cleared, cheques) = (Set<String>(), Set<Int>())
    for event in told {
      let isSeen = event.valueDate ?? event.on <= asOf
      switch event.deed {
      case .received(let number, _, let mode, _) where mode == .cheque:
        provisional["P\(event.account)-\(number)"] = 0
      case .credited(let number, _) where isSeen: cleared.insert("P\(event.account)-\(number)")
      case .desked(.paid(let number, _, _, true)): provisional["Q\(event.number)-\(number)"] = 0
      case .desked(.credited(let number, _)) where isSeen:
        cleared.insert("Q\(event.number)-\(number)")
      case .paper(.paid(let number, _, let cheque, _)) where cheque > 0:
        provisional["P\(event.account)-\(number)"] = cheque
      case .paper(.cleared(let cheque, _)) where isSeen: cheques.insert(cheque)
      case .said(let saying):
        let id = saying.text("payment")
        if saying.flag("provisional") { provisional[id] = 0 }
        if saying.type == "payment.credited", isSeen { cleared.insert(id) }
      default: break
      }
    }
    return Set(
      provisional.filter { !cleared.contains($0.key) && !cheques.contains($0.value) }.keys)
  }

  // MARK: - Contacts

  /// `day,collector,attempts,connected,right,third,visits,joint,inbound,promises,accounts,reached`.
  package func contacts(from: Day, asOf: Day, knownAt: UInt64) -> [String] {
    let all = standing(knownAt).values.flatMap { $0 }.filter { $0.on >= from && $0.on <= asOf }
    let work = Dictionary(grouping: all) { "\($0.on),\($0.actor)" }
    return work.compactMap { line, told -> String? in
      var counts = [0, 0, 0, 0, 0, 0, 0, 0]
      var (accounts, reached) = (Set<String>(), Set<String>())
      for event in told {
        if case .desked(.promised) = event.deed { counts[7] += 1 }
        guard let touch = NaiveDesk.touch(event.deed) else { continue }
        if touch.inbound {
          counts[6] += 1
          continue
        }
        counts[0] += 1
        accounts.insert(event.account)
        let who = touch.reached ?? NaiveDesk.fixed(touch.result)
        if who != "nobody" || touch.result == "voicemail" { counts[1] += 1 }
        if who == "right_party" {
          counts[2] += 1
          reached.insert(event.account)
        }
        if who == "third_party" { counts[3] += 1 }
        if touch.channel == "visit" { counts[4] += 1 }
        if touch.joint { counts[5] += 1 }
      }
      if counts == [0, 0, 0, 0, 0, 0, 0, 0] { return nil }
      let numbers = (counts + [accounts.count, reached.count]).map(String.init)
      return line + "," + numbers.joined(separator: ",")
    }.sorted()
  }

  static func touch(_ deed: Deed) -> Desking.Touch? {
    switch deed {
    case .desked(.contacted(let touch, _)): return touch
    case .attempted(let channel, let result, _, _):
      var touch = Desking.Touch()
      touch.channel = Line.channels[channel]
      touch.reached = result > 3 ? "right_party" : "nobody"
      touch.result = Line.results[result]
      return touch
    default: return nil
    }
  }

  static func fixed(_ result: String?) -> String {
    switch result {
    case "promise", "conversation": "right_party"
    case "left_message": "third_party"
    default: "nobody"
    }
  }
}
