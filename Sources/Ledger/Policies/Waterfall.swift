/// In which order money pays.
package struct Waterfall: PolicyBody, Hashable {
  /// True: each payment over the dues due by its day, component by component; false: oldest due
  /// first, and inside a due component by component.
  package var horizontal: Bool
  /// All components, first paid first; those a policy does not name come last, in standard order.
  package var order: Order
  /// True: money beyond what is due pays dues that are raised and not yet due.
  package var advanceAtOnce: Bool

  /// Its code in `policy_kind`.
  package static let kind = "waterfall"
  /// Vertical, in the order of `Component`; money beyond what is due waits.
  package static let standard = Waterfall(
    horizontal: false, order: Order(Component.allCases), advanceAtOnce: false)

  /// Fields that a body must name.
  package static let required = ["method", "order"]

  /// Takes `method`, `order` or `advance`.
  package mutating func take(_ field: String, _ body: inout CBORReader) throws(WireError) {
    switch field {
    case "method":
      switch try body.text() {
      case "vertical": horizontal = false
      case "horizontal": horizontal = true
      default: throw Self.misfit(field, "vertical or horizontal", body)
      }
    case "advance":
      switch try body.text() {
      case "when_due": advanceAtOnce = false
      case "at_once": advanceAtOnce = true
      default: throw Self.misfit(field, "when_due or at_once", body)
      }
    case "order":
      var named: [Component] = []
      for _ in 0..<(try body.array()) {
        let code = try body.text()
        let component = Component(code: code)
        guard component != .other, !named.contains(component) else {
          throw Self.misfit(field, "a list of different component kinds, not `\(code)`", body)
        }
        named.append(component)
      }
      order = Order(named + Component.allCases.filter { !named.contains($0) })
    default: throw Self.unknown(field, body)
    }
  }
}

extension Waterfall {
  /// Components in the order in which they are paid, four bits each: asking for it counts no
  /// reference.
  package struct Order: RandomAccessCollection, BitwiseCopyable, Hashable, Sendable {
    private var packed: UInt64 = 0
    /// How many there are.
    package private(set) var endIndex = 0

    /// The order of a list of at most sixteen.
    package init(_ components: [Component]) {
      for component in components.prefix(16) {
        packed |= UInt64(component.rawValue) << UInt64(4 * endIndex)
        endIndex += 1
      }
    }

    /// Those of the components that stand in a set of bits, in the same order.
    func keeping(_ bits: UInt16) -> Order {
      var kept = Order()
      for place in 0..<endIndex {
        let component = packed >> UInt64(4 * place) & 15
        guard bits >> UInt16(component) & 1 != 0 else { continue }
        kept.packed |= component << UInt64(4 * kept.endIndex)
        kept.endIndex += 1
      }
      return kept
    }

    private init() {}

    /// Always 0.
    package var startIndex: Int { 0 }

    /// The component paid at a place, from 0.
    package subscript(index: Int) -> Component {
      Component(rawValue: UInt8(truncatingIfNeeded: packed >> UInt64(4 * index) & 15)) ?? .other
    }
  }
}

extension Waterfall.Order: ExpressibleByArrayLiteral {
  /// The order of the components written down.
  /// The order of a literal list.
  package init(arrayLiteral components: Component...) { self.init(components) }
}
