import Interchange
import Journaling
import Ledger
import LedgerTesting
import Testing

private func taken(_ text: String, _ name: String) throws -> (
  said: String, journal: TemporaryLedger
) {
  let ledger = try TemporaryLedger()
  let file = try Fixture.file(text, name: "bank.txt")
  var run = Import(file, mapping: try Template.named(name).mapping())
  do {
    let report = try run.run(into: try ledger.open())
    let why = report.objections.map { "line \($0.line) \($0.rule)" }
    return (([("\(report.events) of \(report.rows)")] + why).joined(separator: "; "), ledger)
  } catch let objection as Objection {
    return ("line \(objection.line) \(objection.rule)", ledger)
  }
}

private let mt940 = """
  {1:F01HDFCINBBAXXX0000000000}{2:O9401200260406HDFCINBBAXXX00000000002604061200N}{4:
  :20:STMT0406
  :25:HDFC-CUR-1
  :28C:96/1
  :60F:C260405INR1000,00
  :61:2604060406C2500,00NTRFUTR1//B1
  :86:UPI/9xx/asha
  second line
  :61:2604060406D300,50NCHGNONREF//B2
  :86:charges
  :61:260406CR100,NTRFNONREF//B3
  :61:260406RC50,00NTRFUTR9
  :86:taken back
  :62F:C260406INR3249,50
  -}
  """

private func camt(_ entries: String, closing: String = "3299.50", currency: String = "INR")
  -> String
{
  """
  <?xml version="1.0" encoding="UTF-8"?>
  <Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt>
  <Stmt><Id>S1</Id><Acct><Id><Othr><Id>HDFC-CUR-1</Id></Othr></Id></Acct>
  <Bal><Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp><Amt Ccy="\(currency)">1000.00</Amt><CdtDbtInd>CRDT</CdtDbtInd></Bal>
  <Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp><Amt Ccy="\(currency)">\(closing)</Amt><CdtDbtInd>CRDT</CdtDbtInd></Bal>
  \(entries)
  </Stmt></BkToCstmrStmt></Document>
  """
}

private let entries = """
  <Ntry><Amt Ccy="INR">2500.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><ValDt><Dt>2026-04-06</Dt></ValDt>
  <NtryDtls><TxDtls><Refs><EndToEndId>UTR1</EndToEndId></Refs><RmtInf><Strd><CdtrRefInf><Ref>LN-1</Ref></CdtrRefInf></Strd></RmtInf></TxDtls></NtryDtls></Ntry>
  <Ntry><Amt Ccy="INR">300.50</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts>BOOK</Sts><ValDt><Dt>2026-04-06</Dt></ValDt></Ntry>
  <Ntry><Amt Ccy="INR">100.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts><BookgDt><DtTm>2026-04-06T09:00:00</DtTm></BookgDt>
  <NtryDtls><Btch/><TxDtls><Refs><EndToEndId>NOTPROVIDED</EndToEndId><TxId>T1</TxId></Refs><Amt Ccy="INR">60.00</Amt></TxDtls>
  <TxDtls><Refs><AcctSvcrRef>T2</AcctSvcrRef></Refs><AmtDtls><TxAmt><Amt Ccy="INR">40.00</Amt></TxAmt></AmtDtls></TxDtls></NtryDtls></Ntry>
  """

@Suite struct `A statement of a bank` {
  @Test func `in MT940 gives a payment and a credit for what came in`() throws {
    let (said, ledger) = try taken(mt940, "mt940")
    #expect(said == "4 of 4; line 12 bank.reversal")
    let text = try Fixture.export(try ledger.open())
    #expect(text.contains(#""payment":"UTR1""#))
    #expect(text.contains(#""payment":"B3""#))
    #expect(text.contains(#""bank_account":"HDFC-CUR-1""#))
    #expect(text.contains(#""value_date":"2026-04-06""#))
    #expect(!text.contains("charges"))
  }

  @Test func `in MT940 is refused where it does not hold together`() throws {
    let table = [
      (mt940.replacing("3249,50", with: "3249,51"), "line 14 mt940.balance"),
      (mt940.replacing("C2500,00NTRF", with: "C25.00,00NTRF"), "line 6 mt940.form"),
      (mt940.replacing("2604060406C2500", with: "2613060406C2500"), "line 6 mt940.form"),
      (mt940.replacing("INR", with: "EUR"), "line 5 mt940.currency"),
      ("hello", "line 0 mt940.form"), ("", "line 0 mt940.form"),
    ]
    for (text, rule) in table {
      let said = try taken(text, "mt940").said
      #expect(said == rule)
    }
    // The lines of a file are counted as SWIFT ends them.
    let said = try taken(mt940.replacing("\n", with: "\r\n"), "mt940").said
    #expect(said == "4 of 4; line 12 bank.reversal")
    let large = "90000000000000000,00"
    let text = mt940.replacing("C2500,00", with: "C" + large)
      .replacing("3249,50", with: large).replacing("C1000,00", with: "C" + large)
    #expect(try taken(text, "mt940").said.hasSuffix("mt940.balance"))
  }

