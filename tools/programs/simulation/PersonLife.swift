import Ledger

/// Who the people are, and what becomes of them: parties with their contact points, guarantors who
/// come and go, money matters, sickness, insolvency, death; what they allow and forbid; accounts
/// that are classified, acknowledged, sold. Its chance is its own.
struct PersonLife {
  private let account: UInt32
  private let person: String
  private var teller: Teller
  private let desk = Doer(role: .supervisor, number: 6)

  init(_ account: UInt32, seed: UInt64) {
    self.account = account
    person = NaiveDesk.debtor(account)
    teller = Teller(Chance(seed: seed ^ 0x9E45, stream: UInt64(account)))
  }

  /// Lives through the whole story.
  mutating func live(_ scribe: inout Scribe) {
    let days = max(40, scribe.last - scribe.first)
    meet(on: scribe.first + teller.chance.pick(1...30), &scribe)
    let day = scribe.first + teller.chance.pick(31...days)
    if teller.chance.happens(2500) { guarantee(on: day - 25, &scribe) }
    if teller.chance.happens(3000) { consent(on: day, &scribe) }
    if teller.chance.happens(2000) { forbid(on: day, &scribe) }
    if teller.chance.happens(2500) { suffer(on: day, &scribe) }
    if teller.chance.happens(2500) { account(on: day, &scribe) }
    if teller.chance.happens(60) {
      tell(
        "party.data_erased", on: day + 3,
        ["scope": "contact", "reason": "request", "authority": "Privacy desk, minute 4"], &scribe)
    }
  }

  // On the person's own stream.
  private mutating func tell(
    _ type: String, on day: Day, _ fields: KeyValuePairs<String, Word?>, _ scribe: inout Scribe
  ) {
    teller.tell(Saying(type, on: .party(person), fields), by: desk, on: day, &scribe)
  }

  // On the account's.
  private mutating func note(
    _ type: String, on day: Day, value: Day? = nil, _ fields: KeyValuePairs<String, Word?>,
    _ scribe: inout Scribe
  ) {
    teller.tell(Saying(type, fields), of: account, by: desk, on: day, value: value, &scribe)
  }

  private mutating func meet(on day: Day, _ scribe: inout Scribe) {
    tell(
      "party.onboarded", on: day,
      ["party_kind": "person", "roles": .texts(["customer"]), "languages": .texts(["hi", "en"])],
      &scribe)
    if teller.chance.happens(4000) {
      tell(
        "party.profiled", on: day + 1,
        [
          "zones": .texts(["Asia/Kolkata"]), "zone_source": "stated",
          "preferred_channels": .texts(["call"]), "salary_day": .number(teller.chance.pick(1...28)),
        ], &scribe)
    }
    guard teller.chance.happens(6000) else { return }
    let point: Word = .text("CP-\(account)")
    tell(
      "party.contact_point_added", on: day + 1,
      ["contact_point": point, "kind": "phone", "address": .sealed, "origin": "application"],
      &scribe)
    if teller.chance.happens(5000) {
      let outcome = teller.chance.pick(["verified", "invalid", "not_theirs"])
      tell(
        "party.contact_point_checked", on: day + teller.chance.pick(2...60),
        ["contact_point": point, "outcome": .text(outcome)], &scribe)
    }
  }

  private mutating func guarantee(on day: Day, _ scribe: inout Scribe) {
    let who: Word = .text("GU-\(account)")
    note(
      "party.linked", on: day,
      [
        "party": who, "role": "guarantor", "from": .day(day),
        "liability_cap": teller.chance.happens(3000) ? .sum(5_000_000) : nil,
      ], &scribe)
    if teller.chance.happens(3000) {
      let end = day + teller.chance.pick(20...150)
      note(
        "party.unlinked", on: end, ["party": who, "role": "guarantor", "to": .day(end)], &scribe)
    }
  }

