import Ledger

/// A second model of what should not have happened: every entry is laid beside the file of its
/// account, or what the house was told, as it was just before, and the first thing that is wrong
/// with it is named as the book of anomalies names it. It shares no rule with the ledger.
package struct NaiveAnomalies: Sendable {
  /// An entry, the day from which it counts, and the day on which the ledger heard of it.
  struct Page: Sendable {
    var told: NaiveDesk.Told, story: NaiveEvent
    var today: Day
    var day: Day { story.day }
  }

  private let desk: NaiveDesk
  private let deals: NaiveArrangements
  private let pages: [Page]
  /// Pages by account, and of the house those that say who and what there is; a payment that moved
  /// stands in two files.
  private let files: [String: [Page]]

  /// A model of a life, of which the desk was told.
  package init(_ desk: NaiveDesk, _ life: Life) {
    self.desk = desk
    deals = NaiveArrangements(desk)
    var pages: [Page] = []
    for ((told, story), entry) in zip(zip(desk.told, life.told), life.entries) {
      let recorded = Moment(rawValue: entry.recorded * 1_000_000)
      let today = recorded.day(offset: life.zone.offset(at: recorded))
      pages.append(Page(told: told, story: story, today: today))
    }
    self.pages = pages
    var files = Dictionary(grouping: pages) { $0.told.account }
    for page in pages {
      guard case .transferred(_, _, _, let to) = page.story.what, to != page.told.account
      else { continue }
      files[to, default: []].append(page)
    }
    files[Life.name(0)] = files[Life.name(0)]?.filter { NaiveStaff.reads($0.told.deed) }
    self.files = files.mapValues { $0.sorted { $0.told.seq < $1.told.seq } }
  }

  /// Nouns that it does not judge: their steps are held by tables of transitions; and what is said
  /// of entries, which the ledger judges with the entry.
  package static let elsewhere = ["policy", "ledger", "event"]

  /// Whether it judges an event.
  package static func judges(_ event: String) -> Bool {
    !elsewhere.contains { event.hasPrefix($0 + ".") }
  }

  /// `seq,account,event,rule` of everything told by a position; of what stands on nobody's account
  /// kind and id of its stream instead.
  package func rows(knownAt: UInt64) -> [String] {
    (accountRows(knownAt) + houseRows(knownAt) + NaiveCash(desk).faults(knownAt)).sorted()
  }

  private func accountRows(_ knownAt: UInt64) -> [String] {
    let policies = desk.model.policies(knownAt)
    var rows: [String] = []
    for page in pages where page.told.seq <= knownAt && page.told.account != Life.name(0) {
      let (account, type) = (page.told.account, page.told.deed.type)
      for _ in 0..<NaiveAnomalies.strangeCodes(page.told.deed) {
        rows.append("\(page.told.seq),\(account),\(type),code.unknown")
      }
      guard NaiveAnomalies.judges(type) else { continue }
      let clerk = clerk(page, policies)
      if let rule = clerk.rule { rows.append("\(page.told.seq),\(account),\(type),\(rule)") }
    }
    // What the bank sent back is still credited when the last entry has been read.
    for (account, file) in files where account != Life.name(0) {
      let standing = file.filter { desk.model.stands($0.told.seq, knownAt) }
      for (seq, _) in NaiveClerk.kept(standing) {
        rows.append("\(seq),\(account),cheque.bounced,cheque.credit-kept")
      }
    }
    return rows
  }

  private func houseRows(_ knownAt: UInt64) -> [String] {
    let words = pages.map(\.told).filter { $0.said.map(NaiveReader.reads) ?? false }
    return pages.compactMap { page -> String? in
      let (seq, type) = (page.told.seq, page.told.deed.type)
      guard seq <= knownAt, page.told.account == Life.name(0), NaiveAnomalies.judges(type) else {
        return nil
      }
      let stream = NaiveAnomalies.stream(page.told.deed)
      let staff = NaiveStaff(before(page, Life.name(0)))
      var rule: String?
      if let saying = page.told.said, NaiveReader.reads(saying) {
        let heard = words.filter { desk.model.stands($0.seq, seq - 1) }.compactMap(\.said)
        rule = NaiveReader(page: page, id: stream.id, heard: heard, staff: staff).rule(saying)
      } else {
        rule = NaiveRegistrar(page: page, id: stream.id, staff: staff).rule
      }
      return rule.map { "\(seq),\(stream.kind) \(stream.id),\(type),\($0)" }
    }
  }

  private static func stream(_ deed: Deed) -> (kind: String, id: String) {
    switch deed {
    case .organised(let deed): deed.subject ?? ("", "")
    case .said(let saying): (saying.stream?.kind ?? "", saying.stream?.id ?? "")
    default: ("", "")
    }
  }

  // What stood in a file just before an entry came.
  private func before(_ page: Page, _ account: String) -> [Page] {
    let last = page.told.seq - 1
    return (files[account] ?? []).filter { desk.model.stands($0.told.seq, last) }
  }

  private func clerk(_ page: Page, _ policies: NaivePolicies) -> NaiveClerk {
    func before(_ account: String) -> [Page] { self.before(page, account) }
    return NaiveClerk(
      page: page, file: before(page.told.account), before: before, policies: policies, desk: desk,
      deals: deals)
  }

  // Words of the house's own that no list has.
  private static func strangeCodes(_ deed: Deed) -> Int {
    switch deed {
    case .desked(.contacted(let touch, _)):
      return [touch.result == "code_of_ours", touch.reason == "reason_of_ours"].count { $0 }
    case .paper(.bounced(_, _, let reason, _, _)): return reason == "moon_phase" ? 1 : 0
    default: return 0
    }
  }
}
