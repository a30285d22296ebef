import Journaling
import Ledger
import Rules

/// `calc.bucket`: the label of a number of days, by a policy of buckets made of the edges.
enum BucketCalculator: RuleCheck {
  static let name = "calc.bucket"

  static func findings(_ one: Value, _ history: History) throws -> [Value] {
    let edges = (one["params"]?["edges"]?.items ?? []).compactMap(\.number)
    var bands: [Value] = []
    for (low, high) in zip(edges, edges.dropFirst()) {
      bands.append(
        .object([
          "label": .text("\(low + 1)-\(high)"), "from": .number(low + 1), "to": .number(high),
        ]))
    }
    guard let last = edges.last else { throw Inexpressible("it has no edges") }
    bands.append(.object(["label": .text("\(last)+"), "from": .number(last + 1)]))
    let body = Value.object(["current": .text("current"), "bands": .list(bands)])
    let bytes = try BodyCodec.encodeJSON(Array(body.json.utf8).span)
    let buckets = try Buckets(reading: bytes.span)
    return try (one["queries"]?.items ?? []).map { query in
      guard let days = query["body"]?["dpd"]?.number else {
        throw Inexpressible("a query has no dpd")
      }
      let index = buckets.index(days: Int(days), writtenOff: false, undated: false)
      return .object([
        "code": .text("bucket"), "event": query["id"] ?? .null,
        "bucket": .text(buckets.labels[index]),
      ])
    }
  }
}

/// `calc.dpd`: the days of one due that nobody paid, asked of the account's figures.
enum DPDCalculator: RuleCheck {
  static let name = "calc.dpd"

  static func findings(_ one: Value, _ history: History) throws -> [Value] {
    let conventions = [
      "rbi_inclusive": "inclusive", "inclusive": "inclusive", "elapsed": "elapsed",
    ]
    let convention = one["params"]?["convention"]?.text ?? ""
    guard let counting = conventions[convention] else {
      throw Inexpressible("its convention is none that a policy can say")
    }
    return try (one["queries"]?.items ?? []).map { query in
      guard let due = query["body"]?["due_date"]?.text, let day = query["body"]?["for_date"]?.text
      else { throw Inexpressible("a query lacks its days") }
      let sum = Value.object(["minor": .number(100), "currency": .text("INR")])
      let event = Value.object([
        "event_id": .text("d"), "type": .text("due.raised"), "v": .number(1),
        "subject": .object(["kind": .text("account"), "id": .text("A")]),
        "occurred_at": .text("1990-01-01T00:00:00Z"),
        "recorded_at": .text("1990-01-01T00:00:00Z"), "actor": .object(["id": .text("u")]),
        "body": .object([
          "due": .text("D"), "kind": .text("instalment"), "due_date": .text(due), "amount": sum,
        ]),
      ])
      let ask = Value.object([
        "as_of": .text(day), "policy": .object(["dpd_counting": .text(counting)]),
      ])
      let asked = try Asked(ask, try History([event], zone: history.zone.name))
      let figures = try AccountStateProjection.answer(asked)
      return .object([
        "code": .text("dpd"), "event": query["id"] ?? .null, "dpd": figures["dpd"] ?? .null,
      ])
    }
  }
}

/// `calc.waterfall`: what a receipt paid, by the account's own fold under a policy.
enum WaterfallCalculator: RuleCheck {
  static let name = "calc.waterfall"

  static func findings(_ one: Value, _ history: History) throws -> [Value] {
    let events = one["events"]?.items ?? []
    guard let payment = events.last(where: { $0["type"]?.text == "payment.received" }),
      let day = payment["value_date"]?.text
    else { throw Inexpressible("it has no receipt with a value date") }
    if one["params"]?["method"]?.text == "vertical" {
      // A charge of its own stands among the dues by its day; no policy puts it before or behind
      // all of them.
      throw Inexpressible("a vertical waterfall has no place for charges before or behind all dues")
    }
    var order = (one["params"]?["order"]?.items ?? []).compactMap(\.text)
    let charges = ["charge", "penal"]
    order = one["params"]?["charges"]?.text == "first" ? charges + order : order + charges
    let policy = Value.object([
      "method": one["params"]?["method"] ?? .null, "order": .list(order.map { .text($0) }),
    ])
    let ask = Value.object([
      "as_of": .text(day), "policy": .object(["waterfall": policy]),
    ])
    let answer = try WaterfallProjection.answer(try Asked(ask, history))
    var names: [String: String] = [:]
    for event in events {
      let body = event["body"] ?? .null
      if let due = body["due"]?.text, let number = body["instalment_no"]?.number {
        names[due] = "i\(number)"
      }
      if let charge = body["charge"]?.text, let kind = body["kind"]?.text {
        names[charge] = "charge.\(kind)"
      }
    }
    var split: [String: Value] = [:]
    for step in answer["splits"]?.items ?? [] {
      let owner = names[step["due"]?.text ?? ""] ?? "?"
      let part = step["component"]?.text ?? "?"
      split[owner.hasPrefix("charge.") ? owner : "\(owner).\(part)"] = step["amount"]
    }
    return [
      .object([
        "code": .text("applied"), "event": payment["event_id"] ?? .null, "split": .object(split),
        "oldest_unpaid": answer["oldest_unpaid"] ?? .null,
      ])
    ]
  }
}

/// `calc.late-charge`: interest or a part of the sum for paying late.
enum LateChargeCalculator: RuleCheck {
  static let name = "calc.late-charge"

  static func findings(_ one: Value, _ history: History) throws -> [Value] {
    let params = one["params"] ?? .null
    guard let rate = params["rate_bp"]?.number else { throw Inexpressible("no rate") }
    let yearDays: [String: Int64] = ["act_365": 365, "act_360": 360]
    let kind = params["kind"]?.text ?? ""
    let charge: LateCharge
    if kind == "simple", let days = yearDays[params["basis"]?.text ?? ""] {
      charge = .simple(rate: rate, yearDays: days)
    } else if kind == "percent_after_grace" {
      charge = .afterGrace(days: Int(params["grace_days"]?.number ?? 0), rate: rate)
    } else {
      throw Inexpressible("no charge is calculated in that way")
    }
    return try (one["queries"]?.items ?? []).map { query in
      let body = query["body"] ?? .null
      guard let amount = body["amount"]?["minor"]?.number,
        let currency = body["amount"]?["currency"]?.text.flatMap({ Currency(code: $0) }),
        let from = body["from"]?.text.flatMap({ Day($0) }),
        let to = body["to"]?.text.flatMap({ Day($0) })
      else { throw Inexpressible("a query lacks its sum or its days") }
      return .object([
        "code": .text("charge"), "event": query["id"] ?? .null,
        "amount": .money(charge.charge(on: amount, from: from, to: to), currency),
      ])
    }
  }
}
