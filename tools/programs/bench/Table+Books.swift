import Foundation

/// Rows over history that was simulated or imported, and the start of the command.
extension Table {
  /// Full aging by account as a part of the header replay of the same ledger.
  mutating func aging() {
    // About 29 events an account and year.
    let accounts = max(1, events / 29)
    let made = runner.run(
      runner.ours + "/simulate", ["--accounts", "\(accounts)", "--out", "sim.ndjson"])
    runner.remove("sim")
    guard made != nil, let restored = runner.measure("restore", "sim", "sim.ndjson") else {
      add("full aging by account", "ev/s", [], aim: .ratio(0.15), note: "nothing was simulated")
      return
    }
    let count = Int(restored.number("events") ?? 0)
    add("restore of \(count) events", "ev/s", [restored.number("rate")], aim: .information)
    aging("log", "full aging by account, from the log (processor time)", count)
    let keeping = runner.measure("aging", "sim", "1", "account", "make")
    let seconds = keeping.flatMap { $0.number("rate") }.map { Double(count) / $0 }
    add("the same, keeping its facts for the next", "s", [seconds], aim: .information)
    aging("kept", "full aging by account, from facts kept (processor time)", count)
    spreadsheet(accounts)
    trials()
  }

  // A limit on data is what a process may take for itself; pages of the ledger are not among it.
  private mutating func spreadsheet(_ rows: Int) {
    let words = [
      "--data=\(300 << 20)", runner.ours + "/arrears", "show", "aging", "--as-of", Table.lastDay,
      "--by", "account", "--format", "xlsx", "--out", runner.work + "/aging.xlsx", "--ledger",
      runner.work + "/sim",
    ]
    var runs: [Double?] = []
    for _ in 0..<rounds {
      runner.remove("aging.xlsx")
      let time = runner.time("/usr/bin/prlimit", words)
      runs.append(time.map { $0 / 1e3 * 1e5 / Double(rows) })
    }
    runner.remove("aging.xlsx")
    add(
      "aging as a spreadsheet of \(rows) rows within 300 MB, per 100,000 rows", "s", runs,
      aim: .atMost(5))
  }

  private mutating func aging(_ source: String, _ name: String, _ count: Int) {
    var (ours, replay, memory): ([Double?], [Double?], [Double?]) = ([], [], [])
    for _ in 0..<rounds {
      replay.append(runner.measure("replay", "sim", "3", "1")?.number("rate"))
      let run = runner.measure("aging", "sim", "2", "account", source)
      ours.append(run?.number("rate"))
      memory.append(run?.number("memory"))
    }
    add(name, "ev/s", ours, replay, by: "our header replay", aim: .ratio(0.15))
    add("private memory of it, \(count) events", "MB", memory, aim: .atMost(300))
    if source == "kept" {
      comply("log", "comply, packs in.* and int, from the log (processor time)")
      _ = runner.measure("comply", "sim", "1", "make")
      comply("kept", "comply, packs in.* and int, from acts kept (processor time)")
    }
  }

  /// History judged by all rules that ship enabled for a lender, as a part of the header replay.
  private mutating func comply(_ source: String, _ name: String) {
    var (ours, replay, memory): ([Double?], [Double?], [Double?]) = ([], [], [])
    var pairs: [Double?] = []
    var findings = 0.0
    for _ in 0..<rounds {
      replay.append(runner.measure("replay", "sim", "3", "1")?.number("rate"))
      let run = runner.measure("comply", "sim", "1", source)
      if source == "kept" {
        pairs.append(runner.measure("comply", "sim", "1", source, "2")?.number("wall"))
      }
      ours.append(run?.number("rate"))
      memory.append(run?.number("memory"))
      findings = run?.number("findings") ?? findings
    }
    add(
      name, "ev/s", ours, replay, by: "our header replay", aim: .ratio(0.05),
      note: "\(Int(findings)) findings")
    if !pairs.isEmpty {
      add("the same on two threads (time that passes)", "ev/s", pairs, aim: .information)
    }
    add("private memory of it", "MB", memory, aim: .information)
  }

  // A rule change with its consequences, in runs of one aging; one account's cell explained.
  private mutating func trials() {
    for kind in ["buckets", "dpd_counting", "waterfall"] {
      let runs = (0..<rounds).map { _ in
        runner.measure("trial", "sim", Table.lastDay, "2", "2", kind)?.number("ratio")
      }
      add(
        "policy test of \(kind), 12 month-ends, 2 threads", "agings", runs, aim: .atMost(4))
    }
    let times = (0..<rounds).map { _ in
      runner.measure("explain", "sim", Table.lastDay, "200")?.number("p50")
    }
    add("explain one account's cell, p50", "ms", times, aim: .atMost(50))
  }

