internal import Glibc
internal import LMDB
package import Ledger

/// What can be read out of a log's file without LMDB: for a file that LMDB cannot open any more, or
/// whose pages no longer lead anywhere.
///
/// Every page is looked at. A bundle begins on a page of its own and has a checksum and its seq; a
/// row of the tail stands in a leaf page, with a checksum and its seq as well. Nothing is trusted
/// that its checksum does not vouch for. The file is only read.
package final class Salvage {
  /// Where the file stands.
  package let path: String
  /// What the ledger said of itself, if that was found.
  package private(set) var identity: Identity?
  /// The last position from which back to 1 every event was found; 0 when the first is missing.
  package private(set) var whole: Position = 0
  /// Events found in all.
  package private(set) var count = 0
  /// Positions for which different events were found; the first one found is taken.
  package private(set) var conflicts: [Position] = []
  // Byte offset of the bundle with each number, and the events of the tail.
  private var bundles: [UInt64: Int] = [:]
  private var tail: [Position: [UInt8]] = [:]
  private var meta: [String: String] = [:]
  private let file: Int32
  private let size: Int

  private static var page: Int { 4096 }

  /// Opens a ledger's folder or its `data.mdb` and looks at every page.
  package init(_ path: String, progress: (UInt64, UInt64) -> Void = { _, _ in })
    throws(JournalError)
  {
    let inside = LedgerFolder(path).log + "/data.mdb"
    self.path = Files.exists(inside) ? inside : path
    file = unsafe open(self.path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw .system("Opening \(self.path)", errno) }
    var status = stat()
    guard unsafe fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw .invalid(
        "\(self.path) is no file; give a ledger's folder, or the data.mdb in its folder log.")
    }
    size = Int(status.st_size)
    var at = 0
    var bytes = [UInt8](repeating: 0, count: 256 * Salvage.page)
    while at < size {
      let count = unsafe bytes.withUnsafeMutableBytes {
        unsafe pread(file, $0.baseAddress, $0.count, off_t(at))
      }
      if count <= 0 {
        // A disk that cannot give these pages may give the next.
        at += Salvage.page
        continue
      }
      for start in stride(from: 0, to: count - 63, by: Salvage.page) {
        look(bytes.span.extracting(start..<min(count, start + Salvage.page)), at: at + start)
      }
      // Where a page cannot be read, what stands in front of it is all that came.
      at += (count + Salvage.page - 1) / Salvage.page * Salvage.page
      progress(UInt64(min(at, size)), UInt64(size))
    }
    settle()
  }

  deinit { if file >= 0 { close(file) } }

  private func look(_ page: Span<UInt8>, at offset: Int) {
    if page.count > 80, Little.load(UInt32.self, page, 16) == Bundle.magic {
      bundle(at: offset + 16)
    } else if Little.load(UInt16.self, page, 10) & 0x02 != 0 {
      leaf(page)
    }
  }

  private func bundle(at offset: Int) {
    guard let bytes = bundleBytes(at: offset), let bundle = try? Bundle(bytes.span),
      bundle.count == Bundle.capacity, bundle.first % 256 == 1
    else { return }
    let number = (bundle.first - 1) / 256
    if let known = bundles[number] {
      if let other = bundleBytes(at: known), other != bytes { conflicts.append(bundle.first) }
      return
    }
    bundles[number] = offset
  }

  // The bytes of a full bundle; nil unless its checksum fits.
  private func bundleBytes(at offset: Int) -> [UInt8]? {
    guard let front = read(offset, BundleBuilder.front) else { return nil }
    let length = Int(Little.load(UInt32.self, front.span, Bundle.fixed + 4 * Bundle.capacity))
    guard length > BundleBuilder.front, length <= 256 * (2 << 20), let bytes = read(offset, length),
      Little.load(UInt32.self, bytes.span, 4) == crc32c(bytes.span.extracting(8..<length))
    else { return nil }
    return bytes
  }

  private func read(_ offset: Int, _ count: Int) -> [UInt8]? {
    guard offset >= 0, offset + count <= size else { return nil }
    var bytes = [UInt8](repeating: 0, count: count)
    let got = unsafe bytes.withUnsafeMutableBytes {
      unsafe pread(file, $0.baseAddress, $0.count, off_t(offset))
    }
    return got == count ? bytes : nil
  }

  // Rows of a leaf page: 16 bytes of head, then where each node begins. A node: length of its value
  // (u32), flags (u16), length of its key (u16), key, value; flag 1: the value is the number of a
  // page.
  private func leaf(_ page: Span<UInt8>) {
    let lower = Int(Little.load(UInt16.self, page, 12))
    guard lower >= 16, lower <= page.count else { return }
    for slot in stride(from: 16, to: lower - 1, by: 2) {
      let node = Int(Little.load(UInt16.self, page, slot))
      guard node >= lower, node + 8 <= page.count else { continue }
      let length = Int(Little.load(UInt32.self, page, node))
      let flags = Little.load(UInt16.self, page, node + 4)
      let key = Int(Little.load(UInt16.self, page, node + 6))
      let start = node + 8 + key
      guard start <= page.count else { continue }
      let name = page.extracting(node + 8..<start)
      if flags == 1, start + 8 <= page.count, key == 8, length <= 2 << 20 {
        let number = Little.load(UInt64.self, page, start)
        if number < UInt64(size / Salvage.page),
          let bytes = read(Int(number) * Salvage.page + 16, length)
        {
          row(name, bytes.span)
        }
      } else if flags == 0, start + length <= page.count {
        row(name, page.extracting(start..<start + length))
      }
    }
  }

  private func row(_ key: Span<UInt8>, _ value: Span<UInt8>) {
    if key.count == 8, value.count >= 68 {
      let event = value.extracting(0..<value.count - 4)
      let seq = Little.load(UInt64.self, key, 0)
      guard Little.load(UInt32.self, value, value.count - 4) == crc32c(event),
        Header(event).seq == seq, seq > 0
      else { return }
      let bytes = Little.copy(event)
      if let known = tail[seq] {
        if known != bytes { conflicts.append(seq) }
      } else {
        tail[seq] = bytes
      }
      return
    }
    let name = String(decoding: Little.copy(key), as: UTF8.self)
    if ["id", "zone", "currency", "created"].contains(name), value.count <= 64 {
      meta[name] = String(decoding: Little.copy(value), as: UTF8.self)
    }
  }

  private func settle() {
    if let id = meta["id"], let zone = meta["zone"], let code = meta["currency"],
      let currency = Currency(code: code), let created = meta["created"].flatMap({ Int64($0) })
    {
      identity = Identity(
        id: id, zone: zone, currency: currency, created: Moment(rawValue: created))
    }
    while true {
      let next = whole + 1
      if next % 256 == 1, bundles[(next - 1) / 256] != nil {
        whole += 256
      } else if tail[next] != nil {
        whole += 1
      } else {
        break
      }
    }
    for seq in tail.keys where bundles[(seq - 1) / 256] != nil { tail[seq] = nil }
    count = bundles.count * 256 + tail.count
    conflicts.sort()
  }

  /// Lends the bytes of every event found behind `first`, in order.
  package func events(after first: Position, _ body: (Position, [UInt8]) throws -> Void) throws {
    var numbers = Set(bundles.keys)
    for seq in tail.keys { numbers.insert((seq - 1) / 256) }
    for number in numbers.sorted() where number * 256 + 256 > first {
      if let offset = bundles[number], let bytes = bundleBytes(at: offset) {
        let bundle = try Bundle(bytes.span)
        for index in 0..<bundle.count {
          let seq = number * 256 + UInt64(index) + 1
          if seq > first { try body(seq, Little.copy(bundle.event(index).bytes)) }
        }
        continue
      }
      for seq in number * 256 + 1...number * 256 + 256 where seq > first {
        if let bytes = tail[seq] { try body(seq, bytes) }
      }
    }
  }

  /// Stores the events that are whole from 1 on in an empty ledger, byte for byte.
  package func store(into journal: Journal) throws(JournalError) {
    try journal.write { (batch: inout Batch) throws(JournalError) in
      do {
        try events(after: 0) { seq, bytes in
          if seq > whole { throw Enough() }
          try batch.append(stored: bytes)
          if seq % 65_536 == 0 { try batch.checkpoint() }
        }
      } catch is Enough {} catch { throw JournalError(error) }
    }
  }

  private struct Enough: Error {}
}

extension Batch {
  /// Appends an event as another ledger stored it, at the position it had there; the bytes come out
  /// the same, because numbers and chains follow from what came before.
  mutating func append(stored bytes: [UInt8]) throws(JournalError) {
    let seq = head + 1
    guard bytes.count >= Header.size else { throw .corrupt("event \(seq)", "it is too short") }
    let event = EventView(bytes.span)
    guard event.header.seq == seq else {
      throw .corrupt("event \(seq)", "event \(event.header.seq) stands in its place")
    }
    let envelope: Envelope
    do { envelope = try Envelope(reading: event.envelope) } catch { throw .wire(error, at: seq) }
    for name in envelope.introduced { _ = try number(name.kind, name.id) }
    try append(
      event.header, envelope: envelope, body: event.body,
      recorded: Moment(rawValue: event.header.recorded))
  }
}
