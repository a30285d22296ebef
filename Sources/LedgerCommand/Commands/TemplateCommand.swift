import ArgumentParser
import Interchange
import Ledger
import Spreadsheet

/// Gives empty sheets to fill.
struct TemplateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "template",
    abstract: "Give an empty sheet to fill, and the mapping that reads it.",
    discussion: """
      The first row has the names of the columns, the rows under it begin with # and are passed over: \
      what to write, and an example. Filled, it is imported with `arrears import FILE --template NAME`.
        arrears template                                       what there is
        arrears template receipts --format xlsx --out receipts.xlsx
        arrears template receipts --mapping > our-receipts.yaml
      """)

  /// How the sheet is written.
  enum Form: String, ExpressibleByArgument, CaseIterable { case csv, xlsx }

  @Argument(help: "Its name; without one they are listed.")
  var name: String?

  @Option(help: "csv or xlsx.")
  var format: Form = .csv

  @Option(help: "Write it to this new file.")
  var out: String?

  @Flag(help: "Print the mapping instead, to be changed and given as --map.")
  var mapping = false

  func validate() throws {
    guard format == .xlsx, !mapping, name != nil, out == nil, Terminal.outIsScreen else { return }
    throw ValidationError("A spreadsheet is no text for a screen; add --out FILE.xlsx")
  }

  func run() throws {
    guard let name else { return try list() }
    let template: Template
    do throws(Objection) { template = try Template.named(name) } catch {
      throw Failure(error.description)
    }
    let outlet = Outlet(path: out)
    if mapping { return try outlet.write(template.text) }
    guard template.hasSheet else {
      throw Failure(
        "The bank writes a file of \(name); import it with --template \(name), or add --mapping.")
    }
    if format == .xlsx { return try outlet.write { try write(template, to: $0) } }
    var sheet = Sheet(title: template.about, columns: template.columns.map { .init($0.name) })
    sheet.rows = template.guide.map { $0.map { .text($0) } }
    try outlet.write(Rendering.csv(sheet))
  }

  private func list() throws {
    var text = ""
    for template in Template.all {
      text += Schema.pad(template.name, 18) + template.about + "\n"
    }
    try Outlet(path: out).write(text)
  }

  private func write(_ template: Template, to path: String) throws {
    do throws(SpreadsheetError) {
      // The same template has the same bytes.
      var writer = try SpreadsheetWriter(path: path, created: 86_400, temporary: Outlet.folder)
      let columns = template.columns.map { column in
        let style: SpreadsheetWriter.Column.Style =
          switch column.kind {
          case .text, .reference: .text
          case .day: .day
          case .money: .sum
          case .time, .integer: .free
          }
        let width = max(column.name.count, min(column.help.count, 30)) + 3
        return SpreadsheetWriter.Column(column.name, width: Double(width), style: style)
      }
      try writer.begin(sheet: template.name, columns)
      for row in template.guide { try writer.write(row.map { $0.isEmpty ? .none : .text($0) }) }
      try writer.close()
    } catch {
      throw Failure("The template: \(error.description)")
    }
  }
}
