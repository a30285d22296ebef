import Ledger

/// A life as told to the naive model: the same facts as the lines, in words.
extension Life {
  /// All events in order of position.
  package var told: [NaiveEvent] {
    var events: [NaiveEvent] = []
    events.reserveCapacity(entries.count)
    for (index, entry) in entries.enumerated() {
      let offset = zone.offset(at: Moment(rawValue: entry.occurred * 1_000_000))
      let moment = Moment(rawValue: entry.occurred * 1_000_000)
      events.append(
        NaiveEvent(
          id: "E\(made[index])", seq: UInt64(index + 1),
          account: entry.account == 0 ? "" : Life.name(entry.account), occurred: entry.occurred,
          on: moment.day(offset: offset), valueDate: entry.valueDate, currency: currency.code,
          told(entry.deed, Life.name(entry.account), entry.account)))
    }
    return events
  }

  /// `LN-000001`.
  package static func name(_ account: UInt32) -> String {
    let digits = String(account)
    return "LN-" + String(repeating: "0", count: max(0, 6 - digits.utf8.count)) + digits
  }

  private func told(_ deed: Deed, _ me: String, _ number: UInt32) -> NaiveEvent.What {
    switch deed {
    case .opened(let product, _, let on, _, _): .opened(product: product.rawValue, on: on)
    case .imported(let asOn, let principal, let interest, let oldest, _):
      .imported(asOn: asOn, parts: Life.parts(principal, interest), oldest: oldest)
    case .due(let due, _, let on, let principal, let interest, _):
      .due("D\(due)", on: on, parts: Life.parts(principal, interest))
    case .cancelled(let dues, let from): .cancelled(dues.map { "D\($0)" }, from: from)
    case .charged(let charge, let kind, let amount, let due):
      .charged(
        "C\(charge)", NaivePart(kind == .penal ? .penal : .charge, amount),
        due: due > 0 ? "D\(due)" : nil)
    case .waived(let charge, let penal, let amount, _):
      .waived(charge: charge > 0 ? "C\(charge)" : nil, NaivePart(penal ? .penal : .charge, amount))
    case .interest(let amount, _, _, _): .interest(amount)
    case .received(let payment, let amount, _, let due):
      .received(
        "P\(me)-\(payment)", amount,
        wishes: due > 0 ? [NaiveWish(due: "D\(due)", amount: amount / 2)] : [])
    case .returned(let payment, let amount, let fromOriginal):
      .returned("P\(me)-\(payment)", amount, fromOriginal: fromOriginal)
    case .transferred(let payment, let amount, let to):
      .transferred("P\(me)-\(payment)", amount, from: me, to: Life.name(to))
    case .refunded(_, let amount, _): .refunded(amount)
    case .held(let hold, let kind, let from, let to):
      .held("H\(hold)", kind: kind.rawValue, from: from, to: to)
    case .lifted(let hold, let to): .lifted("H\(hold)", to: to)
    case .writtenOff: .writtenOff
    case .mistaken(let target): .mistaken("E\(target)")
    case .adopted(let number): .adopted(Rulebook.naive(number, from: from))
    case .retired(let policy, let version, let to):
      .retired(policy: policy, version: version, to: to)
    case .flagged, .closed, .reopened: .noted
    case .organised(let deed): .organised(deed.told)
    case .desked(let deed): deed.told(number)
    case .law(let deed): deed.told(me)
    case .said(let saying): saying.told
    case .credited, .posted, .attempted, .periodClosed: .silent
    case .paper(.paid(let payment, let amount, _, _)):
      .received("P\(me)-\(payment)", amount, wishes: [])
    case .paper(.bounced(_, _, _, let memo, _)): .bounced(on: memo)
    case .paper(.returned): .bounced(on: nil)
    case .paper: .silent
    }
  }

  private static func parts(_ principal: Int64, _ interest: Int64) -> [NaivePart] {
    [NaivePart(.principal, principal), NaivePart(.interest, interest)]
  }
}

extension Rulebook {
  /// An adoption in words. The rules are said a second time here, so that the model does not depend
  /// on anyone reading JSON.
  static func naive(_ number: Int, from first: Day) -> NaivePolicy {
    let adoption = adoptions[number]
    let rule: NaiveRule =
      switch (adoption.policy, adoption.version) {
      case ("buckets", 1): bands(["1-30", "31-60", "61-90", "91-180", "180+"], [30, 60, 90, 180])
      case ("buckets", _): bands(["1-30", "31-60", "61-90", "90+"], [30, 60, 90])
      case ("counting", _): .counting(inclusive: true)
      case ("counting-personal", _): .counting(inclusive: false)
      case ("components-two-wheeler", _): .components(principalAndInterestOnly: true)
      case ("classification", _): .classification(npaOver: 90, sticky: true)
      case ("classification-microfinance", _): .classification(npaOver: 60, sticky: true)
      case ("waterfall-microfinance", _):
        .waterfall(.init(horizontal: true, order: [.interest, .principal]))
      case ("waterfall", 2): .waterfall(.init(order: [.penal, .charge, .interest, .principal]))
      case ("waterfall", 3): .waterfall(.init(order: [.principal, .interest, .penal, .charge]))
      default: .waterfall(.init())
      }
    return NaivePolicy(
      adoption.policy, adoption.version, from: first + adoption.from,
      inForce: adoption.status == "in_force", retroactive: adoption.retroactive != "none",
      scope: adoption.appliesTo ?? "all", rule)
  }

  private static func bands(_ labels: [String], _ upTo: [Int]) -> NaiveRule {
    .buckets(current: "current", bands: labels, upTo: upTo + [.max], writtenOff: "written_off")
  }
}
