// MARK: - Decisions about a party's own file

extension Scene {
  /// The party must be on file.
  func requireOnFile() throws(Refusal) {
    guard party.isOnFile else {
      throw Refusal(
        rule: "party.unknown", "No party \(account.id) is on file.",
        remedy: "Record party.onboarded first, or import it as history.")
    }
    try requireNotErased()
  }

  /// Of an erased person nothing more is recorded.
  func requireNotErased() throws(Refusal) {
    guard !house.isErased(TextKey(account.id)) else {
      throw Refusal(
        rule: "party.erased", "The data of \(account.id) were erased.",
        remedy: "Give a new person an id of their own.")
    }
  }

  /// A day of something that has happened must not lie ahead.
  func require(past day: Day, _ what: String) throws(Refusal) {
    guard day <= today else {
      throw Refusal(
        rule: "party.day-ahead", "The \(what), \(day), is after today, \(today).",
        remedy: "Record it when the day has come.")
    }
  }
}

extension Party.Onboarded: Decided {
  /// Refused when the id is on file, or the party has no role or is related to itself.
  package func decide(_ scene: inout Scene) throws(Refusal) {
    try scene.requireNotErased()
    guard !scene.party.isOnFile else {
      throw Refusal(
        rule: "party.exists", "Party \(scene.account.id) is on file already.",
        remedy: "Choose another id; party.profiled and others add to what is on file.")
    }
    guard !roles.isEmpty else {
      throw Refusal(
        rule: "party.role", "Party \(scene.account.id) has no role.",
        remedy: "Give at least one, such as roles=customer.")
    }
    guard relatedTo?.contains(scene.account.id) != true else {
      throw Refusal(
        rule: "party.related", "Party \(scene.account.id) is related to itself.",
        remedy: "Leave its own id out of related_to.")
    }
  }
}

extension Party.Profiled: Decided {
  /// Refused for an unknown party, a zone that is none, or a day that no month has.
  package func decide(_ scene: inout Scene) throws(Refusal) {
    try scene.requireOnFile()
    for zone in zones ?? [] where Zone(zone) == nil {
      throw Refusal(
        rule: "party.zone", "\(zone) is no IANA time zone.",
        remedy: "Write one such as Asia/Kolkata.")
    }
    if let salaryDay, !(1...31).contains(salaryDay) {
      throw Refusal(
        rule: "party.salary-day", "\(salaryDay) is no day of a month.",
        remedy: "Give 1 to 31.")
    }
  }
}

extension Party.ContactPointAdded: Decided {
  /// Refused for an unknown party, or when the id is on file.
  package func decide(_ scene: inout Scene) throws(Refusal) {
    try scene.requireOnFile()
    guard !scene.party.has(point: contactPoint) else {
      throw Refusal(
        rule: "contact-point.exists",
        "Party \(scene.account.id) has a contact point \(contactPoint) already.",
        remedy: "Choose another id; a point that is wrong is recorded as checked.")
    }
  }
}

extension Party.ContactPointChecked: Decided {
  /// Refused when the contact point is not on file.
  package func decide(_ scene: inout Scene) throws(Refusal) {
    try scene.requireOnFile()
    guard scene.party.has(point: contactPoint) else {
      throw Refusal(
        rule: "contact-point.unknown",
        "Party \(scene.account.id) has no contact point \(contactPoint).",
        remedy: "Record party.contact_point_added first.")
    }
  }
}

extension Party.FinancialStatusRecorded: Decided {
  /// Refused for an unknown party, figures of a day to come, or sums below zero.
  package func decide(_ scene: inout Scene) throws(Refusal) {
    try scene.requireOnFile()
    try scene.require(past: asOn, "day of the figures")
    for (name, sum) in [("income", income), ("obligations", obligations)] {
      guard let sum, sum.minor < 0 else { continue }
      throw Refusal(
        rule: "party.sum", "\(sum) of \(name) is below zero.",
        remedy: "Give what comes in and what goes out as sums of their own.")
    }
  }
}

extension Party.DeathRecorded: Decided {
  /// Refused for an unknown party, a day to come, a verification without its certificate, a claim
  /// of what is verified, and a retraction of what nobody said.
  package func decide(_ scene: inout Scene) throws(Refusal) {
    try scene.requireOnFile()
    if let diedOn { try scene.require(past: diedOn, "day of death") }
    let death = scene.house.death(of: TextKey(scene.account.id))
    let name = scene.account.id
    switch status {
    case "retracted" where death == nil:
      throw Refusal(
        rule: "death.reported", "Nobody has said that \(name) died.",
        remedy: "There is nothing to take back.")
    case "claimed" where death != nil, "verified" where death?.isVerified == true:
      throw Refusal(
        rule: "death.known", "The death of \(name) is on file already.",
        remedy: death?.isVerified == true
          ? "Record it as retracted first if it was wrong." : "Record it as verified.")
    case "verified" where evidenceKind == "claim":
      throw Refusal(
        rule: "death.certificate", "A claim verifies no death.",
        remedy: "Record it as claimed, or with evidence_kind=certificate.")
    default: break
    }
  }
}

extension Party.InsolvencyRecorded: Decided {
  /// Refused for an unknown party, a procedure that is running already, and the end of one that is
  /// not.
  package func decide(_ scene: inout Scene) throws(Refusal) {
    try scene.requireOnFile()
    let running = scene.house.isInsolvent(TextKey(scene.account.id), of: TextKey(kind))
    if status == "started", running {
      throw Refusal(
        rule: "insolvency.running", "A \(kind) of \(scene.account.id) is running already.",
        remedy: "Record its end first: discharged or dismissed.")
    }
    if status == "discharged" || status == "dismissed", !running {
      throw Refusal(
        rule: "insolvency.not-running", "No \(kind) of \(scene.account.id) is running.",
        remedy: "Record that it started, or name the kind that is running.")
    }
  }
}

extension Party.VulnerabilityRecorded: Decided {
  /// Refused for an unknown party, a review before the day, and clearing what is not active.
  package func decide(_ scene: inout Scene) throws(Refusal) {
    try scene.requireOnFile()
    if let reviewOn, reviewOn < scene.day {
      throw Refusal(
        rule: "vulnerability.review", "The review on \(reviewOn) is before \(scene.day).",
        remedy: "Give a day to come, or none.")
    }
    guard status == "cleared" else { return }
    let person = TextKey(scene.account.id)
    guard scene.house.vulnerabilities(of: person).contains(TextKey(kind)) else {
      throw Refusal(
        rule: "vulnerability.active", "No vulnerability \(kind) of \(scene.account.id) is active.",
        remedy: "Name the kind that was recorded.")
    }
  }
}
