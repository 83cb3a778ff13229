import Domain

/// What was measured before of the entities that are looked at, and how far back charts reach.
struct Charts: Sendable {
    /// How far back all of them reach.
    private(set) var span = ChartSpan.hours
    private var answers: [EntityRef: Answer] = [:]

    /// What is known of one entity.
    struct Answer: Sendable {
        /// What was asked last.
        var query: SampleQuery
        /// What was recorded of it.
        var reading = Reading<StoredSamples>()
        /// The same as charts, with what came since.
        var series: [ChartSeries] = []
    }

    /// What is known of an entity; nil where nothing was asked.
    subscript(entity: EntityRef) -> Answer? { answers[entity] }

    /// The entities of which something was asked.
    var entities: [EntityRef] { Array(answers.keys) }

    /// Has charts reach so far back.
    mutating func reach(_ span: ChartSpan) { self.span = span }

    /// Asks what was measured until now; what is known of it stays until the answer.
    mutating func ask(_ entity: EntityRef, _ name: EntityName, _ wall: Timestamp) -> SampleQuery {
        let query = SampleQuery(
            name, since: Timestamp(wall.seconds.subtractingClamped(span.rawValue)), until: wall)
        if answers[entity] == nil {
            answers[entity] = Answer(query: query)
        } else {
            answers[entity]?.query = query
            answers[entity]?.reading.ask()
        }
        return query
    }

    /// Takes what was recorded; whether it was asked for last.
    mutating func recalled(
        _ entity: EntityRef, _ query: SampleQuery, _ result: Result<StoredSamples, BackendError>
    ) -> Bool {
        guard answers[entity]?.query == query else { return false }
        answers[entity]?.reading.take(result)
        return true
    }

    /// Keeps the charts of an entity.
    mutating func draw(_ entity: EntityRef, _ series: [ChartSeries]) { answers[entity]?.series = series }

    /// Forgets what is not looked at any more.
    mutating func keep(_ entities: Set<EntityRef>) { answers = answers.filter { entities.contains($0.key) } }
}
