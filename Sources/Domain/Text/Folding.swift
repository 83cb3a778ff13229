/// Text without the difference between upper and lower case, character by character.
///
/// Every part of the product that compares text without regard to case folds it here, so that a filter, its
/// highlights and a sort order agree.
public enum Folding {
    /// Appends the folded form of valid UTF-8.
    public static func fold(_ utf8: UnsafeBufferPointer<UInt8>, into folded: inout [UInt8]) {
        guard utf8.allSatisfy({ $0 < 0x80 }) else {
            for scalar in String(decoding: utf8, as: UTF8.self).unicodeScalars { append(scalar, to: &folded) }
            return
        }
        for byte in utf8 { folded.append(lower(byte)) }
    }

    /// The folded form of a text.
    public static func fold(_ text: some StringProtocol) -> [UInt8] {
        var folded: [UInt8] = []
        for scalar in text.unicodeScalars { append(scalar, to: &folded) }
        return folded
    }

    static func folded(ascii text: [UInt8]) -> [UInt8] { text.map(lower) }

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

    @inline(__always)
    private static func lower(_ byte: UInt8) -> UInt8 { byte &- 65 < 26 ? byte | 0x20 : byte }
}
