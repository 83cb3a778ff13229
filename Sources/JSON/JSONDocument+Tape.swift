import Glibc

/// What stands at a place of the tape.
enum TapeTag {
    static let object = UInt8(ascii: "{")
    static let array = UInt8(ascii: "[")
    static let string = UInt8(ascii: "\"")
    static let signed = UInt8(ascii: "l")
    static let unsigned = UInt8(ascii: "u")
    static let double = UInt8(ascii: "d")
    static let yes = UInt8(ascii: "t")
    static let no = UInt8(ascii: "f")
    static let null = UInt8(ascii: "n")
}

extension JSONDocument {
    /// The upper byte of a word says what it is.
    @inline(__always) func tag(_ index: Int) -> UInt8 { UInt8(truncatingIfNeeded: tape[index] >> 56) }

    /// The place behind a value and all that is in it.
    @inline(__always) func after(_ index: Int) -> Int {
        let word = tape[index]
        switch UInt8(truncatingIfNeeded: word >> 56) {
        case TapeTag.object, TapeTag.array: return Int(truncatingIfNeeded: word & 0xFFFF_FFFF)
        case TapeTag.signed, TapeTag.unsigned, TapeTag.double: return index + 2
        default: return index + 1
        }
    }

    /// The places of an array's values or an object's keys and values, without the closing bracket.
    @inline(__always) func inside(_ index: Int) -> Range<Int> { index + 1..<after(index) - 1 }

    /// The bytes of a string or key, which live as long as the document.
    @inline(__always) func utf8(_ index: Int) -> UnsafeBufferPointer<UInt8> {
        let start = strings + Int(truncatingIfNeeded: tape[index] & 0x00FF_FFFF_FFFF_FFFF)
        let count = UnsafeRawPointer(start).loadUnaligned(as: UInt32.self)
        return UnsafeBufferPointer(start: start + 4, count: Int(count))
    }

    /// Whether two strings or keys are the same.
    @inline(__always) func isEqual(_ index: Int, _ other: Int) -> Bool {
        let (a, b) = (utf8(index), utf8(other))
        guard a.count == b.count, let start = a.baseAddress, let otherStart = b.baseAddress else {
            return false
        }
        return memcmp(start, otherStart, a.count) == 0
    }

    func string(_ index: Int) -> String { String(decoding: utf8(index), as: UTF8.self) }

    /// The place of a member's value; of several with the same key the last, as JavaScript and PHP read it.
    func member(_ key: String, of index: Int) -> Int? {
        guard tag(index) == TapeTag.object else { return nil }
        var key = key
        return key.withUTF8 { wanted in
            var found: Int?
            let inside = inside(index)
            var place = inside.lowerBound
            while place < inside.upperBound {
                if utf8(place).elementsEqual(wanted) { found = place + 1 }
                place = after(place + 1)
            }
            return found
        }
    }

    /// The way from the root to a place, such as `alerts[3].state`; found by walking, since only errors ask.
    func path(to target: Int) -> String {
        var path = context?.path ?? ""
        var index = context?.list ?? 1
        var position = context?.first ?? 0
        descent: while index < target {
            let inside = inside(index)
            let isObject = tag(index) == TapeTag.object
            var place = inside.lowerBound
            while place < inside.upperBound {
                let value = isObject ? place + 1 : place
                let next = after(value)
                if value <= target, target < next {
                    path += isObject ? Self.step(string(place), in: path) : "[\(position)]"
                    index = value
                    position = 0
                    continue descent
                }
                place = next
                position += 1
            }
            break
        }
        return path.isEmpty ? "the answer" : path
    }

    /// A key as a step of a path: `.state`, or `["a b"]` when it is not a plain word.
    static func step(_ key: String, in path: String) -> String {
        let isPlain =
            !key.isEmpty
            && key.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
                    true
                default: false
                }
            }
        guard isPlain, key.utf8.count <= 60 else { return "[\"\(excerpt(key))\"]" }
        return path.isEmpty ? key : ".\(key)"
    }
}
