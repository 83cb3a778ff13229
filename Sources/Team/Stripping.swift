internal import AdapterKit
internal import JSON

/// An answer's JSON without its secrets, byte for byte the same otherwise.
///
/// Parsing it and writing it again would change numbers that no type of ours holds, and take a second for a large list.
/// What is not JSON to the last byte is not understood here and gives nothing: then it is not shared.
struct Stripping {
    private let bytes: UnsafeRawBufferPointer
    private let keys: SecretKeys
    private var place = 0
    private var copied = 0
    private var result: [UInt8] = []
    private var judged: [[UInt8]: Bool] = [:]

    private static let mask = Array("\"•••\"".utf8)
    private static let deepest = 500

    private init(_ bytes: UnsafeRawBufferPointer, _ keys: SecretKeys) {
        self.bytes = bytes
        self.keys = keys
        result.reserveCapacity(bytes.count)
    }

    /// The bytes without what stands under a secret's name; nil for what is not JSON.
    static func stripped(_ bytes: UnsafeRawBufferPointer, of keys: SecretKeys) -> [UInt8]? {
        var stripping = Stripping(bytes, keys)
        guard stripping.value(masks: true, depth: 0) else { return nil }
        stripping.skipSpace()
        guard stripping.place == bytes.count else { return nil }
        stripping.copy(to: bytes.count)
        return stripping.result
    }

    private var next: UInt8? { place < bytes.count ? bytes[place] : nil }

    private mutating func copy(to end: Int) {
        result += bytes[copied..<end]
        copied = end
    }

    private mutating func skipSpace() {
        while let byte = next, byte == 32 || byte == 10 || byte == 13 || byte == 9 { place += 1 }
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard next == byte else { return false }
        place += 1
        return true
    }

    /// Goes over a value; false where there is none.
    private mutating func value(masks: Bool, depth: Int) -> Bool {
        guard depth < Self.deepest else { return false }
        skipSpace()
        switch next {
        case UInt8(ascii: "{"): return object(masks: masks, depth: depth)
        case UInt8(ascii: "["): return array(masks: masks, depth: depth)
        case UInt8(ascii: "\""):
            let start = place
            guard let isPlain = string() else { return false }
            return !masks || judge(text: start, isPlain: isPlain)
        default: return word()
        }
    }

    private mutating func object(masks: Bool, depth: Int) -> Bool {
        place += 1
        skipSpace()
        if take(UInt8(ascii: "}")) { return true }
        while true {
            skipSpace()
            let start = place
            guard next == UInt8(ascii: "\""), let isPlain = string() else { return false }
            let name = Array(bytes[(start + 1)..<(place - 1)])
            skipSpace()
            guard take(UInt8(ascii: ":")) else { return false }
            skipSpace()
            guard masks, isSecret(name, isPlain: isPlain) else {
                guard value(masks: masks, depth: depth + 1) else { return false }
                if end(UInt8(ascii: "}")) { return true }
                guard take(UInt8(ascii: ",")) else { return false }
                continue
            }
            let from = place
            guard value(masks: false, depth: depth + 1) else { return false }
            if !bytes[from..<place].elementsEqual("null".utf8) {
                copy(to: from)
                result += Self.mask
                copied = place
            }
            if end(UInt8(ascii: "}")) { return true }
            guard take(UInt8(ascii: ",")) else { return false }
        }
    }

    private mutating func array(masks: Bool, depth: Int) -> Bool {
        place += 1
        if end(UInt8(ascii: "]")) { return true }
        while true {
            guard value(masks: masks, depth: depth + 1) else { return false }
            if end(UInt8(ascii: "]")) { return true }
            guard take(UInt8(ascii: ",")) else { return false }
        }
    }

    private mutating func end(_ byte: UInt8) -> Bool {
        skipSpace()
        return take(byte)
    }

    /// Goes over a string; whether it has no escapes, or nil where it does not end.
    private mutating func string() -> Bool? {
        place += 1
        var isPlain = true
        while let byte = next {
            place += 1
            switch byte {
            case UInt8(ascii: "\""): return isPlain
            case UInt8(ascii: "\\"):
                isPlain = false
                place += 1
            case 0..<32: return nil
            default: break
            }
        }
        return nil
    }

    /// Goes over a number, `true`, `false` or `null`.
    private mutating func word() -> Bool {
        let start = place
        while let byte = next {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                UInt8(ascii: "E"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."):
                place += 1
            default: return place > start
            }
        }
        return place > start
    }

    private mutating func isSecret(_ name: [UInt8], isPlain: Bool) -> Bool {
        if let known = judged[name] { return known }
        let text = isPlain ? String(decoding: name, as: UTF8.self) : Self.unescaped(name) ?? ""
        // A name that can't be read could be any.
        let isSecret = (!isPlain && text.isEmpty) || keys.holds(text)
        judged[name] = isSecret
        return isSecret
    }

    private static func unescaped(_ name: [UInt8]) -> String? {
        text(of: [UInt8(ascii: "\"")] + name + [UInt8(ascii: "\"")])
    }

    /// What a string of JSON says.
    private static func text(of quoted: [UInt8]) -> String? {
        (try? JSONDocument([UInt8(ascii: "[")] + quoted + [UInt8(ascii: "]")]))?.root.array?.first?.string
    }

    /// JSON that is written into a text hides nothing.
    private mutating func judge(text start: Int, isPlain: Bool) -> Bool {
        guard start + 1 < place - 1 else { return true }
        let blank = bytes[(start + 1)..<(place - 1)].prefix { $0 == 32 }.count
        let first = bytes[start + 1 + blank]
        // An escape at its begin could stand for either.
        guard first == UInt8(ascii: "{") || first == UInt8(ascii: "[") || first == UInt8(ascii: "\\") else {
            return true
        }
        guard let inner = Self.text(of: Array(bytes[start..<place])) else { return false }
        let text = JSONTree.string(String(inner.drop(while: \.isWhitespace)))
        let masked = keys.masking(text)
        if masked != text {
            copy(to: start)
            result += masked.bytes
            copied = place
        }
        return true
    }
}
