/// Finds where values end, and nothing else: whether they are right is for the parser to say.
struct JSONScanner {
    private let bytes: UnsafeRawBufferPointer
    /// The place of the byte that is looked at next.
    var place: Int

    init(_ bytes: UnsafeRawBufferPointer, at place: Int) {
        self.bytes = bytes
        self.place = place
    }

    static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
    }

    /// The next byte that is not white space; nil at the end.
    mutating func peek() -> UInt8? {
        while place < bytes.count, Self.isSpace(bytes[place]) { place += 1 }
        return place < bytes.count ? bytes[place] : nil
    }

    /// Goes behind a byte where it comes next.
    mutating func take(_ byte: UInt8) -> Bool {
        guard peek() == byte else { return false }
        place += 1
        return true
    }

    /// Goes behind a string that begins here; false where it has no end.
    mutating func skipString() -> Bool {
        place += 1
        while place < bytes.count {
            if place + 8 <= bytes.count {
                let word = UInt64(
                    littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self))
                let marks =
                    Self.marks(word, of: UInt8(ascii: "\"")) | Self.marks(word, of: UInt8(ascii: "\\"))
                if marks == 0 {
                    place += 8
                    continue
                }
                place += marks.trailingZeroBitCount / 8
            }
            switch bytes[place] {
            case UInt8(ascii: "\""):
                place += 1
                return true
            case UInt8(ascii: "\\"): place += 2
            default: place += 1
            }
        }
        return false
    }

    /// A bit for each byte of a word that is as wanted, the lowest of which is right; zero where none is.
    private static func marks(_ word: UInt64, of byte: UInt8) -> UInt64 {
        let zeroed = word ^ (UInt64(byte) &* 0x0101_0101_0101_0101)
        return (zeroed &- 0x0101_0101_0101_0101) & ~zeroed & 0x8080_8080_8080_8080
    }

    /// Goes behind a value; false where it has no end, or none within so many bytes.
    mutating func skipValue(within limit: Int) -> Bool {
        let start = place
        switch peek() {
        case UInt8(ascii: "\""): return skipString()
        case UInt8(ascii: "{"), UInt8(ascii: "["):
            var depth = 0
            repeat {
                guard step(&depth) != nil, place - start <= limit else { return false }
            } while depth > 0
            return true
        default:
            while place < bytes.count, !Self.isSpace(bytes[place]), !",]}".utf8.contains(bytes[place]) {
                guard place - start <= limit else { return false }
                place += 1
            }
            return place > start
        }
    }

    /// Goes on to where values one after another end: at the bracket behind them, or at a comma between two, the last one
    /// within so many bytes, or the first behind as many; nil where they have no end.
    mutating func end(ofValuesWithin size: Int) -> Int? {
        let start = place
        var depth = 0
        var comma: Int?
        while let byte = step(&depth) {
            if depth < 0 { return byte == UInt8(ascii: "]") ? place - 1 : nil }
            guard depth == 0, byte == UInt8(ascii: ",") else { continue }
            if place - start > size { return comma ?? place - 1 }
            comma = place - 1
        }
        return nil
    }

    /// Goes behind the next byte that may matter, or a string; gives what was there, nil at the end.
    @inline(__always)
    private mutating func step(_ depth: inout Int) -> UInt8? {
        while place < bytes.count {
            let byte = bytes[place]
            switch byte {
            case UInt8(ascii: "\""):
                guard skipString() else { return nil }
                continue
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
            case UInt8(ascii: ","): break
            default:
                place += 1
                continue
            }
            place += 1
            return byte
        }
        return nil
    }
}
