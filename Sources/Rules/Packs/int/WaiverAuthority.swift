import Ledger

extension Rule {
  static let intWaiverAuthority = Rule(
    "int.waiver.authority", "Charge waivers within authority", .high, .policy,
    by: WithinAuthority.self,
    defaults: [
      "acts": ["waiver"],
      "matrix": [["level": 1, "upto_bp": 5000], ["level": 2, "upto_bp": nil]],
    ],
    statement:
      "A charge is waived with the approval of a level that may give up so large a part of it. Reversing a wrong charge is no waiver.",
    citation: "House policy.")
}
