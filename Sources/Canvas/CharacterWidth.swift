/// How many columns a character covers, the same on every machine.
///
/// Widths are decided scalar by scalar, as terminals without knowledge of clusters do it. What only some
/// terminals join (emoji sequences, flags, variation selectors) is taken apart by ``Glyphs`` before it is
/// measured, so that columns stay straight everywhere.
public enum CharacterWidth {
    /// 0 for combining and invisible scalars, 2 for wide ones, else 1.
    public static func of(_ scalar: Unicode.Scalar) -> Int {
        let value = scalar.value
        if value < 0x300 { return value == 0xAD ? 0 : 1 }
        // What every screen is made of: Greek, Cyrillic, punctuation, arrows and lines need no table.
        switch value {
        case 0x370..<0x483, 0x2010..<0x2028, 0x2030..<0x2060, 0x2190..<0x231A, 0x2400..<0x25FD,
            0x2800..<0x2900:
            return 1
        default: break
        }
        if isWide(value) { return isZero(scalar) ? 0 : 2 }
        return isZero(scalar) ? 0 : 1
    }

    /// The columns that a text covers when it is drawn: of one line, cleaned.
    public static func of(_ text: String) -> Int { columns(text) }

    /// The columns that a part of a text covers.
    public static func of(_ text: Substring) -> Int { columns(text) }

    private static func columns(_ text: some StringProtocol) -> Int {
        if CleanText.isPlain(text) { return text.utf8.count }
        var columns = 0
        var glyphs = Glyphs(text)
        while let glyph = glyphs.next() { columns += glyph.width }
        return columns
    }

    /// The columns of one cluster.
    public static func of(_ character: Character) -> Int {
        if let ascii = character.asciiValue, ascii >= 32, ascii < 127 { return 1 }
        return of(String(character))
    }

    private static func isZero(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        // Vowels and finals of Hangul stand inside the syllable that their consonant began.
        case 0x1160...0x11FF, 0xD7B0...0xD7C6, 0xD7CB...0xD7FB: return true
        // Signs that enclose the digits after them are visible although they count as formatting.
        case 0x600...0x605, 0x6DD, 0x70F, 0x890...0x891, 0x8E2, 0x110BD, 0x110CD: return false
        default: break
        }
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format: return true
        default: return false
        }
    }

    private static func isWide(_ value: UInt32) -> Bool {
        guard value >= 0x1100 else { return false }
        var low = 0
        var high = wide.count
        while low < high {
            let middle = (low + high) / 2
            if value > wide[middle].1 { low = middle + 1 } else { high = middle }
        }
        return low < wide.count && value >= wide[low].0
    }

    /// East Asian Wide and Fullwidth of Unicode 15; holes without characters of width 1 are closed.
    private static let wide: [(UInt32, UInt32)] = [
        (0x1100, 0x115F), (0x231A, 0x231B), (0x2329, 0x232A), (0x23E9, 0x23EC), (0x23F0, 0x23F0),
        (0x23F3, 0x23F3), (0x25FD, 0x25FE), (0x2614, 0x2615), (0x2648, 0x2653), (0x267F, 0x267F),
        (0x2693, 0x2693), (0x26A1, 0x26A1), (0x26AA, 0x26AB), (0x26BD, 0x26BE), (0x26C4, 0x26C5),
        (0x26CE, 0x26CE), (0x26D4, 0x26D4), (0x26EA, 0x26EA), (0x26F2, 0x26F3), (0x26F5, 0x26F5),
        (0x26FA, 0x26FA), (0x26FD, 0x26FD), (0x2705, 0x2705), (0x270A, 0x270B), (0x2728, 0x2728),
        (0x274C, 0x274C), (0x274E, 0x274E), (0x2753, 0x2755), (0x2757, 0x2757), (0x2795, 0x2797),
        (0x27B0, 0x27B0), (0x27BF, 0x27BF), (0x2B1B, 0x2B1C), (0x2B50, 0x2B50), (0x2B55, 0x2B55),
        (0x2E80, 0x303E), (0x3041, 0xA4C6), (0xA960, 0xA97C), (0xAC00, 0xD7A3), (0xF900, 0xFAD9),
        (0xFE10, 0xFE6B), (0xFF01, 0xFF60), (0xFFE0, 0xFFE6), (0x16FE0, 0x1B2FB), (0x1F004, 0x1F004),
        (0x1F0CF, 0x1F0CF), (0x1F18E, 0x1F18E), (0x1F191, 0x1F19A), (0x1F200, 0x1F320),
        (0x1F32D, 0x1F335), (0x1F337, 0x1F37C), (0x1F37E, 0x1F393), (0x1F3A0, 0x1F3CA),
        (0x1F3CF, 0x1F3D3), (0x1F3E0, 0x1F3F0), (0x1F3F4, 0x1F3F4), (0x1F3F8, 0x1F43E),
        (0x1F440, 0x1F440), (0x1F442, 0x1F4FC), (0x1F4FF, 0x1F53D), (0x1F54B, 0x1F54E),
        (0x1F550, 0x1F567), (0x1F57A, 0x1F57A), (0x1F595, 0x1F596), (0x1F5A4, 0x1F5A4),
        (0x1F5FB, 0x1F64F), (0x1F680, 0x1F6C5), (0x1F6CC, 0x1F6CC), (0x1F6D0, 0x1F6D2),
        (0x1F6D5, 0x1F6DF), (0x1F6EB, 0x1F6EC), (0x1F6F4, 0x1F6FC), (0x1F7E0, 0x1F7F0),
        (0x1F90C, 0x1F93A), (0x1F93C, 0x1F945), (0x1F947, 0x1F9FF), (0x1FA70, 0x1FAF6),
        (0x20000, 0x3134A),
    ]
}
