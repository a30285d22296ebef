/// In which order money pays.
package struct Waterfall: PolicyBody, Hashable {
  /// True: each payment over the dues due by its day, component by component; false: oldest due
  /// first, and inside a due component by component.
  package var horizontal: Bool
  /// All components, first paid first; those a policy does not name come last, in standard order.
  package var order: [Component]
  /// True: money beyond what is due pays dues that are raised and not yet due.
  package var advanceAtOnce: Bool

  /// Its code in `policy_kind`.
  package static let kind = "waterfall"
  /// Vertical, in the order of `Component`; money beyond what is due waits.
  package static let standard = Waterfall(
    horizontal: false, order: Component.allCases, advanceAtOnce: false)

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
      order = named + Component.allCases.filter { !named.contains($0) }
    default: throw Self.unknown(field, body)
    }
  }
}
