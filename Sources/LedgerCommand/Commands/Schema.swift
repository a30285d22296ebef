import ArgumentParser
import Ledger

/// Shows the register: events, their fields, code lists, policies, zones.
struct Schema: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema",
    abstract: "Show the register: events, fields, code lists.",
    discussion: """
        arrears schema                      every event, a line each
        arrears schema payment.received     its fields
        arrears schema codes payment_mode   a code list
        arrears schema policy waterfall     what a policy may say
        arrears schema zones                the IANA zones and their version
      """)

  @Argument(help: "An event, or: codes LIST, policy KIND, zones.")
  var what: [String] = []

  func run() throws {
    switch what.first {
    case nil: Terminal.out(list())
    case "zones":
      Terminal.out("# zone data \(Zone.dataVersion)\n" + Zone.names.joined(separator: "\n") + "\n")
    case "codes": try Terminal.out(codes())
    case "policy": try Terminal.out(policy())
    case let name?: try Terminal.out(event(name))
    }
  }

  private func list() -> String {
    var out = ""
    for event in Register.events {
      let marks =
        (Decisions.contains(event.code)
          ? "command" : Decisions.isFact(event) ? "fact" : "history")
        + (event.isImported ? "" : ", not imported")
      out += Schema.pad(event.name, 36) + Schema.pad(marks, 24) + event.title + "\n"
    }
    return out
  }

  private func event(_ name: String) throws -> String {
    guard let event = Register.event(name) else {
      throw Failure("No event is called \(name); `arrears schema` lists all of them.")
    }
    return Schema.event(event)
  }

  /// What the register says of an event.
  static func event(_ event: EventType) -> String {
    var out = "\(event.name) v\(event.version)  about: \(event.subject)\n\(event.title)\n\n"
    out += Schema.fields(event.shape)
    if !event.refusals.isEmpty {
      out += "\nA command is refused when:\n"
      for refusal in event.refusals { out += "  - \(refusal)\n" }
    }
    return out
  }

  private func codes() throws -> String {
    guard what.count > 1 else {
      return Register.codes.keys.sorted().joined(separator: "\n") + "\n"
    }
    guard let list = Register.codes[what[1]] else {
      throw Failure("No code list is called \(what[1]); `arrears schema codes` names all of them.")
    }
    return list.codes.map { Schema.pad($0.code, 32) + $0.title + "\n" }.joined()
  }

  private func policy() throws -> String {
    guard what.count > 1 else {
      return Register.policies.map { Schema.pad($0.kind, 24) + $0.title + "\n" }.joined()
    }
    guard let policy = Register.policy(what[1]) else {
      throw Failure(
        "No policy kind is called \(what[1]); `arrears schema policy` names all of them.")
    }
    return "\(policy.kind) v\(policy.version)\n\(policy.title)\n\n" + Schema.fields(policy.shape)
  }

  /// The fields of a shape, a line each: name, type, whether required, what it means.
  static func fields(_ shape: Shape) -> String {
    var out = ""
    for field in shape.fields {
      let list = field.list.isEmpty ? "" : " of \(field.list)"
      out += "  " + pad(field.name, 24) + pad(field.typeName + list, 34)
      out += pad(field.isRequired ? "required" : "", 10) + field.doc + "\n"
      if let part = field.part {
        for inner in part.fields {
          let list = inner.list.isEmpty ? "" : " of \(inner.list)"
          out += "    ." + pad(inner.name, 21) + pad(inner.typeName + list, 34)
          out += pad(inner.isRequired ? "required" : "", 10) + inner.doc + "\n"
        }
      }
    }
    return out
  }

  static func pad(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(1, width - text.count))
  }
}
