import Canvas
import Domain

/// What nocturne has measured of an entity, for the page of graphs.
extension State {
    /// What was measured, one series for each field, in the order in which they matter; none where nothing is kept.
    func measured(of entity: EntityRef) -> [ChartSeries] {
        let curves = curves(of: entity)
        guard curves.isEmpty else { return curves }
        if let recorded = recorded(of: entity) { return recorded }
        guard let backend = backend(entity.backend), let book = backend.trends[entity.kind],
            let resource = backend.resource(entity.kind)
        else { return [] }
        let time = { [now, wall] (moment: Instant) in Timestamp(wall.seconds - Int64(max(0, now - moment))) }
        return book.series.indices.compactMap { place in
            let (key, type) = book.series[place]
            let title = resource.fields.first { $0.key == key }?.title ?? key.rawValue
            let series = ChartSeries(
                title, type, book.samples(of: entity, place), time: time)
            return series.numbers == nil ? nil : series
        }
    }

    /// What an opened entity's server has measured of it.
    func curves(of entity: EntityRef) -> [ChartSeries] {
        let sections = details.last { $0.entity == entity }?.detail?.sections ?? []
        return sections.flatMap(\.curves).map(ChartSeries.init).filter { $0.numbers != nil }
    }

    private static let curveHeight = 6
    private static let curveWidth = 100

    /// The curves of a section of an opened entity, as lines below its fields.
    func curveLines(of section: Detail.Section) -> [DetailLine] {
        guard !isLowBandwidth else { return [] }
        return section.curves.map(ChartSeries.init).flatMap { series -> [DetailLine] in
            guard let numbers = series.numbers, let from = series.points.first?.at,
                let to = series.points.last?.at, from < to
            else { return [] }
            let scale = ChartScale(
                numbers.minimum, max(numbers.maximum, series.mark?.value ?? numbers.maximum),
                isFromZero: series.isFromZero)
            let labels = [series.words(scale.top), series.words(scale.bottom)]
            let margin = labels.map { CharacterWidth.of($0) }.max() ?? 0
            let width = max(8, min(Self.curveWidth, size.width - margin - 8))
            let values = series.values(columns: 2 * width, from: from, to: to)
            let rows = BrailleChart.rows(
                values, from: scale.bottom, to: scale.top, width: width, height: Self.curveHeight)
            let marked = series.mark.map { mark in
                rows.count - 1 - Int((scale.share(mark.value) * Double(rows.count - 1)).rounded())
            }
            let allowed = series.mark.map { " of \(series.words($0.value)) allowed" } ?? ""
            let last = series.isTotal ? "" : " · 95th \(series.words(numbers.percentile95))"
            let heading = "\(series.title) · \(series.words(numbers.last))\(allowed)\(last)"
            return [.blank, .heading(heading)]
                + rows.enumerated().map { row, dots in
                    let label = row == 0 ? labels[0] : row == rows.count - 1 ? labels[1] : ""
                    let pad = String(repeating: " ", count: margin - CharacterWidth.of(label))
                    let line = row == marked ? dots.replacing("\u{2800}", with: "╌") : dots
                    return .plot("\(pad)\(label) \(line)")
                }
        }
    }
}
