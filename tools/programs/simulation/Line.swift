import Ledger

/// Writes events as lines of JSON, straight into bytes.
struct Line {
  var out: [UInt8] = []
  let life: Life
  private let money: String
  private var stretch: Zone.Stretch

  static let channels = ["call", "call", "sms", "whatsapp", "visit", "ivr"]
  static let results = [
    "no_answer", "switched_off", "busy", "not_reachable", "promise", "claims_paid", "refuses",
    "call_back", "conversation", "unable",
  ]
  static let flags = ["vip", "skip", "litigation", "staff", "sensitive"]

  init(_ life: Life) {
    self.life = life
    money = ",\"currency\":\"\(life.currency.code)\"}"
    stretch = life.zone.stretch(at: Moment(rawValue: 0))
  }

  /// One event and a newline.
  mutating func write(_ index: Int) {
    let entry = life.entries[index]
    put("{\"event_id\":\"")
    putID(index)
    put("\",\"type\":\"")
    put(entry.deed.type)
    put("\",\"v\":1,\"subject\":{\"kind\":\"")
    putSubject(entry)
    put(",\"occurred_at\":\"")
    putLocal(entry.occurred)
    if let day = entry.valueDate {
      put("\",\"value_date\":\"")
      put(day)
    }
    put("\",\"recorded_at\":\"")
    putUTC(entry.recorded)
    put("Z\",\"actor\":{\"id\":\"")
    if entry.actor.role == .system {
      put("core")
    } else {
      put(entry.actor.role.rawValue)
      put("-")
      put(Int(entry.actor.number), width: 4)
    }
    put("\",\"role\":\"")
    put(entry.actor.role.rawValue)
    put("\"},\"body\":{")
    body(entry, index)
    put("}}\n")
  }

  private mutating func putSubject(_ entry: Entry) {
    switch entry.deed {
    case .adopted(let number):
      put("policy\",\"id\":\"")
      put(Rulebook.adoptions[number].policy)
      put("\"}")
    case .retired(let policy, _, _):
      put("policy\",\"id\":\"")
      put(policy)
      put("\"}")
    case .periodClosed: put("ledger\",\"id\":\"book\"}")
    case .organised(let deed) where deed.subject != nil:
      guard let subject = deed.subject else { return }
      put("\(subject.kind)\",\"id\":\"\(subject.id)\"}")
    case .said(let saying) where saying.stream != nil:
      guard let stream = saying.stream else { return }
      put("\(stream.kind)\",\"id\":\"")
      if case .entry(let about)? = saying["about"] {
        putID(Int(life.position[about]))
        put("\"},\"refs\":[{\"kind\":\"account\",\"id\":\"")
        putAccount(entry.account)
        put("\"}]")
      } else {
        put("\(stream.id)\"}")
      }
    case .mistaken(let target) where entry.account == 0:
      put("event\",\"id\":\"")
      putID(Int(life.position[target]))
      put("\"}")
    case .mistaken(let target):
      put("event\",\"id\":\"")
      putID(Int(life.position[target]))
      put("\"},\"refs\":[{\"kind\":\"account\",\"id\":\"")
      putAccount(entry.account)
      put("\"}]")
    case .transferred(_, _, let other):
      put("account\",\"id\":\"")
      putAccount(entry.account)
      put("\"},\"refs\":[{\"kind\":\"account\",\"id\":\"")
      putAccount(other)
      put("\"}]")
    default:
      put("account\",\"id\":\"")
      putAccount(entry.account)
      put("\"}")
    }
  }

  // MARK: - Pieces

  mutating func put(_ text: String) { out.append(contentsOf: text.utf8) }

  mutating func put(_ number: Int, width: Int = 1) {
    var digits: UInt64 = 0
    var count = 0
    var left = number.magnitude
    repeat {
      digits = digits << 4 | UInt64(left % 10)
      left /= 10
      count += 1
    } while left > 0 && count < 16
    if number < 0 { out.append(45) }
    for _ in 0..<max(0, width - count) { out.append(48) }
    for _ in 0..<count {
      out.append(48 + UInt8(digits & 15))
      digits >>= 4
    }
  }

  mutating func put(_ day: Day) {
    let (year, month, number) = day.civil
    put(year, width: 4)
    out.append(45)
    put(month, width: 2)
    out.append(45)
    put(number, width: 2)
  }

  mutating func putUTC(_ second: Int64) {
    let day = Int32(second / 86_400)
    let rest = Int(second % 86_400)
    put(Day(rawValue: day))
    out.append(84)
    put(rest / 3600, width: 2)
    out.append(58)
    put(rest / 60 % 60, width: 2)
    out.append(58)
    put(rest % 60, width: 2)
  }

  private mutating func putLocal(_ second: Int64) {
    let moment = Moment(rawValue: second * 1_000_000)
    if !stretch.moments.contains(moment) { stretch = life.zone.stretch(at: moment) }
    let offset = Int(stretch.offset)
    putUTC(second + Int64(offset) * 60)
    out.append(offset < 0 ? 45 : 43)
    put(abs(offset) / 60, width: 2)
    out.append(58)
    put(abs(offset) % 60, width: 2)
  }

  mutating func putAccount(_ number: UInt32) {
    put("LN-")
    put(Int(number), width: 6)
  }

  /// An id inside an account: letter, account, number.
  mutating func put(_ letter: String, _ account: UInt32, _ number: Int) {
    put(letter)
    put(Int(account), width: 6)
    out.append(45)
    put(number)
  }

  mutating func putID(_ index: Int) {
    let id = life.id(index)
    for (word, cuts) in [(id.high, [32, 16, 0]), (id.low, [48, 0])] {
      for (at, cut) in cuts.enumerated() {
        if at > 0 || word == id.low { out.append(45) }
        let above = at == 0 ? 64 : cuts[at - 1]
        var shift = above - 4
        while shift >= cut {
          let digit = UInt8(word >> UInt64(shift) & 15)
          out.append(digit < 10 ? 48 + digit : 87 + digit)
          shift -= 4
        }
      }
    }
  }

  mutating func put(minor: Int64) {
    put("{\"minor\":")
    put(Int(minor))
    put(money)
  }
}
