import ArgumentParser
import Journaling
import Ledger
import Rules

/// The work queue.
struct ShowQueue: BookVerb {
  static let configuration = CommandConfiguration(
    commandName: "queue", abstract: "Which account first today, why, and what to do.",
    discussion: """
      Accounts that owe, by the score of the policy `priority_score`. Those that must be left alone \
      stand below with the reason. With --channels it also says by what the person may be contacted, \
      in which hours and how often still: by the rule packs in force, what the person asked, consent \
      taken back, and the attempts made.
        arrears show queue --collector asha --as-of 2026-03-31
        arrears show queue --collector asha --channels --columns rank,account,channels,action
      """)

  @OptionGroup var book: BookOptions

  @Option(help: "Only accounts that this collector, agency or desk holds.")
  var collector: String?

  @Flag(help: "Also by what the person may be contacted, in which hours, how often still.")
  var channels = false

  func make(_ resolved: VantageOptions.Resolved) -> WorkQueue {
    WorkQueue(asOf: resolved.vantage.asOf, collector: collector)
  }

  func make(
    _ resolved: VantageOptions.Resolved, _ journal: Journal, _ snapshot: borrowing Snapshot
  ) throws -> WorkQueue {
    var queue = make(resolved)
    guard channels else { return queue }
    let policies = try journal.policies(Question(vantage: resolved.vantage), snapshot)
    do throws(PackError) {
      queue.limits = try Rulebook(.then, policies, asOf: resolved.vantage.asOf).contactLimits
    } catch { throw Failure(error.description) }
    queue.limits?.withdrawn = try journal.withdrawals(resolved.vantage, snapshot)
    return queue
  }

  var words: [String] {
    (collector.map { ["--collector", $0] } ?? []) + (channels ? ["--channels"] : [])
      + book.question.words
  }
}
