import Canvas
import Domain

/// Values over time as a curve, with what its axes stand for and what the values come to.
struct ValueChart {
    let series: ChartSeries
    let from: Timestamp
    let to: Timestamp
    /// Seconds that the operator's clock is ahead of Greenwich.
    let zone: Int
    let unicode: Bool

    /// The rows of the screen below which no curve can be read.
    static let leastHeight = 5

    func draw(in frame: inout Frame, _ rect: Rect) {
        guard rect.height >= 2, rect.width >= 12 else { return }
        frame.put(
            [Piece(series.title, .textHeading)], rect.x, rect.y, width: rect.width)
        guard let numbers = series.numbers else {
            frame.put("nothing was measured", rect.x, rect.y + 1, .textMuted, width: rect.width)
            return
        }
        guard numbers.count > 1 || from < to else {
            let words = "\(series.words(numbers.last)): one sample; a curve begins with the next"
            frame.put(
                TextLayout.cut(words, to: rect.width), rect.x, rect.y + 1, .textMuted, width: rect.width)
            return
        }
        let indent = CharacterWidth.of(series.title) + 2
        let lines = Self.flowed(words(numbers), indent: indent, width: rect.width)
        for (row, line) in lines.enumerated() where row < rect.height {
            frame.put(line, rect.x + (row == 0 ? indent : 0), rect.y + row, width: rect.width)
        }
        let plot = Rect(rect.x, rect.y + lines.count, rect.width, rect.height - lines.count)
        frame.clipped(to: plot) { drawPlot(numbers, in: &$0, plot) }
    }

    /// The last value, what all come to, and what they are held against.
    private func words(_ numbers: SampleNumbers) -> [[Piece]] {
        var words: [(String, Double)] = [
            ("last", numbers.last), ("average", numbers.average), ("95th", numbers.percentile95),
            ("maximum", numbers.maximum),
        ]
        if series.isTotal { words = [("used", numbers.last)] }
        if !series.isFromZero { words.append(("minimum", numbers.minimum)) }
        let pieces = words.map { [Piece("\($0) ", .textMuted), Piece(series.words($1), .text)] }
        guard let mark = series.mark else { return pieces }
        return pieces + [[Piece("\(mark.word) ", .textMuted), Piece(series.words(mark.value), .match)]]
    }

    /// Groups of pieces in as many lines as they need; the first begins so many columns later.
    static func flowed(_ groups: [[Piece]], indent: Int, width: Int) -> [[Piece]] {
        var lines: [[Piece]] = [[]]
        var used = indent
        for group in groups {
            let wide = group.reduce(0) { $0 + $1.width }
            let isFirst = lines[lines.count - 1].isEmpty
            if !isFirst, used + 2 + wide > width {
                lines.append(group)
                used = wide
            } else {
                lines[lines.count - 1] += (isFirst ? [] : [Piece("  ")]) + group
                used += (isFirst ? 0 : 2) + wide
            }
        }
        return lines
    }

    private func drawPlot(_ numbers: SampleNumbers, in frame: inout Frame, _ rect: Rect) {
        let height = rect.height - 1
        guard height > 0 else { return }
        let mark = series.mark?.value
        let scale = ChartScale(
            min(numbers.minimum, mark ?? numbers.minimum), max(numbers.maximum, mark ?? numbers.maximum),
            isFromZero: series.isFromZero)
        var labels = [0: scale.top]
        if height > 1 { labels[height - 1] = scale.bottom }
        if height >= 5, height % 2 == 1 { labels[height / 2] = (scale.top + scale.bottom) / 2 }
        let texts = labels.mapValues(series.words)
        let margin = (texts.values.map { CharacterWidth.of($0) }.max() ?? 0) + 1
        let width = rect.width - margin
        guard width > 1 else { return }
        for (row, text) in texts {
            frame.put(
                text, rect.x + margin - 1 - CharacterWidth.of(text), rect.y + row, .textMuted, width: margin)
        }
        if let mark { drawMark(mark, scale, in: &frame, Rect(rect.x + margin, rect.y, width, height)) }
        drawCurve(scale, in: &frame, Rect(rect.x + margin, rect.y, width, height))
        drawTimes(in: &frame, Rect(rect.x + margin, rect.y + height, width, 1))
    }

