import Ledger

/// Somebody who has read what was heard of tasks, reports, receipt books and bookings up to an
/// entry, in the order in which it was heard, and says what is wrong with the entry.
struct NaiveReader {
  let page: NaiveAnomalies.Page
  /// Whose stream the entry stands on.
  let id: String
  let heard: [Saying]
  let staff: NaiveStaff

  private var on: Day { page.told.on }

  /// Nouns that it reads.
  static func reads(_ saying: Saying) -> Bool {
    if saying.text("action") == "collector_report" { return true }
    let nouns = ["task.", "receipt.", "booking.", "report.submitted", "report.reviewed"]
    return nouns.contains(where: saying.type.hasPrefix)
  }

  /// The first thing that is wrong.
  func rule(_ saying: Saying) -> String? {
    switch saying.type {
    case "task.assigned": assigned(saying)
    case "task.completed": over(saying.text("task"))
    case "report.submitted": submitted(saying)
    case "report.reviewed": reviewed(saying)
    case "booking.recorded": booked(saying.text("booking")) == nil ? nil : "booking.exists"
    case "booking.intimated": booked(saying.text("booking")) == nil ? "booking.unknown" : nil
    case "booking.acknowledged": acknowledged(saying)
    case "receipt.book_issued": issued(saying)
    case "receipt.book_closed": closed(saying)
    case "receipt.issued": given(saying)
    case "receipt.voided": voided(saying)
    default: nil
    }
  }

  // MARK: - Tasks

  private func assigned(_ saying: Saying) -> String? {
    let task = saying.text("task")
    if heard.contains(where: { $0.type == "task.assigned" && $0.text("task") == task }) {
      return "task.exists"
    }
    if let due = saying.day("due_at"), due < on { return "task.deadline" }
    let who = saying.text("assignee")
    if staff.holders.home(who, on) == nil, staff.standing(who, on) != "active" {
      return "task.assignee"
    }
    let old = saying.text("replaces")
    return old.isEmpty ? nil : over(old)
  }

  // A task that is over is no task any more; what was told of one before it was given is lost.
  private func over(_ task: String) -> String? {
    var (isThere, isOver) = (false, false)
    for word in heard {
      switch word.type {
      case "task.assigned":
        if word.text("task") == task { isThere = true }
        if word.text("replaces") == task, isThere { isOver = true }
      case "task.completed": if word.text("task") == task, isThere { isOver = true }
      default: break
      }
    }
    return !isThere ? "task.unknown" : isOver ? "task.over" : nil
  }

  // MARK: - Reports

  private struct Report {
    var report: String, collector: String, first: Day, on: Day, stage = "submitted"
    var isBack: Bool { stage == "returned" || stage == "declined" }
  }

  private var reports: [Report] {
    var all: [Report] = []
    for word in heard {
      let isDecision = word.type.hasPrefix("approval.")
      let at = all.firstIndex { $0.report == word.text(isDecision ? "proposal" : "report") }
      switch word.type {
      case "report.submitted":
        let (who, day) = (word.stream?.id ?? "", word.day("on") ?? .none)
        guard let at, all[at].collector == who else {
          all.append(
            Report(report: word.text("report"), collector: who, first: day, on: day))
          continue
        }
        if all[at].isBack { (all[at].stage, all[at].on) = ("submitted", day) }
      case "report.reviewed":
        guard let at, all[at].stage == "submitted" else { continue }
        all[at].stage = word.text("outcome") == "returned" ? "returned" : "reviewed"
      default:
        guard isDecision, let at, all[at].stage == "reviewed" else { continue }
        all[at].stage = word.type == "approval.granted" ? "approved" : "declined"
      }
    }
    return all
  }

