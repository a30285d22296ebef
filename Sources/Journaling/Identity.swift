internal import Glibc
internal import LMDB
package import Ledger

/// What a ledger says of itself; written when it is made, never changed.
package struct Identity: Hashable, Sendable {
  /// The ledger's own id, a UUID.
  package var id: String
  /// IANA name of the zone in which days are counted, such as `Asia/Kolkata`.
  package var zone: String
  /// The currency sums are in unless they say another.
  package var currency: Currency
  /// When it was made.
  package var created: Moment

  /// What a new ledger will say.
  package init(id: String, zone: String, currency: Currency, created: Moment) {
    self.id = id
    self.zone = zone
    self.currency = currency
    self.created = created
  }

  /// The position that an id of the form `<ledger id>-<seq>` names: that of an entry without an id.
  func position(of id: String) -> Position? {
    guard id.hasPrefix(self.id + "-"), let seq = Position(id.dropFirst(self.id.count + 1)), seq > 0
    else { return nil }
    return "\(self.id)-\(seq)" == id ? seq : nil
  }

  init(reading view: View, _ tables: Tables) throws {
    func text(_ key: String) throws -> String {
      guard let row = try view.get(tables.meta, Array(key.utf8).span) else {
        throw JournalError.corrupt("the log's meta table", "\(key) is missing")
      }
      return String(decoding: Little.copy(row), as: UTF8.self)
    }
    id = try text("id")
    zone = try text("zone")
    let code = try text("currency")
    guard let currency = Currency(code: code), let created = Int64(try text("created")) else {
      throw JournalError.corrupt("the log's meta table", "currency or created cannot be read")
    }
    self.currency = currency
    self.created = Moment(rawValue: created)
    // Format 1 wrote none.
    if try view.get(tables.meta, Array("checksum".utf8).span) != nil,
      try text("checksum") != checksum
    {
      throw JournalError.corrupt("the log's meta table", "its checksum does not fit")
    }
  }

  // CRC32C over the other rows, in decimal digits.
  private var checksum: String {
    String(crc32c(Array("\(id)\n\(zone)\n\(currency.code)\n\(created.rawValue)\n".utf8).span))
  }

  fileprivate var rows: [(String, String)] {
    [
      ("format", String(LedgerFolder.format)), ("id", id), ("zone", zone),
      ("currency", currency.code), ("created", String(created.rawValue)), ("checksum", checksum),
    ]
  }
}

extension Journal {
  /// The zone in which the ledger counts days.
  package func zone() throws(JournalError) -> Zone {
    guard let zone = Zone(identity.zone) else {
      throw .invalid("The ledger's zone \(identity.zone) is none that this program knows.")
    }
    return zone
  }

  /// Makes a ledger at `path`, where nothing may stand yet, and opens it.
  ///
  /// It is built in a folder beside it, forced to disk, and renamed: after a power cut it is there
  /// whole or not at all.
  package static func create(
    _ path: String, _ identity: Identity, _ options: Options = Options()
  ) throws(JournalError) -> Journal {
    let folder = LedgerFolder(path)
    if Files.exists(folder.path) { throw .exists(folder.path) }
    let draft = LedgerFolder(folder.path + ".making-\(getpid())-\(UInt32.random(in: 0 ... .max))")
    do throws(JournalError) {
      for path in [draft.path, draft.log, draft.views, draft.keys] { try Files.folder(path) }
      try fill(draft, identity, options)
      try Files.create(draft.mark, LedgerFolder.markLine())
      try Files.create(draft.head, AcknowledgedHead().bytes)
      try Files.create(draft.writer, [])
      for path in [draft.log + "/data.mdb", draft.log, draft.path] { try Files.sync(path) }
      // renameat2 with NOREPLACE would need a newer header; the look and the rename are one moment
      // apart, and rename itself refuses a folder that is not empty.
      if Files.exists(folder.path) { throw .exists(folder.path) }
      guard unsafe rename(draft.path, folder.path) == 0 else {
        throw Files.failure("Renaming \(draft.path) to \(folder.path)", folder.path)
      }
      try Files.sync(Files.parent(folder.path))
    } catch {
      draft.discard()
      if case .diskFull = error { throw .system("Making the ledger \(folder.path)", ENOSPC) }
      throw error
    }
    return try Journal(path, options)
  }

  private static func fill(_ folder: LedgerFolder, _ identity: Identity, _ options: Options)
    throws(JournalError)
  {
    do {
      var settings = Environment.Options()
      settings.create = true
      settings.mapSize = options.mapSize
      let environment = try Environment(folder: folder.log, options: settings)
      let tables = try Tables(environment, create: true)
      var transaction = try environment.writing()
      for (key, value) in identity.rows {
        try transaction.put(tables.meta, Array(key.utf8).span, Array(value.utf8).span, .insert)
      }
      try transaction.commit()
    } catch { throw JournalError(error) }
  }
}

extension LedgerFolder {
  /// Removes what a failed creation or copy left.
  func discard() {
    let files = [log + "/data.mdb", log + "/lock.mdb", head, mark, writer, settings, checkpoint]
    for file in files { unsafe unlink(file) }
    for name in Files.names(in: published) { unsafe unlink(published + "/" + name) }
    for folder in [log, views, keys, published, path] { unsafe rmdir(folder) }
  }
}
