import Ledger

extension Rule {
  static let usRegFCease = Rule(
    "us.regf.cease", "Stop after a written cease request", .critical, .confirmed,
    by: WhileBarred.self, versions: [Version("1978-03-20")],
    defaults: [
      "bars": ["cease"], "forms": ["written"], "finding": "contact-after-cease",
      "allowed_purposes": [
        "cease_acknowledgement", "may_invoke_remedy", "intends_specific_remedy",
      ],
    ],
    statement:
      "After written notice that the consumer refuses to pay or wants contact to cease, nothing but the three permitted notices; a mailed notice is complete on receipt.",
    citation: "15 USC 1692c(c); 12 CFR 1006.6(c).")
}
