import Canvas
import Domain

/// What was measured lately of the rows and of an opened entity.
extension State {
    /// The columns that a chart in a detail takes at most.
    private static let chartWidth = 60
    private static let chartHeight = 4

    /// Takes what was measured; the cursor of an opened entity stays on its link when charts come above it.
    mutating func take(_ trends: TrendBook?, of kind: ResourceKind, on id: BackendID) {
        let opened = details.indices.last {
            details[$0].entity.backend == id && details[$0].entity.kind == kind
        }
        if let opened {
            keepFocus(of: opened) { state in state.change(id) { $0.setTrends(trends, of: kind) } }
        } else {
            change(id) { $0.setTrends(trends, of: kind) }
        }
        noteTrends()
        redrawCharts(charts.entities.filter { $0.backend == id && $0.kind == kind })
    }

    /// Notes which panes have anything to draw a trend of.
    private mutating func noteTrends() {
        for index in panes.indices {
            let kinds = panes[index].pane.kinds
            panes[index].setTrends(
                !isLowBandwidth
                    && backends.contains { backend in
                        backend.trends.contains { kinds.contains($0.key) && $0.value.count > 1 }
                    })
        }
    }

    /// A row's trend in so many columns: of rates in both directions the sum, of light what is received.
    func sparkline(of entity: EntityRef, width: Int) -> String {
        guard !isLowBandwidth, let book = backend(entity.backend)?.trends[entity.kind], book.count > 1 else {
            return ""
        }
        let first = book.samples(of: entity, 0).map(\.value)
        guard book.series.count > 1, book.series.allSatisfy({ $0.type == .rate }) else {
            return Sparkline.text(first, from: book.series.first?.type == .rate ? 0 : nil, width: width)
        }
        let both = zip(first, book.samples(of: entity, 1).map(\.value)).map { first, second in
            first.flatMap { first in second.map { first + $0 } }
        }
        return Sparkline.text(both, from: 0, width: width)
    }

    /// What was measured lately of an opened entity, as charts.
    func trendLines(of entity: EntityRef) -> [DetailLine] {
        if let recorded = recorded(of: entity) { return recordedLines(recorded, of: entity) }
        guard !isLowBandwidth, let book = backend(entity.backend)?.trends[entity.kind], book.count > 1,
            let resource = backend(entity.backend)?.resource(entity.kind)
        else { return [] }
        let charts = book.series.indices.flatMap { place -> [DetailLine] in
            let (key, type) = book.series[place]
            let samples = book.samples(of: entity, place)
            let values = samples.compactMap(\.value)
            let times = samples.compactMap(\.at)
            guard values.count > 1, let lowest = values.min(), let highest = values.max(),
                let begun = times.first, let title = resource.fields.first(where: { $0.key == key })?.title
            else { return [] }
            func text(_ value: Double) -> String { Quantity.text(.number(value), type, now: wall) }
            let top = highest
            let bottom = type == .rate ? 0 : lowest
            let labels = [text(top), text(bottom)]
            let margin = labels.map { CharacterWidth.of($0) }.max() ?? 0
            let width = max(8, min(Self.chartWidth, size.width - margin - 8))
            let rows = BrailleChart.rows(
                samples.map(\.value), from: bottom, to: top, width: width, height: Self.chartHeight)
            let span = Quantity.duration(Int64(max(0, now - begun)))
            let words = "\(title.uppercased()) · \(text(lowest)) to \(text(highest)) · last \(span)"
            let lines = rows.enumerated().map { row, dots -> DetailLine in
                let label = row == 0 ? labels[0] : row == rows.count - 1 ? labels[1] : ""
                let pad = String(repeating: " ", count: margin - CharacterWidth.of(label))
                return .plot("\(pad)\(label) \(dots)")
            }
            return [.blank, .heading(words)] + lines
        }
        return Array(charts.dropFirst())
    }

    /// What was recorded of an opened entity, as charts: of what varies alone, since errors seldom do.
    private func recordedLines(_ recorded: [ChartSeries], of entity: EntityRef) -> [DetailLine] {
        let keys = backend(entity.backend)?.resource(entity.kind)?.trends.count ?? 0
        let (from, to) = chartTimes
        let remarks = chartRemarks(of: entity)
        var lines = recorded.prefix(keys).flatMap { series -> [DetailLine] in
            // One value is no curve.
            guard let numbers = series.numbers, series.points.count > 1 else { return [] }
            let scale = ChartScale(numbers.minimum, numbers.maximum, isFromZero: series.isFromZero)
            let labels = [series.words(scale.top), series.words(scale.bottom)]
            let margin = labels.map { CharacterWidth.of($0) }.max() ?? 0
            let width = max(8, min(Self.chartWidth, size.width - margin - 8))
            let rows = BrailleChart.rows(
                series.values(columns: 2 * width, from: from, to: to), from: scale.bottom, to: scale.top,
                width: width, height: Self.chartHeight)
            let words =
                "\(series.title.uppercased()) · \(series.words(numbers.minimum)) to "
                + "\(series.words(numbers.maximum)) · last \(series.words(numbers.last))"
            return [.blank, .heading(words)]
                + rows.enumerated().map { row, dots in
                    let label = row == 0 ? labels[0] : row == rows.count - 1 ? labels[1] : ""
                    let pad = String(repeating: " ", count: margin - CharacterWidth.of(label))
                    return .plot("\(pad)\(label) \(dots)")
                }
        }
        if lines.isEmpty { lines = [.blank, .heading("MEASURED")] }
        let times = [from, to].map { Self.clock($0, wall, zone) }
        // A line that is cut could end in another number; in columns it has no more room than a chart.
        let words = (["\(times[0]) – \(times[1])"] + remarks).joined(separator: " · ")
        let width = max(20, min(Self.chartWidth, size.width - 8))
        lines += TextLayout.wrap(words, to: width).map { .plot(" \($0)") }
        return Array(lines.dropFirst())
    }
}
