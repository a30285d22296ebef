internal import Glibc
internal import LMDB
internal import Ledger

/// The bundle that is being filled: events are assembled in place, behind room for the frame of a
/// full bundle, so that sealing writes the frame and nothing moves.
@safe final class BundleBuilder {
  private var base: UnsafeMutableRawPointer
  private var capacity: Int
  private var used: Int
  private var mask = TypeMask()
  /// Position of the first event.
  private(set) var first: Position
  /// Events in it.
  private(set) var count = 0

  /// Bytes in front of the events of a full bundle.
  static var front: Int { Bundle.fixed + 4 * (Bundle.capacity + 1) }

  /// An empty bundle that will start at `first`.
  init(first: Position) {
    capacity = 1 << 16
    unsafe base = UnsafeMutableRawPointer.allocate(byteCount: 1 << 16, alignment: 8)
    used = BundleBuilder.front
    self.first = first
  }

  deinit { unsafe base.deallocate() }

  /// Forgets everything and starts again at `first`.
  func reset(first: Position) {
    used = BundleBuilder.front
    count = 0
    mask = TypeMask()
    self.first = first
  }

  /// Adds an event by its parts.
  func append(_ header: Header, _ envelope: Span<UInt8>, _ body: Span<UInt8>) {
    let size = 64 + envelope.count + body.count
    start(size, header.type)
    unsafe base.storeBytes(of: header, toByteOffset: used, as: Header.self)
    unsafe copy(envelope, used + 64)
    unsafe copy(body, used + 64 + envelope.count)
    used += size
    count += 1
  }

  /// Adds an event as it was stored.
  func append(stored event: Span<UInt8>) {
    start(event.count, Header(event).type)
    unsafe copy(event, used)
    used += event.count
    count += 1
  }

  private func start(_ size: Int, _ type: UInt16) {
    precondition(count < Bundle.capacity, "a bundle holds 256 events")
    if used + size > capacity { grow(used + size) }
    unsafe base.storeBytes(
      of: UInt32(used), toByteOffset: Bundle.fixed + 4 * count, as: UInt32.self)
    mask.insert(type)
  }

  @unsafe private func copy(_ bytes: Span<UInt8>, _ at: Int) {
    unsafe bytes.withUnsafeBytes {
      if let source = $0.baseAddress { unsafe memcpy(base + at, source, $0.count) }
    }
  }

  private func grow(_ needed: Int) {
    let larger = max(needed, capacity * 2)
    let new = UnsafeMutableRawPointer.allocate(byteCount: larger, alignment: 8)
    unsafe memcpy(new, base, used)
    unsafe base.deallocate()
    unsafe base = new
    capacity = larger
  }

  /// The bytes of event `index`.
  @_lifetime(borrow self) func event(_ index: Int) -> Span<UInt8> {
    precondition(index >= 0 && index < count, "no such event in the bundle")
    let start = offset(index)
    let end = index + 1 < count ? offset(index + 1) : used
    let span = unsafe Span<UInt8>(
      _unsafeStart: (base + start).assumingMemoryBound(to: UInt8.self), count: end - start)
    return unsafe _overrideLifetime(span, borrowing: self)
  }

  private func offset(_ index: Int) -> Int {
    Int(unsafe base.load(fromByteOffset: Bundle.fixed + 4 * index, as: UInt32.self))
  }

  /// Writes the frame and gives the bytes of the bundle. Fewer than 256 events leave unused offsets
  /// in front, so only a full bundle may be stored; readers that see a short one use it at once.
  @_lifetime(borrow self) func seal() -> Span<UInt8> {
    precondition(count > 0, "a bundle has at least one event")
    // A short bundle's frame ends before the room kept for a full one: its events move down.
    let gap = 4 * (Bundle.capacity - count)
    let length = used - gap
    if gap > 0 {
      let front = BundleBuilder.front
      unsafe memmove(base + front - gap, base + front, used - front)
      for index in 0..<count {
        unsafe base.storeBytes(
          of: UInt32(offset(index) - gap), toByteOffset: Bundle.fixed + 4 * index, as: UInt32.self)
      }
    }
    unsafe base.storeBytes(of: Bundle.magic, as: UInt32.self)
    unsafe base.storeBytes(of: first, toByteOffset: 8, as: UInt64.self)
    unsafe base.storeBytes(of: UInt32(count), toByteOffset: 16, as: UInt32.self)
    unsafe base.storeBytes(of: 0, toByteOffset: 20, as: UInt32.self)
    unsafe base.storeBytes(of: mask.a, toByteOffset: 24, as: UInt64.self)
    unsafe base.storeBytes(of: mask.b, toByteOffset: 32, as: UInt64.self)
    unsafe base.storeBytes(of: mask.c, toByteOffset: 40, as: UInt64.self)
    unsafe base.storeBytes(of: mask.d, toByteOffset: 48, as: UInt64.self)
    unsafe base.storeBytes(
      of: UInt32(length), toByteOffset: Bundle.fixed + 4 * count, as: UInt32.self)
    let bytes = unsafe Span<UInt8>(
      _unsafeStart: base.assumingMemoryBound(to: UInt8.self), count: length)
    unsafe base.storeBytes(
      of: crc32c(bytes.extracting(8..<length)), toByteOffset: 4, as: UInt32.self)
    return unsafe _overrideLifetime(bytes, borrowing: self)
  }
}
