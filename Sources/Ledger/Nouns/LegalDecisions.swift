// MARK: - Decisions

extension Scene {
  /// Everything heard that legal verdicts look at.
  var brief: Legal.Brief { Legal.Brief(account.desk, terms(), asOf: .undated) }

  /// Whether the account is non-performing at the end of the day of the occurrence, as known so
  /// far.
  func isNPA() -> Bool {
    var account = account
    return account.figures(asOf: occurredOn, terms: terms()).npaSince != nil
  }

  /// A measure or claim must not be barred by a court, an insolvency or a moratorium.
  func requireFree(_ brief: Legal.Brief, _ what: String) throws(Refusal) {
    let kinds = [
      "court_stay", "insolvency_stay", "loan_moratorium", "breathing_space", "mental_health_crisis",
    ]
    guard !brief.file.isStayed, !account.holds(of: kinds, on: day) else {
      throw Refusal(
        rule: "legal.stayed",
        "A stay or moratorium is in force on account \(account.id) on \(day); no \(what) then.",
        remedy: "Record the order or hold.lifted that ends it first.")
    }
  }

  // The notice of an id, which must have been sent by the day.
  fileprivate func require(notice id: String, _ brief: Legal.Brief) throws(Refusal) -> Legal.Notice
  {
    guard let notice = brief.file.notice(TextKey(id)), notice.sentOn <= day else {
      throw Refusal(
        rule: "legal.notice-unknown",
        "No notice \(id) was sent on account \(account.id) by \(day).",
        remedy: "Record legal.notice_sent first, or check the id and the day.")
    }
    return notice
  }
}

extension Legal.NoticeSent: Decided {
  /// Refused for an id taken twice and for a sum that cannot be; and without the step it needs: a
  /// return for section 138, an NPA for section 13(2), a representation for an answer to one,
  /// possession and time enough before the auction for a sale notice.
  package func decide(_ scene: inout Scene) throws(Refusal) {
    try scene.requireKnown()
    try scene.requirePast("notice")
    if let amount { try scene.require(amount, "sum demanded") }
    let brief = scene.brief
    guard brief.file.notice(TextKey(notice)) == nil else {
      throw Refusal(
        rule: "legal.notice-exists",
        "Account \(scene.account.id) has a notice \(notice) already.",
        remedy: "Choose another id for another notice.")
    }
    switch kind {
    case "s138": try requireReturn(scene, brief)
    case "sarfaesi_13_2": try requireClass(scene)
    case "sarfaesi_13_3a_reply":
      guard let answers, let reply = brief.file.reply(TextKey(answers)),
        reply.code == Legal.Word.representation
      else {
        throw Refusal(
          rule: "legal.no-representation",
          "The notice answers no representation that was received.",
          remedy: "Record legal.reply_received first and name it in `answers`.")
      }
    case "pre_sale": try requirePossession(scene, brief)
    default: break
    }
  }

  private func requireReturn(_ scene: Scene, _ brief: Legal.Brief) throws(Refusal) {
    guard let cheque, let life = brief.cheques[cheque], life.bounces > 0, life.memo <= scene.day
    else {
      throw Refusal(
        rule: "legal.no-bounce",
        "A demand under section 138 is for a cheque that came back; "
          + "\(cheque.map { "\($0) did not" } ?? "none is named").",
        remedy: "Name the cheque, and record cheque.bounced first.")
    }
  }

  private func requireClass(_ scene: Scene) throws(Refusal) {
    let isNPA = scene.isNPA()
    guard isNPA else {
      throw Refusal(
        rule: "legal.not-npa",
        "Account \(scene.account.id) is not non-performing on \(scene.occurredOn); section 13(2) "
          + "is for accounts that are.",
        remedy: "`arrears show card \(scene.account.id)` shows its class and days.")
    }
    if let statedClass, statedClass.hasPrefix("s") && statedClass != "substandard" {
      throw Refusal(
        rule: "legal.stated-class", "The notice states \(statedClass), the account is npa.",
        remedy: "State the class that the ledger shows, or leave it out.")
    }
  }

  private func requirePossession(_ scene: Scene, _ brief: Legal.Brief) throws(Refusal) {
    guard let held = brief.security.held, held.since <= scene.day else {
      throw Refusal(
        rule: "security.not-held", "Nothing of account \(scene.account.id) is in our possession.",
        remedy: "Record security.possession_taken first; what is not held is not sold.")
    }
    guard held.isStatutory, let auctionOn else { return }
    let first = scene.terms().legal.saleFrom(scene.day, isRepeated: held.hasFailed)
    guard auctionOn >= first else {
      throw Refusal(
        rule: "security.sale-notice",
        "The auction is set for \(auctionOn); the notice runs until \(first - 1).",
        remedy: "Set it for \(first) or later.")
    }
  }
}

extension Legal.NoticeServed: Decided {
  /// Refused when the notice was not sent by then, or was served already.
  package func decide(_ scene: inout Scene) throws(Refusal) {
    try scene.requireKnown()
    try scene.requirePast("service")
    let sent = try scene.require(notice: notice, scene.brief)
    if let served = sent.servedOn {
      throw Refusal(
        rule: "legal.notice-served", "Notice \(notice) was served on \(served).",
        remedy: "If that was a mistake, reverse that entry first.")
    }
  }
}

extension Legal.ReplyReceived: Decided {
  /// Refused for an id taken twice, and for an answer to a notice that was not sent by then.
  package func decide(_ scene: inout Scene) throws(Refusal) {
    try scene.requireKnown()
    try scene.requirePast("answer")
    let brief = scene.brief
    guard brief.file.reply(TextKey(reply)) == nil else {
      throw Refusal(
        rule: "legal.reply-exists", "Account \(scene.account.id) has an answer \(reply) already.",
        remedy: "Choose another id for another answer.")
    }
    if let notice { _ = try scene.require(notice: notice, brief) }
  }
}

extension Legal.LimitationRecorded: Decided {
  /// Refused when the account is not known. The day is somebody's assertion: kept, shown, and no
  /// source of a verdict.
  package func decide(_ scene: inout Scene) throws(Refusal) { try scene.requireKnown() }
}
