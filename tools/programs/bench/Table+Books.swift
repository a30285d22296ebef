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
  }

  /// The promise diary over a life with promises, as a part of the header replay of that ledger.
  mutating func diary() {
    let accounts = max(1, events / 36)
    let made = runner.run(
      runner.ours + "/simulate",
      ["--accounts", "\(accounts)", "--with", "desk", "--out", "desk.ndjson"])
    runner.remove("desk")
    guard made != nil, runner.measure("restore", "desk", "desk.ndjson") != nil else {
      add("promise diary", "ev/s", [], aim: .ratio(0.1), note: "nothing was simulated")
      return
    }
    runner.remove("desk.ndjson")
    var (ours, replay): ([Double?], [Double?]) = ([], [])
    for _ in 0..<rounds {
      replay.append(runner.measure("replay", "desk", "3", "1")?.number("rate"))
      ours.append(runner.measure("diary", "desk", "2")?.number("rate"))
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
