import Canvas
import Domain

/// What nocturne has measured of an entity as charts: beside each other where the screen is wide.
struct MeasuredPicture {
    let series: [ChartSeries]
    let zone: Int
    let unicode: Bool
    /// Whether nocturne measured it, and not the server.
    private let isOwn: Bool

    /// From this width on two charts stand beside each other.
    private static let wide = 100
    /// A chart that is higher says no more.
    private static let highest = 14

    init?(_ state: State, of entity: EntityRef) {
        series = state.measured(of: entity)
        guard !series.isEmpty else { return nil }
        isOwn = state.curves(of: entity).isEmpty
        zone = state.zone
        unicode = state.terminal.unicode
    }

    /// The rows of the screen that all of it takes, with the line below; 0 where there is too little room.
    func height(within rect: Rect) -> Int {
        let lines = lines(rect.width)
        let room = min((rect.height - 1) / lines, Self.highest)
        return room < ValueChart.leastHeight ? 0 : room * lines + 1
    }

    /// How many charts stand one below the other.
    private func lines(_ width: Int) -> Int {
        let across = width >= Self.wide ? 2 : 1
        return (series.count + across - 1) / across
    }

    func draw(in frame: inout Frame, _ rect: Rect) {
        let lines = lines(rect.width)
        let across = min(series.count, rect.width >= Self.wide ? 2 : 1)
        let height = (rect.height - 1) / lines
        let width = rect.width / across
        let times = series.flatMap(\.points).map(\.at)
        guard height > 0, let from = times.min(), let to = times.max() else { return }
        for (place, series) in series.enumerated() {
            let cell = Rect(
                rect.x + place % across * width + 1, rect.y + place / across * height, width - 2, height)
            frame.clipped(to: cell) {
                ValueChart(series: series, from: from, to: to, zone: zone, unicode: unicode).draw(
                    in: &$0, cell)
            }
        }
        let line = rect.row(rect.height - 1)
        let choices = [long(from), short(from)]
        let words = choices.first { CharacterWidth.of($0) < line.width - 1 } ?? choices[1]
        frame.put(
            TextLayout.cut(words, to: line.width - 2), line.x + 1, line.y, .textMuted, width: line.width - 2)
    }

    private func short(_ from: Timestamp) -> String {
        let numbers = series.compactMap(\.numbers)
        let count = numbers.map(\.count).max() ?? 0
        let missing = numbers.map(\.missing).max() ?? 0
        let fields = CivilTime.fields(from, offset: zone)
        let time = isOwn ? String(fields.time.prefix(5)) : String(fields.text.dropLast(3))
        let gaps = missing > 0 ? ", \(Quantity.count(missing)) missing" : ""
        return "since \(time), \(Quantity.count(count)) \(count == 1 ? "sample" : "samples")\(gaps)"
    }

    private func long(_ from: Timestamp) -> String {
        isOwn
            ? "measured \(short(from)); earlier values are unknown"
            : "measured by the server \(short(from))"
    }

    /// What the values come to in one line, to stand below a picture of the server: as much as there is room for,
    /// since a number that is cut is another number.
    func line(_ width: Int) -> [Piece] {
        let choices = [
            ["last", "average", "95th", "maximum"], ["last", "95th", "maximum"], ["last", "95th"], ["last"],
        ]
        let lines = choices.map(line)
        return lines.first { $0.reduce(0) { $0 + $1.width } <= width } ?? []
    }

    private func line(_ wanted: [String]) -> [Piece] {
        let from = series.flatMap(\.points).map(\.at).min() ?? Timestamp(0)
        var pieces = [Piece(" \(short(from))", .textMuted)]
        for series in series {
            guard let numbers = series.numbers else { continue }
            pieces.append(Piece("  \(series.title)", .textHeading))
            let values = [
                ("last", numbers.last), ("average", numbers.average), ("95th", numbers.percentile95),
                ("maximum", numbers.maximum),
            ]
            for (word, value) in values where wanted.contains(word) && !(series.isTotal && word != "last") {
                pieces += [Piece(" \(word) ", .textMuted), Piece(series.words(value), .text)]
            }
        }
        return pieces
    }
}
