/// Finds where and why a text is not JSON; runs only after the parser refused it.
///
/// simdjson reads many bytes at once and does not know where it failed, and can't tell a text that was cut
/// from one that is wrong.
struct JSONFault {
    private let bytes: UnsafeRawBufferPointer
    private var position = 0
    /// The open brackets, outermost first.
    private var open: [UInt8] = []

    private enum Stop: Error {
        case end
        case wrong(at: Int, String)
    }

    static func find(in bytes: UnsafeRawBufferPointer) -> JSONError {
        let start = bytes.firstIndex { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }
        guard let start else { return .empty }
        guard bytes[start] == UInt8(ascii: "{") || bytes[start] == UInt8(ascii: "[") else {
            return .notJSON(excerpt: excerpt(String(decoding: bytes[start...].prefix(400), as: UTF8.self)))
        }
        var fault = JSONFault(bytes: bytes)
        do {
            try fault.scan()
            return .malformed(offset: start, reason: "a number beyond 64 bits")
        } catch {
            switch error {
            case .end: return .truncated(count: bytes.count)
            case .wrong(let offset, let reason): return .malformed(offset: offset, reason: reason)
            }
        }
    }

    private init(bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    private mutating func scan() throws(Stop) {
        try value()
        while let bracket = open.last {
            let isObject = bracket == UInt8(ascii: "{")
            switch try peek() {
            case UInt8(ascii: ","):
                position += 1
                if isObject { try key() }
                try value()
            case UInt8(ascii: "}") where isObject, UInt8(ascii: "]") where !isObject: close()
            default: throw unexpected(isObject ? "',' or '}'" : "',' or ']'")
            }
        }
        if let next = try? peek() { throw .wrong(at: position, "\(Self.name(next)) behind the end") }
    }

    private mutating func close() {
        open.removeLast()
        position += 1
    }

    /// Reads a value, or enters an array or object up to its first plain value.
    private mutating func value() throws(Stop) {
        while true {
            switch try peek() {
            case UInt8(ascii: "{"):
                open.append(UInt8(ascii: "{"))
                position += 1
                if try peek() == UInt8(ascii: "}") { return close() }
                try key()
            case UInt8(ascii: "["):
                open.append(UInt8(ascii: "["))
                position += 1
                if try peek() == UInt8(ascii: "]") { return close() }
            case UInt8(ascii: "\""): return try string()
            case UInt8(ascii: "t"): return try word("true")
            case UInt8(ascii: "f"): return try word("false")
            case UInt8(ascii: "n"): return try word("null")
            case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
            default: throw unexpected("a value")
            }
        }
    }

    private mutating func key() throws(Stop) {
        guard try peek() == UInt8(ascii: "\"") else { throw unexpected("a key in quotes") }
        try string()
        guard try peek() == UInt8(ascii: ":") else { throw unexpected("':'") }
        position += 1
    }

    private mutating func string() throws(Stop) {
        let start = position
        position += 1
        while true {
            let byte = try here()
            switch byte {
            case UInt8(ascii: "\""):
                position += 1
                let content = bytes[start..<position]
                if String(validating: content, as: UTF8.self) == nil {
                    throw .wrong(at: start, "a text that is not UTF-8")
                }
                return
            case UInt8(ascii: "\\"):
                position += 1
                let mark = try here()
                guard "\"\\/bfnrtu".utf8.contains(mark) else { throw .wrong(at: position, "a wrong escape") }
                position += 1
                if mark == UInt8(ascii: "u") {
                    for _ in 0..<4 {
                        guard UnicodeScalar(try here()).properties.isASCIIHexDigit
                        else { throw .wrong(at: position, "a wrong escape") }
                        position += 1
                    }
                }
            case ..<0x20: throw .wrong(at: position, "\(Self.name(byte)) inside a text")
            default: position += 1
            }
        }
    }

    private mutating func word(_ word: StaticString) throws(Stop) {
        for offset in 0..<word.utf8CodeUnitCount {
            guard try here() == word.utf8Start[offset] else { throw unexpected("\(word)") }
            position += 1
        }
    }

    private mutating func number() throws(Stop) {
        let start = position
        while position < bytes.count, "+-.eE0123456789".utf8.contains(bytes[position]) { position += 1 }
        if position == bytes.count { throw .end }
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        let digits = text.drop { $0 == "-" }
        let isLeading = digits.count > 1 && digits.first == "0" && digits.dropFirst().first?.isNumber == true
        guard let number = Double(text), let last = text.last, last != ".", digits.first?.isNumber == true,
            !text.contains(".e"), !text.contains(".E"), !isLeading
        else { throw .wrong(at: start, "a wrong number") }
        let isWhole = text.utf8.allSatisfy {
            $0 == UInt8(ascii: "-") || $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9")
        }
        if !number.isFinite || isWhole && Int64(text) == nil && UInt64(text) == nil {
            throw .wrong(at: start, "a number beyond 64 bits")
        }
    }

    /// The next byte that is not white space.
    private mutating func peek() throws(Stop) -> UInt8 {
        while position < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[position]) { position += 1 }
        return try here()
    }

    private func here() throws(Stop) -> UInt8 {
        guard position < bytes.count else { throw .end }
        return bytes[position]
    }

    private func unexpected(_ expected: String) -> Stop {
        .wrong(at: position, "expected \(expected), found \(Self.name(bytes[position]))")
    }

    private static func name(_ byte: UInt8) -> String {
        if byte > 0x20, byte < 0x7F { return "'\(UnicodeScalar(byte))'" }
        return "byte \(byte)"
    }
}
