// What a desk captures. Every row has a natural key, so that the same thing from another sheet, or
// from the bank, is the same event.
extension Template {
  static let contacts = Template(
    name: "contacts", about: "Contacts and attempts, a row each.",
    columns: [
      Column("account", "the account", "LN-000042"),
      Column("contacted_at", .time, "day and time, DD-MM-YYYY HH:mm", "05-04-2026 10:15"),
      Column("collector", "who did it", "asha"),
      Column("channel", "call, sms, whatsapp, email, letter, visit, ivr", "call"),
      Column("direction", "outbound or inbound; outbound if empty", "outbound").optional,
      Column("reached", "nobody, third_party or right_party", "right_party").optional,
      Column("answered_by", "debtor, spouse, family, employer, unknown …", "debtor").optional,
      Column("result", "no_answer, promise, refuses, met …", "promise").optional,
      Column("reason_for_delay", "why unpaid, as told", "salary_delay").optional,
      Column("place", "home, work, mobile, branch", "home").optional,
      Column("next_action", "call, visit, collect, legal …", "call").optional,
      Column("next_action_on", .day, "DD-MM-YYYY", "10-04-2026").optional,
    ],
    rules: """
      case: account
      occurred_at: "{contacted_at}"
      actor: "{collector}"
      events:
        - type: contact.attempted
          key: "{account} {text(contacted_at)} {collector} {channel}"
          body:
            channel: "{channel}"
            direction: "{default(direction, 'outbound')}"
            reached: "{reached}"
            answered_by: "{answered_by}"
            result: "{result}"
            reason_for_delay: "{reason_for_delay}"
            place: "{place}"
            next_action: "{next_action}"
            next_action_on: "{next_action_on}"

      """)

  static let receipts = Template(
    name: "receipts", about: "Money received, a row a receipt.",
    columns: [
      Column("receipt_no", "number on the receipt, with its zeros", "0004101"),
      Column("account", "the account", "LN-000042"),
      Column("received_on", .day, "day the money came, DD-MM-YYYY", "05-04-2026"),
      Column("amount", .money, "sum, such as 12,34,567.89", "2,500.00"),
      Column("mode", "cash, cheque, upi, neft, rtgs, imps, card, demand_draft …", "upi"),
      Column("reference", .reference, "UTR, RRN or UPI id, as the bank writes it", "609512345678")
        .optional,
      Column("collector", "who took it", "asha"),
      Column("book", "receipt book", "BK-7").optional,
      Column("cheque", "id of the cheque that carried it", "HDFC-000123").optional,
    ],
    rules: """
      case: account
      # Bank and desk know a transfer by its reference; cash is known by its receipt alone.
      values:
        name: default(reference, receipt_no)
        leaf: integer(receipt_no)
      occurred_at: "{received_on}"
      actor: "{collector}"
      events:
        - type: payment.received
          key: "{name}"
          value_date: "{received_on}"
          body:
            payment: "{name}"
            receipt_no: "{receipt_no}"
            amount: "{amount}"
            mode: "{lower(mode)}"
            instrument_ref: "{reference}"
            book: "{book}"
            cheque: "{cheque}"
            provisional: "{lower(mode) = 'cheque'}"
        # A leaf of a numbered book, accounted for in its register.
        - type: receipt.issued
          when: not empty(book) and not empty(leaf)
          subject: "{collector}"
          key: "{book} {text(leaf)}"
          body:
            book: "{book}"
            number: "{leaf}"
            payment: "{name}"
            amount: "{amount}"

      """)

  static let deposits = Template(
    name: "deposits", about: "Cash paid into the bank, a row a slip.",
    columns: [
      Column("deposit", "number of the slip", "SLIP-4471"),
      Column("holder", "whose cash it was", "asha"),
      Column("deposited_on", .day, "DD-MM-YYYY", "06-04-2026"),
      Column("amount", .money, "sum on the slip", "7,500.00"),
      Column("bank_account", "our account", "HDFC-CUR-1").optional,
      Column("receipt_1", "number of a receipt it covers", "0004101"),
    ] + (2...8).map { Column("receipt_\($0)", "another", "").optional },
    rules: """
      case: holder
      occurred_at: "{deposited_on}"
      actor: "{holder}"
      events:
        - type: cash.deposited
          subject: "{holder}"
          key: "{deposit}"
          body:
            deposit: "{deposit}"
            holder: "{holder}"
            amount: "{amount}"
            bank_account: "{bank_account}"
            slip_no: "{deposit}"
            receipts:
              - "{receipt_1}"
              - "{receipt_2}"
              - "{receipt_3}"
              - "{receipt_4}"
              - "{receipt_5}"
              - "{receipt_6}"
              - "{receipt_7}"
              - "{receipt_8}"

      """)

