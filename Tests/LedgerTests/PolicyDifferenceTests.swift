import Testing

@testable import Ledger

@Suite struct `What differs between two versions` {
  private func words(_ kind: String, _ a: String, _ b: String) throws -> String {
    let old = a.isEmpty ? [] : try BodyCodec.encodeJSON(Array(a.utf8).span)
    let new = try BodyCodec.encodeJSON(Array(b.utf8).span)
    return try PolicyDifference.sentences(kind: kind, old, new).joined(separator: "\n")
  }

  @Test func `is said in words, by who moves where`() throws {
    let bands =
      #"{"current":"current","bands":[{"label":"1-59","from":1,"to":59},{"label":"60+","from":60}]}"#
    #expect(
      try words("buckets", "", bands) == """
        Accounts of 1 to 30 days move from 1-30 to 1-59.
        Accounts of 31 to 59 days move from 31-60 to 1-59.
        Accounts of 60 days move from 31-60 to 60+.
        Accounts of 61 to 90 days move from 61-90 to 60+.
        Accounts of 91 to 120 days move from 91-120 to 60+.
        Accounts of 121 to 150 days move from 121-150 to 60+.
        Accounts of 151 to 180 days move from 151-180 to 60+.
        Accounts of 181 days and more move from 180+ to 60+.
        Accounts written off stand in the band of their days.
        """)
    #expect(
      try words("classification", "", #"{"npa_over":60,"sticky":false}"#) == """
        An account is npa above 60 days; it was above 90.
        Npa ends as soon as the days are few enough again.
        """)
    #expect(
      try words(
        "grace_and_tolerance", #"{"grace_days":3}"#, #"{"grace_days":5,"tolerance_minor":10000}"#)
          == """
          Up to 5 past-due days give no days; it was up to 3.
          An overdue sum of up to 10000 minor units gives no days; it was up to 0.
          """)
    #expect(try words("dpd_counting", "", #"{"counting":"inclusive"}"#) == "")
    #expect(
      try words("classification", "", #"{"npa_over":90,"sticky":true,"borrower_wise":true}"#)
        == "Borrowers are classed as one: with one account npa, all of them are.")
  }

  @Test func `is said of whom they judge, from when and how far back`() throws {
    func reach(_ from: String?, _ to: String?, _ scope: String, _ retroactive: Bool) throws
      -> PolicyDifference.Reach
    {
      PolicyDifference.Reach(
        from: from.flatMap { Day($0) }, to: to.flatMap { Day($0) },
        scope: try #require(PolicyScope(scope)), retroactive: retroactive)
    }
    let old = try reach("2025-01-16", "2025-12-31", "all", false)
    let new = try reach("2024-06-01", nil, "product:gold", true)
    #expect(PolicyDifference.sentences(kind: "waterfall", old, old).isEmpty)
    #expect(
      PolicyDifference.sentences(kind: "waterfall", old, new) == [
        "It judges from 2024-06-01 on; it was from 2025-01-16 on.",
        "It has no last day; it was to end on 2025-12-31.",
        "It is for product:gold; it was for all.",
        "It is retroactive: while it is in force it also judges money of earlier days.",
      ])
    #expect(
      PolicyDifference.sentences(kind: "buckets", .standard, try reach(nil, nil, "all", true)) == [
        "It is called retroactive, which changes nothing: a rule of this kind judges an account's "
          + "whole past while it is in force."
      ])
  }

  @Test func `a supposed version takes only what it replaces, and its twin is known`() throws {
    func version(_ policy: String, _ kind: String, _ number: Int64, _ from: String, _ body: String)
      throws -> PolicyVersion
    {
      PolicyVersion(
        policy: policy, version: number, kind: kind, from: try #require(Day(from)), to: .undated,
        retroactive: false, scope: try #require(PolicyScope("all")), seq: Position(number),
        body: try BodyCodec.encodeJSON(Array(body.utf8).span))
    }
    let bands = #"{"bands":[{"label":"all","from":0}]}"#
    var book = PolicyBook()
    book.add(try version("int", "rule_pack", 1, "2025-06-01", #"{"pack":"int"}"#))
    book.add(try version("in.rbi", "rule_pack", 1, "2025-06-01", #"{"pack":"in.rbi"}"#))
    book.add(try version("house", "buckets", 1, "2025-06-01", bands))
    let twin = try version("house", "buckets", 2, "2025-06-01", bands)
    #expect(book.twin(of: twin)?.label == "house@1")
    #expect(book.twin(of: try version("house", "buckets", 2, "2025-07-01", bands)) == nil)
    try book.suppose(try version("int", "rule_pack", 2, "2025-01-01", #"{"pack":"int"}"#))
    try book.suppose(try version("other", "buckets", 1, "2025-01-01", bands))
    // A pack of another id stays; whatever a book judges by gives way under any id.
    #expect(book.versions.map(\.label) == ["in.rbi@1", "int@2", "other@1"])
  }
}

@Suite struct `A sum as it is spoken` {
  @Test func `is grouped by lakh and crore for rupees, by thousands for others`() throws {
    let rupee = try #require(Currency(code: "INR"))
    let euro = try #require(Currency(code: "EUR"))
    let texts = [0, 99_900, 100_000, 12_345_678_901, -150_000].map {
      Language.english.sum(Int64($0), rupee)
    }
    #expect(texts == ["₹0.00", "₹999.00", "₹1,000.00", "₹12,34,56,789.01", "-₹1,500.00"])
    #expect(Language.hindi.sum(123_456_789, euro) == "EUR 1,234,567.89")
  }
}
