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

    /// When charts of what was recorded begin and end; nil where they show all that there is.
    private let times: (from: Timestamp, to: Timestamp)?
    /// What has to be said of it, the most important first.
    private let remarks: [String]

    init?(_ state: State, of entity: EntityRef) {
        series = state.measured(of: entity)
        isOwn = state.curves(of: entity).isEmpty
        remarks = isOwn ? state.chartRemarks(of: entity) : []
        times = isOwn && state.recorded(of: entity) != nil ? state.chartTimes : nil
        guard !series.isEmpty || !remarks.isEmpty else { return nil }
        zone = state.zone
        unicode = state.terminal.unicode
    }

    /// The rows of the screen that all of it takes, with the line below; 0 where there is too little room.
    func height(within rect: Rect) -> Int {
        let lines = lines(rect)
        guard lines > 0 else { return !remarks.isEmpty && rect.height > 1 ? 1 : 0 }
        let room = min((rect.height - 1) / lines, Self.highest)
        return room < ValueChart.leastHeight ? 0 : room * lines + 1
    }

    private func across(_ rect: Rect) -> Int { rect.width >= Self.wide ? 2 : 1 }

    /// How many charts stand one below the other; of what was recorded as many as there is room for.
    private func lines(_ rect: Rect) -> Int {
        let wanted = (series.count + across(rect) - 1) / across(rect)
        return times == nil ? wanted : min(wanted, (rect.height - 1) / ValueChart.leastHeight)
    }

    func draw(in frame: inout Frame, _ rect: Rect) {
        let lines = lines(rect)
        let shown = series.prefix(lines * across(rect))
        let across = min(shown.count, across(rect))
        let moments = shown.flatMap(\.points).map(\.at)
        let line = rect.row(rect.height - 1)
        guard lines > 0, let from = times?.from ?? moments.min(), let to = times?.to ?? moments.max() else {
            let words = remarks.joined(separator: " · ")
            frame.put(
                TextLayout.cut(words, to: line.width - 2), line.x + 1, line.y, .textMuted,
                width: line.width - 2)
            return
        }
        let height = (rect.height - 1) / lines
        let width = rect.width / across
        guard height > 0 else { return }
        for (place, series) in shown.enumerated() {
            let cell = Rect(
                rect.x + place % across * width + 1, rect.y + place / across * height, width - 2, height)
            frame.clipped(to: cell) {
                ValueChart(series: series, from: from, to: to, zone: zone, unicode: unicode).draw(
                    in: &$0, cell)
            }
        }
        let hidden = series.count - shown.count
        let choices = remarks.isEmpty ? [long(from), short(from)] : remarked(hidden: hidden)
        let words = choices.first { CharacterWidth.of($0) < line.width - 1 } ?? choices[choices.count - 1]
        frame.put(
            TextLayout.cut(words, to: line.width - 2), line.x + 1, line.y, .textMuted, width: line.width - 2)
    }

    /// What is said below, from all of it to the first of it.
    private func remarked(hidden: Int) -> [String] {
        let more = hidden > 0 ? ["\(hidden) more on a larger screen"] : []
        let all = Array(remarks.prefix(2)) + more + remarks.dropFirst(2)
        return (1...all.count).reversed().map { all.prefix($0).joined(separator: " · ") }
    }

    private func short(_ from: Timestamp) -> String {
        if let first = remarks.first { return first }
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
