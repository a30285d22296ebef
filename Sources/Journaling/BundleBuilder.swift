internal import Glibc
internal import LMDB
internal import Ledger

/// The bundle that is being filled: events are assembled in place, behind room for the frame of a
/// full bundle, so that sealing writes the frame and nothing moves.
@safe final class BundleBuilder {
  // One value, so that an append looks once whether it has it to itself.
  private var frame: Frame

  /// Bytes in front of the events of a full bundle.
  static var front: Int { Bundle.fixed + 4 * (Bundle.capacity + 1) }

  /// An empty bundle that will start at `first`.
  init(first: Position) { frame = Frame(first: first) }

  deinit { frame.free() }

  /// Position of the first event.
  var first: Position { frame.first }
  /// Events in it.
  var count: Int { frame.count }

  /// Forgets everything and starts again at `first`.
  func reset(first: Position) { frame.reset(first: first) }

  /// Adds an event by its parts; gives how many there are now.
  @discardableResult @inline(__always)
  func append(_ header: Header, _ envelope: Span<UInt8>, _ body: Span<UInt8>) -> Int {
    frame.append(header, envelope, body)
    return frame.count
  }

  /// Adds an event as it was stored.
  func append(stored event: Span<UInt8>) { frame.append(stored: event) }

  /// The account number in the header of event `index`.
  func account(_ index: Int) -> UInt32 { frame.account(index) }

  /// Gives events from `start` on their previous and enters them in `trails`; see `Trails.enter`.
  func enter(in trails: inout Trails, from start: Int) -> Int {
    let frame = frame
    return trails.enter(frame, from: start)
  }

  /// The bytes of event `index`.
  @_lifetime(borrow self) func event(_ index: Int) -> Span<UInt8> {
    let place = frame.place(index)
    let span = unsafe Span<UInt8>(
      _unsafeStart: (frame.base + place.lowerBound).assumingMemoryBound(to: UInt8.self),
      count: place.count)
    return unsafe _overrideLifetime(span, borrowing: self)
  }

  /// Writes the frame and gives the bytes of the bundle. Fewer than 256 events leave unused offsets
  /// in front, so only a full bundle may be stored; readers that see a short one use it at once.
  @_lifetime(borrow self) func seal() -> Span<UInt8> {
    let length = frame.seal()
    let bytes = unsafe Span<UInt8>(
      _unsafeStart: frame.base.assumingMemoryBound(to: UInt8.self), count: length)
    return unsafe _overrideLifetime(bytes, borrowing: self)
  }
}

/// The memory of a bundle that is being filled. It is owned, and freed, by its `BundleBuilder`.
@safe struct Frame {
  fileprivate private(set) var base: UnsafeMutableRawPointer
  private var capacity: Int
  private var used: Int
  private var mask = TypeMask()
  /// Position of the first event.
  private(set) var first: Position
  /// Events in it.
  private(set) var count = 0

  fileprivate init(first: Position) {
    capacity = 1 << 16
    unsafe base = UnsafeMutableRawPointer.allocate(byteCount: 1 << 16, alignment: 8)
    used = BundleBuilder.front
    self.first = first
  }

  fileprivate func free() { unsafe base.deallocate() }

  fileprivate mutating func reset(first: Position) {
    used = BundleBuilder.front
    count = 0
    mask = TypeMask()
    self.first = first
  }

  @inline(__always)
  fileprivate mutating func append(
    _ header: Header, _ envelope: Span<UInt8>, _ body: Span<UInt8>
  ) {
    let size = 64 + envelope.count + body.count
    start(size, header)
    unsafe base.storeBytes(of: header, toByteOffset: used, as: Header.self)
    if envelope.count > 0 { unsafe copy(envelope, used + 64) }
    unsafe copy(body, used + 64 + envelope.count)
    used += size
    count += 1
  }

  fileprivate mutating func append(stored event: Span<UInt8>) {
    start(event.count, Header(event))
    unsafe copy(event, used)
    used += event.count
    count += 1
  }

  @inline(__always) private mutating func start(_ size: Int, _ header: Header) {
    precondition(count < Bundle.capacity, "a bundle holds 256 events")
    if used + size > capacity { grow(used + size) }
    unsafe base.storeBytes(
      of: UInt32(truncatingIfNeeded: used), toByteOffset: Bundle.fixed + 4 * count, as: UInt32.self)
    mask.insert(header.type)
    if header.type == EventCode.eventReversed, header.account == 0 {
      mask.insert(TypeMask.reversalOnNoAccount)
    }
  }

  @inline(__always) @unsafe private func copy(_ bytes: Span<UInt8>, _ at: Int) {
    unsafe bytes.withUnsafeBytes {
      if let source = $0.baseAddress { unsafe memcpy(base + at, source, $0.count) }
    }
  }

  private mutating func grow(_ needed: Int) {
    let larger = max(needed, capacity * 2)
    let new = UnsafeMutableRawPointer.allocate(byteCount: larger, alignment: 8)
    unsafe memcpy(new, base, used)
    unsafe base.deallocate()
    unsafe base = new
    capacity = larger
  }

  /// The account number in the header of event `index`.
  @inline(__always) func account(_ index: Int) -> UInt32 {
    precondition(index >= 0 && index < count, "no such event in the bundle")
    return unsafe base.loadUnaligned(fromByteOffset: offset(index) + 24, as: UInt32.self)
  }

  /// Sets the previous position in the header of event `index`.
  @inline(__always) func set(previous: Position, _ index: Int) {
    precondition(index >= 0 && index < count, "no such event in the bundle")
    unsafe base.storeBytes(of: previous, toByteOffset: offset(index) + 16, as: UInt64.self)
  }

  fileprivate func place(_ index: Int) -> Range<Int> {
    precondition(index >= 0 && index < count, "no such event in the bundle")
    return offset(index)..<(index + 1 < count ? offset(index + 1) : used)
  }

  @inline(__always) private func offset(_ index: Int) -> Int {
    Int(unsafe base.load(fromByteOffset: Bundle.fixed + 4 * index, as: UInt32.self))
  }

  /// Writes what stands in front of the events; gives the length of all.
  fileprivate func seal() -> Int {
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
    return length
  }
}
