import Canvas
import Dashboard

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
    /// A number that is to be drawn: how many digits it has, and the columns of what stands below it.
    struct Demand {
        let digits: Int
        let words: Int
    }

    /// The blank columns behind a number.
    private static let space = 2

    /// The largest in which numbers fit beside each other; nil where only words have room.
    static func largest(_ demands: [Demand], width: Int, rows: Int, unicode: Bool) -> BigDigits? {
        let large = stride(from: rows / 5, to: 0, by: -1).flatMap { scale in
            [2 * scale, (3 * scale + 1) / 2, scale].map { BigDigits(pen: .cells($0, scale)) }
        }
        let small = BigDigits(pen: unicode ? .halves : .lines)
        return (large + (rows >= small.height ? [small] : [])).first { $0.columns(demands, width) != nil }
    }

    /// The columns of each number: alike where all fit so, else as many as each needs and a part of the rest.
    ///
    /// - Returns: nil where they don't fit at all.
    func columns(_ demands: [Demand], _ width: Int) -> [Int]? {
        guard !demands.isEmpty else { return nil }
        let needs = demands.map { max(self.width($0.digits), $0.words) + Self.space }
        let alike = width / demands.count
        if needs.allSatisfy({ $0 <= alike }) { return demands.map { _ in alike } }
        let rest = width - needs.reduce(0, +)
        return rest < 0 ? nil : needs.map { $0 + rest / demands.count }
    }
}
