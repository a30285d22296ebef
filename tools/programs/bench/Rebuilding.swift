import Journaling
import Ledger

/// A book made anew after a rule change, and a rule change with its consequences.
enum Rebuilding {
  /// The bands that the book is rebuilt under: as `rebuild.py` has them.
  static let bands =
    #"{"current":"current","bands":[{"label":"1-45","from":1,"to":45},{"label":"46-90","from":46,"to":90},{"label":"90+","from":91}]}"#

  /// Aging by bucket under other bands than were adopted: events of the ledger a second, and the
  /// sums by which the anchor's answer is known to be the same.
  static func book(_ path: String, _ asOf: String, rounds: Int) throws -> [String: Double] {
    let journal = try Journal(path)
    let body = try BodyCodec.encodeJSON(Array(bands.utf8).span)
    let day = Day(asOf) ?? .none
    var rates: [Double] = []
    var overdue = 0.0
    for _ in 0..<rounds {
      try journal.read { (snapshot) throws(JournalError) in
        var question = Question(vantage: Vantage(asOf: day, knownAt: snapshot.head))
        question.drafts = [("buckets", body)]
        let begun = Clock.processor
        let answer = try journal.answer(
          Aging(by: .bucket, form: .bucketed, asOf: day), question, snapshot)
        rates.append(Double(snapshot.head) / (Clock.processor - begun))
        overdue = answer.book.sheet(Naming { _ in "" }).rows.enumerated().reduce(0) { sum, item in
          guard case .money(let minor, _) = item.element[3] else { return sum }
          return sum + Double(minor) * Double(item.element[0].plain.utf8.count)
        }
      }
    }
    return ["rate": rates.median, "digest": overdue]
  }

  /// A trial of a draft over twelve month-ends, in runs of one aging; both in time that passes.
  static func trial(_ path: String, _ asOf: String, rounds: Int, threads: Int, kind: String) throws
    -> [String: Double]
  {
    let journal = try Journal(path)
    let bodies = [
      "buckets": bands, "dpd_counting": #"{"counting":"elapsed"}"#,
      "waterfall": #"{"method":"horizontal","order":["interest","principal"]}"#,
    ]
    let body = try BodyCodec.encodeJSON(Array((bodies[kind] ?? bands).utf8).span)
    guard let day = Day(asOf)?.endOfMonth else { return [:] }
    let days = (0..<12).reversed().compactMap { (day + 1).adding(months: -$0).map { $0 - 1 } }
    let draft = PolicyVersion(
      policy: kind, version: 99, kind: kind, from: days[0], to: .undated, retroactive: false,
      scope: PolicyScope(terms: [.all]), seq: .max, body: body)
    var (trials, agings): ([Double], [Double]) = ([], [])
    for _ in 0..<rounds {
      let head = try journal.read { (snapshot) throws(JournalError) in
        let begun = Clock.seconds
        _ = try journal.answer(
          Aging(by: .bucket, form: .bucketed, asOf: day),
          Question(vantage: Vantage(asOf: day, knownAt: snapshot.head)), snapshot)
        agings.append(Clock.seconds - begun)
        return snapshot.head
      }
      let begun = Clock.seconds
      _ = try journal.trial([draft], days: days, knownAt: head, threads: threads)
      trials.append(Clock.seconds - begun)
    }
    let ratios = zip(trials, agings).map { $0 / $1 }
    return ["ratio": ratios.median, "seconds": trials.median, "aging": agings.median]
  }

  /// Explanations of cells of accounts by chance, in milliseconds.
  static func explain(_ path: String, _ asOf: String, _ count: Int) throws -> [String: Double] {
    let journal = try Journal(path)
    let day = Day(asOf) ?? .none
    var times: [Double] = []
    var dice = Dice(state: 11)
    try journal.read { (snapshot) throws(JournalError) in
      let accounts = UInt64(try snapshot.count(of: .account))
      let question = Question(vantage: Vantage(asOf: day, knownAt: snapshot.head))
      for _ in 0..<count {
        let number = 1 + UInt32((dice.next() >> 32) % accounts)
        guard let name = try snapshot.name(.account, number) else { continue }
        let begun = Clock.seconds
        _ = try journal.explain(
          Aging(by: .account, form: .bucketed, asOf: day), account: name, CellChoice("overdue"),
          question, snapshot)
        times.append((Clock.seconds - begun) * 1e3)
      }
    }
    return ["p50": times.median, "most": times.max() ?? 0]
  }
}
