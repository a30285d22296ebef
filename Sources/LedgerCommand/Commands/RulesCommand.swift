import ArgumentParser
import Ledger
import Rules

/// The rules this program knows.
struct RulesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rules", abstract: "The rules that packs can put in force.",
    discussion: """
        arrears rules list --pack in.rbi
        arrears rules show in.rbi.contact-hours
      """,
    subcommands: [RulesList.self, RulesShow.self], defaultSubcommand: RulesList.self)
}

/// Every rule, a row each.
struct RulesList: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Every rule, and whether its pack takes it unasked.")

  @OptionGroup var format: FormatOptions

  @Option(help: "Only this pack or authority.")
  var pack: String?

  func run() throws {
    let rules = Catalogue.rules.filter { rule in pack.map(rule.isNamed) ?? true }
    guard !rules.isEmpty else {
      let packs = Catalogue.packs.joined(separator: ", ")
      throw Failure("No pack is called \(pack ?? ""); there are \(packs).")
    }
    var sheet = Sheet(
      title: "Rules",
      columns: [
        .init("rule"), .init("severity"), .init("evidence"), .init("ships"), .init("versions"),
        .init("title"),
      ])
    for rule in rules {
      sheet.rows.append(
        [
          rule.id, rule.severity.rawValue, rule.evidence.rawValue,
          rule.evidence.shipsEnabled ? "on" : "off",
          rule.versions.map(\.label).joined(separator: " "), rule.title,
        ].map { .text($0) })
    }
    sheet.notes.append(
      "A pack takes the rules that ship on; a policy of kind rule_pack names exceptions.")
    try format.print(sheet, Provenance())
  }
}

/// One rule.
struct RulesShow: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "What a rule says, where it stands, its versions and values.")

  @Argument(help: "Its id, such as in.rbi.contact-hours.")
  var rule: String

  func run() throws {
    guard let rule = Catalogue.rule(rule) else {
      throw Failure("No rule is called \(rule); `arrears rules list` shows all of them.")
    }
    var text = "\(rule.id)  \(rule.title)\n\n\(rule.statement)\n\n"
    text += "citation  \(rule.citation)\n"
    text += "severity  \(rule.severity.rawValue)\n"
    let ships = rule.evidence.shipsEnabled ? "on" : "off, until a policy enables it by name"
    text += "evidence  \(rule.evidence.rawValue); ships \(ships)\n"
    text += "judges    the \(rule.scope.rawValue); version by \(rule.selectedBy)\n"
    text += "reads     \(rule.judges.map { Register.name(of: $0) }.joined(separator: ", "))\n"
    text += "\nversions\n"
    for version in rule.versions {
      let to = version.to == .undated ? "" : version.to.description
      let from = version.label == "policy" ? "when adopted" : "\(version.from)..\(to)"
      let values = RulesShow.pairs(version.values)
      text += "  \(from)\(values.isEmpty ? "" : "  " + values)\n"
    }
    text += "\nparameters\n"
    for parameter in rule.parameters {
      let value = rule.defaults[parameter.name].map { " = \($0)" } ?? ""
      text += "  \(parameter.name) \(parameter.kind.rawValue)\(value)\n      \(parameter.doc)\n"
    }
    if rule.parameters.isEmpty { text += "  none\n" }
    Terminal.out(text)
  }

  private static func pairs(_ values: Rules.Value) -> String {
    values.pairs.map { "\($0.name) \($0.value)" }.joined(separator: ", ")
  }
}
