import ArgumentParser
import Journaling
import Ledger
import Proof

/// Writes proofs that others check without the ledger.
struct Prove: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "prove",
    abstract: "Write a proof that others check without the ledger.",
    discussion: """
      Each proof carries the checkpoint it is under: the ledger's last one, or that of --checkpoint. \
      Check it with `tools/verify.py proof FILE --key PUBLIC`.
      """,
    subcommands: [ProveInclusion.self, ProveConsistency.self, ProveTrail.self])
}

/// What every proof is under.
struct ProofOptions: ParsableArguments {
  @Option(help: "Signed checkpoint to prove under; without it, the ledger's last one.")
  var checkpoint: String?

  @Option(help: "Public key, or a file with it, that must have signed the checkpoint.")
  var `public`: String?

  /// The ledger and the checkpoint.
  func open(_ ledger: LedgerOptions) throws -> (Journal, SignedNote) {
    let journal = try ledger.open()
    return (journal, try Signing.note(checkpoint, of: journal.folder, signedBy: `public`))
  }
}

/// Proves that an event is in the ledger.
struct ProveInclusion: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inclusion",
    abstract: "Prove that an event is in the ledger (C2SP tlog-proof).",
    discussion: """
      The line `extra` carries the event's bytes; a checker hashes them himself. Of an event that was \
      redacted they do not hash to its leaf: the proof shows that its hash was there, and a second one \
      behind it, of the act, what is left of it.
        arrears prove inclusion 812 > 812.tlog-proof
      """)

  @OptionGroup var ledger: LedgerOptions
  @OptionGroup var proof: ProofOptions
  @Argument(help: "Position or id of the event.") var event: String

  func run() throws {
    let (journal, note) = try proof.open(ledger)
    let proofs = try journal.reading { snapshot in
      var seq = Position(event)
      if seq == nil { seq = try snapshot.position(ofEvent: event) }
      guard let seq else { throw JournalError.unknownEvent(id: event) }
      return try snapshot.proofs(of: seq, under: note)
    }
    Terminal.out(proofs.map(\.text).joined())
    let bytes = proofs[0].extra
    if proofs.count == 1, let act = EventView(bytes.span).redacted?.act {
      Terminal.note(
        "Its content was destroyed by seq \(act), which this checkpoint does not cover: the proof shows "
          + "its hash, and nothing of what is left of it. Sign a new checkpoint.\n")
    }
  }
}

/// Proves that the ledger only grew.
struct ProveConsistency: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "consistency",
    abstract: "Prove that the ledger only grew since an earlier size or checkpoint.",
    discussion: """
      Written as C2SP tlog-witness sends it: old size, hashes, checkpoint.
        arrears prove consistency --from 500
        arrears prove consistency --from old-checkpoint.txt
      """)

  @OptionGroup var ledger: LedgerOptions
  @OptionGroup var proof: ProofOptions
  @Option(help: "The earlier size, or a file with the earlier checkpoint.") var from: String

  func run() throws {
    let (journal, note) = try proof.open(ledger)
    let text = try journal.reading { snapshot in
      if let size = UInt64(from) { return try snapshot.proof(from: size, under: note).text }
      let old = try snapshot.proven(
        Signing.note(from, of: journal.folder, signedBy: proof.public))
      return try snapshot.proof(from: old.size, under: note).text
    }
    Terminal.out(text)
  }
}

/// Proves a whole trail.
struct ProveTrail: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "trail",
    abstract:
      "Prove an account's whole trail: that every event is there, and that none is missing.",
    discussion: """
      JSON with each event's bytes and path; the chain of previous positions shows that none is left \
      out in between, the checkpoint's tree of heads that none is left out at the end.
        arrears prove trail LN-000042 > trail.json
      """)

  @OptionGroup var ledger: LedgerOptions
  @OptionGroup var proof: ProofOptions
  @Argument(help: "The account.") var account: String

  func run() throws {
    let (journal, note) = try proof.open(ledger)
    Terminal.out(
      try journal.reading { try $0.proof(ofTrail: account, under: note).json })
  }
}