  private func submitted(_ saying: Saying) -> String? {
    let day = saying.day("on") ?? .none
    if day > page.today { return "day.future" }
    let reports = reports
    if let mine = reports.last(where: { $0.collector == id && $0.first == day }), !mine.isBack {
      return "report.exists"
    }
    let same = reports.first { $0.report == saying.text("report") }
    return same.map { $0.collector != id || $0.on != day } ?? false ? "report.id" : nil
  }

  private func reviewed(_ saying: Saying) -> String? {
    guard let report = reports.first(where: { $0.report == saying.text("report") }) else {
      return "report.unknown"
    }
    if saying.text("reviewer") == report.collector { return "report.own" }
    return report.stage == "submitted" ? nil : "report.reviewed"
  }

  // MARK: - Bookings

  private func booked(_ booking: String) -> Saying? {
    heard.first { $0.type == "booking.recorded" && $0.text("booking") == booking }
  }

  // By who was told, once, and no credit for whom it is stopped.
  private func acknowledged(_ saying: Saying) -> String? {
    let booking = saying.text("booking")
    guard let booked = booked(booking) else { return "booking.unknown" }
    let words = heard.filter { $0.text("booking") == booking }.map(\.type)
    if !words.contains("booking.intimated") { return "booking.not-intimated" }
    if words.contains("booking.acknowledged") { return "booking.decided" }
    let isStopped = staff.isCreditStopped(booked.text("customer"), on)
    return saying.text("decision") == "allow" && isStopped ? "credit.stopped" : nil
  }

  // MARK: - Receipt books

  private struct Leaves {
    var holder = "", first = 0, last = -1
    var isOut = false, wasIssued = false
    var given: [Int] = [], voided: [Int] = []

    func has(_ leaf: Int) -> Bool { wasIssued && first <= leaf && leaf <= last }
  }

  private var books: [String: Leaves] {
    var books: [String: Leaves] = [:]
    for word in heard {
      let (book, leaf) = (word.text("book"), word.number("number") ?? 0)
      switch word.type {
      case "receipt.book_issued":
        var one = books[book] ?? Leaves()
        (one.holder, one.isOut, one.wasIssued) = (word.stream?.id ?? "", true, true)
        (one.first, one.last) = (word.number("first") ?? 0, word.number("last") ?? 0)
        books[book] = one
      case "receipt.book_closed": books[book, default: Leaves()].isOut = false
      case "receipt.issued": books[book, default: Leaves()].given.append(leaf)
      case "receipt.voided": books[book, default: Leaves()].voided.append(leaf)
      default: break
      }
    }
    return books
  }

  private func issued(_ saying: Saying) -> String? {
    let (first, last) = (saying.number("first") ?? 0, saying.number("last") ?? 0)
    let books = books
    if books[saying.text("book")]?.wasIssued ?? false { return "receipt.book-exists" }
    if first < 0 || last < first { return "receipt.leaves" }
    let isTaken = books.values.contains { $0.wasIssued && $0.first <= last && first <= $0.last }
    return isTaken ? "receipt.overlap" : nil
  }

  private func closed(_ saying: Saying) -> String? {
    guard let book = books[saying.text("book")], book.isOut else { return "receipt.book" }
    guard let stated = saying.number("last_used") else { return nil }
    let given = book.given.filter(book.has).max() ?? book.first - 1
    return given <= stated && stated <= book.last ? nil : "receipt.last-used"
  }

  private func given(_ saying: Saying) -> String? {
    let leaf = saying.number("number") ?? 0
    guard let book = books[saying.text("book")], book.isOut else { return "receipt.book" }
    if book.holder != page.told.actor { return "receipt.holder" }
    if !book.has(leaf) { return "receipt.outside" }
    return book.given.contains(leaf) || book.voided.contains(leaf) ? "receipt.used" : nil
  }

  private func voided(_ saying: Saying) -> String? {
    let leaf = saying.number("number") ?? 0
    guard let book = books[saying.text("book")], book.has(leaf) else { return "receipt.voided" }
    return book.voided.contains(leaf) ? "receipt.voided" : nil
  }
}
