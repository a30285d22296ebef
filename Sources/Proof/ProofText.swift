/// Proof that one entry stands in a log, as C2SP tlog-proof writes it: index, path, checkpoint.
package struct InclusionProof: Hashable, Sendable {
  /// Place of the entry, from 0.
  package var index: UInt64
  /// The path to the root, the entry's sibling first.
  package var path: [TreeHash]
  /// What else goes along, not covered by any signature: here the entry itself.
  package var extra: [UInt8]
  /// The signed checkpoint.
  package var checkpoint: String

  /// A proof.
  package init(index: UInt64, path: [TreeHash], extra: [UInt8] = [], checkpoint: String) {
    (self.index, self.path, self.extra, self.checkpoint) = (index, path, extra, checkpoint)
  }

  /// The proof as it is written.
  package var text: String {
    "c2sp.org/tlog-proof@v1\n" + (extra.isEmpty ? "" : "extra \(Base64.text(extra))\n")
      + "index \(index)\n" + path.map { $0.base64 + "\n" }.joined() + "\n" + checkpoint
  }

  /// Reads a proof.
  package init(_ bytes: [UInt8]) throws(NoteError) {
    guard bytes.count <= 1 << 21, let text = String(validating: bytes, as: UTF8.self) else {
      throw NoteError("it is not UTF-8, or longer than 2 MiB")
    }
    guard let border = text.firstRange(of: "\n\n") else {
      throw NoteError("no empty line stands between proof and checkpoint")
    }
    checkpoint = String(text[border.upperBound...])
    var lines = text[..<border.lowerBound].split(separator: "\n", omittingEmptySubsequences: false)[
      ...]
    guard lines.popFirst() == "c2sp.org/tlog-proof@v1" else {
      throw NoteError("its first line is not c2sp.org/tlog-proof@v1")
    }
    extra = []
    if let line = lines.first, line.hasPrefix("extra ") {
      guard let bytes = Base64.bytes(line.dropFirst(6)) else {
        throw NoteError("its extra data is not base64")
      }
      extra = bytes
      lines = lines.dropFirst()
    }
    guard let line = lines.popFirst(), line.hasPrefix("index "),
      let index = UInt64(line.dropFirst(6)), "index \(index)" == line
    else { throw NoteError("it has no line with the index") }
    self.index = index
    path = []
    for line in lines {
      guard let hash = TreeHash(base64: line) else { throw NoteError("a line is no hash") }
      path.append(hash)
    }
    guard path.count <= 64 else { throw NoteError("its path is longer than any tree is high") }
  }
}

/// Proof that a log only grew, in the form in which C2SP tlog-witness is told of a new checkpoint.
package struct ConsistencyProof: Hashable, Sendable {
  /// Entries that were there before.
  package var old: UInt64
  /// The proof's hashes.
  package var proof: [TreeHash]
  /// The signed checkpoint of now.
  package var checkpoint: String

  /// A proof.
  package init(old: UInt64, proof: [TreeHash], checkpoint: String) {
    (self.old, self.proof, self.checkpoint) = (old, proof, checkpoint)
  }

  /// The proof as it is written.
  package var text: String {
    "old \(old)\n" + proof.map { $0.base64 + "\n" }.joined() + "\n" + checkpoint
  }
}
