/// Text without the difference between upper and lower case, character by character.
///
/// Every part of the product that compares text without regard to case folds it here, so that a filter, its
/// highlights and a sort order agree.
public enum Folding {
    /// Appends the folded form of valid UTF-8.
    public static func fold(_ utf8: UnsafeBufferPointer<UInt8>, into folded: inout [UInt8]) {
        guard isASCII(utf8) else {
            for scalar in String(decoding: utf8, as: UTF8.self).unicodeScalars { append(scalar, to: &folded) }
            return
        }
        for byte in utf8 { folded.append(lower(byte)) }
    }

    /// Whether no byte is part of a longer character; eight are looked at at once.
    package static func isASCII(_ utf8: UnsafeBufferPointer<UInt8>) -> Bool {
        let bytes = UnsafeRawBufferPointer(utf8)
        var (seen, index): (UInt64, Int) = (0, 0)
        while index + 8 <= bytes.count {
            seen |= bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self)
            index += 8
        }
        while index < bytes.count {
            seen |= UInt64(bytes[index])
            index += 1
        }
        return seen & 0x8080_8080_8080_8080 == 0
    }

    /// The folded form of a text.
    public static func fold(_ text: some StringProtocol) -> [UInt8] {
        var folded: [UInt8] = []
        for scalar in text.unicodeScalars { append(scalar, to: &folded) }
        return folded
    }

    static func folded(ascii text: [UInt8]) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: text.count) { target, count in
            text.withUnsafeBytes { text in
                let folded = UnsafeMutableRawBufferPointer(target)
                var index = 0
                while index + 8 <= text.count {
                    let eight = text.loadUnaligned(fromByteOffset: index, as: UInt64.self)
                    folded.storeBytes(of: lower(eight: eight), toByteOffset: index, as: UInt64.self)
                    index += 8
                }
                while index < text.count {
                    folded[index] = lower(text[index])
                    index += 1
                }
                count = text.count
            }
        }
    }

    /// Appends the folded form of one character, which may have another length.
    public static func append(_ scalar: Unicode.Scalar, to folded: inout [UInt8]) {
        if scalar.isASCII {
            folded.append(lower(UInt8(truncatingIfNeeded: scalar.value)))
        } else {
            folded.append(contentsOf: scalar.properties.lowercaseMapping.utf8)
        }
    }

    /// Whether a text has an upper-case letter, so that it is searched for as written.
    public static func hasUpperCase(_ text: some StringProtocol) -> Bool {
        text.unicodeScalars.contains { $0.isASCII ? ("A"..."Z").contains($0) : $0.properties.isUppercase }
    }

    /// Eight bytes below 0x80 at once: the highest bit of a byte is free to say whether it is a capital letter.
    @inline(__always)
    private static func lower(eight: UInt64) -> UInt64 {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let fromA = eight &+ (0x80 - 65) &* ones
        let behindZ = eight &+ (0x80 - 91) &* ones
        return eight | ((fromA ^ behindZ) & (0x80 &* ones)) >> 2
    }

    @inline(__always)
    private static func lower(_ byte: UInt8) -> UInt8 { byte &- 65 < 26 ? byte | 0x20 : byte }
}
