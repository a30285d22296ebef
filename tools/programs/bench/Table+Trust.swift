extension Table {
  /// What proofs, copies and forgetting cost.
  mutating func trust() {
    var (verify, hash, backup, copy): ([Double?], [Double?], [Double?], [Double?]) = (
      [], [], [], []
    )
    var (inclusion, erase): ([Double?], [Double?]) = ([], [])
    for _ in 0..<rounds {
      let verified = runner.measure("verify", "w", "1")
      verify.append(verified?.number("verify"))
      hash.append(verified?.number("hash"))
      for name in ["copy", "copy.plain", "erased", "erased.key"] { runner.remove(name) }
      let copied = runner.measure("backup", "w", "copy")
      backup.append(copied?.number("rate"))
      copy.append(copied?.number("copy"))
      inclusion.append(runner.measure("inclusion", "w", "1000")?.number("p50"))
      erase.append(runner.measure("erase", "erased", "1000")?.number("seconds"))
    }
    for name in ["copy", "copy.plain", "erased", "erased.key"] { runner.remove(name) }
    add("verify", "B/s", verify, hash, by: "bare hashing of the same bytes", aim: .ratio(0.6))
    add("verified backup", "B/s", backup, copy, by: "copy of the file, synced", aim: .ratio(0.7))
    add("inclusion proof, p50", "us", inclusion, aim: .atMost(1000))
    add("erasing a person of 1,000 events", "s", erase, aim: .atMost(1))
  }
}
