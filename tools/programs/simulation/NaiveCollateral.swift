package import Ledger

/// A second model of collateral: the file of each account is read from the first page on. It shares
/// no rule with the ledger.
package struct NaiveCollateral: Sendable {
  private let desk: NaiveDesk
  private let period: NaivePeriod

  /// A model of a life.
  package init(_ desk: NaiveDesk) {
    self.desk = desk
    period = NaivePeriod(desk)
  }

  private struct Page {
    var day: Day, occurred: Int64, seq: UInt64
    var saying: Saying
    var type: String { String(saying.type.drop { $0 != "." }.dropFirst()) }
  }

  private struct Held {
    var first: Page, taken: Page
    var valued: Page?, auctions: [Page] = [], sold: Page?, released: Page?
    var isOver: Bool { sold != nil || released != nil }
  }

  /// `account,stage,taken_on,under,police,value,valued_on,sale_notice_on,sale_from,auctions,
  /// last_auction,reserve,best_bid,ended_on,price,owed,surplus,shortfall,alert,papers`.
  package func register(asOf: Day, knownAt: UInt64) -> [String] {
    let known = period.known(knownAt)
    // What an account owed at the end of a day.
    func owed(_ account: String, _ day: Day) -> Int64 {
      period.figures(of: account, on: day, known)?.outstanding ?? 0
    }
    return desk.standing(knownAt).flatMap { account, told in
      lines(account, NaiveCollateral.pages(told, asOf), asOf, owed)
    }.sorted()
  }

  private static func pages(_ told: [NaiveDesk.Told], _ asOf: Day) -> [Page] {
    told.compactMap { one -> Page? in
      guard let saying = one.said,
        saying.type.hasPrefix("security.") || saying.type.hasPrefix("legal.notice_")
      else { return nil }
      let isDated = ["security.valued", "security.auction_held"].contains(saying.type)
      let day = (isDated ? saying.day("on") : one.valueDate) ?? one.on
      return Page(day: day, occurred: one.occurred, seq: one.seq, saying: saying)
    }.filter { $0.day <= asOf }.sorted {
      ($0.day.rawValue, $0.occurred, $0.seq) < ($1.day.rawValue, $1.occurred, $1.seq)
    }
  }

  private func lines(
    _ account: String, _ pages: [Page], _ asOf: Day, _ owed: (String, Day) -> Int64
  ) -> [String] {
    var held: [Held] = []
    var (valued, back, lost): (Page?, Page?, Page?)
    for page in pages {
      let isHeld = held.last.map { !$0.isOver } ?? false
      let last = held.count - 1
      switch page.type {
      case "possession_taken":
        if isHeld {
          held[last].taken = page
        } else {
          held.append(Held(first: page, taken: page, valued: valued))
        }
      case "valued":
        valued = page
        if isHeld { held[last].valued = page }
      case "auction_held": if isHeld { held[last].auctions.append(page) }
      case "sold": if isHeld { held[last].sold = page }
      case "released": if isHeld { held[last].released = page }
      case "documents_released": back = page
      case "documents_lost": lost = page
      default: break
      }
    }
    let papers = back.map { "back \($0.day)" } ?? lost.map { "lost \($0.day)" } ?? ""
    if held.isEmpty {
      guard valued != nil || !papers.isEmpty else { return [] }
      let value = valued.map { "\($0.saying.sum("amount")),\($0.day)" } ?? ","
      return ["\(account),,,,,\(value),,,,,,,,,,,,,\(papers)"]
    }
    return held.map { one in
      line(account, one, pages, one.sold.map { owed(account, $0.day - 1) })
        + "," + papers
    }
  }

  private func line(
    _ account: String, _ one: Held, _ pages: [Page], _ owed: Int64?
  ) -> String {
    let isStatutory = one.first.saying.text("under") == "sarfaesi_13_4"
    let failed = one.auctions.last { $0.saying.text("outcome") != "sold" }
    let since = failed?.day ?? one.first.day
    let notice = pages.last {
      $0.type == "notice_sent" && $0.saying.text("kind") == "pre_sale" && $0.day >= since
    }
    let service = pages.first { page in
      page.type == "notice_served" && page.saying.text("outcome") != "left"
        && page.saying.text("notice") == notice?.saying.text("notice")
    }
    // Thirty days, or fifteen after a sale that failed, the first not counted.
    let saleFrom =
      isStatutory ? notice.map { (service?.day ?? $0.day) + (failed == nil ? 31 : 16) } : nil
    var stage = one.taken.saying.text("kind")
    if stage == "surrender" { stage = "surrendered" }
    if let valued = one.valued, valued.day >= one.first.day { stage = "valued" }
    if !one.auctions.isEmpty { stage = "auctioned" }
    if one.released != nil { stage = "released" }
    if one.sold != nil { stage = "sold" }
    let price = one.sold?.saying.sum("price")
    let rest = price.flatMap { price in owed.map { price - $0 } }
    var alerts: [String] = []
    let sales = [one.sold, one.auctions.last].compactMap { $0 }
    if isStatutory, !sales.isEmpty,
      saleFrom.map({ first in sales.contains { $0.day < first } }) ?? (one.sold != nil)
    {
      alerts.append("sold_before_notice_ran")
    }
    if let sold = one.sold, sold.saying["surplus"] != nil, let rest,
      sold.saying.sum("surplus") != max(0, rest)
    {
      alerts.append("stated_surplus_differs")
    }
    if !one.isOver, one.valued == nil { alerts.append("not_valued") }
    let police = ["before", "after"].filter { one.taken.saying.flag("police_" + $0) }
    func sum(_ amount: Int64?) -> String { amount.map { "\($0)" } ?? "" }
    func day(_ page: Page?) -> String { page.map { "\($0.day)" } ?? "" }
    let auction = one.auctions.last?.saying
    return [
      account, stage, day(one.first), one.taken.saying.text("under"),
      police.joined(separator: " "), sum(one.valued?.saying.sum("amount")), day(one.valued),
      day(notice), saleFrom.map { "\($0)" } ?? "", "\(one.auctions.count)",
      auction?.text("outcome") ?? "", sum(auction?.sum("reserve")),
      auction?["highest_bid"] == nil ? "" : sum(auction?.sum("highest_bid")),
      day(one.sold ?? one.released), sum(price), sum(owed), sum(rest.map { max(0, $0) }),
      sum(rest.map { max(0, -$0) }), alerts.joined(separator: " "),
    ].joined(separator: ",")
  }
}
