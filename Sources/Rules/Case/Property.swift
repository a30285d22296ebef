import Ledger

/// The properties of bodies that rules look at, by the name they have in the schemas.
enum Property: UInt8, CaseIterable, Sendable {
  case about, accounts, acknowledgedInWriting, action, addressee, agency, amount, answers, approver
  case approverLevel, attempt, attended, automated, basePenal, book, booking, borrowerAccounts
  case bucket, `case`, certificate, channel, chargeKind, cheque, chequeDate, claim, `class`, code
  case compensationPart, complaint, complyBy, confirmation, consent, contactPoint, conveysDebtInfo
  case customer, cycle, debtor, debtGroup, delayBy, direction, disclosesCollector, dispute, document
  case due, dueDate, dues, durationS, effective, expiresOn, extends, finalPaymentOn, first, forDate,
    form
  case frivolousRecord, from, fromLine, geo, hardship, hold, holder, inFull, interestPart, items,
    kind
  case last, lastUsed, lender, lenderClass, limitedContent, lines, memoDate, memoReceivedAt, mode
  case notice, notifiedAt, number, on, onBehalfOf, openedOn, optoutNotice, order, outcome
  case outstanding, party, partyRole, payer, payment, permanent, place, portfolio, presentation
  case previousClass, proceeding, product, promise, proposal, proposer, purpose, rail, rateAddonBp
  case reached, reason, receiptNo, receipts, receivedAt, recordingNotice, recordingRef, reply
  case replyAt, report, restriction, result, reviewOn, reviewer, role, salaryDay, sanctionLevel,
    sanctionedBy
  case sanctionedOn, scope, secured, settlement, showsPenal, splits, statedClass, status, supersedes
  case technical, timeZone, to, toKind, total, transactionRef, under, until, validationIncluded
  case visibility, waived, windows, zones

  /// The name in the schemas: `party_role`.
  var name: String {
    var name = ""
    for letter in "\(self)" {
      if letter.isUppercase { name.append("_") }
      name += letter.lowercased()
    }
    return name
  }

  /// The property of a name in the schemas.
  static let byName: [String: Property] = Dictionary(
    uniqueKeysWithValues: allCases.map { ($0.name, $0) })
}

/// How the values of one type of event are laid into an act: by the register, once a type.
struct ReadingPlan: Sendable {
  /// What becomes of a value.
  enum Step: UInt8, Sendable {
    /// Nobody looks at it.
    case skip
    /// A digest of the text.
    case text
    /// The number.
    case number
    /// 1 or 0.
    case truth
    /// The minor units.
    case money
    /// The microseconds.
    case instant
    /// Where its bytes stand.
    case bytes
    /// That it is there.
    case presence
  }

  /// By key: the property and what becomes of its value.
  var steps: [(property: Property, step: Step)] = []

  /// The plan of a version of a type.
  init(_ type: EventType) {
    for field in type.fields {
      guard let property = Property.byName[field.name] else {
        steps.append((.kind, .skip))
        continue
      }
      steps.append((property, ReadingPlan.step(field, property)))
    }
  }

  private static func step(_ field: Field, _ property: Property) -> Step {
    if field.isList || field.kind == .part || property == .timeZone { return .bytes }
    return switch field.kind {
    case .text, .id, .code: .text
    case .int, .bp, .date, .time: .number
    case .bool: .truth
    case .money: .money
    case .instant: .instant
    case .sealed, .geo, .hash, .json: .presence
    case .part: .bytes
    }
  }
}
