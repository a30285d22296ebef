import Ledger
import Spreadsheet

/// Statements of ISO 20022, camt.053: every booked entry, and of a collective entry every
/// transaction, as a row of the template `bank-statement`. Balances must agree with the entries.
enum Camt053 {
  /// Lays the entries out.
  static func layout(_ file: ByteFile, _ mapping: Mapping, _ currency: Currency)
    throws(Objection) -> Layout
  {
    guard file.size <= 256 << 20 else {
      throw Objection("camt.size", "the file is larger than 256 MB", remedy: "split it")
        .at(file.name, 0)
    }
    var reading = Reading(currency)
    let scan = XMLScan(part: file.name, rules: "camt")
    scan.start = { (name, attributes) throws(SpreadsheetError) in
      reading.begin(name, attributes, scan.line)
      scan.wantsText = true
    }
    scan.text = { bytes in for index in 0..<bytes.count { reading.text.append(bytes[index]) } }
    scan.end = { (name) throws(SpreadsheetError) in
      do throws(Objection) { try reading.end(name) } catch {
        throw SpreadsheetError(
          error.rule, error.what, remedy: error.remedy,
          row: error.line == 0 ? scan.line : error.line)
      }
    }
    defer { scan.fallSilent() }
    let bytes = try file.bytes(0..<file.size)
    do throws(SpreadsheetError) { try scan.run(bytes) } catch {
      throw Objection(error.rule, error.what, remedy: error.remedy).at(file.name, error.row ?? 0)
    }
    guard reading.statements > 0 else {
      throw Objection(
        "camt.form", "the file has no statement (BkToCstmrStmt, Stmt)",
        remedy: "ask the bank for camt.053, or use the template of the form it is in"
      ).at(file.name, 0)
    }
    return try Layout(of: file, reading.statement.text, mapping.dialect)
  }

  /// What an entry says, and what a transaction of it says.
  private struct Part {
    var line = 0
    var amount: Int64?
    var code = ""
    var isCredit: Bool?
    var references: [String: String] = [:]
    var account = ""
    var narration = ""
  }

  /// The statement on its way.
  private struct Reading {
    var statement: StatementText
    var statements = 0
    var text: [UInt8] = []
    private let currency: Currency
    private var path: [String] = []
    private var codes: [String] = []
    private var bankAccount = ""
    private var balance = Part()
    private var balanceKind = ""
    private var opening: Int128?
    private var closing: Int128?
    private var moved: Int128 = 0
    private var entry = Part()
    private var status = ""
    private var isReversal = false
    private var day: Day?
    private var transactions: [Part] = []

    init(_ currency: Currency) {
      self.currency = currency
      statement = StatementText(currency)
    }

    mutating func begin(_ name: String, _ attributes: [String: String], _ line: Int) {
      path.append(name)
      codes.append(attributes["Ccy"] ?? "")
      text.removeAll(keepingCapacity: true)
      switch name {
      case "Stmt": (opening, closing, moved, bankAccount) = (nil, nil, 0, "")
      case "Bal": (balance, balanceKind) = (Part(line: line), "")
      case "Ntry":
        (entry, status, isReversal, day) = (Part(line: line), "", false, nil)
        transactions = []
      case "TxDtls": transactions.append(Part(line: line))
      default: break
      }
    }

    mutating func end(_ name: String) throws(Objection) {
      let value = String(decoding: text, as: UTF8.self).split(whereSeparator: \.isWhitespace)
        .joined(separator: " ")
      let code = codes.last ?? ""
      text.removeAll(keepingCapacity: true)
      switch name {
      case "Stmt":
        statements += 1
        try StatementText.check(
          "camt", opening: opening, moved: moved, closing: closing, currency, line: 0)
      case "Bal": try keepBalance()
      case "Ntry": try keepEntry()
      default:
        if let at = path.firstIndex(of: "Stmt") {
          try leaf(path[(at + 1)...].joined(separator: "/"), value, code)
        }
      }
      path.removeLast()
      codes.removeLast()
    }

