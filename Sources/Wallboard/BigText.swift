import Canvas
import Dashboard

/// A line of text drawn large, to be read from across a room: four points to a cell.
struct BigText: Equatable {
    /// The rows that a line covers.
    static let rows = BigFont.height / 2
    /// The points between two characters.
    private static let gap = 1

    /// What is drawn.
    let text: String
    /// Whether that is the whole text, letter for letter: it was neither cut nor written in other letters.
    let isWhole: Bool

    /// - Parameter width: the columns that there are.
    init(_ text: String, width: Int) {
        let plain = Self.plain(text)
        self.text = Self.cut(plain, to: width)
        isWhole = self.text == text
    }

    /// A text in the letters that there are: an accent is left out, and what has no likeness is a question mark.
    private static func plain(_ text: String) -> String {
        var plain = ""
        for character in text {
            if BigFont.rows(of: character) != nil {
                plain.append(character)
            } else {
                for scalar in character.unicodeScalars.prefix(1) {
                    plain.append(
                        Character(Unicode.Scalar(ASCIIFallback.character(for: scalar))))
                }
            }
        }
        return plain
    }

    private static func points(_ text: some StringProtocol) -> Int {
        text.reduce(0) { $0 + BigFont.width(of: $1) + gap }
    }

    /// The columns that a text covers, with a blank behind it.
    static func width(_ text: String) -> Int { (points(plain(text)) + 1) / 2 }

    private static func cut(_ text: String, to width: Int) -> String {
        guard points(text) > 2 * width else { return text }
        var used = points("…")
        guard used <= 2 * width else { return "" }
        var end = text.startIndex
        while end < text.endIndex {
            used += BigFont.width(of: text[end]) + gap
            if used > 2 * width { break }
            end = text.index(after: end)
        }
        // A blank before the dots says nothing.
        var kept = text[..<end]
        while kept.last == " " { kept.removeLast() }
        return kept + "…"
    }

    /// The cells by which points of a cell are set: upper left, upper right, lower left, lower right.
    private static let quarters = Array(" ▘▝▀▖▌▞▛▗▚▐▜▄▙▟█")

    /// Draws it with its upper left corner at a place; gives back the columns used.
    @discardableResult
    func draw(in frame: inout Frame, _ x: Int, _ y: Int, _ role: Role, _ variant: Variant = .plain) -> Int {
        let width = (Self.points(text) + 1) / 2
        var cells = [Int](repeating: 0, count: width * Self.rows)
        var point = 0
        for character in text {
            for (row, line) in (BigFont.rows(of: character) ?? []).enumerated() {
                for (place, isSet) in line.enumerated() where isSet {
                    let column = point + place
                    cells[row / 2 * width + column / 2] |= 1 << (row % 2 * 2 + column % 2)
                }
            }
            point += BigFont.width(of: character) + Self.gap
        }
        for row in 0..<Self.rows {
            for column in 0..<width where cells[row * width + column] > 0 {
                // Blanks are left as they are, so that what is drawn is only what is seen.
                let glyph = Self.quarters[cells[row * width + column]]
                frame.put(String(glyph), x + column, y + row, role, variant)
            }
        }
        return width
    }
}
