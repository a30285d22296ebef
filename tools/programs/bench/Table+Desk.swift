import Foundation

/// Rows of the desk: many callers, and books by holder.
extension Table {
  /// 128 callers that each await their own durable event, quiet and with both cores busy.
  mutating func callers() {
    for (busy, least, name) in [(0, 100_000.0, "quiet"), (2, 15_000.0, "both cores busy")] {
      var ours: [Double?] = []
      for _ in 0..<rounds {
        runner.remove("group")
        ours.append(runner.measure("group", "group", "128", "500", "\(busy)")?.number("rate"))
      }
      add("128 callers, each its own durable append, \(name)", "ev/s", ours, aim: .atLeast(least))
    }
    runner.remove("group")
  }

  /// Restores a simulated year into a ledger of the work folder; false, and a row that says so,
  /// when that cannot be done.
  mutating func simulate(_ name: String, _ accounts: Int, with chapters: String) -> Bool {
    let (file, program) = (name + ".ndjson", runner.ours + "/simulate")
    runner.remove(name)
    defer { runner.remove(file) }
    let words = ["--accounts", "\(accounts)", "--with", chapters, "--out", file]
    if runner.run(program, words) != nil, runner.measure("restore", name, file) != nil {
      return true
    }
    add("a year with \(chapters)", "", [], aim: .information, note: "could not be simulated")
    return false
  }

  /// Aging by collector as a part of aging by account, on a house with allocations.
  mutating func holders() {
    let accounts = max(1, events / 100)
    guard simulate("org", accounts, with: "organisation") else { return }
    for grouping in ["collector", "zone"] {
      var (ours, account): ([Double?], [Double?]) = ([], [])
      for _ in 0..<rounds {
        account.append(runner.measure("aging", "org", "3")?.number("rate"))
        ours.append(runner.measure("aging", "org", "3", grouping)?.number("rate"))
      }
      add(
        "aging by \(grouping) (processor time)", "ev/s", ours, account, by: "our aging by account",
        aim: .ratio(0.7))
    }
    queue()
    runner.remove("org")
  }

  /// Every register and report of a house in which everything happens, each as a part of the header
  /// replay; the first run of each makes its columns of the views.
  mutating func registers() {
    // About 105 events an account and year.
    let accounts = max(1, events / 105)
    guard simulate("all", accounts, with: "all") else { return }
    for (name, _) in Registers.all {
      _ = runner.measure("book", name, "all", "1", "kept")
      var (ours, replay): ([Double?], [Double?]) = ([], [])
      for _ in 0..<rounds {
        replay.append(runner.measure("replay", "all", "2", "1")?.number("rate"))
        ours.append(runner.measure("book", name, "all", "1", "kept")?.number("rate"))
      }
      add(
        "show \(name) (processor time)", "ev/s", ours, replay, by: "our header replay",
        aim: .ratio(0.1))
    }
    runner.remove("all")
  }

  // One collector's morning on the same house, where each has about one account in fifty.
  private mutating func queue() {
    let runs = (0..<rounds).map { _ in runner.measure("queue", "org", "20", "collector-7") }
    let lines = Int(runs.compactMap { $0?.number("lines") }.first ?? 0)
    add(
      "work queue of one collector from views, p50", "ms", runs.map { $0?.number("p50") },
      aim: .atMost(50), note: "\(lines) lines")
  }
}
