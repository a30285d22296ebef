// What comes from the bank. A credit is the payment that the desk may have written down already
// under the same reference; it is confirmed there, and only what nobody knows waits in suspense.
extension Template {
  private static let statementColumns = [
    Column("value_date", .day, "DD-MM-YYYY", "06-04-2026"),
    Column(
      "reference", .reference, "UTR, RRN or UPI id; one movement, one reference", "609512345678"),
    Column("credit", .money, "sum that came in", "2,500.00").optional,
    Column("debit", .money, "sum that went out; such rows are passed over", "").optional,
    Column("account", "the account, if the payer named it", "").optional,
    Column("mode", "upi, neft, rtgs, imps …; transfer if empty", "upi").optional,
    Column("bank_account", "our account at the bank", "HDFC-CUR-1"),
    Column("narration", "not stored", "").optional,
  ]

  private static let statementRules = """
    case: "{default(account, 'suspense')}"
    occurred_at: "{value_date}"
    value_date: "{value_date}"
    actor: bank
    otherwise: skip
    rules:
      - when: not empty(credit)
        events:
          - type: payment.received
            key: "{reference}"
            elsewhere: follow
            body:
              payment: "{reference}"
              amount: "{credit}"
              mode: "{lower(default(mode, 'transfer'))}"
              instrument_ref: "{reference}"
          - type: payment.credited
            key: "{reference}"
            elsewhere: follow
            body:
              payment: "{reference}"
              amount: "{credit}"
              bank_account: "{bank_account}"
              bank_ref: "{reference}"

    """

  static let bankStatement = Template(
    name: "bank-statement", about: "A bank's statement as a sheet, a row a movement.",
    columns: statementColumns, rules: statementRules)

  static let camt053 = Template(
    name: "camt053", about: "A bank's statement in ISO 20022 camt.053.",
    columns: statementColumns, format: .camt053, rules: statementRules)

  static let mt940 = Template(
    name: "mt940", about: "A bank's statement in SWIFT MT940.",
    columns: statementColumns, format: .mt940, rules: statementRules)

  // Codes differ between schemes and versions, words do not; what is not here is refused, never
  // taken for something else.
  private static let reasons = """
    values:
      why: lookup(reasons, upper(trim(reason)))
    lookups:
      reasons:
        FUNDS INSUFFICIENT: insufficient_funds
        INSUFFICIENT FUNDS: insufficient_funds
        BALANCE INSUFFICIENT: insufficient_funds
        NO BALANCE: no_balance
        EXCEEDS ARRANGEMENT: exceeds_arrangement
        NOT ARRANGED FOR: exceeds_arrangement
        EFFECTS NOT CLEARED: effects_not_cleared
        REFER TO DRAWER: refer_to_drawer
        DRAWERS SIGNATURE DIFFERS: signature_differs
        SIGNATURE DIFFERS: signature_differs
        PAYMENT STOPPED BY DRAWER: payment_stopped
        PAYMENT STOPPED: payment_stopped
        PAYMENT STOPPED BY ATTACHMENT ORDER: attachment_order
        PAYMENT STOPPED BY COURT ORDER: court_order
        DEATH OF DRAWER: death
        ACCOUNT HOLDER EXPIRED: death
        INSTRUMENT POST DATED: post_dated
        INSTRUMENT OUTDATED: stale
        INSTRUMENT STALE: stale
        INSTRUMENT UNDATED: undated
        INSTRUMENT MUTILATED: mutilated
        AMOUNT IN WORDS AND FIGURES DIFFERS: words_figures_differ
        IMAGE NOT CLEAR: image_unclear
        ACCOUNT CLOSED: account_closed
        ACCOUNT TRANSFERRED: account_transferred
        NO SUCH ACCOUNT: no_such_account
        ACCOUNT BLOCKED: account_blocked
        ACCOUNT FROZEN: account_blocked
        MANDATE NOT RECEIVED: mandate_invalid
        MANDATE CANCELLED: mandate_invalid
        INVALID UMRN: mandate_invalid
        NETWORK FAILURE: technical
        TECHNICAL: technical
        OTHER: other

    """

  static let nachReturns = Template(
    name: "nach-returns",
    about: "Debits of a mandate that came back, as the sponsor bank reports them.",
    columns: [
      Column("presentation", "id under which it was presented", "NACH-0426-000017"),
      Column("account", "the account", "LN-000042"),
      Column("due", "the due it was for", "LN-000042-04"),
      Column("amount", .money, "sum of the debit", "4,500.00"),
      Column("return_date", .day, "DD-MM-YYYY", "06-04-2026"),
      Column("return_code", "the scheme's code, kept as it is", "04").optional,
      Column("reason", "the bank's words", "Balance insufficient"),
    ],
    rules: reasons + """
      case: account
      occurred_at: "{return_date}"
      value_date: "{return_date}"
      actor: bank
      events:
        - type: mandate.bounced
          key: "{presentation}"
          body:
            presentation: "{presentation}"
            due: "{due}"
            amount: "{amount}"
            return_code: "{return_code}"
            reason: "{why}"
            technical: "{why = 'technical'}"

      """)

  static let chequeReturns = Template(
    name: "cheque-returns", about: "Return memos of cheques, a row each.",
    columns: [
      Column("account", "the account", "LN-000042"),
      Column("bank", "routing code of the drawer's bank, as in custody", "400240002"),
      Column("number", "number of the cheque, with its zeros", "000123"),
      Column("amount", .money, "sum on it", "12,500.00"),
      Column("memo_date", .day, "date of the memo, DD-MM-YYYY", "07-05-2026"),
      Column("memo_received", .time, "when we were told, DD-MM-YYYY HH:mm", "08-05-2026 11:30"),
      Column("return_code", "code of the clearing, kept as it is", "01").optional,
      Column("reason", "the bank's words", "Funds insufficient"),
    ],
    rules: reasons + """
      case: account
      occurred_at: "{memo_received}"
      actor: bank
      events:
        - type: cheque.bounced
          key: "{account} {bank}-{number} {text(memo_date)}"
          body:
            cheque: "{bank}-{number}"
            amount: "{amount}"
            reason: "{why}"
            return_code: "{return_code}"
            memo_date: "{memo_date}"
            memo_received_at: "{memo_received}"

      """)
}
