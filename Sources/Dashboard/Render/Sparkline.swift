/// Numbers as a row of small bars; where there is none, nothing is drawn.
enum Sparkline {
    private static let bars: [Character] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]
    /// What does not vary by more, as the light of a good line, is drawn as a low even line.
    private static let leastSpan = 3.0

    /// The last numbers that fit.
    ///
    /// - Parameter bottom: what the lowest bar stands for; nil takes the lowest number.
    static func text(_ values: [Double?], from bottom: Double?, width: Int) -> String {
        let shown = values.suffix(max(0, width))
        let known = shown.compactMap { $0 }
        guard let lowest = bottom ?? known.min(), let highest = known.max() else { return "" }
        let span = bottom == nil ? max(leastSpan, highest - lowest) : highest - lowest
        let text = shown.map { value -> Character in
            guard let value else { return " " }
            guard span > 0 else { return bars[0] }
            let level = ((value - lowest) / span * Double(bars.count - 1)).rounded()
            return bars[max(0, min(bars.count - 1, Int(level)))]
        }
        return String(text)
    }
}

/// Numbers as a line of dots, eight to a cell; where there is none, the line is broken.
enum BrailleChart {
    /// The dots of a cell from top to bottom, left and right.
    private static let dots: [[UInt32]] = [[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]]

    /// Rows of text, the highest first.
    static func rows(_ values: [Double?], from bottom: Double, to top: Double, width: Int, height: Int)
        -> [String]
    {
        guard width > 0, height > 0, !values.isEmpty else { return [] }
        var cells = [UInt32](repeating: 0, count: width * height)
        let levels = height * 4
        let columns = width * 2
        func level(_ value: Double) -> Int {
            guard top > bottom else { return 0 }
            let share = (value - bottom) / (top - bottom)
            return max(0, min(levels - 1, Int((share * Double(levels - 1)).rounded())))
        }
        func set(_ column: Int, _ level: Int) {
            let row = levels - 1 - level
            cells[row / 4 * width + column / 2] |= dots[row % 4][column % 2]
        }
        var before: Int?
        for column in 0..<columns {
            let place = column * values.count / columns
            guard let value = values[place] else {
                before = nil
                continue
            }
            let here = level(value)
            // A step is drawn through, so that the line hangs together.
            let from = before.map { $0 < here ? $0 + 1 : $0 > here ? $0 - 1 : here } ?? here
            for level in min(from, here)...max(from, here) { set(column, level) }
            before = here
        }
        return (0..<height).map { row in
            String(
                String.UnicodeScalarView(
                    cells[(row * width)..<((row + 1) * width)].compactMap { Unicode.Scalar(0x2800 + $0) }))
        }
    }
}
