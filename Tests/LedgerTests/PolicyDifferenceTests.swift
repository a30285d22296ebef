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
