// Rows of answers are written as they look: `["id": 1, "name": .text(name), "note": nil]`.
extension Value: ExpressibleByStringLiteral {
    init(stringLiteral text: String) { self = .text(text) }
}

extension Value: ExpressibleByIntegerLiteral {
    init(integerLiteral number: Int) { self = .integer(number) }
}

extension Value: ExpressibleByNilLiteral {
    init(nilLiteral: ()) { self = .null }
}

extension Value: ExpressibleByDictionaryLiteral {
    init(dictionaryLiteral members: (String, Value)...) {
        self = .object(members.map { Member($0.0, $0.1) })
    }
}

extension Value {
    /// The members of an object; none of anything else.
    var members: [Member] { if case .object(let members) = self { members } else { [] } }

    subscript(key: String) -> Value { members.first { $0.key == key }?.value ?? .null }

    /// A whole number.
    var number: Int? {
        switch self {
        case .integer(let number), .computed(let number): number
        case .flag(let flag): flag ? 1 : 0
        default: nil
        }
    }

    /// A scalar as a word.
    var word: String {
        switch self {
        case .text(let text), .decimal(let text), .literal(let text): text
        default: number.map { String($0) } ?? ""
        }
    }
}
