import ArgumentParser
import Crypto
import Interchange
import Journaling
import Ledger

/// Puts everything about one account into a folder for an auditor.
struct BundleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bundle", abstract: "One account for an auditor, readable without this program.",
    discussion: """
      The folder holds index.html, which needs nothing else to be read, and the same as data: \
      trail.ndjson and rules.ndjson (events as exported), figures.csv, explain-*.csv (how each figure \
      was reached, step by step), documents.csv, life.svg, and SHA256SUMS over all of them.
        arrears bundle LN-000042 --as-of 2026-03-31 --out LN-000042-audit
      """)

  @OptionGroup var ledger: LedgerOptions
  @OptionGroup var vantage: VantageOptions

  @Option(help: "Folder to make.")
  var out: String

  @Argument(help: "The account's id.")
  var account: String

  func run() throws {
    let journal = try ledger.open()
    let count = try journal.reading { snapshot in
      let resolved = try vantage.resolve(journal, snapshot)
      guard let history = try journal.history(of: account, to: resolved.vantage.knownAt, snapshot)
      else { throw Failure.unheard(account) }
      let contents = try BundleContents(history, resolved, journal, snapshot)
      try Edge.folder(out)
      var sums = ""
      for (name, text) in try contents.files() {
        let bytes = Array(text.utf8)
        try Edge.write(bytes, to: out + "/" + name)
        sums += "\(Hex.text(SHA256.hash(data: bytes)))  \(name)\n"
      }
      try Edge.write(Array(sums.utf8), to: out + "/SHA256SUMS")
      return history.events.count
    }
    Terminal.out("\(out): \(count) entries of account \(account); open \(out)/index.html.\n")
  }
}

/// What goes into a bundle, gathered once.
struct BundleContents {
  let history: AccountHistory
  let resolved: VantageOptions.Resolved
  let identity: Identity
  let policies: PolicyBook
  let figures: Observation
  let explanations: [Explanation]
  let balances: [Balance]
  let life: Timeline
  let trail: Trail
  let documents: Sheet
  let trailLines: String
  let ruleLines: String
  let who: PolicySubject

  static let cells = ["overdue", "outstanding", "credit", "dpd", "bucket", "class"]

  /// Gathers an account at a vantage.
  init(
    _ history: AccountHistory, _ resolved: VantageOptions.Resolved, _ journal: Journal,
    _ snapshot: borrowing Snapshot
  ) throws {
    self.history = history
    self.resolved = resolved
    identity = journal.identity
    let question = Question(vantage: resolved.vantage)
    let (policies, house) = try journal.rules(question, at: resolved.vantage.knownAt, snapshot)
    self.policies = policies
    who = try history.subject()
    let book = Aging(by: .account, form: .bucketed, asOf: resolved.vantage.asOf)
    var found: [Explanation] = []
    for cell in BundleContents.cells {
      let answer = try journal.explain(
        book, account: history.id, CellChoice(cell), question, snapshot)
      switch answer {
      case .explanation(let explanation): found.append(explanation)
      case .fault(let sentence): throw Failure(sentence)
      case .unknown: break
      }
    }
    explanations = found
    figures = try history.observe(question, policies: policies, house: house) { _ in true }
    balances = try Language.allCases.compactMap {
      try journal.balance(of: history.id, question, language: $0, snapshot)
    }
    let first = history.headers.map(\.day).filter { $0 != .min }.min() ?? 0
    let from = max(Day(rawValue: first) - 3, resolved.vantage.asOf - 730)
    life = try Timeline(
      history, from: min(from, resolved.vantage.asOf - 1), to: resolved.vantage.asOf, question,
      policies: policies, house: house, zone: resolved.zone)
    trail =
      try journal.trail(of: history.id, question, zone: resolved.zone, snapshot)
      ?? Trail(account: history.id, currency: .none)
    documents = try BundleContents.documents(history, resolved.vantage.knownAt, snapshot)
    trailLines = try BundleContents.lines(history.headers.map(\.seq), snapshot)
    let rules = try BundleContents.ruleEvents(resolved.vantage.knownAt, snapshot)
    ruleLines = try BundleContents.lines(rules, snapshot)
  }

