import Foundation

/// Everything that is measured, in the order of the table; anchor and ours take turns.
struct Table {
  let runner: Runner
  let events: Int
  let rounds: Int
  private(set) var figures: [Figure] = []

  init(_ runner: Runner, events: Int, rounds: Int) {
    self.runner = runner
    self.events = events
    self.rounds = rounds
  }

  /// Measures all.
  mutating func measure() {
    if runner.anchors != nil, runner.anchor("mkevents", "events.bin", "\(events)") == nil {
      Runner.say("The anchors' events cannot be made.")
    }
    bulk(8_190, least: 0.8)
    bulk(1_000, least: 0.7)
    single()
    replay()
    duck()
    trail()
    aging()
    pdc()
    rebuild()
    diary()
    receipts()
    sealing()
    trust()
    start()
    callers()
    holders()
    registers()
  }

  mutating func add(
    _ name: String, _ unit: String, _ ours: [Double?], _ anchor: [Double?] = [],
    by anchorName: String = "", aim: Figure.Aim, note: String = ""
  ) {
    figures.append(
      Figure(
        name: name, unit: unit, ours: ours.compactMap(\.self), anchor: anchor.compactMap(\.self),
        anchorName: anchorName, aim: aim, note: note))
    Runner.say("  " + (figures.last?.cells.joined(separator: "  ") ?? ""))
  }

  private mutating func bulk(_ size: Int, least: Double) {
    var (ours, anchor, bytes): ([Double?], [Double?], [Double?]) = ([], [], [])
    for round in 0..<rounds {
      // Whoever comes second starts on the pages and the disk that the first has used, so they
      // change places, and each starts on a disk that has written everything.
      for isOurs in round % 2 == 0 ? [false, true] : [true, false] {
        runner.remove(isOurs ? "w" : "lm")
        sync()
        if isOurs {
          let run = runner.measure("append", "w", "\(events)", "\(size)")
          ours.append(run?.number("rate"))
          bytes.append(run?.number("bytes"))
        } else {
          let run = runner.anchor(
            "lm", "append", "lm", "events.bin", "\(events)", "\(size)", "l")
          anchor.append(run?.number("ev/s"))
        }
      }
    }
    add(
      "bulk append, \(size) a transaction, taking turns to be first", "ev/s", ours, anchor,
      by: "LMDB in C, log only", aim: .ratio(least))
    if size == 8_190 {
      add("disk, W with index", "bytes/event", bytes, aim: .atMost(160))
    }
  }

  private mutating func single() {
    var (ours, anchor): ([Double?], [Double?]) = ([], [])
    runner.remove("lm1")
    _ = runner.anchor("lm", "append", "lm1", "events.bin", "\(events / 2)", "8190", "l")
    for _ in 0..<rounds {
      anchor.append(
        runner.anchor("lm", "single", "lm1", "events.bin", "300", "l")?.number("p50us"))
      ours.append(runner.measure("single", "w", "300")?.number("p50"))
    }
    runner.remove("lm1")
    add("one durable append, p50", "us", ours, anchor, by: "LMDB in C", aim: .information)
  }

  private mutating func replay() {
    var (ours, anchor, two): ([Double?], [Double?], [Double?]) = ([], [], [])
    var digests = Set<Double>()
    for _ in 0..<rounds * 2 {
      let theirs = runner.run(runner.ours + "/replay", ["w", "3"])
      let mine = runner.measure("replay", "w", "3", "1")
      anchor.append(theirs?.number("rate"))
      ours.append(mine?.number("rate"))
      two.append(runner.measure("replay", "w", "3", "2")?.number("rate"))
      digests.formUnion([theirs, mine].compactMap { $0?.number("digest") })
    }
    add(
      "header replay, 1 thread (processor time)", "ev/s", ours, anchor,
      by: "C over the same bundles", aim: .ratio(0.9),
      note: digests.count == 1 ? "" : "THE TWO FOLDS DIFFER")
    add("header replay, 2 threads", "ev/s", two, aim: .information)
  }

  private mutating func duck() {
    let python = runner.work + "/venv/bin/python"
    let script = ProcessInfo.processInfo.environment["ARREARS_OLAP"] ?? ""
    let place = ["W_DIR": runner.work]
    guard FileManager.default.isExecutableFile(atPath: python), !script.isEmpty,
      runner.run(python, [script, "prep"], environment: place) != nil
    else {
      add(
        "header replay against DuckDB, 1 thread", "ev/s", [], aim: .ratio(1), note: "no DuckDB here"
      )
      return
    }
    var (ours, anchor): ([Double?], [Double?]) = ([], [])
    for _ in 0..<rounds {
      let text = runner.run(python, [script, "duck", "1"], environment: place)?.text ?? ""
      let line = text.split(separator: "\n").first { $0.hasPrefix("duckdb_table") }
      let run = line.map { Runner.Run(text: String($0), seconds: 0) }
      anchor.append(run?.number("cpu_s").map { Double(events) / $0 })
      ours.append(runner.measure("replay", "w", "5", "1")?.number("rate"))
    }
    add(
      "header replay against DuckDB, 1 thread", "ev/s", ours, anchor, by: "DuckDB table",
      aim: .ratio(1))
  }

  private mutating func trail() {
    var (ours, anchor): ([Double?], [Double?]) = ([], [])
    runner.remove("blk")
    // The anchor bundles no more events than this.
    let most = min(events, 4_951_800)
    if runner.anchor("lm", "append", "blk", "events.bin", "\(most)", "8190", "d") != nil {
      _ = runner.anchor("blk", "build", "blk", "events.bin")
    }
    var count = 0.0
    for _ in 0..<rounds {
      let text = runner.anchor("blk", "bench", "blk", "1000")?.text ?? ""
      let line = text.split(separator: "\n").first { $0.hasPrefix("blk_stream") }
      anchor.append(line.flatMap { Runner.Run(text: String($0), seconds: 0).number("p50us") })
      let run = runner.measure("trail", "w", "1000")
      ours.append(run?.number("p50"))
      count = run?.number("events") ?? count
    }
    runner.remove("blk")
    runner.remove("lm")
    add(
      "trail of \(Int(count.rounded())) events, hot, p50", "us", ours, anchor,
      by: "index into bundles in C", aim: .atMost(80))
  }
}
