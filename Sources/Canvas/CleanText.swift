/// Text from servers made harmless for a terminal.
public enum CleanText {
    /// What a line break becomes where a text is shown on one line.
    public enum LineBreak: Sendable {
        /// A blank.
        case space
        /// The sign `↵`, where the break itself is worth seeing.
        case mark
    }

    /// Control characters, and characters that reorder or hide text.
    public static func isHostile(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x20, 0x7F..<0xA0, 0x61C, 0x180E, 0x200B, 0x200E, 0x200F, 0x2028...0x202E, 0x2060...0x206F,
            0xFEFF, 0xFFF9...0xFFFB, 0xE0000...0xE007F:
            true
        default: false
        }
    }

    /// Whether a text is printable ASCII throughout and needs no cleaning.
    public static func isPlain(_ text: some StringProtocol) -> Bool {
        text.utf8.withContiguousStorageIfAvailable { $0.allSatisfy { $0 >= 32 && $0 < 127 } }
            ?? text.utf8.allSatisfy { $0 >= 32 && $0 < 127 }
    }

    /// A text as one line: breaks and tabs become blanks, other controls `�`, and what hides or reorders
    /// text is left out.
    public static func oneLine(_ text: some StringProtocol, breaks: LineBreak = .space) -> String {
        if isPlain(text) { return String(text) }
        var clean = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            if !isHostile(scalar) {
                clean.append(scalar)
            } else if breaks == .mark, scalar == "\n" || scalar == "\u{2028}" || scalar == "\u{2029}" {
                clean.append("↵")
            } else if let visible = replacement(for: scalar) {
                clean.append(visible)
            }
        }
        return String(clean)
    }

    /// A text as clean lines, broken where it breaks itself; tabs are widened to every eighth column.
    public static func lines(_ text: some StringProtocol) -> [String] {
        var lines: [String] = []
        for part in text.unicodeScalars.split(
            omittingEmptySubsequences: false,
            whereSeparator: { $0 == "\n" || $0 == "\u{2028}" || $0 == "\u{2029}" })
        {
            var line = ""
            for piece in String(String.UnicodeScalarView(part)).split(
                separator: "\t", omittingEmptySubsequences: false)
            {
                if !line.isEmpty || piece.startIndex > piece.base.startIndex {
                    line += String(repeating: " ", count: 8 - CharacterWidth.of(line) % 8)
                }
                line += oneLine(piece)
            }
            lines.append(line)
        }
        return lines
    }

    /// What stands in for a hostile character; nil when it is left out.
    static func replacement(for scalar: Unicode.Scalar) -> Unicode.Scalar? {
        switch scalar {
        case "\t", "\n", "\u{2028}", "\u{2029}": " "
        case "\r": nil
        default: scalar.value < 0xA0 ? "\u{FFFD}" : nil
        }
    }
}
