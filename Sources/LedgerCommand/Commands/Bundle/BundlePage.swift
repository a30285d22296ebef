import Journaling
import Ledger

/// The page of a bundle: one file of HTML that needs no other, no network and no script.
struct BundlePage {
  private let contents: BundleContents

  /// The page of these contents.
  init(_ contents: BundleContents) { self.contents = contents }

  /// The whole page.
  var text: String {
    get throws {
      let vantage = contents.resolved.vantage
      let id = SVG.escape(contents.history.id)
      var page = """
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>Account \(id), \(vantage.asOf)</title>
        <style>\(BundlePage.style)</style></head><body><main>
        <h1>Account \(id)</h1>
        <p class="lead">As it stood at the end of <b>\(vantage.asOf)</b>, as known at position \
        <b>\(vantage.knownAt)</b> of ledger <code>\(SVG.escape(contents.identity.id))</code>, zone \
        \(SVG.escape(contents.identity.zone)), by the policies \
        \(SVG.escape(contents.policies.label(on: vantage.asOf))).</p>

        """
      if contents.resolved.isProjected {
        page +=
          "<p class=\"warn\">Projected: the day was not over, or nothing known, at that knowledge.</p>\n"
      }
      page += section(
        "The figures",
        table(["figure", "value"], contents.figures.figures.map { [$0.name, $0.cell.plain] }))
      page += section(
        "Its life",
        "<div class=\"wide\">" + SwimLane(contents.life, contents.resolved).svg + "</div>")
      page += try rules()
      page += byHand()
      for explanation in contents.explanations { page += steps(explanation) }
      page += owed()
      for balance in contents.balances { page += sentences(balance) }
      page += sheet("Every entry", contents.trail.sheet())
      page += sheet("Documents and evidence, by SHA-256", contents.documents)
      page += BundlePage.files + "</main></body></html>\n"
      return page
    }
  }

  private func section(_ title: String, _ body: String) -> String {
    "<section><h2>\(SVG.escape(title))</h2>\n\(body)</section>\n"
  }

  private func table(_ head: [String], _ rows: [[String]], numeric: Set<Int> = []) -> String {
    func cells(_ row: [String], _ tag: String) -> String {
      row.enumerated().map { index, text in
        let isDay = Day(text) != nil
        let mark = numeric.contains(index) ? " class=\"n\"" : isDay ? " class=\"d\"" : ""
        return "<\(tag)\(mark)>\(SVG.escape(text))</\(tag)>"
      }.joined()
    }
    var out = "<table><thead><tr>\(cells(head, "th"))</tr></thead><tbody>\n"
    for row in rows { out += "<tr>\(cells(row, "td"))</tr>\n" }
    if rows.isEmpty { out += "<tr><td colspan=\"\(head.count)\">(nothing)</td></tr>\n" }
    return out + "</tbody></table>\n"
  }

  private func sheet(_ title: String, _ sheet: Sheet) -> String {
    let numeric = Set(
      sheet.columns.indices.filter {
        sheet.columns[$0].kind == .integer || sheet.columns[$0].kind == .money
      })
    return section(
      title,
      "<div class=\"wide\">"
        + table(
          sheet.columns.map(\.name), sheet.rows.map { $0.map(\.plain) }, numeric: numeric)
        + "</div>")
  }

  // Each kind: which version judges on the day, what it says, and how it differs from the default.
  private func rules() throws -> String {
    let day = contents.resolved.vantage.asOf
    var rows: [[String]] = []
    for kind in PolicyKind.all {
      let version = contents.policies.version(of: kind, for: contents.who, on: day)
      guard let version else {
        rows.append([kind, "the stated default", "", Register.policy(kind)?.title ?? ""])
        continue
      }
      let words: [String]
      do throws(WireError) {
        words = try PolicyDifference.sentences(kind: kind, [], version.body)
      } catch { words = [] }
      rows.append([
        kind, version.label, "from \(version.from), seq \(version.seq)",
        (words.isEmpty ? ["As the default."] : words).joined(separator: " ") + " Body: "
          + String(decoding: try BodyCodec.json(any: version.body), as: UTF8.self),
      ])
    }
    return section(
      "The rules in force",
      table(["kind", "version", "adopted", "what it says, beside the default"], rows)
        + "<p>The waterfall in force on the <em>value date</em> of a payment judges that payment; each "
        + "step below names it. Every other rule is the one in force on \(day). The adoptions "
        + "themselves are in <code>rules.ndjson</code>.</p>")
  }

