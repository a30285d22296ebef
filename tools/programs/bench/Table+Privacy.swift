extension Table {
  /// What one personal value costs on its way in and out.
  mutating func sealing() {
    var (seal, open, person): ([Double?], [Double?], [Double?]) = ([], [], [])
    for _ in 0..<rounds {
      for name in ["seal", "seal.key"] { runner.remove(name) }
      let run = runner.measure("seal", "seal", "100000")
      seal.append(run?.number("seal"))
      open.append(run?.number("open"))
      person.append(run?.number("person"))
    }
    add("sealing a personal value", "ns", seal, aim: .information)
    add("opening a personal value", "ns", open, aim: .information)
    add("making a person's key", "us", person, aim: .information)
  }
}
