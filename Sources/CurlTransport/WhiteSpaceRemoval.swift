/// Leaves out white space between the values of a JSON text that arrives in parts.
///
/// Of what a server sends that indents, it may be two bytes in five. Strings stay as they are, in broken texts too.
/// Elsewhere white space goes behind `{ [ , :`, before `{ } [ ] , :` and at the beginning, since these signs stand for
/// themselves whatever is beside them; any other run becomes one space. So the values are the same, and a text is JSON
/// exactly where it was: `[1 2]` does not become `[12]`.
struct WhiteSpaceRemoval {
    /// How many bytes a copy may write behind as many as the part has: a space that was owed, and a word at the end.
    static let slack = 16

    private var isInText = false
    /// Whether the last byte was a backslash in a string.
    private var isEscaped = false
    /// Whether white space that comes next separates nothing.
    private var isFree = true
    /// Whether white space was left out that counts if a value follows.
    private var isOwed = false

    /// Where bytes are read and written; a word may be written where a part of it is meant.
    private struct Cursor {
        var from: UnsafeRawPointer
        let end: UnsafeRawPointer
        var to: UnsafeMutableRawPointer

        @inline(__always)
        var byte: UInt8 { from.load(as: UInt8.self) }

        @inline(__always)
        mutating func put(_ byte: UInt8) {
            to.storeBytes(of: byte, as: UInt8.self)
            to += 1
        }

        @inline(__always)
        mutating func copy() {
            put(byte)
            from += 1
        }

        /// Whether eight bytes are left.
        @inline(__always)
        var hasWord: Bool { end - from >= 8 }

        /// The next eight bytes, the first of them lowest.
        @inline(__always)
        var word: UInt64 { UInt64(littleEndian: from.loadUnaligned(as: UInt64.self)) }
    }

    /// Copies the next part of the text; gives the number of bytes that were kept.
    mutating func copy(_ part: UnsafeRawBufferPointer, to target: UnsafeMutableRawPointer) -> Int {
        guard let start = part.baseAddress else { return 0 }
        var cursor = Cursor(from: start, end: start + part.count, to: target)
        // Not in memory while bytes are copied.
        var isFree = isFree
        var isOwed = isOwed
        if isInText { copyText(&cursor) }
        while cursor.from < cursor.end {
            let byte = cursor.byte
            switch byte {
            case 0x20, 0x0A, 0x0D, 0x09:
                Self.skipSpace(&cursor)
                isOwed = !isFree
            case UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: ","), UInt8(ascii: ":"):
                cursor.copy()
                isOwed = false
                isFree = true
                // One space or a break of a line, and perhaps more.
                if cursor.from < cursor.end, cursor.byte == 0x20 || cursor.byte == 0x0A {
                    Self.skipSpace(&cursor)
                }
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                cursor.copy()
                isOwed = false
                isFree = false
            default:
                if isOwed { cursor.put(0x20) }
                isOwed = false
                isFree = false
                cursor.copy()
                if byte == UInt8(ascii: "\"") {
                    copyText(&cursor)
                } else {
                    Self.copyDigits(&cursor)
                }
            }
        }
        self.isFree = isFree
        self.isOwed = isOwed
        return cursor.to - target
    }

    /// Writes what is owed when no part follows, so that a word that was cut off ends where it did.
    mutating func finish(at target: UnsafeMutableRawPointer) -> Int {
        guard isOwed else { return 0 }
        target.storeBytes(of: 0x20, as: UInt8.self)
        isOwed = false
        return 1
    }

    /// Copies the digits that come next.
    @inline(__always)
    private static func copyDigits(_ cursor: inout Cursor) {
        while cursor.hasWord {
            let word = cursor.word
            let values = word ^ 0x3030_3030_3030_3030
            // A sum is right up to the first byte that is no digit.
            let others = ((values &+ 0x7676_7676_7676_7676) | values) & 0x8080_8080_8080_8080
            cursor.to.storeBytes(of: word.littleEndian, as: UInt64.self)
            let count = others.trailingZeroBitCount / 8
            cursor.from += count
            cursor.to += count
            if count < 8 { return }
        }
    }

    /// Copies the rest of a string with its quote.
    @inline(__always)
    private mutating func copyText(_ cursor: inout Cursor) {
        isInText = true
        if isEscaped, cursor.from < cursor.end {
            cursor.copy()
            isEscaped = false
        }
        while cursor.from < cursor.end {
            if cursor.hasWord {
                let word = cursor.word
                let marks =
                    Self.marks(word, of: UInt8(ascii: "\"")) | Self.marks(word, of: UInt8(ascii: "\\"))
                cursor.to.storeBytes(of: word.littleEndian, as: UInt64.self)
                let count = marks.trailingZeroBitCount / 8  // 8 where there is no mark
                cursor.from += count
                cursor.to += count
                if count == 8 { continue }
            }
            let byte = cursor.byte
            cursor.copy()
            if byte == UInt8(ascii: "\"") {
                isInText = false
                return
            }
            guard byte == UInt8(ascii: "\\") else { continue }
            guard cursor.from < cursor.end else { return isEscaped = true }
            cursor.copy()
        }
    }

    @inline(__always)
    private static func skipSpace(_ cursor: inout Cursor) {
        cursor.from += 1
        while cursor.from < cursor.end {
            if cursor.byte > 0x20 { return }
            if cursor.hasWord {
                let count = (cursor.word ^ 0x2020_2020_2020_2020).trailingZeroBitCount / 8
                cursor.from += count
                if count == 8 { continue }
            }
            switch cursor.byte {
            case 0x20, 0x0A, 0x0D, 0x09: cursor.from += 1
            default: return
            }
        }
    }

    /// A bit for each byte of a word that is as wanted, the lowest of which is right; zero where none is.
    @inline(__always)
    private static func marks(_ word: UInt64, of byte: UInt8) -> UInt64 {
        let zeroed = word ^ (UInt64(byte) &* 0x0101_0101_0101_0101)
        return (zeroed &- 0x0101_0101_0101_0101) & ~zeroed & 0x8080_8080_8080_8080
    }
}
