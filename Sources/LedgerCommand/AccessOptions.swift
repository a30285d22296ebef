import ArgumentParser
import Journaling
import Ledger
import Sealing

/// Who looks, and whether personal fields are to be opened.
struct AccessOptions: ParsableArguments {
  @OptionGroup var keys: KeyOptions

  @Flag(help: "Open personal fields, as far as the role may; it is written into the access log.")
  var open = false

  @Option(help: "The role in which it is done, such as legal; `arrears access --roles` lists them.")
  var role: String?

  @Option(
    name: .customLong("as"), help: "Who looks. Default: the name of the user who is logged in.")
  var actor: String?

  /// The role, if one was named.
  func named() throws -> AccessRole? { try role.map { try AccessRole.named($0) } }

  /// A sealer that opens what the role may, or nil when masks were asked for. What is about to be
  /// read is written into the access log first.
  func sealer(_ ledger: LedgerOptions, verb: String, what: String) throws -> Opening? {
    guard open else { return nil }
    guard let role = try named() else {
      throw Failure("To open personal fields say in which role; give --role ROLE.")
    }
    guard !role.matters.isEmpty else {
      throw Refusal(
        rule: "access.role", "The role \(role.rawValue) may open nothing personal.",
        remedy: "Leave --open out; everything else is shown.")
    }
    let sealer = try keys.sealer(ledger, .reading)
    _ = try sealer.store()
    try AccessLog(LedgerFolder(try ledger.path())).add(
      AccessLog.Entry(
        actor: actor ?? Edge.user(), role: role.rawValue, verb: verb, what: what,
        moment: Journal.systemClock()))
    return Opening(sealer: sealer, role: role)
  }
}

/// A sealer, and the role that looks through it.
struct Opening {
  var sealer: Sealer
  var role: AccessRole

  /// Says, behind an answer, how much of it stayed sealed for want of its key.
  func conclude() throws {
    let count = sealer.unopened
    guard count > 0 else { return }
    let what = count == 1 ? "1 personal value" : "\(count) personal values"
    Terminal.note(
      "\(what) could not be opened: \(count == 1 ? "its key is" : "their keys are") not in "
        + "\(try sealer.store().folder).\n")
  }
}

extension AccessRole {
  /// The role of a name, or a sentence that lists them.
  static func named(_ name: String) throws -> AccessRole {
    guard let role = AccessRole(rawValue: name) else {
      throw Failure(
        "\(name) is no role of access; the roles are "
          + AccessRole.allCases.map(\.rawValue).joined(separator: ", ") + ".")
    }
    return role
  }

  /// Throws unless a role, where one is named, may do it.
  static func require(_ act: Act, of name: String?) throws {
    try name.map { try named($0) }?.require(act)
  }
}
