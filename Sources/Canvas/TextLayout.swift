/// Where a text stands in a space that is wider than it.
public enum Alignment: Sendable, Hashable {
    /// At the start, in the middle, at the end.
    case left, center, right
}

/// Cutting and breaking text by the columns it covers.
public enum TextLayout {
    /// A text in at most `width` columns, with `…` at its end when something was cut off.
    public static func cut(_ text: String, to width: Int) -> String {
        guard width > 0 else { return "" }
        // No glyph is wider than it has bytes: what is short enough in bytes fits.
        if text.utf8.count <= width, CleanText.isPlain(text) { return text }
        if CleanText.isPlain(text) { return String(text.prefix(width - 1)) + "…" }
        var glyphs = Glyphs(text)
        var columns = 0
        var end = text.startIndex
        while let glyph = glyphs.next() {
            columns += glyph.width
            if columns > width { return String(text[..<end]) + "…" }
            if columns < width { end = glyph.end }
        }
        return String(text)
    }

    /// A name in at most `width` columns, with `…` in its middle when something was cut out: names of one kind begin
    /// alike, and what tells them apart stands at their end.
    public static func cutMiddle(_ text: String, to width: Int) -> String {
        guard width >= leastForBothEnds else { return cut(text, to: width) }
        if text.utf8.count <= width, CleanText.isPlain(text) { return text }
        var ends: [(end: String.Index, columns: Int)] = []
        var glyphs = Glyphs(text)
        var columns = 0
        while let glyph = glyphs.next() {
            columns += glyph.width
            ends.append((glyph.end, columns))
        }
        guard columns > width else { return String(text) }
        // The beginning may be as long as the end, and one longer.
        let head = ends.last { $0.columns <= width / 2 }
        let tailRoom = width - 1 - (head?.columns ?? 0)
        let tail = ends.first { columns - $0.columns <= tailRoom }?.end ?? text.endIndex
        return text[..<(head?.end ?? text.startIndex)] + "…" + text[tail...]
    }

    /// Fewer columns than this hold no two ends.
    private static let leastForBothEnds = 5

    /// A text as lines of at most `width` columns, broken at blanks, and inside a word only when the word
    /// alone is wider; its own line breaks are kept.
    public static func wrap(_ text: some StringProtocol, to width: Int) -> [String] {
        guard width > 0 else { return [] }
        return CleanText.lines(text).flatMap { wrapLine($0, width) }
    }

    private static func wrapLine(_ text: String, _ width: Int) -> [String] {
        var lines: [String] = []
        var line = ""
        var columns = 0
        for word in text.split(separator: " ") {
            let wordColumns = CharacterWidth.of(word)
            if columns > 0, columns + 1 + wordColumns <= width {
                line += " " + word
                columns += 1 + wordColumns
                continue
            }
            if columns > 0 { lines.append(line) }
            let pieces = wordColumns <= width ? [String(word)] : pieces(of: word, width)
            lines += pieces.dropLast()
            line = pieces.last ?? ""
            columns = CharacterWidth.of(line)
        }
        return lines + [line]
    }

    private static func pieces(of word: Substring, _ width: Int) -> [String] {
        var pieces: [String] = []
        var start = word.startIndex
        var end = start
        var columns = 0
        var glyphs = Glyphs(word)
        while let glyph = glyphs.next() {
            if columns + glyph.width > width, columns > 0 {
                pieces.append(String(word[start..<end]))
                start = end
                columns = 0
            }
            columns += glyph.width
            end = glyph.end
        }
        return pieces + [String(word[start..<end])]
    }
}

extension Frame {
    /// Writes one line of text into the first row of a rectangle, with `…` where it had to be cut; gives back
    /// the columns used.
    @discardableResult
    public mutating func put(
        _ text: String, in rect: Rect, _ style: StyleID, align: Alignment = .left
    ) -> Int {
        guard !rect.isEmpty else { return 0 }
        let columns = CharacterWidth.of(text)
        guard columns <= rect.width else {
            return put(TextLayout.cut(text, to: rect.width), rect.x, rect.y, style, width: rect.width)
        }
        let indent =
            switch align {
            case .left: 0
            case .center: (rect.width - columns) / 2
            case .right: rect.width - columns
            }
        return put(text, rect.x + indent, rect.y, style, width: rect.width)
    }
}