  // The last day of what `simulate` makes without being told otherwise.
  private static let lastDay = "2026-03-31"

  /// A book made anew after a rule change, and the same of DuckDB from its own table.
  mutating func rebuild() {
    let python = runner.work + "/venv/bin/python"
    let script = (runner.ours as NSString).appendingPathComponent("rebuild.py")
    let name = "rebuild of aging after a rule change (processor time)"
    defer {
      runner.remove("sim.ndjson")
      runner.remove("flat")
    }
    guard FileManager.default.isExecutableFile(atPath: python),
      runner.run(python, [script, "prep", "sim.ndjson"]) != nil
    else { return add(name, "ev/s", [], aim: .ratio(1), note: "no DuckDB here") }
    runner.remove("flat")
    _ = runner.measure("restore", "flat", "flat.ndjson")
    var (ours, anchor): ([Double?], [Double?]) = ([], [])
    var digests = Set<Double>()
    for _ in 0..<rounds {
      let theirs = runner.run(python, [script, "duck", Table.lastDay, "1"])
      let mine = runner.measure("rebuild", "flat", Table.lastDay, "3")
      anchor.append(theirs?.number("rate"))
      ours.append(mine?.number("rate"))
      digests.formUnion([theirs, mine].compactMap { $0?.number("digest") })
    }
    add(
      name, "ev/s", ours, anchor, by: "DuckDB table, window functions", aim: .ratio(1),
      note: digests.count == 1 ? "" : "THE TWO ANSWERS DIFFER")
  }

  /// The register of cheques over a simulated history with paper, as a part of its header replay.
  mutating func pdc() {
    // About 43 events an account and year.
    let accounts = max(1, events / 43)
    guard simulate("paper", accounts, with: "paper") else { return }
    var (ours, replay): ([Double?], [Double?]) = ([], [])
    for _ in 0..<rounds {
      replay.append(runner.measure("replay", "paper", "3", "1")?.number("rate"))
      ours.append(runner.measure("book", "pdc", "paper", "2")?.number("rate"))
    }
    runner.remove("paper")
    add(
      "register of cheques (processor time)", "ev/s", ours, replay, by: "our header replay",
      aim: .ratio(0.1))
  }

  /// The promise diary over a life with promises, as a part of the header replay of that ledger.
  mutating func diary() {
    let accounts = max(1, events / 36)
    guard simulate("desk", accounts, with: "desk") else { return }
    var (ours, replay): ([Double?], [Double?]) = ([], [])
    for _ in 0..<rounds {
      replay.append(runner.measure("replay", "desk", "3", "1")?.number("rate"))
      ours.append(runner.measure("book", "promises-diary", "desk", "2")?.number("rate"))
    }
    runner.remove("desk")
    add(
      "promise diary (processor time)", "ev/s", ours, replay, by: "our header replay",
      aim: .ratio(0.1))
  }

  /// A CSV of receipts through a mapping.
  mutating func receipts() {
    let rows = min(1_000_000, events / 5)
    do { try Receipts.write(rows, to: runner.work) } catch {
      return add("CSV import", "rows/s", [], aim: .atLeast(200_000), note: "\(error)")
    }
    var ours: [Double?] = []
    for _ in 0..<rounds {
      runner.remove("csv")
      let run = runner.measure("import", "csv", "receipts.csv", "receipts.yaml")
      ours.append(run?.number("rejected") == 0 ? run?.number("rate") : nil)
    }
    runner.remove("csv")
    add("CSV import, 6 columns, durable and indexed", "rows/s", ours, aim: .atLeast(200_000))
  }

  /// Whole processes, from start to end.
  mutating func start() {
    let arrears = runner.ours + "/arrears"
    func times(_ words: [String]) -> [Double?] { (0..<20).map { _ in runner.time(arrears, words) } }
    let bare: [Double?] = (0..<20).map { _ in runner.time("/bin/true", []) }
    add(
      "start, arrears --version", "ms", times(["--version"]), bare, by: "/bin/true",
      aim: .atMost(20))
    add(
      "start, arrears show card on the big ledger", "ms",
      times(["show", "card", "LN-000001", "--ledger", runner.work + "/sim"]), bare, by: "/bin/true",
      aim: .atMost(20))
  }
}
