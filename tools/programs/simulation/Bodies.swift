import Ledger

/// The bodies, with the names of the register.
extension Line {
  // swift-format-ignore
  mutating func body(_ entry: Entry, _ index: Int) {
    let account = entry.account
    switch entry.deed {
    case .opened(let product, let principal, let on, let debtor, let tenor):
      put("\"account_no\":\""); putAccount(account)
      put("\",\"product\":\""); put(product.rawValue)
      put("\",\"principal\":"); put(minor: principal)
      put(",\"opened_on\":\""); put(on)
      put("\",\"debtor\":\"PT-"); put(Int(debtor), width: 6)
      put("\",\"time_zone\":\""); put(life.zone.name)
      put("\",\"tenor_months\":"); put(tenor)
    case .imported(let asOn, let principal, let interest, let oldest, let dpd):
      put("\"as_on\":\""); put(asOn)
      put("\",\"outstanding\":"); put(minor: principal + interest)
      put(","); components(principal, interest)
      if let oldest {
        put(",\"oldest_due_date\":\""); put(oldest)
        put("\",\"dpd_claimed\":"); put(dpd)
      }
      put(",\"source_system\":\"legacy\"")
    case .due(let due, let instalment, let on, let principal, let interest, let version):
      id("due", "D", account, due)
      put(",\"kind\":\"instalment\",\"due_date\":\""); put(on)
      put("\",\"amount\":"); put(minor: principal + interest)
      put(","); components(principal, interest)
      put(",\"instalment_no\":"); put(instalment)
      put(",\"schedule_version\":"); put(version)
    case .cancelled(let dues, let from):
      put("\"dues\":[")
      for due in dues {
        put(due > dues.lowerBound ? ",\"" : "\""); put("D", account, due); put("\"")
      }
      put("],\"reason\":\"restructure\",\"from\":\""); put(from); put("\",\"authority\":\"sanction\"")
    case .attempted(let channel, let result, let debtor, let seconds):
      put("\"channel\":\""); put(Line.channels[channel])
      put("\",\"direction\":\"outbound\",\"party\":\"PT-"); put(Int(debtor), width: 6)
      put("\",\"party_role\":\"debtor\",\"reached\":\"")
      put(result > 3 ? "right_party" : "nobody")
      put("\",\"result\":\""); put(Line.results[result])
      put("\",\"purpose\":\"collect\"")
      if seconds > 0 { put(",\"duration_s\":"); put(seconds) }
    case .held(let hold, let kind, let from, let to):
      id("hold", "H", account, hold)
      put(",\"kind\":\""); put(kind.rawValue)
      put("\",\"from\":\""); put(from)
      if let to { put("\",\"to\":\""); put(to) }
      put("\",\"granted_by\":\"lender\"")
    case .lifted(let hold, let to):
      id("hold", "H", account, hold)
      put(",\"to\":\""); put(to)
      put("\",\"reason\":\"completed\"")
    case .flagged(let flag, let raised):
      put("\"flag\":\""); put(Line.flags[flag])
      put(raised ? "\",\"raised\":true" : "\",\"raised\":false")
    case .writtenOff(let amount):
      put("\"amount\":"); put(minor: amount)
      put(",\"kind\":\"technical\",\"authority\":\"board\"")
    case .closed(let foreclosed): put("\"reason\":\"\(foreclosed ? "foreclosed" : "paid")\"")
    case .reopened: put("\"reason\":\"cheque_bounced\"")
    case .mistaken(let target):
      put("\"reverses\":\""); putID(Int(life.position[target]))
      put("\",\"reason\":\"typing_error\"")
    case .adopted, .retired, .periodClosed: bookBody(entry.deed, index)
    case .paper(let paper): paperBody(paper, entry)
    case .organised(let deed): put(deed.body)
    case .desked(let deed): put(deed.body(entry.account, life.currency.code))
    case .law(let deed): put(deed.body(entry.account, life.currency.code))
    case .said(let saying): put(saying.fields)
    default: moneyBody(entry)
    }
  }

