import Ledger

extension Rule {
  static let intSettlementAuthority = Rule(
    "int.settlement.authority", "Settlement waiver within the authority matrix", .critical,
    .policy, by: WithinAuthority.self,
    defaults: [
      "acts": ["settlement"],
      "matrix": [
        ["level": 1, "upto_bp": 1000], ["level": 2, "upto_bp": 2500],
        ["level": 3, "upto_bp": 5000], ["level": 4, "upto_bp": nil],
      ],
    ],
    statement:
      "What is given up decides the level; the approval comes before execution, not from the proposer, and covers the sum.",
    citation: "House policy.")
}
