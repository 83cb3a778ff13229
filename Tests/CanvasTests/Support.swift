import Canvas

let sheet = StyleSheet((0..<40).map { Style(foreground: Color(c256: UInt8($0))) })

func blank(_ width: Int, _ height: Int) -> Frame { Frame(size: Size(width, height), sheet: sheet) }

/// A small generator with a seed, so that a failing property can be repeated.
struct SeededRandom: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }

    /// A text of characters that are apt to break columns.
    mutating func text(_ length: Int) -> String {
        let alphabet: [String] = [
            "a", "Z", " ", "ñ", "●", "中", "한", "👍", "👍🏽", "👨‍👩‍👧", "🇪🇸", "❤️", "e\u{301}", "\u{301}", "\u{200D}",
            "\u{202E}", "\u{1B}", "\n", "\t", "\r\n", "\u{1100}\u{1161}\u{11A8}", "\u{AD}", "\u{FEFF}", "ｶ",
            "\u{9B}", "️",
            "a\u{300}\u{301}\u{302}\u{303}\u{304}\u{305}", "\u{600}", "กำ", "नि", "🏴󠁧󠁢󠁥󠁮󠁧󠁿",
        ]
        return (0..<length).map { _ in alphabet.randomElement(using: &self) ?? "" }.joined()
    }
}