  // Events as `arrears export` writes them.
  private static func lines(_ positions: [Position], _ snapshot: borrowing Snapshot) throws
    -> String
  {
    var out = JSONWriter()
    var writer = EventWriter(try snapshot.imports())
    for seq in positions {
      let found: Void? = try snapshot.event(at: seq) { (event) throws(JournalError) in
        try writer.write(event, in: snapshot, into: &out)
        out.raw("\n")
      }
      guard found != nil else { throw Failure("The event at \(seq) is missing.") }
    }
    return String(decoding: out.bytes, as: UTF8.self)
  }

  // Adoptions, retirements, and what takes either back, or a taking back.
  private static func ruleEvents(_ last: Position, _ snapshot: borrowing Snapshot) throws
    -> [Position]
  {
    var found: Set<Position> = []
    let types = TypeMask([
      EventCode.policyAdopted, EventCode.policyRetired, EventCode.eventReversed,
    ])
    try snapshot.bundles(to: last, wanted: PolicyBook.reads) { (bundle) throws(JournalError) in
      for index in 0..<bundle.count {
        let header = bundle.header(index)
        guard types.contains(header.type), header.seq <= last,
          header.type != EventCode.eventReversed || header.account == 0
        else { continue }
        if header.type == EventCode.eventReversed {
          do throws(WireError) {
            let target = try Envelope(reading: bundle.event(index).envelope).target
            guard let target, found.contains(target) else { continue }
          } catch { throw .wire(error, at: header.seq) }
        }
        found.insert(header.seq)
      }
    }
    return found.sorted()
  }

  // Documents filed, statements issued, and evidence named by entries: each with its digest.
  private static func documents(
    _ history: AccountHistory, _ last: Position, _ snapshot: borrowing Snapshot
  ) throws -> Sheet {
    var sheet = Sheet(
      title: "Documents",
      columns: [.init("seq", .integer), .init("event"), .init("what"), .init("sha256")])
    for index in history.events.indices {
      let header = history.header(index)
      let name = Register.name(of: header.type)
      let type = Register.event(code: header.type, version: header.version)
      try history.event(index) { (event) throws(WireError) in
        let what = type.map { Summary.line(event.body, as: $0) } ?? ""
        var digests = try Envelope(reading: event.envelope).evidence
        if let field = type?.fields.first(where: { $0.name == "sha256" }),
          let digest = try BundleContents.digest(event.body, key: field.key)
        {
          digests.append(digest)
        }
        for digest in digests {
          sheet.rows.append([
            .integer(Int64(header.seq)), .text(name), .text(what), .text(Hex.text(digest)),
          ])
        }
      }
    }
    return sheet
  }

  private static func digest(_ body: Span<UInt8>, key: Int) throws(WireError) -> [UInt8]? {
    var reader = CBORReader(body)
    for _ in 0..<(try reader.map()) {
      if try reader.uint() == UInt64(key) { return try reader.data() }
      try reader.skip()
    }
    return nil
  }

  /// Names and texts of the files, in the order in which they are summed.
  func files() throws -> [(name: String, text: String)] {
    var figuresSheet = Sheet(title: "Figures", columns: [.init("figure"), .init("value")])
    figuresSheet.rows = figures.figures.map { [.text($0.name), .text($0.cell.plain)] }
    var files = [
      ("index.html", try BundlePage(self).text), ("trail.ndjson", trailLines),
      ("rules.ndjson", ruleLines), ("figures.csv", Rendering.csv(figuresSheet)),
    ]
    for explanation in explanations {
      files.append(
        ("explain-\(explanation.column).csv", Rendering.csv(explanation.sheet())))
    }
    files.append(("trail.csv", Rendering.csv(trail.sheet())))
    files.append(("documents.csv", Rendering.csv(documents)))
    files.append(("life.svg", SwimLane(life, resolved).svg))
    return files
  }
}
