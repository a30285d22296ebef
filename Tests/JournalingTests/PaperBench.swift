import Journaling
import Ledger
import LedgerTesting

/// A ledger on 20 April 2026 in Kolkata to which steps are brought both ways: as commands, which
/// may be refused, and as history, which is stored and flagged.
final class PaperBench {
  let ledger: TemporaryLedger
  let journal: Journal
  let zone: Zone

  init() throws {
    ledger = try TemporaryLedger()
    ledger.turn(to: Moment(rawValue: 1_776_650_400_000_000))
    journal = try ledger.open()
    zone = try journal.zone()
  }

  /// Opens an account and lets it come into a state, without judging how.
  func prepare(_ account: String, _ steps: [Draft]) throws {
    let principal = Money(minor: 10_000_000, currency: Currency(rawValue: 356))
    let opened = Draft(
      Account.Opened(
        accountNo: account, product: "personal", principal: principal,
        openedOn: Day("2026-01-01") ?? .none, debtor: "P1", timeZone: "Asia/Kolkata"),
      on: account, day: Day("2026-01-01") ?? .none, amount: principal)
    for var draft in [opened] + steps {
      draft.imported = false
      _ = try journal.append([draft])
    }
  }

  /// Records a command; the rule that refused it, or nil.
  func record(_ draft: Draft) throws -> String? {
    do throws(JournalError) {
      _ = try journal.record(draft, said: [], zone: zone)
      return nil
    } catch .refused(let refusal) { return refusal.rule }
  }

  /// Brings it in as history.
  func bring(_ draft: Draft) throws { _ = try journal.append([draft]) }

  /// The rule by which each account's history was flagged; what is said of a return that keeps its
  /// credit, and of a paper that other accounts have too, is left out.
  func flags(_ counts: (String) -> Bool = { _ in true }) throws -> [String: String] {
    var flags: [String: String] = [:]
    for row in try journal.flagged()
    where counts(row.rule) && row.what.contains("takes it back") == false
      && row.rule != "cheque.other-account"
    {
      flags[row.account] = row.rule
    }
    return flags
  }
}
