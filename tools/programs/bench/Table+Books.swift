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
    runner.remove("sim.ndjson")
    var (ours, replay, memory): ([Double?], [Double?], [Double?]) = ([], [], [])
    for _ in 0..<rounds {
      replay.append(runner.measure("replay", "sim", "3", "1")?.number("rate"))
      let run = runner.measure("aging", "sim", "2")
      ours.append(run?.number("rate"))
      memory.append(run?.number("memory"))
    }
    let count = Int(restored.number("events") ?? 0)
    add("restore of \(count) events", "ev/s", [restored.number("rate")], aim: .information)
    add(
      "full aging by account (processor time)", "ev/s", ours, replay, by: "our header replay",
      aim: .ratio(0.15))
    add("private memory of it, \(count) events", "MB", memory, aim: .atMost(300))
    comply()
  }

  /// History judged by all rules that ship enabled for a lender, as a part of the header replay.
  private mutating func comply() {
    var (ours, replay, memory): ([Double?], [Double?], [Double?]) = ([], [], [])
    var findings = 0.0
    for _ in 0..<rounds {
      replay.append(runner.measure("replay", "sim", "3", "1")?.number("rate"))
      let run = runner.measure("comply", "sim", "1")
      ours.append(run?.number("rate"))
      memory.append(run?.number("memory"))
      findings = run?.number("findings") ?? findings
    }
    add(
      "comply, packs in.* and int (processor time)", "ev/s", ours, replay, by: "our header replay",
      aim: .ratio(0.05), note: "\(Int(findings)) findings")
    add("private memory of it", "MB", memory, aim: .information)
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
