internal import Crypto
internal import Glibc
package import Ledger

/// Published reports: the event in the log, the bytes in the ledger's folder `published`.
extension Journal {
  /// How the kept bytes of a report compare with what was published.
  package enum Kept: Sendable {
    /// They are what was published.
    case whole([UInt8])
    /// There are other bytes under its digest; theirs.
    case changed(digest: [UInt8])
    /// There are none.
    case missing
  }

  /// Everything published up to a position, in order.
  package func publications(
    to last: Position = .max, _ snapshot: borrowing Snapshot
  ) throws(JournalError) -> [Publication] {
    var found: [Publication] = []
    let wanted = TypeMask([EventCode.reportPublished])
    try snapshot.bundles(to: last, wanted: wanted) { (bundle) throws(JournalError) in
      for index in 0..<bundle.count
      where bundle.header(index).type == EventCode.reportPublished
        && bundle.header(index).seq <= last
      {
        do throws(WireError) { found.append(try Publication(reading: bundle.event(index))) } catch {
          throw .wire(error, at: bundle.header(index).seq)
        }
      }
    }
    return found
  }

  /// The bytes kept under a digest, hashed again.
  package func kept(_ digest: [UInt8]) -> Kept {
    guard let bytes = Files.read(folder.published(digest), limit: .max) else { return .missing }
    let now = Array(SHA256.hash(data: bytes))
    return now == digest ? .whole(bytes) : .changed(digest: now)
  }

  /// Keeps bytes under their digest, on disk when this returns, and gives the digest. Bytes that
  /// are there already stay; others under the same name are replaced.
  package func keep(_ bytes: [UInt8]) throws(JournalError) -> [UInt8] {
    let digest = Array(SHA256.hash(data: bytes))
    if case .whole = kept(digest) { return digest }
    if !Files.exists(folder.published) { try Files.folder(folder.published) }
    let path = folder.published(digest)
    let draft = path + ".\(getpid())"
    unsafe unlink(draft)
    try Files.create(draft, bytes)
    guard unsafe rename(draft, path) == 0 else { throw Files.failure("Naming \(path)", path) }
    try Files.sync(folder.published)
    return digest
  }

  /// Keeps bytes that were made again, where the folder can be written, and gives whether they are
  /// those of a digest; others are not kept.
  package func keep(_ bytes: [UInt8], if digest: [UInt8]) -> Bool {
    guard Array(SHA256.hash(data: bytes)) == digest else { return false }
    _ = try? keep(bytes)
    return true
  }

  /// Appends the event of a publication; refused when its id was used before.
  package func publish(_ draft: Draft, id: String) throws(JournalError) -> Position {
    try write { (batch: inout Batch) throws(JournalError) in
      let taken = try self.read { (snapshot) throws(JournalError) in
        try self.publications(snapshot).contains { $0.report == id }
      }
      guard !taken else {
        throw .refused(
          Refusal(
            rule: "report.exists", "A report \(id) was published already.",
            remedy: "Choose another --id; --supersedes \(id) says that it replaces it."))
      }
      return try batch.append(draft)
    }
  }
}

extension LedgerFolder {
  /// The bytes of published reports, each under its SHA-256.
  package var published: String { path + "/published" }

  func published(_ digest: [UInt8]) -> String { published + "/" + Hex.text(digest) }
}
