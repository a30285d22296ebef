import ArgumentParser
import Glibc
import Interchange
import Journaling
import Ledger
import Proof

/// Writes out what is intact in a damaged file.
struct SalvageCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "salvage",
    abstract: "Write out every intact event of a ledger's file, even one that cannot be opened.",
    discussion: """
      Looks at every page of log/data.mdb without LMDB; the file is only read. Events from 1 on without \
      a gap become an export, which `arrears restore` takes; those behind a gap go into OUT.rest as their \
      stored bytes, a line each. Idempotency keys are not brought out.
        arrears salvage book --out events.ndjson
      """)

  @Argument(help: "Folder of the ledger, or a data.mdb.")
  var from: String

  @Option(help: "File to write, which must not exist.")
  var out: String

  func run() throws {
    for path in [out, out + ".rest"] where unsafe access(path, F_OK) == 0 {
      throw Failure("\(path) is there already; choose another name.")
    }
    var bar = Progress("salvage")
    let salvage = try Salvage(from) { bar.show($0, of: $1) }
    bar.finish()
    guard salvage.count > 0 else {
      throw Failure("No intact event was found in \(salvage.path).", status: 1)
    }
    for seq in salvage.conflicts {
      Terminal.note("Two different events call themselves \(seq); the first one found was taken.\n")
    }
    if salvage.whole > 0 {
      guard let identity = salvage.identity else {
        throw Failure(
          "What the ledger is (id, zone, currency) was not found in \(salvage.path).", status: 1)
      }
      try export(salvage, identity)
    }
    let rest = salvage.count - Int(salvage.whole)
    if rest > 0 { try writeRest(salvage) }
    Terminal.out(
      "\(salvage.whole) events from 1 on written to \(out)"
        + (rest > 0 ? ", \(rest) behind a gap to \(out).rest.\n" : ".\n"))
    if rest > 0 || !salvage.conflicts.isEmpty { throw ExitCode(1) }
  }

  // By way of a ledger beside the file, which is taken away again.
  private func export(_ salvage: Salvage, _ identity: Identity) throws {
    let path = "\(out).making-\(getpid())"
    defer { Edge.remove(path) }
    let journal = try Journal.create(path, identity)
    try salvage.store(into: journal)
    try Edge.make(out) { put in
      _ = try Interchange.Export().run(journal) { (bytes) throws(JournalError) in
        do { try put(bytes) } catch { throw JournalError(error) }
      }
    }
  }

  private func writeRest(_ salvage: Salvage) throws {
    try Edge.make(out + ".rest") { put in
      var lines: [UInt8] = []
      try salvage.events(after: salvage.whole) { seq, bytes in
        lines += "{\"seq\":\(seq),\"entry\":\"\(Base64.text(bytes))\"}\n".utf8
        guard lines.count >= 1 << 16 else { return }
        try put(lines)
        lines.removeAll(keepingCapacity: true)
      }
      try put(lines)
    }
  }
}
