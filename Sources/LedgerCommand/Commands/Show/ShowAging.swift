import ArgumentParser
import Journaling
import Ledger

extension Aging.Grouping: ExpressibleByArgument {}
extension Aging.Form: ExpressibleByArgument {}

/// Aging.
struct ShowAging: BookVerb {
  static let configuration = CommandConfiguration(
    commandName: "aging", abstract: "What is overdue and how old it is.")

  @OptionGroup var book: BookOptions

  @Option(
    help: """
      account, bucket, customer, product, currency or payer; as allocated on the day: collector, \
      agency, legal, or a kind of unit: zone, state, region, area, branch, team.
      """)
  var by: Aging.Grouping = .bucket

  @Option(
    help: """
      bucketed: the whole account by its oldest due; slotted: each due by its own age, by bucket \
      or account.
      """)
  var form: Aging.Form = .bucketed

  @Flag(help: "Show what open disputes hold of it as well; not by payer or by slot.")
  var disputed = false

  func make(_ resolved: VantageOptions.Resolved) throws -> Aging {
    guard form == .bucketed || by == .bucket || by == .account else {
      throw Failure(
        "--form slotted is by bucket or by account; by \(by.rawValue) there are no slots.")
    }
    return Aging(by: by, form: form, asOf: resolved.vantage.asOf, disputed: disputed)
  }

  mutating func narrow() { by = .account }

  var words: [String] {
    ["--by", by.rawValue, "--form", form.rawValue] + (disputed ? ["--disputed"] : [])
      + book.question.words
  }
}
