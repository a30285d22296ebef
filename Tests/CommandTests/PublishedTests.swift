import Foundation
import Testing

/// A published report's bytes are a promise to people who hold a copy: they are pinned here, and no
/// version of this program may change them.
@Suite struct PublishedTests {
  static let bytes = """
    # Arrears report 1
    # book aging --by bucket --form bucketed
    # as_of 2026-03-31
    # known_at seq 11
    # policies stated defaults
    # zone Asia/Kolkata
    bucket,currency,accounts,overdue,outstanding,owing,credit
    current,INR,0,0.00,0.00,0,0.00
    1-30,INR,1,500.00,500.00,1,0.00
    31-60,INR,0,0.00,0.00,0,0.00
    61-90,INR,1,2600.00,2600.00,1,0.00
    91-120,INR,0,0.00,0.00,0,0.00
    121-150,INR,0,0.00,0.00,0,0.00
    151-180,INR,0,0.00,0.00,0,0.00
    180+,INR,0,0.00,0.00,0,0.00
    written_off,INR,0,0.00,0.00,0,0.00

    """
  static let digest = "21dfd16a918cb771f40f6b34f17577b771b7d83561cb69232a03fc6b09d6145e"

  @Test func `the same words, day and position give the same bytes for ever`() throws {
    let workshop = try Workshop()
    defer { workshop.remove() }
    let setup =
      "arrears init book --zone Asia/Kolkata --currency INR && arrears restore loans.ndjson"
    #expect(try workshop.run(setup).status == 0)
    let publish = "arrears publish aging --as-of 2026-03-31 --known-at 11 --id R1"
    #expect(try workshop.run(publish).status == 0)
    #expect(try workshop.run("arrears publish show R1").out == Self.bytes)
    let file = workshop.folder.appendingPathComponent("book/published/\(Self.digest)")
    #expect(try Data(contentsOf: file) == Data(Self.bytes.utf8))
    // What is learned later changes nothing, and neither does publishing it again.
    let more =
      "arrears record payment.received account=LN-1 payment=R9 amount=10.00 mode=cash "
      + "value_date=2026-03-30"
    #expect(try workshop.run(more).status == 0)
    let again = "arrears publish aging --as-of 2026-03-31 --known-at 11 --id R2"
    #expect(try workshop.run(again).status == 0)
    #expect(try workshop.run("arrears publish show R2").out == Self.bytes)
    #expect(try workshop.run("ls book/published").out == Self.digest + "\n")
    // Lost bytes are made again; changed ones are not touched, since they are evidence.
    #expect(try workshop.run("rm book/published/*").status == 0)
    let made = try workshop.run("arrears publish show R1")
    #expect(made.out == Self.bytes && made.err.contains("R1 were lost; they are made again"))
    #expect(try Data(contentsOf: file) == Data(Self.bytes.utf8))
    let spoil = "chmod +w book/published/*; echo more >> book/published/\(Self.digest)"
    #expect(try workshop.run(spoil).status == 0)
    #expect(try workshop.run("arrears publish show R1").status == 1)
    #expect(try workshop.run("rm book/published/*; arrears restate R1").status == 1)
    // A backup has them too.
    #expect(try workshop.run("arrears backup copy").status == 0)
    #expect(try workshop.run("arrears publish show R1 --ledger copy").out == Self.bytes)
  }
}
