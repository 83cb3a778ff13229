import Canvas

/// Numbers drawn large, to be read from across a room.
struct BigDigits: Equatable {
    /// How a point of a digit is drawn.
    enum Pen: Equatable {
        /// As so many cells beside and above each other.
        case cells(Int, Int)
        /// As half a cell: two points above each other share one.
        case halves
        /// Lines as in a pocket calculator, for terminals without blocks.
        case lines
    }

    let pen: Pen

    /// The points of a digit: 3 beside and 5 above each other.
    private static let points: [Character: [String]] = [
        "0": ["###", "# #", "# #", "# #", "###"], "1": [" # ", "## ", " # ", " # ", "###"],
        "2": ["###", "  #", "###", "#  ", "###"], "3": ["###", "  #", " ##", "  #", "###"],
        "4": ["# #", "# #", "###", "  #", "  #"], "5": ["###", "#  ", "###", "  #", "###"],
        "6": ["###", "#  ", "###", "# #", "###"], "7": ["###", "  #", "  #", " # ", " # "],
        "8": ["###", "# #", "###", "# #", "###"], "9": ["###", "# #", "###", "  #", "###"],
        "+": ["   ", " # ", "###", " # ", "   "], "?": ["###", "  #", " ##", "   ", " # "],
    ]

    /// The same in lines.
    private static let lined: [Character: [String]] = [
        "0": [" _ ", "| |", "|_|"], "1": ["   ", "  |", "  |"], "2": [" _ ", " _|", "|_ "],
        "3": [" _ ", " _|", " _|"], "4": ["   ", "|_|", "  |"], "5": [" _ ", "|_ ", " _|"],
        "6": [" _ ", "|_ ", "|_|"], "7": [" _ ", "  |", "  |"], "8": [" _ ", "|_|", "|_|"],
        "9": [" _ ", "|_|", " _|"], "+": ["   ", "_|_", " | "], "?": [" _ ", " _|", " . "],
    ]

    /// The rows that a number covers.
    var height: Int {
        switch pen {
        case .cells(_, let down): 5 * down
        case .halves, .lines: 3
        }
    }

    /// The columns that so many digits cover.
    func width(_ count: Int) -> Int {
        switch pen {
        case .cells(let across, _): count * 3 * across + max(0, count - 1) * gap
        case .halves, .lines: count * 3 + max(0, count - 1)
        }
    }

    private var gap: Int { if case .cells(let across, _) = pen { max(1, across / 2) } else { 1 } }

    /// Draws a number; anything but digits, `+` and `?` is left out.
    func draw(_ text: String, in frame: inout Frame, _ x: Int, _ y: Int, _ role: Role) {
        var column = x
        for character in text where Self.points[character] != nil {
            for (row, line) in rows(of: character).enumerated() {
                // Blanks are left as they are, so that what is drawn is only what is seen.
                for (place, cell) in line.enumerated() where cell != " " {
                    frame.put(String(cell), column + place, y + row, role)
                }
            }
            column += width(1) + gap
        }
    }

    private func rows(of character: Character) -> [String] {
        let points = Self.points[character] ?? []
        switch pen {
        case .lines: return Self.lined[character] ?? []
        case .cells(let across, let down):
            return points.flatMap { line in
                let wide = line.map { String(repeating: $0 == "#" ? "█" : " ", count: across) }.joined()
                return [String](repeating: wide, count: down)
            }
        case .halves:
            return stride(from: 0, to: 6, by: 2).map { row in
                let upper = Array(points[row])
                let lower = row + 1 < points.count ? Array(points[row + 1]) : [" ", " ", " "]
                return String(
                    zip(upper, lower).map { pair -> Character in
                        switch pair {
                        case ("#", "#"): "█"
                        case ("#", _): "▀"
                        case (_, "#"): "▄"
                        default: " "
                        }
                    })
            }
        }
    }
}

extension BigDigits {
    /// The largest in which numbers fit beside each other; nil where only words have room.
    ///
    /// - Parameters:
    ///   - numbers: what is drawn.
    ///   - column: the columns that each of them has.
    ///   - rows: the rows that they may cover.
    static func largest(_ numbers: [String], column: Int, rows: Int, unicode: Bool) -> BigDigits? {
        // Sized for two digits that may not be all, so that they don't change their size with every alert.
        let most = max(4, numbers.map(\.count).max() ?? 0)
        let least = numbers.map(\.count).max() ?? 0
        func fitting(_ count: Int) -> BigDigits? {
            for scale in stride(from: rows / 5, to: 0, by: -1) {
                for across in [2 * scale, (3 * scale + 1) / 2, scale] {
                    let digits = BigDigits(pen: .cells(across, scale))
                    if digits.width(count) <= column { return digits }
                }
            }
            let small = BigDigits(pen: unicode ? .halves : .lines)
            return rows >= small.height && small.width(count) <= column ? small : nil
        }
        return fitting(most) ?? fitting(least)
    }
}
