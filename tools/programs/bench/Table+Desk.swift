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

  /// Aging by collector as a part of aging by account, on a house with allocations.
  mutating func holders() {
    let accounts = max(1, events / 100)
    let made = runner.run(
      runner.ours + "/simulate",
      ["--accounts", "\(accounts)", "--with", "organisation", "--out", "org.ndjson"])
    runner.remove("org")
    guard made != nil, runner.measure("restore", "org", "org.ndjson") != nil else {
      add("aging by collector", "ev/s", [], aim: .ratio(0.7), note: "nothing was simulated")
      return
    }
    runner.remove("org.ndjson")
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

  // One collector's morning on the same house, where each has about one account in fifty.
  private mutating func queue() {
    let runs = (0..<rounds).map { _ in runner.measure("queue", "org", "20", "collector-7") }
    let lines = Int(runs.compactMap { $0?.number("lines") }.first ?? 0)
    add(
      "work queue of one collector from views, p50", "ms", runs.map { $0?.number("p50") },
      aim: .atMost(50), note: "\(lines) lines")
  }
}
