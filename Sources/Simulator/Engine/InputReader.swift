/// Reads JSON as strictly as servers do; Foundation would forget the order of the keys.
struct InputReader {
    private var rest: ArraySlice<UInt8>

    /// Deeper nesting is refused, as PHP and Python do.
    private static let depthLimit = 500

    init(_ bytes: [UInt8]) { rest = bytes[...] }

    /// The one value of the text; nil when it is malformed or something follows.
    mutating func read() -> Input? {
        guard let value = value(depth: 0) else { return nil }
        skipSpace()
        return rest.isEmpty ? value : nil
    }

    private mutating func value(depth: Int) -> Input? {
        guard depth < Self.depthLimit else { return nil }
        skipSpace()
        switch rest.first {
        case UInt8(ascii: "{"): return object(depth: depth + 1)
        case UInt8(ascii: "["): return list(depth: depth + 1)
        case UInt8(ascii: "\""): return string().map(Input.text)
        case UInt8(ascii: "t"): return take("true") ? .flag(true) : nil
        case UInt8(ascii: "f"): return take("false") ? .flag(false) : nil
        case UInt8(ascii: "n"): return take("null") ? .null : nil
        default: return number()
        }
    }

    // MARK: Containers

    private mutating func object(depth: Int) -> Input? {
        var members: [Input.Member] = []
        let isWhole = items(until: UInt8(ascii: "}")) { reader in
            guard let key = reader.string() else { return false }
            reader.skipSpace()
            guard reader.take(":"), let value = reader.value(depth: depth) else { return false }
            members.append(Input.Member(key: key, value: value))
            return true
        }
        return isWhole ? .object(members) : nil
    }

    private mutating func list(depth: Int) -> Input? {
        var values: [Input] = []
        let isWhole = items(until: UInt8(ascii: "]")) { reader in
            guard let value = reader.value(depth: depth) else { return false }
            values.append(value)
            return true
        }
        return isWhole ? .list(values) : nil
    }

    /// What stands between the brackets, with commas between.
    private mutating func items(
        until end: UInt8, _ read: (inout InputReader) -> Bool
    ) -> Bool {
        rest = rest.dropFirst()
        skipSpace()
        if rest.first == end {
            rest = rest.dropFirst()
            return true
        }
        while true {
            skipSpace()
            guard read(&self) else { return false }
            skipSpace()
            guard let byte = rest.popFirst() else { return false }
            if byte == end { return true }
            guard byte == UInt8(ascii: ",") else { return false }
        }
    }

    // MARK: Scalars

    private mutating func string() -> String? {
        guard take("\"") else { return nil }
        var units: [UInt8] = []
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "\""): return String(validating: units, as: UTF8.self)
            case UInt8(ascii: "\\"):
                guard let scalar = escape() else { return nil }
                units.append(contentsOf: Array(String(scalar).utf8))
            case 0..<0x20: return nil
            default: units.append(byte)
            }
        }
        return nil
    }

    private mutating func escape() -> Unicode.Scalar? {
        guard let byte = rest.popFirst() else { return nil }
        switch byte {
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{c}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
        case UInt8(ascii: "u"):
            guard let high = hexadecimal() else { return nil }
            guard (0xd800..<0xdc00).contains(high) else { return Unicode.Scalar(high) }
            guard take("\\u"), let low = hexadecimal(), (0xdc00..<0xe000).contains(low) else { return nil }
            return Unicode.Scalar(0x10000 + (high - 0xd800) << 10 + (low - 0xdc00))
        default: return nil
        }
    }

    private mutating func hexadecimal() -> UInt32? {
        let digits = rest.prefix(4)
        guard digits.count == 4, digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }) else {
            return nil
        }
        rest = rest.dropFirst(4)
        return UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
    }

    private mutating func number() -> Input? {
        let text = rest.prefix { byte in
            (48...57).contains(byte) || "+-.eE".utf8.contains(byte)
        }
        let digits = String(decoding: text, as: UTF8.self)
        let unsigned = digits.drop { $0 == "-" }
        guard digits.count - unsigned.count <= 1, unsigned.first?.isNumber == true, Double(digits) != nil
        else { return nil }
        rest = rest.dropFirst(text.count)
        return .number(digits)
    }

    private mutating func take(_ word: StaticString) -> Bool {
        let count = word.utf8CodeUnitCount
        let isThere = word.withUTF8Buffer { rest.prefix(count).elementsEqual($0) }
        if isThere { rest = rest.dropFirst(count) }
        return isThere
    }

    private mutating func skipSpace() {
        rest = rest.drop { $0 == 0x20 || $0 == 0x0a || $0 == 0x0d || $0 == 0x09 }
    }
}
