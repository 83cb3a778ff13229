/// Text from servers made harmless: what is kept can be stored, compared, exported and shown.
public enum Cleaning {
    /// Control characters, and characters that reorder, hide or join what is shown.
    public static func isHostile(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x20, 0x7F..<0xA0, 0x61C, 0x200B, 0x200E, 0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF,
            0xFFF9...0xFFFB, 0xE0000...0xE007F:
            true
        default: false
        }
    }

    /// Whether bytes are printable ASCII, which needs no cleaning.
    static func isPlain(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        var isPlain = true
        for byte in bytes { isPlain = isPlain && byte &- 32 < 95 }
        return isPlain
    }

    /// The text with line ends and tabs as spaces and every other hostile character taken out.
    public static func clean(_ text: some StringProtocol) -> String {
        if text.utf8.allSatisfy({ $0 >= 32 && $0 < 127 }) { return String(text) }
        var text = String(text)
        if let ascii = text.withUTF8({ cleanASCII($0) }) { return ascii }
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            if !isHostile(scalar) {
                result.append(scalar)
            } else if scalar == "\n" || scalar == "\t" || scalar == "\u{2028}" || scalar == "\u{2029}" {
                result.append(" ")
            }
        }
        return String(result)
    }

    /// The same from UTF-8; broken sequences are replaced.
    public static func clean(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
        cleanASCII(bytes) ?? clean(String(decoding: bytes, as: UTF8.self))
    }

    /// The same of ASCII, where every byte is a character; nil for anything else.
    ///
    /// What devices say of themselves has lines, and ten times as long takes who looks at scalars.
    private static func cleanASCII(_ bytes: UnsafeBufferPointer<UInt8>) -> String? {
        var all: UInt8 = 0
        for byte in bytes { all |= byte }
        guard all < 0x80 else { return nil }
        return String(unsafeUninitializedCapacity: bytes.count) { kept in
            var count = 0
            for byte in bytes {
                let isSpace = byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\t")
                guard isSpace || byte &- 32 < 95 else { continue }
                kept[count] = isSpace ? 32 : byte
                count += 1
            }
            return count
        }
    }
}
