import ArgumentParser
import Journaling
import Ledger

/// Checks the whole book, quickly.
struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Check the whole book: structure, order, checksums, counts, indexes.",
    discussion: """
      Reads every event once. Exit status 0 when nothing was found, 1 with findings. What this does \
      not see: a change made by someone who recomputed the checksums; that takes the proofs to come.
      """)

  @OptionGroup var ledger: LedgerOptions

  func run() throws {
    var options = Journal.Options()
    options.readOnly = true
    options.ignoresOutsideHead = true
    options.examinesPages = true
    Damage.listen()
    let journal = try Journal(try ledger.path(), options)
    var bar = Progress("check")
    let findings = try journal.check { bar.show($0, of: $1) }
    bar.finish()
    let (head, accounts) = try journal.reading { snapshot in
      (snapshot.head, try snapshot.count(of: .account))
    }
    for finding in findings { Terminal.out("\(finding)\n") }
    if findings.isEmpty {
      Terminal.out(
        "\(head) events of \(accounts) accounts checked: order gapless, checksums fit, trails whole, "
          + "indexes agree.\n")
    } else {
      Terminal.out("\(findings.count) findings in \(head) events.\n")
      throw ExitCode(1)
    }
  }
}
