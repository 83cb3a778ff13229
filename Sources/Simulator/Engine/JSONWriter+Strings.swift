extension JSONWriter {
    /// Writes a string with its quotes, escaped as the style asks.
    mutating func write(string: String) {
        append("\"")
        var string = string
        let isDone = string.withUTF8 { utf8 -> Bool in
            if style.escapesNonASCII, utf8.contains(where: { $0 >= 0x80 }) { return false }
            var start = 0
            for place in utf8.indices where needsCare(utf8[place]) {
                append(bytes: UnsafeBufferPointer(rebasing: utf8[start..<place]))
                write(scalar: Unicode.Scalar(utf8[place]))
                start = place + 1
            }
            append(bytes: UnsafeBufferPointer(rebasing: utf8[start...]))
            return true
        }
        if !isDone {
            for scalar in string.unicodeScalars { write(scalar: scalar) }
        }
        append("\"")
    }

    /// Whether a byte that is a character by itself is written in another way.
    private func needsCare(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
            || (byte == UInt8(ascii: "/") && style.escapesSlashes)
    }

    private mutating func write(scalar: Unicode.Scalar) {
        switch scalar {
        case "\"": append("\\\"")
        case "\\": append("\\\\")
        case "/" where style.escapesSlashes: append("\\/")
        case "\n": append("\\n")
        case "\r": append("\\r")
        case "\t": append("\\t")
        case "\u{8}": append("\\b")
        case "\u{c}": append("\\f")
        case _ where scalar.value < 0x20: write(escaped: UInt16(scalar.value))
        case _ where scalar.value >= 0x80 && style.escapesNonASCII:
            for unit in String(scalar).utf16 { write(escaped: unit) }
        default: append(String(scalar))
        }
    }

    private mutating func write(escaped unit: UInt16) {
        append("\\u")
        let digits = String(unit, radix: 16)
        for _ in digits.count..<4 { append("0") }
        append(digits)
    }
}
