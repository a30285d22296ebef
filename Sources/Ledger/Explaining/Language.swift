/// The language in which a customer is spoken to.
package enum Language: String, CaseIterable, Sendable {
  case english = "en", hindi = "hi"

  private static let months = [
    english: [
      "January", "February", "March", "April", "May", "June", "July", "August", "September",
      "October", "November", "December",
    ],
    hindi: [
      "जनवरी", "फ़रवरी", "मार्च", "अप्रैल", "मई", "जून", "जुलाई", "अगस्त", "सितंबर", "अक्तूबर", "नवंबर", "दिसंबर",
    ],
  ]

  /// A day as it is spoken: `5 January 2026`, `5 जनवरी 2026`.
  package func day(_ day: Day) -> String {
    let (year, month, number) = day.civil
    return "\(number) \(Language.months[self]?[month - 1] ?? "") \(year)"
  }

  /// A sum as it is written on a receipt: `₹1,25,000.00` with lakh and crore, other currencies with
  /// their code and thousands.
  package func sum(_ minor: Int64, _ currency: Currency) -> String {
    let plain = Money(minor: minor, currency: currency).decimal
    let sign = plain.hasPrefix("-") ? "-" : ""
    let parts = plain.drop { $0 == "-" }.split(separator: ".")
    let isRupee = currency.code == "INR"
    var whole = Array(parts[0])
    var grouped: [Character] = []
    while !whole.isEmpty {
      let size = isRupee && !grouped.isEmpty ? 2 : 3
      let group = whole.suffix(size)
      whole.removeLast(group.count)
      grouped = group + (grouped.isEmpty ? [] : [","]) + grouped
    }
    let text = String(grouped) + (parts.count > 1 ? "." + parts[1] : "")
    return sign + (isRupee ? "₹" : currency.code + " ") + text
  }

  /// The English or the Hindi text.
  package func say(_ english: String, _ hindi: String) -> String {
    self == .english ? english : hindi
  }

  /// What a sum is made of.
  func component(_ component: Component) -> String {
    switch component {
    case .principal: say("principal", "मूलधन")
    case .interest: say("interest", "ब्याज")
    case .charge: say("charges", "शुल्क")
    case .penal: say("penal charges", "दंड शुल्क")
    case .tax: say("tax", "कर")
    case .goods: say("goods", "माल")
    default: say("other sums", "अन्य राशि")
    }
  }

  /// A due by its kind: `an instalment`, `किस्त`.
  func due(_ kind: String) -> String {
    switch kind {
    case "instalment": say("an instalment", "किस्त")
    case "invoice": say("an invoice", "बिल")
    case "fee": say("a fee", "फ़ीस")
    default: say("a sum", "राशि")
    }
  }

  /// A charge by its kind: `a late-payment charge`, `विलंब शुल्क`.
  func charge(_ kind: String) -> String {
    switch kind {
    case "late_payment": say("a late-payment charge", "विलंब शुल्क")
    case "bounce": say("a charge for a returned payment", "भुगतान लौटने का शुल्क")
    case "visit": say("a charge for a visit", "भेंट शुल्क")
    case "legal": say("a legal charge", "कानूनी शुल्क")
    case "penal": say("a penal charge", "दंड शुल्क")
    default: say("a charge", "शुल्क")
    }
  }

  /// How money was paid: `in cash`, `नकद`.
  func mode(_ mode: String) -> String {
    switch mode {
    case "cash": say("in cash", "नकद")
    case "cheque": say("by cheque", "चेक से")
    case "demand_draft": say("by demand draft", "डिमांड ड्राफ़्ट से")
    case "upi": say("by UPI", "यूपीआई से")
    case "nach", "direct_debit": say("by direct debit", "बैंक आदेश (नाच) से")
    case "card": say("by card", "कार्ड से")
    case "neft", "rtgs", "imps", "transfer": say("by bank transfer", "बैंक अंतरण से")
    default: say("", "")
    }
  }
}
