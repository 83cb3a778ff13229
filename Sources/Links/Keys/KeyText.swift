/// What keys of all kinds need of texts.
enum KeyText {
    /// A text without the blanks around it.
    static func trimmed(_ text: Bytes) -> Bytes {
        var range = text.indices
        while let first = range.first, isBlank(text[first]) { range.removeFirst() }
        while let last = range.last, isBlank(text[last]) { range.removeLast() }
        return Bytes(rebasing: text[range])
    }

    /// Gives a text in lower case, without what is to be dropped; a text that is longer than any key gives nothing.
    @inline(__always)
    static func withLowered(
        _ text: Bytes, dropping isDropped: (UInt8) -> Bool = { _ in false }, _ body: (Bytes) -> Void
    ) {
        guard text.count <= 253 else { return }
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: max(text.count, 1)) { buffer in
            var count = 0
            for byte in text where !isDropped(byte) {
                buffer[count] = lower(byte)
                count += 1
            }
            body(Bytes(rebasing: buffer[..<count]))
        }
    }

    /// Words that people and factories write where there is nothing to write.
    private static let placeholders: Set<String> = [
        "n/a", "na", "n.a.", "none", "(none)", "null", "nil", "unknown", "undefined", "default", "test",
        "testing",
        "tbd", "todo", "unset", "notset", "notavailable", "notspecified", "tobefilledbyo.e.m.",
        "tobefilledbyoem", "defaultstring", "systemserialnumber", "chassisserialnumber", "serialnumber",
        "serial", "customer", "circuit", "empty", "noserial", "invalid", "dummy", "example", "demo", "temp",
        "new", "old", "abc", "abc123", "abcdef", "deadbeef", "internal", "external", "various", "multiple",
        "vacant", "spare", "reserved", "unused", "free", "missing", "private", "public", "xxx123", "not-set",
        "not-available", "not-specified", "0x0", "0123456789", "01234567",
    ]

    /// Whether a text in lower case and without blanks stands for nothing: a word for it, one character again and
    /// again, or digits counted up.
    static func isPlaceholder(_ text: Bytes) -> Bool {
        guard let first = text.first else { return true }
        if text.allSatisfy({ $0 == first || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".") }) {
            return true
        }
        if isCounting(text) { return true }
        return text.count <= 24 && placeholders.contains(String(decoding: text, as: UTF8.self))
    }

    /// `1234`, `123456789`, `1234567890`.
    private static func isCounting(_ text: Bytes) -> Bool {
        guard text.count >= 3, text[0] == UInt8(ascii: "1") else { return false }
        for place in text.indices
        where text[place] != UInt8(ascii: "0") + UInt8(truncatingIfNeeded: (place + 1) % 10) {
            return false
        }
        return true
    }

    @inline(__always)
    static func lower(_ byte: UInt8) -> UInt8 { byte &- 65 < 26 ? byte | 0x20 : byte }
    @inline(__always)
    static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
    @inline(__always)
    static func isDigit(_ byte: UInt8) -> Bool { byte &- 48 < 10 }
    @inline(__always)
    static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 97 < 26 }

    /// The value of a hexadecimal digit.
    @inline(__always)
    static func hex(_ byte: UInt8) -> UInt64? {
        if isDigit(byte) { return UInt64(byte - 48) }
        let letter = byte | 0x20
        return letter &- 97 < 6 ? UInt64(letter - 87) : nil
    }
}
