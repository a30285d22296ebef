import ArgumentParser
import Interchange
import Journaling
import Ledger
import Sealing

/// What a spreadsheet hides from whoever looks at it, and is taken all the same.
enum SheetTaking: String, ExpressibleByArgument, CaseIterable { case formulas, hidden }

/// Brings other people's files in, as history.
struct Import: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Import a CSV file or a spreadsheet through a mapping, or NDJSON.",
    discussion: """
      What is imported happened: it is stored even where a command would be refused, and listed by \
      `arrears show anomalies`. Rows that cannot be read go to the rejects file, and the rest is \
      stored. The same file through the same mapping is stored once; one that was stopped goes on.
        arrears import receipts.csv --map receipts.yaml --dry-run
        arrears import receipts.xlsx --map receipts.yaml --sheet April
        arrears import statement.xml --template camt053
        zcat log.csv.gz | arrears import - --map fines.yaml
      Exit: 0 everything taken, 1 some rows rejected, 2 refused or stopped.
      """)

  @OptionGroup var ledger: LedgerOptions
  @OptionGroup var sealing: SealingOptions

  @Argument(help: "A CSV, XLSX or NDJSON file; - for standard input.")
  var file: String

  @Option(
    name: [.customLong("map"), .customLong("mapping")],
    help: "The mapping, a YAML file; without it the file is NDJSON.")
  var map: String?

  @Option(help: "A template instead of a mapping: see `arrears template`.")
  var template: String?

  @Option(help: "The sheet of a spreadsheet. Default: the only one in sight.")
  var sheet: String?

  @Option(
    help: "formulas or hidden: take what they gave last, or what is hidden, and not refuse it.")
  var take: [SheetTaking] = []

  @Flag(help: "Only say what would be taken.")
  var dryRun = false

  @Option(
    help: """
      Where rejected rows go; nothing may stand there. Default: FILE.rejects beside the file, or \
      FILE.rejects-2 and so on; of a dry run, nowhere.
      """)
  var rejects: String?

  @Option(help: "The role in which it is done.")
  var role: String?

  @Option(help: "Who imports.")
  var actor = "arrears"

  func validate() throws {
    if let rejects, Edge.exists(rejects) {
      throw ValidationError(
        "\(rejects) stands there already, and rejected rows never go over something; name another "
          + "file with --rejects")
    }
    guard map == nil || template == nil else {
      throw ValidationError("A template is a mapping; give --template or --map, not both")
    }
  }

  func run() throws {
    try AccessRole.require(.govern, of: role)
    do throws(Objection) {
      let mapping: Mapping? =
        if let template {
          try Template.named(template).mapping()
        } else if let map {
          try Mapping(path: map)
        } else { nil }
      let source = try ByteFile(path: file)
      if mapping == nil { try requireNDJSON(source) }
      try run(source, mapping)
    } catch {
      throw Failure(error.description)
    }
  }

  /// A CSV file without its mapping would be nothing but rejected lines.
  private func requireNDJSON(_ source: ByteFile) throws(Objection) {
    let start = try source.bytes(0..<min(4096, source.size))
    let text = start.starts(with: [0xEF, 0xBB, 0xBF]) ? start.dropFirst(3) : start[...]
    guard !Interchange.Import.isWorkbook(start) else {
      throw Objection(
        "xlsx.mapping", "the file is a spreadsheet, and nothing says what its columns mean",
        remedy: "give it its --map or --template"
      ).at(source.name, 0)
    }
    guard let first = text.first(where: { $0 > 32 }), first != UInt8(ascii: "{") else { return }
    throw Objection(
      "ndjson.object", "the line is no JSON object",
      remedy: "give a CSV file its --map or --template"
    ).at(source.name, 1)
  }

  private func run(_ source: ByteFile, _ mapping: Mapping?) throws(Objection) {
    let report: Interchange.Import.Report
    let path = rejectsPath
    do {
      report = try take(source, mapping, path)
    } catch let objection as Objection {
      throw objection
    } catch {
      Terminal.complain("\(error)")
      Main.end(2)
    }
    show(report, path)
  }

  // Beside the file, and behind whatever stands there; what is read from a pipe is kept here.
  private var rejectsPath: String? {
    if rejects != nil || dryRun { return rejects }
    let first = (file == "-" ? "stdin" : file) + ".rejects"
    return ([first] + (2...9_999).map { "\(first)-\($0)" }).first { !Edge.exists($0) }
  }

  private func take(_ source: ByteFile, _ mapping: Mapping?, _ rejects: String?) throws
    -> Interchange.Import.Report
  {
    let journal = try ledger.open(writing: "import")
    Interruption.listen()
    var bar = Progress("import")
    var options = Interchange.Import.Options()
    options.isDryRun = dryRun
    options.rejects = rejects
    options.actor = Actor(id: actor)
    options.sheet.name = sheet
    options.sheet.takesFormulas = take.contains(.formulas)
    options.sheet.takesHidden = take.contains(.hidden)
    options.sealer = try sealing.sealer(ledger, dryRun ? .rehearsing : .writing, journal)
    options.isStopped = { Interruption.isAsked }
    options.progress = { consumed, size, _ in
      bar.show(UInt64(clamping: consumed), of: UInt64(clamping: size))
    }
    var work = Interchange.Import(source, mapping: mapping, options: options)
    let report = try work.run(into: journal)
    bar.finish()
    try journal.close()
    return report
  }

  private func show(_ report: Interchange.Import.Report, _ rejects: String?) {
    let isKnown = report.wasKnown && report.added == 0
    for objection in report.objections { Terminal.note("\(objection)\n") }
    if !isKnown, report.rejected > report.objections.count {
      Terminal.note("… and \(report.rejected - report.objections.count) more.\n")
    }
    let verb = dryRun ? "would be stored" : isKnown ? "stored then" : "stored"
    var line = isKnown ? "Imported before, and nothing new: " : ""
    line += "\(report.rows) rows read, \(report.events) events \(verb)"
    if !dryRun, report.events > 0 { line += " as seq \(report.first) to \(report.last)" }
    line +=
      ", \(report.duplicates) duplicates, \(report.flagged) with unknown codes, "
      + "\(report.rejected) rejected"
    line += "; import \(report.importID.prefix(16)).\n"
    Terminal.out(line)
    if report.corrected > 0 {
      let fields = report.correctedFields.joined(separator: ", ")
      Terminal.out(
        "\(report.corrected) events stood there without \(fields): taken back, and stored with it.\n"
      )
    }
    if report.resumedAfter > 0 {
      Terminal.out("It went on after \(report.resumedAfter) rows taken before.\n")
    }
    if !report.isComplete, !dryRun {
      Terminal.complain(
        "stopped after line \(report.lastLine); what is counted above is stored. "
          + "Run the same import again to go on.")
      Main.end(2)
    }
    if report.rejected > 0, !isKnown, let rejects {
      Terminal.note("Rejected rows are in \(rejects).\n")
    }
    if report.added > 0 {
      Terminal.note("What of it should not have happened: `arrears show anomalies`.\n")
    }
    if report.rejected > 0 { Main.end(1) }
  }
}
