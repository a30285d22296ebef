import ArgumentParser
import Journaling
import Ledger

extension Aging.Grouping: ExpressibleByArgument {}
extension Aging.Form: ExpressibleByArgument {}

/// Aging.
struct ShowAging: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "aging", abstract: "What is overdue and how old it is.")

  @OptionGroup var book: BookOptions

  @Option(
    help: """
      account, bucket, customer, product, currency or payer; as allocated on the day: collector, \
      agency, legal, or a kind of unit: zone, state, region, area, branch, team.
      """)
  var by: Aging.Grouping = .bucket

  @Option(help: "bucketed: the whole account by its oldest due; slotted: each due by its own age.")
  var form: Aging.Form = .bucketed

  func run() throws {
    try book.show { Aging(by: by, form: form, asOf: $0.vantage.asOf) }
  }
}
