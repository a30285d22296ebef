/// The schemas of bodies laid out flat, for looking at millions of them: a walk over a body follows
/// no object and counts no reference. It says yes or no; what is wrong says `BodyCodec.check`.
package struct BodyForms: Sendable {
  /// Where the form of a schema stands.
  package struct Place: Hashable, Sendable { fileprivate let index: Int }

  private struct Step {
    var kind: ValueKind
    var isList: Bool
    var part: Int
  }
  private struct Form {
    var first = 0
    var count = 0
    var required: UInt64 = 0
  }

  private var steps: ContiguousArray<Step> = []
  private var forms: ContiguousArray<Form> = []
  private var places: [ObjectIdentifier: Int] = [:]
  private let known = BodyForms.currencies

  // Whether there is a currency of each number.
  private static let currencies = (0..<1000).map { Currency(rawValue: UInt16($0)).isKnown }

  /// No schema yet.
  package init() {}

  /// The form of a type's body, laid out when it is first asked for.
  package mutating func place(of type: EventType) -> Place { Place(index: lay(type.shape)) }

  private mutating func lay(_ shape: Shape) -> Int {
    if let index = places[ObjectIdentifier(shape)] { return index }
    let index = forms.count
    // First its place: a struct may hold one of its own kind.
    places[ObjectIdentifier(shape)] = index
    forms.append(Form())
    var own: [Step] = []
    for field in shape.fields {
      // A kind that needs a struct and has none: no form has this place, and nothing fits.
      let part = field.part.map { lay($0) } ?? -1
      own.append(Step(kind: field.kind, isList: field.isList, part: part))
    }
    forms[index] = Form(first: steps.count, count: own.count, required: shape.required)
    steps += own
    return index
  }

  /// Whether a stored body is what its schema says, as `BodyCodec.check` would find.
  package func fits(_ body: Span<UInt8>, _ place: Place) -> Bool {
    var reader = CBORReader(body)
    do throws(WireError) {
      return try fits(&reader, forms[place.index]) && reader.isAtEnd
    } catch { return false }
  }

  private func fits(_ reader: inout CBORReader, _ form: Form) throws(WireError) -> Bool {
    var (next, seen) = (UInt64(0), UInt64(0))
    for _ in 0..<(try reader.map()) {
      let key = try reader.uint()
      guard key >= next, key < UInt64(form.count) else { return false }
      next = key + 1
      seen |= 1 << key
      let step = steps[form.first + Int(key)]
      for _ in 0..<(step.isList ? try reader.array() : 1) {
        guard try fits(&reader, step) else { return false }
      }
    }
    return form.required & ~seen == 0
  }

  private func fits(_ reader: inout CBORReader, _ step: Step) throws(WireError) -> Bool {
    switch step.kind {
    case .text, .id, .code:
      let text = try reader.textSpan()
      var bits: UInt8 = 0
      for index in text.indices { bits |= text[index] }
      return bits < 0x80 || UTF8Check.isValid(text)
    case .int, .bp: _ = try reader.int()
    case .bool: _ = try reader.bool()
    case .money: return known[Int(try reader.money().currency.rawValue)]
    case .date: _ = try reader.date()
    case .time: return (0..<1440).contains(try reader.int())
    case .instant: _ = try reader.instant()
    case .hash: return try reader.dataRange().count == 32
    case .sealed, .geo: _ = try reader.dataRange()
    case .json: try BodyCodec.any(&reader, 0)
    case .part: return step.part >= 0 ? try fits(&reader, forms[step.part]) : false
    }
    return true
  }
}
