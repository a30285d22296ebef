import ArgumentParser
import Glibc
import Journaling
import Ledger
import Sealing

/// The command: its verbs, one a file.
struct Arrears: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "arrears",
    abstract: "An event-sourced collections ledger: every figure by day, by knowledge, by rules.",
    discussion: """
      Every figure is a function of three things: --as-of, the day in the world; --known-at, how much \
      of the ledger was known; and the rules. The same three give the same bytes for ever.
      Exit: 0 done, 1 findings, 2 wrong use or refused.
      """,
    version: "arrears 0.1.0, zone data \(Zone.dataVersion)",
    groupedSubcommands: [
      CommandGroup(
        name: "Write",
        subcommands: [
          Init.self, Record.self, Import.self, TemplateCommand.self, Restore.self,
          PolicyCommand.self,
        ]),
      CommandGroup(
        name: "Ask",
        subcommands: [
          Show.self, TrailCommand.self, Diff.self, Replay.self, GridCommand.self, Draw.self,
          Schema.self,
        ]),
      CommandGroup(
        name: "Answer for it",
        subcommands: [
          Explain.self, Comply.self, RulesCommand.self, Publish.self, Restate.self,
          BundleCommand.self,
        ]),
      CommandGroup(
        name: "Trust",
        subcommands: [
          Check.self, Verify.self, CheckpointCommand.self, Prove.self, KeyCommand.self,
          Access.self,
        ]),
      CommandGroup(
        name: "Keep",
        subcommands: [
          Export.self, Backup.self, Ship.self, RebuildCommand.self, SalvageCommand.self,
          Erase.self, Redact.self,
        ]),
    ])
}

extension String {
  /// Without one character at its end.
  fileprivate func trimmed(of end: Character) -> String { last == end ? String(dropLast()) : self }
}

extension Arrears {
  /// The command that the first words name, such as `arrears show aging`.
  fileprivate static func verb(_ words: some Sequence<String>) -> String {
    var command: any ParsableCommand.Type = Arrears.self
    var name = "arrears"
    for word in words {
      let inner = command.configuration.subcommands.first {
        ($0.configuration.commandName ?? "\($0)".lowercased()) == word
      }
      guard let inner else { break }
      command = inner
      name += " " + word
    }
    return name
  }
}

/// What ends a command: a sentence for people and a status for scripts.
struct Failure: Error, CustomStringConvertible {
  /// What is printed after `arrears:`.
  var description: String
  /// 1 findings, 2 wrong use or refused.
  var status: Int32 = 2

  /// A failure with a sentence.
  init(_ sentence: String, status: Int32 = 2) {
    self.description = sentence
    self.status = status
  }

  /// What is said of an account that no event names.
  static func unheard(_ account: String) -> Failure {
    Failure("The ledger has never heard of an account \(account); check the spelling.")
  }
}

@main
enum Main {
  /// Ends the program with a status of ours.
  static func end(_ status: Int32) -> Never { exit(status) }

  /// Swift would replace what is no UTF-8 by question marks, and the ledger would keep those for
  /// ever.
  private static func requireUTF8() throws {
    for index in 1..<max(1, Int(CommandLine.argc)) {
      guard let word = unsafe CommandLine.unsafeArgv[index] else { continue }
      guard unsafe String(validatingCString: word) != nil else {
        throw Failure(
          "Word \(index) of the command is not UTF-8; set a UTF-8 locale and type it again.")
      }
    }
  }

  /// The parser's sentence, and where to read on: not its whole list of options.
  private static func complain(aboutParsing error: any Error) {
    let sentence = Arrears.message(for: error).split(separator: "\n").map { line in
      line.hasPrefix("  - ") ? String(line.dropFirst(4)) + "," : String(line)
    }.joined(separator: " ").trimmed(of: ",")
    if sentence.isEmpty { return }
    let words = CommandLine.arguments.dropFirst().prefix { !$0.hasPrefix("-") }
    let verb = Arrears.verb(words)
    Terminal.complain(
      "\(sentence.hasSuffix(".") ? sentence : sentence + ".") See `\(verb) --help`.")
  }

  /// Runs the command line. Errors go to standard error as one sentence; the status is ours, not
  /// the parser's.
  static func main() {
    signal(SIGPIPE, SIG_DFL)
    do {
      try requireUTF8()
      if let event = Record.eventToExplain() {
        Terminal.out(event)
        exit(0)
      }
      var command = try Arrears.parseAsRoot()
      try command.run()
    } catch let failure as Failure {
      Terminal.complain(failure.description)
      exit(failure.status)
    } catch let refusal as Refusal {
      Terminal.complain("refused: \(refusal)")
      exit(2)
    } catch let error as SealingError {
      Terminal.complain(error.description)
      exit(2)
    } catch let error as JournalError {
      Terminal.complain(error.description)
      exit(2)
    } catch {
      let code = Arrears.exitCode(for: error)
      if code == .success {
        print(Arrears.fullMessage(for: error))
        exit(0)
      }
      complain(aboutParsing: error)
      exit(code.rawValue == 1 ? 1 : 2)
    }
  }
}