    private func drawMark(_ value: Double, _ scale: ChartScale, in frame: inout Frame, _ plot: Rect) {
        let row = plot.height - 1 - Int((scale.share(value) * Double(plot.height - 1)).rounded())
        frame.put(
            String(repeating: "╌", count: plot.width), plot.x, plot.y + row, .match, width: plot.width)
    }

    /// Draws an area from zero, or a line; where nothing is known there is nothing.
    ///
    /// Where several values are one column, their mean is drawn so, and the largest as dots above it.
    private func drawCurve(_ scale: ChartScale, in frame: inout Frame, _ plot: Rect) {
        let (across, down) = unicode ? (2, 4) : (1, 1)
        let values = series.spread(columns: plot.width * across, from: from, to: to)
        let levels = plot.height * down
        var cells = [UInt32](repeating: 0, count: plot.width * plot.height)
        var peaks = cells
        func set(_ column: Int, _ level: Int, in cells: inout [UInt32]) {
            let row = levels - 1 - level
            cells[row / down * plot.width + column / across] |=
                unicode ? Self.dots[row % 4][column % 2] : 1
        }
        func place(_ value: Double) -> Int { Int((scale.share(value) * Double(levels - 1)).rounded()) }
        var before: Int?
        for (column, value) in values.enumerated() {
            guard let value else {
                before = nil
                continue
            }
            let peak = place(value.peak)
            let level = series.isSpread ? place(value.mean) : peak
            // A step is drawn through, so that the line hangs together.
            let low = series.isFromZero ? 0 : min(level, before.map { $0 < level ? $0 + 1 : $0 } ?? level)
            let high =
                series.isFromZero ? level : max(level, before.map { $0 > level ? $0 - 1 : $0 } ?? level)
            for level in low...high { set(column, level, in: &cells) }
            if peak > high { set(column, peak, in: &peaks) }
            before = level
        }
        for row in 0..<plot.height {
            for column in 0..<plot.width {
                let (dots, peak) = (cells[row * plot.width + column], peaks[row * plot.width + column])
                guard dots | peak > 0 else { continue }
                let plain = dots > 0 ? "#" : "'"
                let glyph = unicode ? Unicode.Scalar(0x2800 + (dots | peak)).map { String($0) } ?? "" : plain
                frame.put(glyph, plot.x + column, plot.y + row, dots > 0 ? .textHeading : .textMuted)
            }
        }
    }

    /// The dots of a cell from top to bottom, left and right.
    private static let dots: [[UInt32]] = [[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]]

    /// The times at both edges, and in the middle where there is room.
    private func drawTimes(in frame: inout Frame, _ line: Rect) {
        let (left, right) = (time(from), time(to))
        frame.put(left, line.x, line.y, .textMuted, width: line.width)
        let width = CharacterWidth.of(right)
        guard line.width >= 2 * width + 2 else { return }
        frame.put(right, line.maxX - width, line.y, .textMuted, width: width)
        guard line.width >= 5 * width else { return }
        let middle = Timestamp(from.seconds + (to.seconds - from.seconds) / 2)
        frame.put(time(middle), line.x + (line.width - width) / 2, line.y, .textMuted, width: width)
    }

    /// A time of the day, with the day where the chart covers one; the day alone where it covers more.
    private func time(_ moment: Timestamp) -> String {
        let fields = CivilTime.fields(moment, offset: zone)
        let isLong = to.seconds - from.seconds >= 2 * 86_400
        if isLong { return String(fields.text.dropFirst(5).prefix(5)) }
        if to.seconds - from.seconds >= 86_400 { return String(fields.text.dropFirst(5).dropLast(3)) }
        return to.seconds - from.seconds < 600 ? fields.time : String(fields.time.prefix(5))
    }
}
