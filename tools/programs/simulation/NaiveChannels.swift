import Ledger

/// By what a customer may be contacted today: what the law of a place, his own word and the calls
/// that were made leave over.
extension NaiveWork {
  /// The law of a place, by the name of its pack.
  package enum Law: String, CaseIterable, Sendable {
    case india = "in.rbi"
    case unitedStates = "us.regf"
    case saudi = "sa.sama"
  }

  /// `call 08:00-19:00 2 left; sms; whatsapp; email; letter; visit 09:00-18:00`, or `none`.
  static func channels(_ file: File, _ law: Law?) -> String {
    let (forbidden, withdrawn) = (restrictions(file), withdrawn(file))
    let isMicrofinance = NaivePeriod.product(file.story) == "microfinance"
    var words: [String] = []
    for channel in ["call", "sms", "whatsapp", "email", "letter", "visit"] {
      let isElectronic = ["sms", "whatsapp", "email"].contains(channel)
      if withdrawn.contains(isElectronic ? "electronic" : channel) { continue }
      if isElectronic, forbidden.contains("opt_out") { continue }
      var word = channel
      switch law {
      case .india:
        if isMicrofinance, channel == "call" || channel == "visit" { word += " 09:00-18:00" }
        if !isMicrofinance, channel == "call" { word += " 08:00-19:00" }
        if channel == "call" {
          // Three a day and fifteen a week, whoever answered.
          let left = min(3 - calls(file, days: 1), 15 - calls(file, days: 7))
          if left <= 0 { continue }
          word += " \(left) left"
        }
      case .unitedStates:
        if ["call", "sms", "email"].contains(channel) { word += " 08:00-21:00" }
        if channel == "call" {
          // Seven in seven days, and none in the week that a conversation begins.
          let left = 7 - calls(file, days: 7)
          if left <= 0 || hasTalked(file, days: 7) { continue }
          word += " \(left) left"
        }
      case .saudi: if !["email", "sms", "call"].contains(channel) { continue }
      case nil: break
      }
      words.append(word)
    }
    return words.isEmpty ? "none" : words.joined(separator: "; ")
  }

  // Calls that we made in the days that end today.
  private static func calls(_ file: File, days: Int) -> Int {
    file.touches.count { told, touch in
      touch.channel == "call" && !touch.inbound && told.on > file.asOf - days
    }
  }

  private static func hasTalked(_ file: File, days: Int) -> Bool {
    file.touches.contains { told, touch in
      touch.channel == "call" && touch.result == "conversation" && told.on > file.asOf - days
    }
  }

  // For what the customer took back his consent and did not give it again.
  private static func withdrawn(_ file: File) -> Set<String> {
    var purposes: Set<String> = []
    for one in file.person.sorted(by: { $0.precedes($1) }) where one.on <= file.asOf {
      guard let saying = one.said else { continue }
      if saying.type == "consent.given" { purposes.remove(saying.text("purpose")) }
      if saying.type == "consent.withdrawn" { purposes.insert(saying.text("purpose")) }
    }
    return purposes
  }
}
