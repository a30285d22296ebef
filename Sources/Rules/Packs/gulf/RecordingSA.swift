import Ledger

extension Rule {
  static let saRecording = Rule(
    "sa.sama.recording", "Calls documented, kept ten years, announced as recorded", .medium,
    .confirmed, by: CallsRecorded.self, versions: [Version("2018-04-11", "2025-03-05")],
    defaults: ["results": [], "needs_notice": true, "inbound_too": true, "years": 10],
    statement:
      "All calls in and out are documented and kept at least ten years, and the customer is told at their start.",
    citation: "SAMA collection rules of 2018; the later text is to be checked.")
}