  static let cheques = Template(
    name: "cheques", about: "Cheques taken into custody, a row each.",
    columns: [
      Column("account", "the account", "LN-000042"),
      Column("bank", "routing code (MICR or IFSC) of the drawer's bank", "400240002"),
      Column("number", "number of the cheque, with its zeros", "000123"),
      Column("cheque_date", .day, "date on it, DD-MM-YYYY", "05-05-2026"),
      Column("amount", .money, "sum on it", "12,500.00"),
      Column("kind", "post_dated, security or current", "post_dated"),
      Column("received_on", .day, "DD-MM-YYYY", "05-04-2026"),
      Column("custodian", "who holds it", "vault-1"),
      Column("due", "the due it is meant for", "LN-000042-05").optional,
    ],
    rules: """
      case: account
      occurred_at: "{received_on}"
      actor: "{custodian}"
      values:
        cheque: bank + "-" + number
      events:
        - type: cheque.received
          key: "{account} {cheque}"
          body:
            cheque: "{cheque}"
            cheque_date: "{cheque_date}"
            amount: "{amount}"
            kind: "{kind}"
            number: "{number}"
            bank: "{bank}"
            custodian: "{custodian}"
            dues: ["{due}"]

      """)

  static let promises = Template(
    name: "promises", about: "Promises to pay, a row for each day and sum.",
    columns: [
      Column("account", "the account", "LN-000042"),
      Column("promised_on", .day, "day it was said, DD-MM-YYYY", "05-04-2026"),
      Column("party", "who promised", "P-000042"),
      Column("due_on", .day, "day it will be paid, DD-MM-YYYY", "12-04-2026"),
      Column("amount", .money, "sum promised", "2,500.00"),
      Column("mode", "how it will be paid", "upi").optional,
      Column("collector", "to whom it was said", "asha"),
    ],
    rules: """
      case: account
      occurred_at: "{promised_on}"
      actor: "{collector}"
      values:
        name: account + " " + text(promised_on) + " " + text(due_on)
      events:
        - type: promise.made
          key: "{name}"
          body:
            promise: "{name}"
            party: "{party}"
            items: [{due_on: "{due_on}", amount: "{amount}"}]
            total: "{amount}"
            mode: "{mode}"
            # The terms are frozen in the promise: change them here where the house promises others.
            terms: {grace_days: 0, tolerance_bp: 0, counting: all_receipts}

      """)

  static let allocation = Template(
    name: "allocation", about: "An allocation list, a row an account.",
    columns: [
      Column("account", "the account", "LN-000042"),
      Column("allocated_on", .day, "DD-MM-YYYY", "01-04-2026"),
      Column("to_kind", "collector, agency, legal or desk", "collector"),
      Column("to", "who gets it", "asha"),
      Column("agent", "the agency's agent", "").optional,
      Column("unit", "the unit credited", "AR1").optional,
      Column("basis", "bucket, geography, product, rotation or manual", "bucket"),
      Column("bucket", "its bucket on that day", "31-60").optional,
      Column("list_id", "the list", "APR-2026").optional,
      Column("allocated_by", "who decided", "ravi"),
    ],
    rules: """
      case: account
      occurred_at: "{allocated_on}"
      actor: "{allocated_by}"
      events:
        - type: account.allocated
          key: "{account} {text(allocated_on)} {to}"
          body:
            to_kind: "{to_kind}"
            to: "{to}"
            agent: "{agent}"
            unit: "{unit}"
            basis: "{basis}"
            bucket: "{bucket}"
            list_id: "{list_id}"

      """)

  static let targets = Template(
    name: "targets", about: "Targets, a row for each period and measure.",
    columns: [
      Column("unit", "the unit that sets it", "AR1"),
      Column("scope_kind", "party, unit or agency", "party"),
      Column("scope", "whose target it is", "asha"),
      Column("metric", "collected_amount, visits, contacts, resolution_pct …", "collected_amount"),
      Column("period", "day, month, quarter or year", "month"),
      Column("period_start", .day, "its first day, DD-MM-YYYY", "01-04-2026"),
      Column("amount", .money, "the target, when it is money", "5,00,000.00").optional,
      Column("count", .integer, "the target, when it is a count", "").optional,
      Column("percent_bp", .integer, "in hundredths of a percent, when a ratio", "").optional,
      Column("bucket", "only of this bucket", "").optional,
      Column("set_on", .day, "day it was told; a revision has a later one", "28-03-2026"),
      Column("set_by", "who told it", "ravi"),
    ],
    rules: """
      case: unit
      occurred_at: "{set_on}"
      actor: "{set_by}"
      values:
        whose: scope_kind + " " + scope + " " + metric + " " + default(bucket, "all")
      events:
        - type: target.set
          subject: "{unit}"
          key: "{whose} {period} {text(period_start)} {text(set_on)}"
          body:
            scope_kind: "{scope_kind}"
            scope: "{scope}"
            metric: "{metric}"
            period: "{period}"
            period_start: "{period_start}"
            value_money: "{amount}"
            value_count: "{count}"
            value_bp: "{percent_bp}"
            bucket: "{bucket}"

      """)
}
