import Foundation
import Ledger
import Simulation

let usage = """
  usage: simulate [--seed N] [--accounts N] [--from YYYY-MM-DD] [--days N]
                  [--zone NAME] [--currency CODE] [--with CHAPTER,…|all]
                  [--out FILE|-] [--predict AS_OF:KNOWN_SEQ,…]

  Writes the life of a lending portfolio as events, one a line, in the form that `arrears restore`
  reads. The same arguments give the same bytes. What it tells beside money and calls is in chapters:
  organisation, desk, paper, law, cash, arrangements, customers, persons, collateral, office. With
  --predict it prints instead what the aging by account must be at each vantage, as the naive model
  has it.

  """

/// Says what was wrong and leaves.
func refuse(_ sentence: String) -> Never {
  FileHandle.standardError.write(Data((sentence + "\n\n" + usage).utf8))
  exit(2)
}

/// What was asked for.
struct Wish {
  var seed: UInt64 = 1
  var accounts = 20_000
  var from = Day("2025-04-01") ?? .none
  var days = 365
  var zone = "Asia/Kolkata"
  var currency = "INR"
  var out = "-"
  var chapters: Life.Chapters = []
  var vantages: [(asOf: Day, known: UInt64)]?

  init(_ words: [String]) {
    var index = 0
    while index < words.count {
      let name = words[index]
      if name == "--help" || name == "-h" {
        FileHandle.standardOutput.write(Data(usage.utf8))
        exit(0)
      }
      guard index + 1 < words.count else { refuse("`\(name)` needs a value.") }
      if !take(name, words[index + 1]) { refuse("`\(name) \(words[index + 1])` makes no sense.") }
      index += 2
    }
  }

  private mutating func take(_ name: String, _ value: String) -> Bool {
    switch name {
    case "--seed": return set(&seed, UInt64(value))
    case "--accounts": return set(&accounts, Int(value).flatMap { 0...999_999 ~= $0 ? $0 : nil })
    case "--days": return set(&days, Int(value).flatMap { 1...3660 ~= $0 ? $0 : nil })
    case "--from": return set(&from, Day(value))
    case "--zone": return set(&zone, Zone(value)?.name)
    case "--currency": return set(&currency, Currency(code: value)?.code)
    case "--out": return set(&out, value)
    case "--with":
      for word in value.split(separator: ",") {
        guard word != "all" else {
          chapters = .all
          continue
        }
        guard let found = Life.Chapters.named.first(where: { $0.name == word }) else {
          return false
        }
        chapters.insert(found.chapter)
      }
      return !chapters.isEmpty
    case "--predict":
      var list: [(asOf: Day, known: UInt64)] = []
      for item in value.split(separator: ",") {
        let parts = item.split(separator: ":")
        guard parts.count == 2, let day = Day(parts[0]), let known = UInt64(parts[1]) else {
          return false
        }
        list.append((day, known))
      }
      vantages = list
      return !list.isEmpty
    default: return false
    }
  }

  private func set<T>(_ field: inout T, _ value: T?) -> Bool {
    if let value { field = value }
    return value != nil
  }
}

let wish = Wish(Array(CommandLine.arguments.dropFirst()))
guard let zone = Zone(wish.zone), let currency = Currency(code: wish.currency) else {
  refuse("No such zone or currency.")
}
let life = Life(
  seed: wish.seed, accounts: wish.accounts, from: wish.from, days: wish.days, zone: zone,
  currency: currency, chapters: wish.chapters)
if let vantages = wish.vantages {
  let model = NaiveModel(life.told)
  for (asOf, known) in vantages {
    var text = "account,currency,overdue,outstanding,dpd,bucket,class,credit\n"
    for row in model.aging(asOf: asOf, knownAt: known) { text += row.line + "\n" }
    FileHandle.standardOutput.write(Data(text.utf8))
  }
  exit(0)
}
do {
  var sink = FileHandle.standardOutput
  if wish.out != "-" {
    guard FileManager.default.createFile(atPath: wish.out, contents: nil),
      let file = FileHandle(forWritingAtPath: wish.out)
    else { refuse("Cannot write to `\(wish.out)`.") }
    sink = file
  }
  try life.write { (chunk: [UInt8]) throws -> Void in try sink.write(contentsOf: Data(chunk)) }
} catch {
  refuse("Cannot write to `\(wish.out)`: \(error.localizedDescription)")
}
