import Ledger

/// Why an account is left alone, and what to know before anybody speaks to its customer.
extension NaiveWork {
  /// The first reason: of the person, of the law, of the desk.
  static func protection(_ file: File) -> String? {
    let asOf = file.asOf
    let words = file.person.compactMap { one in one.said.map { (told: one, saying: $0) } }
    let death = words.last { $0.saying.type == "party.death_recorded" }
    if let death, death.saying.text("status") != "retracted",
      death.saying.day("died_on") ?? death.told.on <= asOf
    {
      return "customer deceased"
    }
    var insolvent: [String: Bool] = [:]
    for (_, saying) in words where saying.type == "party.insolvency_recorded" {
      guard let from = saying.day("from"), from <= asOf else { continue }
      insolvent[saying.text("kind")] = saying.text("status") == "started"
    }
    if insolvent.values.contains(true) { return "insolvency" }
    let bars = restrictions(file).filter { $0 == "cease" || $0 == "attorney" }
    if let bar = bars.first { return "\(bar) request" }
    if let kind = hold(file) { return "hold: \(kind)" }
    if isStayed(file.told, asOf) { return "stay of a court" }
    return isDisputed(file) ? "dispute open" : nil
  }

  /// What the customer forbade of this account and has not allowed again, each once.
  static func restrictions(_ file: File) -> [String] {
    let words = file.person.compactMap { one in one.said.map { (told: one, saying: $0) } }
    var found: [String] = []
    for (told, saying) in words where saying.type == "restriction.placed" {
      let accounts = saying.texts("accounts")
      guard saying.day("from") ?? told.on <= file.asOf,
        accounts.isEmpty || accounts.contains(file.account)
      else { continue }
      let isLifted = words.contains { other in
        other.saying.type == "restriction.lifted" && other.told.on <= file.asOf
          && other.saying.text("restriction") == saying.text("restriction")
      }
      if !isLifted, !found.contains(saying.text("kind")) { found.append(saying.text("kind")) }
    }
    return found
  }

  // From its first day to the day before it ends, as placed or as lifted.
  private static func hold(_ file: File) -> String? {
    for event in file.story {
      guard case .held(let id, let kind, let from, let to) = event.what, from <= file.asOf else {
        continue
      }
      let ends = file.story.compactMap { other -> Day? in
        if case .lifted(id, let day) = other.what { return day }
        return nil
      }
      if file.asOf < (ends + [to ?? .undated]).min() ?? .undated { return kind }
    }
    return nil
  }

  /// A court told everybody to wait, in a case that was filed by then.
  static func isStayed(_ told: [NaiveDesk.Told], _ asOf: Day) -> Bool {
    let words = told.compactMap { one -> (day: Day, told: NaiveDesk.Told, saying: Saying)? in
      guard let saying = one.said,
        ["legal.case_filed", "legal.order_passed"].contains(saying.type)
      else { return nil }
      return (saying.day("on") ?? one.on, one, saying)
    }.filter { $0.day <= asOf }.sorted {
      ($0.day.rawValue, $0.told.occurred, $0.told.seq)
        < ($1.day.rawValue, $1.told.occurred, $1.told.seq)
    }
    var filed: Set<String> = []
    for (_, _, saying) in words {
      if saying.type == "legal.case_filed" { filed.insert(saying.text("case")) }
      if saying.text("kind") == "stay", filed.contains(saying.text("case")) { return true }
    }
    return false
  }

  private static func isDisputed(_ file: File) -> Bool {
    file.told.contains { one in
      guard one.on <= file.asOf, case .desked(.disputed(let number, _, _)) = one.deed
      else { return false }
      return !file.told.contains { other in
        if case .desked(.decided(number, _, _)) = other.deed { return other.on <= file.asOf }
        return false
      }
    }
  }

  /// Who is vulnerable, what is forbidden, which flags are up.
  static func badges(_ file: File) -> [String] {
    var needs: [String: Bool] = [:]
    for one in file.person where one.on <= file.asOf {
      guard let saying = one.said, saying.type == "party.vulnerability_recorded" else { continue }
      needs[saying.text("kind")] = saying.text("status") == "active"
    }
    return (needs.values.contains(true) ? ["vulnerable"] : []) + restrictions(file) + flags(file)
  }

  /// Which flags are up, in order of their names.
  static func flags(_ file: File) -> [String] {
    var flags: Set<String> = []
    for one in file.told where one.on <= file.asOf {
      guard case .flagged(let flag, let isRaised) = one.deed else { continue }
      if isRaised { flags.insert(Line.flags[flag]) } else { flags.remove(Line.flags[flag]) }
    }
    return flags.sorted()
  }

  /// The day by which the next cheque in hand goes to the bank.
  static func chequeBy(_ file: File) -> Day? {
    let deeds = file.told.compactMap { one -> (day: Day, told: NaiveDesk.Told, deed: PaperDeed)? in
      var deed: PaperDeed?
      if case .paper(let paper) = one.deed { deed = paper }
      if case .law(let law) = one.deed { deed = NaivePaper.deed(law) }
      return deed.map { (NaivePaper.day($0, one.valueDate ?? one.on, one.on), one, $0) }
    }.filter { $0.day <= file.asOf }.sorted {
      ($0.day.rawValue, $0.told.occurred, $0.told.seq)
        < ($1.day.rawValue, $1.told.occurred, $1.told.seq)
    }
    var all: [Int: NaivePaper.Cheque] = [:]
    for (day, _, deed) in deeds {
      guard let number = NaivePaper.number(deed) else { continue }
      var cheque = all[number] ?? NaivePaper.Cheque(account: file.account, number: number)
      NaivePaper.live(&cheque, deed, day)
      all[number] = cheque
    }
    let fresh = all.values.filter { cheque in
      cheque.received && !cheque.security && cheque.state == "in_hand"
        && file.asOf <= NaivePaper.plus(cheque.date, months: 3)
    }
    return fresh.map { NaivePaper.by($0, NaivePaper.Rules()) }.min()
  }
}
