/// One value of a document; it keeps the document alive.
///
/// A field that is not there is a nil `JSONValue`; one that is null is a value whose `isNull` is true, and
/// which every accessor reads as nil.
public struct JSONValue: Sendable {
    /// The document that the value is a part of.
    public let document: JSONDocument
    let index: Int

    /// What JSON calls the value.
    public enum Kind: Sendable, Hashable {
        case null, bool, number, string, array, object
    }

    /// What the value is, whatever it can be read as.
    public var kind: Kind {
        switch document.tag(index) {
        case TapeTag.object: .object
        case TapeTag.array: .array
        case TapeTag.string: .string
        case TapeTag.yes, TapeTag.no: .bool
        case TapeTag.null: .null
        default: .number
        }
    }

    var isDouble: Bool { document.tag(index) == TapeTag.double }

    /// Whether the value is null.
    public var isNull: Bool { document.tag(index) == TapeTag.null }

    /// Where the value is, such as `alerts[3].state`.
    public var path: String { document.path(to: index) }

    /// The text of a string; nil for anything else.
    public var string: String? {
        document.tag(index) == TapeTag.string ? document.string(index) : nil
    }

    /// A string as it is, a number or a boolean as it is written; nil for null, arrays and objects.
    public var text: String? { document.text(index) }

    /// A whole number from `1`, `"1"`, `1.0` or `true`; nil for fractions and for what is beyond 64 signed bits.
    ///
    /// A counter beyond `Int64.max` is nil rather than a wrong number; `uint64` reads it exactly.
    public var int64: Int64? { document.int64(index) }

    /// A whole number of 64 unsigned bits, read as leniently as `int64`.
    public var uint64: UInt64? { document.uint64(index) }

    /// A number from `1.5`, `"1.5"` or `true`; nil for what is not finite.
    public var double: Double? { document.double(index) }

    /// A flag from `true`, `1`, `"1"` or `"true"` and their opposites; any number but 0 is true.
    public var flag: Bool? { document.flag(index) }

    /// The values of an array; nil for anything else.
    public var array: JSONArray? {
        document.tag(index) == TapeTag.array ? JSONArray(document: document, index: index) : nil
    }

    /// The members of an object; nil for anything else.
    public var object: JSONObject? {
        document.tag(index) == TapeTag.object ? JSONObject(document: document, index: index) : nil
    }

    /// A member of an object, null included; nil when it is missing or this is no object.
    ///
    /// Of several with the same key it is the last.
    public subscript(key: String) -> JSONValue? {
        document.member(key, of: index).map { JSONValue(document: document, index: $0) }
    }

    /// Lends the bytes of a string; nil for anything else.
    public func withUTF8<Result>(
        _ body: (UnsafeBufferPointer<UInt8>) throws -> Result
    ) rethrows -> Result? {
        guard document.tag(index) == TapeTag.string else { return nil }
        return try withExtendedLifetime(document) { try body(document.utf8(index)) }
    }
}

extension JSONValue {
    /// A member that must be there, null or not.
    public func require(_ key: String) throws(JSONError) -> JSONValue {
        guard kind == .object else { throw mismatch("an object") }
        if let value = self[key] { return value }
        let here = index == 1 ? "" : path
        throw .missing(path: here + JSONDocument.step(key, in: here))
    }

    /// The values, or an error that names the path.
    public func requireArray() throws(JSONError) -> JSONArray {
        guard let array else { throw mismatch("an array") }
        return array
    }

    /// The members, or an error that names the path.
    public func requireObject() throws(JSONError) -> JSONObject {
        guard let object else { throw mismatch("an object") }
        return object
    }

    /// The whole number, or an error that names the path.
    public func requireInt64() throws(JSONError) -> Int64 {
        guard let int64 else { throw mismatch("a number") }
        return int64
    }

    /// The number, or an error that names the path.
    public func requireDouble() throws(JSONError) -> Double {
        guard let double else { throw mismatch("a number") }
        return double
    }

    /// The flag, or an error that names the path.
    public func requireFlag() throws(JSONError) -> Bool {
        guard let flag else { throw mismatch("a flag") }
        return flag
    }

    /// The text, or an error that names the path.
    public func requireText() throws(JSONError) -> String {
        guard let text else { throw mismatch("a text") }
        return text
    }

    /// The error for a value that is not what was expected; `expected` reads like `a number`.
    public func mismatch(_ expected: String) -> JSONError {
        let found =
            switch kind {
            case .null: "null"
            case .array: "an array"
            case .object: "an object"
            case .bool, .number: text ?? ""
            case .string: "\"\(excerpt(string ?? ""))\""
            }
        return .wrongType(path: path, expected: expected, found: found)
    }
}