  private func byHand() -> String {
    section(
      "The same figures by hand",
      """
      <ol>
      <li>Take the entries of <code>trail.ndjson</code>. Leave out any entry that an \
      <code>event.reversed</code> names, unless that reversal is itself reversed.</li>
      <li>Sort them by day: what falls due first, then charges, interest, waivers and cancellations, \
      then money by (value date, occurrence, position).</li>
      <li>Each due and charge is owed by component. A payment pays what is due by its day in the order \
      of the waterfall that its step names; what is left waits and pays what falls due next.</li>
      <li>A payment reversed from its original value date was never paid. A payment reversed from the \
      reversal date, or moved away, makes all money that is left be applied again from the oldest \
      due.</li>
      <li>Overdue is what is unpaid of everything due by the day; outstanding is what is unpaid of \
      everything raised by the day, less money that waits.</li>
      <li>Days past due run from the oldest due that is unpaid, less paused days; bucket and class \
      follow from the days, as said below each table.</li>
      </ol>
      <p>The tables below do exactly that, an entry a row: the figure without the entry, the change, and \
      the figure with it. The changes sum to the figure.</p>

      """)
  }

  private func steps(_ explanation: Explanation) -> String {
    let sheet = explanation.sheet()
    let value = explanation.cell.plain.isEmpty ? "nothing" : explanation.cell.plain
    var body = "<div class=\"wide\">"
    body += table(
      sheet.columns.map(\.name), sheet.rows.map { $0.map(\.plain) },
      numeric: explanation.cell.number == nil ? [0] : [0, 3, 4, 5])
    body += "</div>"
    for note in sheet.notes { body += "<p>\(SVG.escape(note))</p>\n" }
    return section("How \(explanation.column) came to be \(value)", body)
  }

  private func owed() -> String {
    let seen = contents.figures
    let day = contents.resolved.vantage.asOf
    let rows = seen.owed.filter {
      $0.obligation.due <= day.rawValue || $0.obligation.seen <= day.rawValue
    }.map { item -> [String] in
      let due = Day(rawValue: item.obligation.due)
      func money(_ minor: Int64) -> String { Money(minor: minor, currency: seen.currency).decimal }
      return [
        "\(item.obligation.seq)", due == .undated ? "no date" : due.description,
        money(item.raised), money(item.raised - item.unpaid), money(item.unpaid),
      ]
    }
    return section(
      "What was raised, paid and is left",
      table(["seq", "due", "raised", "paid", "unpaid"], rows, numeric: [0, 2, 3, 4]))
  }

  private func sentences(_ balance: Balance) -> String {
    let sheet = balance.sheet()
    let items = balance.sentences.map { line in
      "<li>\(SVG.escape(line.text)) <span class=\"soft\">\(SVG.escape(line.balance.plain)), seq "
        + "\(line.seq)</span></li>\n"
    }
    return section(
      sheet.title,
      "<ol>\n" + items.joined() + "</ol>\n"
        + balance.closing.map { "<p><b>\(SVG.escape($0))</b></p>\n" }.joined())
  }

  private static let files = """
    <section><h2>The files</h2>
    <p><code>sha256sum -c SHA256SUMS</code> in this folder says that none was changed since it was \
    made. <code>trail.ndjson</code> has every entry of the account as <code>arrears export</code> \
    writes it, one JSON object a line; <code>rules.ndjson</code> the policies; \
    <code>explain-*.csv</code> the tables above; <code>trail.csv</code> and \
    <code>documents.csv</code> the lists above; <code>life.svg</code> the picture.</p></section>

    """

  private static let style = """
    body{margin:0;background:#f4f6f8;color:#1f2933;font:15px/1.5 'Noto Sans','Noto Sans \
    Devanagari','DejaVu Sans',Helvetica,Arial,sans-serif}main{max-width:1100px;margin:0 \
    auto;padding:32px 24px}h1{font-size:28px;margin:0 0 4px}h2{font-size:18px;margin:0 0 \
    10px}.lead{color:#52606d;margin:0 0 20px}section{background:#fff;border:1px solid \
    #e4e7eb;border-radius:8px;padding:18px 20px;margin:0 0 16px}table{border-collapse:collapse;\
    font-size:13px;width:100%}th{text-align:left;color:#7b8794;font-weight:600;border-bottom:1px \
    solid #cbd2d9;padding:4px 10px 4px 0;white-space:nowrap}td{border-bottom:1px solid \
    #f0f2f4;padding:4px 10px 4px 0;vertical-align:top}.n{text-align:right;\
    font-variant-numeric:tabular-nums;white-space:nowrap}.d{white-space:nowrap}.wide{overflow-x:auto}.soft{color:#7b8794;\
    font-size:12px}.warn{color:#c53030;font-weight:600}code{background:#f0f2f4;padding:1px \
    4px;border-radius:3px;font-size:12.5px}svg{max-width:100%;height:auto}@media \
    print{body{background:#fff}section{border:0;padding:0;break-inside:auto}}
    """
}
