import Ledger

extension Rule {
  static let usRegFWorkplace = Rule(
    "us.regf.workplace", "No contact at work once barred", .high, .confirmed,
    by: WhileBarred.self, versions: [Version("1978-03-20")],
    defaults: ["bars": ["workplace"], "places": ["work"], "finding": "workplace"],
    statement:
      "No contact at the place of employment, nor to a work e-mail, once the collector knows that the employer prohibits it.",
    citation: "15 USC 1692c(a)(3); 12 CFR 1006.22(f)(3).")
}