  @Test func `in camt.053 gives every transaction of a collective entry`() throws {
    let (said, ledger) = try taken(camt(entries), "camt053")
    #expect(said == "6 of 4")
    let text = try Fixture.export(try ledger.open())
    for reference in ["UTR1", "T1", "T2"] { #expect(text.contains("\"payment\":\"\(reference)\"")) }
    #expect(text.contains(#""subject":{"kind":"account","id":"LN-1"}"#))
    #expect(text.contains(#""subject":{"kind":"account","id":"suspense"}"#))
  }

  @Test func `in camt.053 on one line is taken as well`() throws {
    #expect(try taken(camt(entries).replacing("\n", with: " "), "camt053").said == "6 of 4")
  }

  @Test func `in camt.053 is refused where it does not hold together`() throws {
    let bomb = camt(entries).replacing(
      "<Document", with: "<!DOCTYPE x [<!ENTITY a \"b\">]><Document")
    let reversal = entries.replacing("<Sts><Cd>BOOK", with: "<RvslInd>true</RvslInd><Sts><Cd>BOOK")
    let pending = entries.replacing("<Sts><Cd>BOOK", with: "<Sts><Cd>PDNG")
    let table = [
      (camt(entries, closing: "3299.51"), "line 12 camt.balance"),
      (camt(entries, currency: "EUR"), "line 4 camt.currency"),
      (camt(reversal), "4 of 4; line 6 bank.reversal"),
      (camt(pending, closing: "799.50"), "4 of 4; line 6 bank.pending"),
      (camt(entries.replacing("40.00", with: "41.00")), "2 of 3; line 9 camt.collective"),
      (camt(entries.replacing("UTR1", with: "")), "4 of 4; line 6 bank.reference"),
      (camt(entries.replacing("2500.00", with: "25x")), "line 6 camt.form"),
      (bomb, "line 0 camt.bomb"), ("<a><b></a>", "line 0 camt.xml"), ("<a/>", "line 0 camt.form"),
    ]
    for (text, rule) in table {
      let said = try taken(text, "camt053").said
      #expect(said == rule)
    }
  }

  @Test func `of any bytes is read or refused, and never ends the program`() throws {
    var chance = SystemRandomNumberGenerator()
    for (text, name) in [(mt940, "mt940"), (camt(entries), "camt053")] {
      for _ in 0..<60 {
        var bytes = Array(text.utf8)
        for _ in 0..<Int.random(in: 1...5, using: &chance) {
          let index = Int.random(in: 0..<bytes.count, using: &chance)
          bytes[index] = UInt8.random(in: 0...255, using: &chance)
        }
        let ledger = try TemporaryLedger()
        var options = Import.Options()
        options.isDryRun = true
        var run = Import(
          try ByteFile(name: "x", bytes: bytes), mapping: try Template.named(name).mapping(),
          options: options)
        _ = try? run.run(into: try ledger.open())
      }
    }
  }
}

@Suite struct `Returns of a bank` {
  @Test func `are taken by their words, and an unknown word is refused`() throws {
    let nach = """
      presentation,account,due,amount,return_date,return_code,reason
      N1,LN-1,D1,"4,500.00",06-04-2026,04,Balance insufficient
      N2,LN-1,D2,100,06-04-2026,,technical
      N3,LN-1,D3,100,06-04-2026,99,Something new

      """
    let (said, ledger) = try taken(nach, "nach-returns")
    #expect(said == "2 of 3; line 4 mapping.lookup")
    let text = try Fixture.export(try ledger.open())
    #expect(text.contains(#""reason":"insufficient_funds""#))
    #expect(text.contains(#""technical":true"#))
    let memo = """
      account,bank,number,amount,memo_date,memo_received,return_code,reason
      LN-1,400240002,000123,"12,500.00",07-05-2026,08-05-2026 11:30,01,Funds insufficient
      LN-1,400240002,000123,"12,500.00",07-05-2026,08-05-2026 11:30,01,funds insufficient

      """
    let (other, second) = try taken(memo, "cheque-returns")
    #expect(other == "1 of 2")
    #expect(try Fixture.export(try second.open()).contains(#""cheque":"400240002-000123""#))
  }
}
