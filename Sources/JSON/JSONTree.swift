/// A JSON value to be written: what request bodies and records are made from.
///
/// ```swift
/// let body: JSONTree = ["note": .string(note), "until_clear": true]
/// ```
public indirect enum JSONTree: Sendable, Hashable {
    /// `null`.
    case null
    /// `true` or `false`.
    case bool(Bool)
    /// A whole number.
    case integer(Int64)
    /// A number; what is not finite is written as `null`.
    case number(Double)
    /// A text.
    case string(String)
    /// Values in order.
    case array([JSONTree])
    /// Members, written in this order.
    case object([Member])

    /// One member of an object.
    public struct Member: Sendable, Hashable {
        /// The member's key.
        public let key: String
        /// The member's value.
        public let value: JSONTree

        /// Makes a member.
        public init(_ key: String, _ value: JSONTree) {
            self.key = key
            self.value = value
        }
    }
}

extension JSONTree: ExpressibleByNilLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByFloatLiteral, ExpressibleByStringLiteral, ExpressibleByArrayLiteral,
    ExpressibleByDictionaryLiteral
{
    /// Null.
    public init(nilLiteral: ()) { self = .null }
    /// A flag.
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    /// A whole number.
    public init(integerLiteral value: Int64) { self = .integer(value) }
    /// A number.
    public init(floatLiteral value: Double) { self = .number(value) }
    /// A text.
    public init(stringLiteral value: String) { self = .string(value) }
    /// Values in order.
    public init(arrayLiteral elements: JSONTree...) { self = .array(elements) }
    /// Members in the order they are written.
    public init(dictionaryLiteral elements: (String, JSONTree)...) {
        self = .object(elements.map { Member($0, $1) })
    }
}

extension JSONTree {
    /// A copy of a parsed value; a number beyond 64 signed bits becomes a text.
    public init(_ value: JSONValue) {
        switch value.kind {
        case .null: self = .null
        case .bool: self = .bool(value.flag ?? false)
        case .string: self = .string(value.string ?? "")
        case .array: self = .array(value.array?.map { JSONTree($0) } ?? [])
        case .object: self = .object(value.object?.map { Member($0.key, JSONTree($0.value)) } ?? [])
        case .number:
            if value.isDouble {
                self = .number(value.double ?? 0)
            } else if let whole = value.int64 {
                self = .integer(whole)
            } else {
                self = .string(value.text ?? "")
            }
        }
    }
}
