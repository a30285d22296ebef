import Ledger

/// The book's own life: policies adopted during the story, and months closed.
package enum Rulebook {
  /// A version of a policy, and when it was heard of.
  package struct Adoption: Sendable {
    /// What the event says.
    package let policy: String, kind: String, version: Int
    /// Days from the first day of the story: effective, recorded.
    package let from: Int, recorded: Int
    package let status: String, retroactive: String, appliesTo: String?
    /// The body as canonical JSON, and its SHA-256.
    package let body: String, hash: String
  }

  // swift-format-ignore
  /// All adoptions, in order of recording.
  package static let adoptions: [Adoption] = [
    Adoption(
      policy: "buckets", kind: "buckets", version: 1, from: 0, recorded: 0, status: "in_force",
      retroactive: "none", appliesTo: nil,
      body: #"""
        {"current":"current","bands":[{"label":"1-30","from":1,"to":30},{"label":"31-60","from":31,"to":60},{"label":"61-90","from":61,"to":90},{"label":"91-180","from":91,"to":180},{"label":"180+","from":181}],"written_off":"written_off"}
        """#,
      hash: "a31682aba83467abad8a3a2916b7c3860e420c5410e399610d2f9a2121e65d05"),
    Adoption(
      policy: "counting", kind: "dpd_counting", version: 1, from: 0, recorded: 0, status: "in_force",
      retroactive: "none", appliesTo: "all",
      body: #"""
        {"counting":"inclusive"}
        """#,
      hash: "b065eedab9dc853f61d3fbb0a0a67077f83464cb2420cbcc8cbd4ad57630f669"),
    Adoption(
      policy: "waterfall", kind: "waterfall", version: 1, from: 0, recorded: 0, status: "in_force",
      retroactive: "none", appliesTo: "all",
      body: #"""
        {"method":"vertical","order":["principal","interest","charge","penal"],"advance":"when_due"}
        """#,
      hash: "1620f4951ce6e1b1520c0b328473d2752785a3e2fac7c916230e8390c31d9b75"),
    Adoption(
      policy: "classification", kind: "classification", version: 1, from: 0, recorded: 0, status: "in_force",
      retroactive: "none", appliesTo: nil,
      body: #"""
        {"npa_over":90,"sticky":true}
        """#,
      hash: "ff72b368e2be060dd478ec6aa037de17f721186222a595669d2298031b600f76"),
    Adoption(
      policy: "waterfall-microfinance", kind: "waterfall", version: 1, from: 95, recorded: 101, status: "in_force",
      retroactive: "none", appliesTo: "product:microfinance",
      body: #"""
        {"method":"horizontal","order":["interest","principal"],"advance":"when_due"}
        """#,
      hash: "9b6634ab3de0f98ecbf97fbc8e2ceb00cb34493127e0963645aeecad58d79be1"),
    Adoption(
      policy: "buckets", kind: "buckets", version: 2, from: 150, recorded: 120, status: "announced",
      retroactive: "none", appliesTo: nil,
      body: #"""
        {"current":"current","bands":[{"label":"1-30","from":1,"to":30},{"label":"31-60","from":31,"to":60},{"label":"61-90","from":61,"to":90},{"label":"90+","from":91}],"written_off":"written_off"}
        """#,
      hash: "139ac6b82df97c0c61aca0763f858ba75ef20cc99bcefb9ca8c6eb2c0e8a8bc3"),
    Adoption(
      policy: "buckets", kind: "buckets", version: 2, from: 150, recorded: 149, status: "in_force",
      retroactive: "none", appliesTo: nil,
      body: #"""
        {"current":"current","bands":[{"label":"1-30","from":1,"to":30},{"label":"31-60","from":31,"to":60},{"label":"61-90","from":61,"to":90},{"label":"90+","from":91}],"written_off":"written_off"}
        """#,
      hash: "139ac6b82df97c0c61aca0763f858ba75ef20cc99bcefb9ca8c6eb2c0e8a8bc3"),
    Adoption(
      policy: "waterfall", kind: "waterfall", version: 2, from: 183, recorded: 190, status: "in_force",
      retroactive: "all", appliesTo: nil,
      body: #"""
        {"method":"vertical","order":["penal","charge","interest","principal"],"advance":"when_due"}
        """#,
      hash: "139ee4c8ea7cd3c689ab54537e3ea5c82e36e6651eee73761a97a824dadc2e01"),
    Adoption(
      policy: "counting-personal", kind: "dpd_counting", version: 1, from: 210, recorded: 205, status: "in_force",
      retroactive: "none", appliesTo: "product:personal",
      body: #"""
        {"counting":"elapsed"}
        """#,
      hash: "000eee5b326a725ae2195e201bf242db0983525bd5764f4554cd1ab6e20e57d0"),
    Adoption(
      policy: "classification-microfinance", kind: "classification", version: 1, from: 240, recorded: 240, status: "in_force",
      retroactive: "none", appliesTo: "product:microfinance",
      body: #"""
        {"npa_over":60,"sticky":true}
        """#,
      hash: "672ed1159e7c91230ddf1a7fa84d3389542f2fbe99e6e5d3195181b68e885c86"),
    Adoption(
      policy: "components-two-wheeler", kind: "dpd_components", version: 1, from: 260, recorded: 255, status: "in_force",
      retroactive: "none", appliesTo: "product:two_wheeler",
      body: #"""
        {"components":"principal_interest"}
        """#,
      hash: "4d56eba8521ff5094b1730e0f0af08d518b04f0d794a41fee15ef854eb89538f"),
    Adoption(
      policy: "waterfall", kind: "waterfall", version: 3, from: 290, recorded: 283, status: "in_force",
      retroactive: "none", appliesTo: nil,
      body: #"""
        {"method":"vertical","order":["principal","interest","penal","charge"],"advance":"when_due"}
        """#,
      hash: "a749bfb6ecf57222680cb54c8745cf278a2d5f837b876bdace069043557708c1"),
  ]

  /// Policies, a retirement, and a closing on the third day of each month.
  static func live(_ scribe: inout Scribe) {
    let board = Doer(role: .supervisor, number: 0)
    for (index, adoption) in adoptions.enumerated() {
      let day = scribe.first + adoption.recorded
      if day > scribe.last { continue }
      scribe.note(.adopted(index), of: 0, by: board, on: day, at: 120 + index)
    }
    let end = scribe.first + 330
    scribe.note(
      .retired(policy: "counting-personal", version: 1, to: end), of: 0, by: board, on: end - 4,
      at: 40_000)
    var month = scribe.first
    while month.endOfMonth + 3 <= scribe.last {
      let (year, number, _) = month.civil
      guard let start = Day(year: year, month: number, day: 1) else { return }
      scribe.note(
        .periodClosed(from: start, to: month.endOfMonth), of: 0, by: board,
        on: month.endOfMonth + 3, at: 66_600)
      month = month.endOfMonth + 1
    }
  }
}