    private mutating func leaf(_ place: String, _ value: String, _ code: String)
      throws(Objection)
    {
      switch place {
      case "Acct/Id/IBAN", "Acct/Id/Othr/Id": bankAccount = value
      case "Bal/Tp/CdOrPrtry/Cd": balanceKind = value
      case "Bal/Amt": (balance.amount, balance.code) = (try sum(value), code)
      case "Bal/CdtDbtInd": balance.isCredit = value == "CRDT"
      case "Ntry/Amt": (entry.amount, entry.code) = (try sum(value), code)
      case "Ntry/CdtDbtInd": entry.isCredit = value == "CRDT"
      case "Ntry/RvslInd": isReversal = value == "true" || value == "1"
      case "Ntry/Sts", "Ntry/Sts/Cd": if !value.isEmpty { status = value }
      case "Ntry/ValDt/Dt", "Ntry/ValDt/DtTm": day = Day(String(value.prefix(10)))
      case "Ntry/BookgDt/Dt", "Ntry/BookgDt/DtTm": day = day ?? Day(String(value.prefix(10)))
      case "Ntry/NtryRef", "Ntry/AcctSvcrRef":
        entry.references[place.split(separator: "/").last.map(String.init) ?? ""] = value
      case "Ntry/AddtlNtryInf": entry.narration = value
      default:
        let inner = "Ntry/NtryDtls/TxDtls/"
        guard place.hasPrefix(inner), !transactions.isEmpty else { return }
        try detail(String(place.dropFirst(inner.count)), value, code)
      }
    }

    private mutating func detail(_ place: String, _ value: String, _ code: String)
      throws(Objection)
    {
      let last = transactions.count - 1
      switch place {
      case "Amt", "AmtDtls/TxAmt/Amt":
        (transactions[last].amount, transactions[last].code) = (try sum(value), code)
      case "Refs/EndToEndId", "Refs/TxId", "Refs/AcctSvcrRef":
        transactions[last].references[String(place.dropFirst(5))] = value
      case "RmtInf/Strd/CdtrRefInf/Ref": transactions[last].account = value
      case "RmtInf/Ustrd":
        transactions[last].narration += (transactions[last].narration.isEmpty ? "" : " ") + value
      default: break
      }
    }

    private func sum(_ value: String) throws(Objection) -> Int64 {
      guard let sum = NumberFormat().minor(Array(value.utf8)[...], exponent: currency.exponent)
      else {
        throw Objection(
          "camt.form", "\(Objection.quote(value)) is no sum in \(currency.code)",
          remedy: "ask the bank for the file again")
      }
      return sum
    }

    private mutating func keepBalance() throws(Objection) {
      guard ["OPBD", "PRCD", "CLBD"].contains(balanceKind), let amount = balance.amount else {
        return
      }
      try requireCurrency(balance)
      let signed = balance.isCredit == false ? -Int128(amount) : Int128(amount)
      if balanceKind == "CLBD" { closing = signed } else { opening = signed }
    }

    private func requireCurrency(_ part: Part) throws(Objection) {
      guard part.code == currency.code else {
        throw Objection(
          "camt.currency",
          "the statement is in \(part.code.isEmpty ? "no currency" : part.code) and the ledger in "
            + currency.code,
          remedy: "import it into a ledger of that currency"
        ).at("", part.line)
      }
    }

    // A collective entry is taken by its transactions, if they make its sum.
    private mutating func keepEntry() throws(Objection) {
      try requireCurrency(entry)
      let amount = entry.amount ?? 0
      let isBooked = status.isEmpty || status == "BOOK"
      if isBooked { moved += (entry.isCredit == true ? 1 : -1) * Int128(amount) }
      var fault: Objection?
      if !isBooked {
        fault = Objection(
          "bank.pending", "the entry is not booked (\(status))",
          remedy: "import the statement in which it is booked")
      } else if isReversal {
        fault = Objection(
          "bank.reversal", "the bank takes a movement back",
          remedy: "record payment.reversed for the payment that it was")
      }
      var parts = transactions
      if parts.count > 1 {
        let sum = parts.reduce(Int128(0)) { $0 + Int128($1.amount ?? 0) }
        let fits = sum == Int128(amount) && parts.allSatisfy { $0.code == currency.code }
        if !fits, fault == nil {
          fault = Objection(
            "camt.collective", "the transactions of the entry do not make its sum",
            remedy: "ask the bank for the transactions one by one")
        }
        if !fits { parts = [] }
      } else if !parts.isEmpty {
        parts[0].amount = amount
        parts[0].line = entry.line
      }
      if parts.isEmpty { parts = [Part(line: entry.line, amount: amount)] }
      for part in parts { add(part, fault) }
    }

    private mutating func add(_ part: Part, _ fault: Objection?) {
      let given = [
        part.references["EndToEndId"], part.references["TxId"], part.references["AcctSvcrRef"],
        entry.references["AcctSvcrRef"], entry.references["NtryRef"],
      ].compactMap(\.self).first { !$0.isEmpty && $0 != "NOTPROVIDED" }
      var movement = StatementText.Movement(line: part.line)
      movement.valueDate = day
      movement.reference = given ?? ""
      movement.amount = part.amount ?? 0
      movement.isCredit = entry.isCredit == true
      movement.account = part.account
      movement.narration = part.narration.isEmpty ? entry.narration : part.narration
      movement.fault = fault
      statement.add(movement, of: bankAccount)
    }
  }
}
