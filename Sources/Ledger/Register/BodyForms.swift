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
      let isRight = try Walk(forms: forms.span, steps: steps.span, currencies: known.span)
        .fits(&reader, forms[place.index])
      return isRight && reader.isAtEnd
    } catch { return false }
  }

  /// What a walk looks things up in, lent once for a body.
  private struct Walk: ~Escapable {
    let forms: Span<Form>
    let steps: Span<Step>
    let currencies: Span<Bool>

    @_lifetime(copy forms, copy steps, copy currencies)
    init(forms: Span<Form>, steps: Span<Step>, currencies: Span<Bool>) {
      (self.forms, self.steps, self.currencies) = (forms, steps, currencies)
    }

    func fits(_ reader: inout CBORReader, _ form: Form) throws(WireError) -> Bool {
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

    // By heads alone where a value has no more in it, for this is done for every value there is.
    @inline(__always)
    private func fits(_ reader: inout CBORReader, _ step: Step) throws(WireError) -> Bool {
      switch step.kind {
      case .text, .id, .code:
        let range = try reader.textRange()
        return reader.isASCII(range) || UTF8Check.isValid(reader.bytes.extracting(range))
      case .int, .bp: _ = try reader.int()
      case .date: return Day.written.contains(try reader.int())
      case .time: return (0..<1440).contains(try reader.int())
      case .bool:
        let (major, argument) = try reader.head()
        return major == 7 && (argument == 20 || argument == 21)
      case .money:
        guard try reader.array() == 2 else { return false }
        _ = try reader.int()
        let number = try reader.uint()
        return number < UInt64(currencies.count) && currencies[Int(number)]
      case .instant: _ = try reader.instant()
      case .hash: return try reader.dataRange().count == 32
      case .sealed, .geo: _ = try reader.dataRange()
      case .json: try BodyCodec.any(&reader, 0)
      case .part: return step.part >= 0 ? try fits(&reader, forms[step.part]) : false
      }
      return true
    }
  }
}