  // swift-format-ignore
  private mutating func moneyBody(_ entry: Entry) {
    let account = entry.account
    switch entry.deed {
    case .charged(let charge, let kind, let amount, let due):
      id("charge", "C", account, charge)
      put(",\"kind\":\""); put(kind.rawValue)
      put("\",\"amount\":"); put(minor: amount)
      if due > 0 { put(","); id("due", "D", account, due) }
    case .waived(let charge, let penal, let amount, let owed):
      put(penal ? "\"scope\":\"penal\"" : "\"scope\":\"charge\"")
      if charge > 0 { put(","); id("charge", "C", account, charge) }
      put(",\"waived\":"); put(minor: amount)
      put(",\"outstanding\":"); put(minor: owed)
      put(","); id("proposal", "W", account, Int(entry.occurred / 86_400))
      put(",\"proposer\":\""); put("collector-0007\",\"reason\":\"goodwill\"")
    case .interest(let amount, let base, let from, let to):
      put("\"amount\":"); put(minor: amount)
      put(",\"from\":\""); put(from)
      put("\",\"to\":\""); put(to)
      put("\",\"base_principal\":"); put(minor: base)
      put(",\"base_interest\":"); put(minor: 0)
      put(",\"base_penal\":"); put(minor: 0)
      put(",\"rate_bp\":1800,\"basis\":\"act_365\"")
    case .received(let payment, let amount, let mode, let due):
      id("payment", "P", account, payment)
      put(",\"amount\":"); put(minor: amount)
      put(",\"mode\":\""); put(mode.rawValue); put("\"")
      if due > 0 {
        put(",\"instructions\":[{"); id("due", "D", account, due)
        put(",\"amount\":"); put(minor: amount / 2); put("}]")
      }
      if mode == .cheque { put(",\"provisional\":true") }
    case .credited(let payment, let amount):
      id("payment", "P", account, payment)
      put(",\"amount\":"); put(minor: amount)
      put(",\"bank_account\":\"BA-1\"")
    case .posted(let payment): id("payment", "P", account, payment)
    case .returned(let payment, let amount, let fromOriginal):
      id("payment", "P", account, payment)
      put(fromOriginal ? ",\"reason\":\"dishonour\"" : ",\"reason\":\"chargeback\"")
      put(",\"effective\":\"")
      put(fromOriginal ? "from_original_value_date" : "from_reversal_date")
      put("\",\"amount\":"); put(minor: amount)
    case .transferred(let payment, let amount, let other):
      id("payment", "P", account, payment)
      put(",\"from\":\""); putAccount(account)
      put("\",\"to\":\""); putAccount(other)
      put("\",\"amount\":"); put(minor: amount)
      put(",\"reason\":\"wrong_account\"")
    case .refunded(let refund, let amount, let debtor):
      id("refund", "R", account, refund)
      put(",\"amount\":"); put(minor: amount)
      put(",\"to\":\"PT-"); put(Int(debtor), width: 6)
      put("\",\"reason\":\"overpaid\"")
    default: break
    }
  }

  // swift-format-ignore
  private mutating func bookBody(_ deed: Deed, _ index: Int) {
    switch deed {
    case .adopted(let number):
      let adoption = Rulebook.adoptions[number]
      put("\"policy\":\""); put(adoption.policy)
      put("\",\"kind\":\""); put(adoption.kind)
      put("\",\"version\":"); put(adoption.version)
      put(",\"effective_from\":\""); put(life.from + adoption.from)
      put("\",\"status\":\""); put(adoption.status)
      put("\",\"retroactive\":\""); put(adoption.retroactive)
      if let scope = adoption.appliesTo { put("\",\"applies_to\":\""); put(scope) }
      put("\",\"body\":"); put(adoption.body)
      put(",\"body_hash\":\""); put(adoption.hash); put("\"")
    case .retired(let policy, let version, let to):
      put("\"policy\":\""); put(policy)
      put("\",\"version\":"); put(version)
      put(",\"effective_to\":\""); put(to); put("\"")
    case .periodClosed(let from, let to):
      put("\"from\":\""); put(from)
      put("\",\"to\":\""); put(to)
      put("\",\"known_at\":"); put(index)
    default: break
    }
  }

  private mutating func id(_ name: String, _ letter: String, _ account: UInt32, _ number: Int) {
    put("\"")
    put(name)
    put("\":\"")
    put(letter, account, number)
    put("\"")
  }

  private mutating func components(_ principal: Int64, _ interest: Int64) {
    put("\"components\":[{\"kind\":\"principal\",\"amount\":")
    put(minor: principal)
    if interest > 0 {
      put("},{\"kind\":\"interest\",\"amount\":")
      put(minor: interest)
    }
    put("}]")
  }
}

extension Deed {
  /// Name of the event.
  package var type: String {
    switch self {
    case .opened: "account.opened"
    case .imported: "account.imported"
    case .due: "due.raised"
    case .cancelled: "due.cancelled"
    case .charged: "charge.levied"
    case .waived: "charge.waived"
    case .interest: "interest.applied"
    case .received: "payment.received"
    case .credited: "payment.credited"
    case .posted: "payment.posted"
    case .returned: "payment.reversed"
    case .transferred: "payment.transferred"
    case .refunded: "payment.refunded"
    case .held: "hold.placed"
    case .lifted: "hold.lifted"
    case .attempted: "contact.attempted"
    case .flagged: "account.flagged"
    case .writtenOff: "account.written_off"
    case .closed: "account.closed"
    case .reopened: "account.reopened"
    case .mistaken: "event.reversed"
    case .adopted: "policy.adopted"
    case .retired: "policy.retired"
    case .periodClosed: "ledger.period_closed"
    case .paper(let paper): paper.type
    case .organised(let deed): deed.type
    case .desked(let deed): deed.type
    case .law(let deed): deed.type
    case .said(let saying): saying.type
    }
  }
}