  private mutating func consent(on day: Day, _ scribe: inout Scribe) {
    let purpose = Word.text(teller.chance.pick(["call", "electronic", "automated_contact"]))
    tell(
      "consent.given", on: day,
      [
        "consent": .text("CO-\(account)"), "purpose": purpose, "means": "electronic",
        "accounts": teller.chance.happens(5000) ? .texts([Life.name(account)]) : nil,
      ], &scribe)
    if teller.chance.happens(4000) {
      tell(
        "consent.withdrawn", on: day + teller.chance.pick(1...90),
        ["purpose": purpose, "consent": .text("CO-\(account)"), "means": "oral"], &scribe)
    }
  }

  private mutating func forbid(on day: Day, _ scribe: inout Scribe) {
    let kind = Word.text(
      teller.chance.pick([
        "cease", "attorney", "credit_stop", "workplace", "no_third_party", "opt_out",
      ]))
    tell(
      "restriction.placed", on: day,
      [
        "restriction": .text("RE-\(account)"), "kind": kind, "form": "written",
        "received_at": .noon(day), "from": .day(day),
        "accounts": teller.chance.happens(5000) ? .texts([Life.name(account)]) : nil,
      ], &scribe)
    if teller.chance.happens(4000) {
      tell(
        "restriction.lifted", on: day + teller.chance.pick(5...90),
        ["restriction": .text("RE-\(account)"), "kind": kind, "reason": "withdrawn"], &scribe)
    }
  }

  private mutating func suffer(on day: Day, _ scribe: inout Scribe) {
    tell(
      "party.financial_status_recorded", on: day,
      [
        "as_on": .day(day), "income": .sum(Int64(teller.chance.pick(10...90)) * 100_000),
        "obligations": .sum(Int64(teller.chance.pick(1...60)) * 100_000),
        "employment": "salaried", "verified_by": "stated",
      ], &scribe)
    switch teller.chance.pick(0...9) {
    case 0...3:
      tell(
        "party.vulnerability_recorded", on: day + 1,
        ["status": "active", "kind": "health", "review_on": .day(day + 60)], &scribe)
      if teller.chance.happens(5000) {
        tell(
          "party.vulnerability_recorded", on: day + teller.chance.pick(20...90),
          ["status": "cleared", "kind": "health"], &scribe)
      }
    case 4...5:
      tell(
        "party.insolvency_recorded", on: day + 2,
        [
          "status": "started", "kind": "personal_bankruptcy", "from": .day(day),
          "case_no": .text("IN/\(account)"),
        ], &scribe)
      if teller.chance.happens(4000) {
        let end = day + teller.chance.pick(10...80)
        tell(
          "party.insolvency_recorded", on: end,
          ["status": "discharged", "kind": "personal_bankruptcy", "from": .day(end)], &scribe)
      }
    case 6...7:
      tell(
        "party.death_recorded", on: day + 4,
        ["status": "claimed", "died_on": .day(day), "evidence_kind": "claim"], &scribe)
      if teller.chance.happens(5000) {
        let status = teller.chance.pick(["verified", "retracted"])
        tell(
          "party.death_recorded", on: day + teller.chance.pick(9...40),
          ["status": .text(status), "died_on": .day(day + 1), "evidence_kind": "certificate"],
          &scribe)
      }
    default: break
    }
  }

  private mutating func account(on day: Day, _ scribe: inout Scribe) {
    switch teller.chance.pick(0...9) {
    case 0...4:
      let end = day.endOfMonth
      note(
        "account.classified", on: end,
        [
          "for_date": .day(end), "class": .text(teller.chance.pick(["sma_1", "sma_2", "npa"])),
          "previous_class": "standard", "lender_class": "nbfc_ml",
        ], &scribe)
    case 5...7:
      note(
        "account.debt_acknowledged", on: day,
        ["by": .text(person), "amount": .sum(Int64(teller.chance.pick(1...60)) * 100_000)],
        &scribe)
    default:
      note(
        "account.transferred", on: day, value: day,
        [
          "kind": .text(teller.chance.pick(["sold", "assigned", "servicing_moved"])),
          "to": "ARC-1", "price": .sum(Int64(teller.chance.pick(1...60)) * 100_000),
        ], &scribe)
      if teller.chance.happens(3000) {
        let back = day + teller.chance.pick(10...60)
        note(
          "account.transferred", on: back, value: back,
          ["kind": "bought_back", "to": "HOUSE", "from": "ARC-1"], &scribe)
      }
    }
  }
}
