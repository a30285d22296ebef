import ArgumentParser
import Journaling
import Ledger

/// Shows a book.
struct Show: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show a book: aging, card, promises, contacts, disputes, collected, statement …",
    discussion: """
        arrears show aging --as-of 2026-03-31 --known-at 2026-04-05 --by bucket
        arrears show card LN-000042 --as-of 2026-03-31
      """,
    subcommands: [
      ShowAging.self, ShowCard.self, ShowControl.self, ShowAnomalies.self,
      ShowPDC.self, ShowBounces.self, ShowBounceRates.self, ShowReceiptBooks.self,
      ShowCollected.self, ShowAllocations.self, ShowStatement.self,
      ShowPromises.self,
      ShowContacts.self, ShowProductivity.self, ShowDisputes.self, ShowComplaints.self,
      ShowTargets.self, ShowTasks.self, ShowReports.self, ShowQueue.self,
      ShowFollowups.self,
      ShowCash.self, ShowDeposits.self, ShowSettlements.self, ShowPlans.self,
      ShowRoll.self, ShowMIS.self, ShowReceivables.self, ShowVintage.self, ShowPattern.self,
      ShowEmpanelment.self, ShowLegal.self, ShowSecurity.self, ShowBookings.self,
      ShowQueries.self, ShowCorrespondence.self, ShowReasons.self, ShowAdvice.self, ShowCredit.self,
    ])
}

/// What every book is asked with: ledger, vantage, rules, form.
struct BookOptions: ParsableArguments {
  @OptionGroup var ledger: LedgerOptions
  @OptionGroup var vantage: VantageOptions
  @OptionGroup var question: QuestionOptions
  @OptionGroup var format: FormatOptions

  /// Folds a book over the whole ledger and prints it.
  func show<B: Book>(_ make: (VantageOptions.Resolved) throws -> B) throws {
    try show { resolved, _, _ in try make(resolved) }
  }

  /// Folds a book that is made from more of the ledger than accounts, and prints it.
  func show<B: Book>(
    _ make: (VantageOptions.Resolved, Journal, borrowing Snapshot) throws -> B
  ) throws {
    let journal = try ledger.open()
    try journal.reading { snapshot in
      let resolved = try vantage.resolve(journal, snapshot)
      var bar = Progress(B.name)
      let answer = try journal.answer(
        try make(resolved, journal, snapshot), try question.question(resolved.vantage), snapshot
      ) { bar.show($0, of: $1) }
      bar.finish()
      let reply = Reply(
        format: format, resolved: resolved,
        policies: answer.policies.label(on: resolved.vantage.asOf), journal: journal)
      try reply.print(answer.book.sheet(journal.naming), snapshot)
    }
  }
}

/// What a register is asked with that no fold of accounts makes: ledger, vantage, form.
struct RegisterOptions: ParsableArguments {
  @OptionGroup var ledger: LedgerOptions
  @OptionGroup var vantage: VantageOptions
  @OptionGroup var format: FormatOptions

  /// Prints the table that a register is at the vantage.
  func show(_ make: (Vantage, Journal, borrowing Snapshot) throws -> Sheet) throws {
    let journal = try ledger.open()
    try journal.reading { snapshot in
      let resolved = try vantage.resolve(journal, snapshot)
      let sheet = try make(resolved.vantage, journal, snapshot)
      let policies = try journal.policies(Question(vantage: resolved.vantage), snapshot)
      let reply = Reply(
        format: format, resolved: resolved,
        policies: policies.label(on: resolved.vantage.asOf), journal: journal)
      try reply.print(sheet, snapshot)
    }
  }
}
