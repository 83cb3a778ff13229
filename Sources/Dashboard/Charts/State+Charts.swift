import Canvas
import Domain

/// Charts of what was measured, which reach back into what was recorded.
extension State {
    /// Whether what is measured of an entity is recorded.
    func isSampled(_ entity: EntityRef) -> Bool {
        guard sinceLooked.isKept, !isLowBandwidth,
            let resource = backend(entity.backend)?.resource(entity.kind)
        else { return false }
        return resource.measured.contains { resource.index(of: $0) != nil }
    }

    /// The entities whose charts are on the screen, or below what is.
    private var charted: [EntityRef] {
        (details.map(\.entity) + [layers.last(PictureView.self)?.entity].compactMap(\.self)).filter(isSampled)
    }

    /// Asks what was measured of what is looked at.
    ///
    /// - Parameter isOld: which of it is asked for again, though something is known of it.
    mutating func askCharts(again isOld: (EntityRef) -> Bool = { _ in false }) -> [Effect] {
        guard screen == nil else { return [] }
        let entities = Set(charted)
        charts.keep(entities)
        let wall = wall
        return entities.sorted { $0.packed < $1.packed }.compactMap { entity in
            guard let name = entityName(entity), charts[entity] == nil || isOld(entity) else { return nil }
            return .recallSamples(entity, charts.ask(entity, name, wall))
        }
    }

    /// Has charts reach farther back, or less far.
    mutating func reachCharts(by step: Int) -> [Effect] {
        guard let span = charts.span.stepped(by: step) else {
            showMessage(
                .plain, "there is no \(step < 0 ? "shorter" : "longer") time than \(charts.span.words)")
            return []
        }
        charts.reach(span)
        return askCharts { _ in true }
    }

    /// Takes what was measured of an entity; the cursor of its detail stays where it is.
    mutating func samplesRecalled(
        _ entity: EntityRef, _ query: SampleQuery, _ result: Result<StoredSamples, BackendError>
    ) {
        let take = { (state: inout State) in
            guard state.charts.recalled(entity, query, result) else { return }
            state.charts.draw(entity, state.recordedSeries(of: entity))
        }
        if let opened = details.indices.last(where: { details[$0].entity == entity }) {
            keepFocus(of: opened, while: take)
        } else {
            take(&self)
        }
    }

    /// Takes what was measured before this process began, unless something newer is here.
    mutating func trendsRecalled(_ book: TrendBook, of kind: ResourceKind, on id: BackendID) {
        guard let known = backend(id)?.trends[kind], known.revision < book.revision else { return }
        take(book, of: kind, on: id)
    }

    /// Makes the charts of some entities again: of what was recorded, and what was measured since.
    mutating func redrawCharts(_ entities: [EntityRef]) {
        for entity in entities {
            let series = recordedSeries(of: entity)
            if let opened = details.indices.last(where: { details[$0].entity == entity }) {
                keepFocus(of: opened) { $0.charts.draw(entity, series) }
            } else {
                charts.draw(entity, series)
            }
        }
    }

    private func recordedSeries(of entity: EntityRef) -> [ChartSeries] {
        guard let stored = charts[entity]?.reading.value, let backend = backend(entity.backend),
            let resource = backend.resource(entity.kind)
        else { return [] }
        let book = backend.trends[entity.kind]
        return resource.measured.compactMap { key -> ChartSeries? in
            guard let field = resource.fields.first(where: { $0.key == key }) else { return nil }
            let place = book?.series.firstIndex { $0.key == key }
            let samples = place.flatMap { place in book?.samples(of: entity, place) } ?? []
            let later = samples.compactMap { sample in
                sample.at.flatMap { at in sample.value.map { (at: wallTime(at), value: $0) } }
            }
            let series = ChartSeries(
                field.title, field.type,
                recorded: stored.series.first { $0.key == key }?.samples ?? [],
                interval: stored.interval > 0 ? stored.interval : resource.interval, later: later)
            return series.numbers == nil ? nil : series
        }
    }

    /// When by the clock on the wall something happened by the one since boot.
    private func wallTime(_ moment: Instant) -> Timestamp {
        Timestamp(wall.seconds.subtractingClamped(Int64(max(0, now - moment))))
    }

    /// The charts of an entity as far back as they reach now; nil while nothing of it was read from the history.
    func recorded(of entity: EntityRef) -> [ChartSeries]? {
        guard isSampled(entity), let answer = charts[entity], answer.reading.value != nil else { return nil }
        return answer.series
    }

    /// When charts begin and end.
    var chartTimes: (from: Timestamp, to: Timestamp) {
        (Timestamp(wall.seconds.subtractingClamped(charts.span.rawValue)), wall)
    }

    /// What has to be said of the charts of an entity, the most important first; empty where nothing is recorded.
    func chartRemarks(of entity: EntityRef) -> [String] {
        guard isSampled(entity), let answer = charts[entity] else { return [] }
        if let problem = answer.reading.problem { return ["what was recorded is not known: \(problem)"] }
        guard let stored = answer.reading.value else { return ["reading what was recorded…"] }
        let words = charts.span.words
        let newest = answer.series.compactMap(\.newest).max()
        var remarks: [String] = []
        let counts = answer.series.compactMap(\.counts)
        if let newest {
            let count = counts.map(\.known).max() ?? 0
            let missing = counts.map(\.missing).max() ?? 0
            let gaps = missing > 0 ? ", \(Quantity.count(missing)) missing" : ""
            remarks.append("\(words): \(Quantity.count(count)) \(count == 1 ? "sample" : "samples")\(gaps)")
            remarks.append("last \(Quantity.age(max(0, wall.seconds - newest.seconds))) ago")
        } else {
            remarks.append("nothing is recorded of the last \(words)")
        }
        if !stored.isRecorded, stored.isBounded {
            let most = Quantity.count(StoredSamples.mostOfList)
            remarks.append("not among the \(most) that are recorded: recorded from now on")
        } else if let begins = stored.begins {
            if begins > chartTimes.from { remarks.append("recorded since \(Self.clock(begins, wall, zone))") }
        } else {
            remarks.append("nothing was recorded yet")
        }
        if answer.series.contains(where: \.isThinned) { remarks.append("area: mean, dots above: peak") }
        if answer.reading.isAsked { remarks.append("reading…") }
        return remarks
    }
}
